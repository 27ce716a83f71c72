import type { Connection } from './connection.ts';

/**
 * Deleted means gone from the files too. `secure_delete` overwrites a row where it lies, and a checkpoint takes it out
 * of the log: that is done at once. But when SQLite rebuilds a page it can leave a stale copy of a neighbour in the
 * page's gap (measured: 1 of 1,500 texts), so the file is rewritten in whole as well, soon after and not per deletion:
 * a quarter of a second for 64,000 leads. Whether that is still to be done is a mark in the file itself.
 */

/** Notes that something was deleted. The caller holds the transaction. */
export function noteDeletion(cx: Connection): void {
  cx.client.pragma('user_version = 1');
}

/** Writes the log into the database and empties it: until then it still holds what was deleted. */
export function foldLogIn(cx: Connection): void {
  cx.client.pragma('wal_checkpoint(TRUNCATE)');
}

/** Rewrites the file when anything was deleted since the last time, and folds the log in. */
export function overwriteDeleted(cx: Connection): void {
  if (cx.client.pragma('user_version', { simple: true }) !== 0) {
    cx.client.exec('VACUUM');
    cx.client.pragma('user_version = 0');
  }
  foldLogIn(cx);
}
