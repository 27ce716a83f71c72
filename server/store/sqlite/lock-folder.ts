import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Makes the data folder and lets nobody but its owner look inside. */
export function makeFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
}

/** Makes a file its owner alone can read, before anything is written to it. */
export function makeFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  chmodSync(path, 0o600);
}

/**
 * Takes the folder for this process alone. The lock is the operating system's, so it ends with the process however
 * that ends. Gives the way to release it, or the number of the process that holds it (0 = unknown).
 */
export function lockFolder(folder: string): { readonly release: () => void } | { readonly heldBy: number } {
  const path = join(folder, 'lock');
  const note = join(folder, 'lock.pid');
  makeFile(path);
  const lock = new Database(path, { timeout: 0 });
  try {
    lock.pragma('journal_mode = DELETE');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return { heldBy: readHolder(note) };
    throw error;
  }
  writeFileSync(note, String(process.pid), { mode: 0o600 });
  return { release: () => lock.close() };
}

function readHolder(note: string): number {
  try {
    return Number(readFileSync(note, 'utf8')) || 0;
  } catch {
    return 0; // it has the lock and is about to write its number
  }
}
