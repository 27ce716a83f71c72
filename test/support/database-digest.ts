import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DATABASE_FILE } from '../../server/store/sqlite/open.ts';

/** When a key was last used is written by reading, too. */
const NOT_COUNTED = ['last_used_at'];

/** One text for everything in the database of a folder: equal before and after when nothing was written. */
export function digestDatabase(dataDir: string): string {
  const client = new Database(join(dataDir, DATABASE_FILE), { readonly: true });
  const tables = client.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").pluck().all() as string[]; // names are texts
  const hash = createHash('sha256');
  for (const table of tables) {
    for (const row of client.prepare(`SELECT * FROM "${table}"`).iterate() as Iterable<Record<string, unknown>>) {
      hash.update(
        JSON.stringify(
          Object.entries(row).filter(([column]) => !NOT_COUNTED.includes(column)),
          (_, value) => (Buffer.isBuffer(value) ? value.toString('hex') : value),
        ),
      );
    }
  }
  client.close();
  return hash.digest('hex');
}
