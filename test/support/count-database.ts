import { join } from 'node:path';
import Database from 'better-sqlite3';
import { BUCKETS } from '#shared/plan/plan.ts';

export type CountedDatabase = {
  readonly leads: number;
  /** Rows of all imports by bucket, as stored. */
  readonly buckets: ReadonlyMap<string, number>;
  readonly rows: number;
  /** Addresses that more than one lead has: a lead stored twice would be here. */
  readonly doubledEmails: number;
  readonly isIntact: boolean;
};

/** Counts a server's database from outside, beside the running server or after it. */
export function countDatabase(dataDir: string): CountedDatabase {
  const database = new Database(join(dataDir, 'leadline.db'), { readonly: true });
  try {
    const number = (sql: string) => Number(database.prepare(sql).pluck().get());
    const rows = database.prepare('SELECT settled, count(*) AS count FROM import_row GROUP BY settled').all() as {
      settled: number;
      count: number;
    }[]; // the columns named in the query
    return {
      leads: number('SELECT count(*) FROM lead'),
      buckets: new Map(rows.map((row) => [BUCKETS[row.settled] ?? String(row.settled), row.count])),
      rows: number('SELECT count(*) FROM import_row'),
      doubledEmails: number('SELECT count(*) FROM (SELECT email FROM lead WHERE email IS NOT NULL GROUP BY email HAVING count(*) > 1)'),
      isIntact:
        database.pragma('integrity_check', { simple: true }) === 'ok' && (database.pragma('foreign_key_check') as unknown[]).length === 0,
    };
  } finally {
    database.close();
  }
}
