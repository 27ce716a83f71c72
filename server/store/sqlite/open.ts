import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Store } from '../store.ts';
import { connect } from './connection.ts';
import { type FolderTrouble, folderTrouble } from './folder-trouble.ts';
import { lockFolder, makeFile, makeFolder } from './lock-folder.ts';
import { createStore } from './sqlite-store.ts';

export type OpenOptions = {
  /** Made 0700 if absent. */
  readonly folder: string;
  readonly randomBytes: (count: number) => Uint8Array;
  /** A serving process holds the folder alone; a short command beside it does not. */
  readonly exclusive: boolean;
};
/** Why the data folder cannot be used. */
export type OpenError =
  | { readonly code: 'folder_in_use'; readonly pid: number }
  | { readonly code: 'folder_unusable'; readonly trouble: FolderTrouble }
  | { readonly code: 'newer_database' }
  | { readonly code: 'unsafe_setting'; readonly setting: string; readonly found: string; readonly wanted: string };

/** The database inside the data folder. */
export const DATABASE_FILE = 'leadline.db';
/** Beside this file in the source, beside the bundle when built. */
const MIGRATIONS = join(import.meta.dirname, 'migrations');

/**
 * What every connection is set to, and asked for afterwards: SQLite forgets `synchronous` between two opens of a WAL
 * database, and without FULL an acknowledged chunk can be lost with the power. `secure_delete` overwrites what is
 * deleted; temporary tables never reach the disk; the log is folded in every 40 MB, which is worth a third of the time.
 */
const SETTINGS = [
  ['journal_mode', 'WAL', 'wal'],
  ['synchronous', 'FULL', '2'],
  ['foreign_keys', 'ON', '1'],
  ['secure_delete', 'ON', '1'],
  ['trusted_schema', 'OFF', '0'],
  ['temp_store', 'MEMORY', '2'],
  ['busy_timeout', '5000', '5000'],
  ['wal_autocheckpoint', '10000', '10000'],
] as const;

/** Opens (and migrates) the database in a folder; refuses one that another server uses, a newer one made, or the disk does not give. */
export function openStore(options: OpenOptions): Result<Store, OpenError> {
  try {
    return openInFolder(options);
  } catch (exception) {
    const trouble = folderTrouble(exception);
    if (!trouble) throw exception;
    return fail({ code: 'folder_unusable', trouble });
  }
}

function openInFolder(options: OpenOptions): Result<Store, OpenError> {
  makeFolder(options.folder);
  const lock = options.exclusive ? lockFolder(options.folder) : { release: () => {} };
  if ('heldBy' in lock) return fail({ code: 'folder_in_use', pid: lock.heldBy });
  let isOpen = false;
  try {
    const opened = openDatabase(join(options.folder, DATABASE_FILE));
    if (!opened.ok) return opened;
    isOpen = true;
    const cx = connect(opened.value, options.randomBytes);
    return ok(createStore(cx, { release: lock.release, isServing: options.exclusive }));
  } finally {
    if (!isOpen) lock.release();
  }
}

/** Opens one database file with every setting made and proven, and brings its tables up to date. */
export function openDatabase(path: string): Result<Database.Database, OpenError> {
  makeFile(path);
  const client = new Database(path);
  let isReady = false;
  try {
    const error = applySettings(client) ?? (isNewer(client) ? ({ code: 'newer_database' } as const) : null);
    if (error) return fail(error);
    migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
    isReady = true;
    return ok(client);
  } finally {
    if (!isReady) client.close();
  }
}

/** Makes every setting, then asks for it: the first that is not as wanted, or null. */
export function applySettings(client: Database.Database): OpenError | null {
  for (const [setting, value] of SETTINGS) client.pragma(`${setting} = ${value}`);
  for (const [setting, , wanted] of SETTINGS) {
    const found = String(client.pragma(setting, { simple: true }));
    if (found !== wanted) return { code: 'unsafe_setting', setting, found, wanted };
  }
  return null;
}

/** Says whether a later version of the server has changed the tables. */
function isNewer(client: Database.Database): boolean {
  const known = client.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '__drizzle_migrations'").get();
  if (!known) return false;
  const applied = client.prepare('SELECT max(created_at) FROM __drizzle_migrations').pluck().get();
  const ours = Math.max(...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map((migration) => migration.folderMillis));
  return Number(applied) > ours;
}
