/** Why a data folder cannot be used, as far as its disk is the reason. */
export type FolderTrouble = 'no_folder' | 'not_allowed' | 'read_only' | 'disk_full' | 'no_database';

const TROUBLES: readonly (readonly [FolderTrouble, RegExp])[] = [
  ['no_folder', /^(?:ENOTDIR|EEXIST|ENOENT|ELOOP|ENAMETOOLONG)$/],
  ['not_allowed', /^(?:EACCES|EPERM|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH)/],
  ['read_only', /^(?:EROFS|SQLITE_READONLY)/],
  ['disk_full', /^(?:ENOSPC|EDQUOT|STORAGE_FULL|SQLITE_FULL|SQLITE_IOERR_WRITE)$/],
  ['no_database', /^(?:EISDIR|SQLITE_NOTADB|SQLITE_CORRUPT)/],
];

/** What the system or SQLite says is wrong with the folder; null = the fault is ours. */
export function folderTrouble(exception: unknown): FolderTrouble | null {
  for (let error: unknown = exception; error instanceof Error; error = error.cause) {
    const code = 'code' in error ? String(error.code) : '';
    const known = TROUBLES.find(([, codes]) => codes.test(code));
    if (known) return known[0];
  }
  return null;
}
