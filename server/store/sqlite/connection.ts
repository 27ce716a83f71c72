import type Database from 'better-sqlite3';
import { type BetterSQLite3Database, drizzle } from 'drizzle-orm/better-sqlite3';
import { drawIds } from './public-id.ts';

type Statement = Database.Statement<unknown[], unknown>;

/** One open database: drizzle for what is read and rarely written, prepared statements for rows in bulk. */
export type Connection = {
  readonly client: Database.Database;
  readonly db: BetterSQLite3Database;
  /** A statement, prepared once. The text is ours: values are always bound. */
  readonly statement: (sql: string) => Statement;
  /** The same, giving its first column instead of rows. */
  readonly column: (sql: string) => Statement;
  /** The same, giving rows as lists of values. */
  readonly table: (sql: string) => Statement;
  /** Random public ids that begin with the moment. */
  readonly newIds: (count: number, at: number) => string[];
  readonly newId: (at: number) => string;
};

/** Wraps a database whose settings are right. */
export function connect(client: Database.Database, randomBytes: (count: number) => Uint8Array): Connection {
  const newIds = (count: number, at: number) => drawIds(count, at, randomBytes);
  return {
    client,
    db: drizzle(client),
    statement: remembering((sql) => client.prepare<unknown[], unknown>(sql)),
    column: remembering((sql) => client.prepare<unknown[], unknown>(sql).pluck()),
    table: remembering((sql) => client.prepare<unknown[], unknown>(sql).raw()),
    newIds,
    newId: (at) => newIds(1, at)[0] ?? '',
  };
}

function remembering(prepare: (sql: string) => Statement): (sql: string) => Statement {
  const statements = new Map<string, Statement>();
  return (sql) => {
    let prepared = statements.get(sql);
    if (!prepared) {
      prepared = prepare(sql);
      statements.set(sql, prepared);
    }
    return prepared;
  };
}

/** Runs writes as one: all of them are on disk when it returns, or none after a throw. Waits for its turn to write. */
export function inTransaction<T>(cx: Connection, work: () => T): T {
  return cx.client.transaction(work).immediate();
}

/** Runs writes, takes them back, and gives what they would have led to. */
export function inDryRun<T>(cx: Connection, work: () => T): T {
  const outcome: { value?: T } = {};
  try {
    cx.client
      .transaction(() => {
        outcome.value = work();
        throw ROLL_BACK;
      })
      .immediate();
  } catch (error) {
    if (error !== ROLL_BACK) throw error;
  }
  return outcome.value as T; // set before the throw that led here
}
const ROLL_BACK = Symbol('roll back');

/** The disk has no room: what was being written is not there, and trying again is safe. */
export function translateError(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isFull = code === 'SQLITE_FULL' || code === 'SQLITE_IOERR_WRITE' || code === 'ENOSPC';
  return isFull ? Object.assign(new Error('The disk is full', { cause: error }), { code: 'STORAGE_FULL' }) : error;
}
