import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { folderTrouble } from '../../../server/store/sqlite/folder-trouble.ts';
import { DATABASE_FILE, openStore } from '../../../server/store/sqlite/open.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadline-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const open = (path = folder) => openStore({ folder: path, randomBytes: (count) => new Uint8Array(count), exclusive: true });

describe('a data folder that cannot be used is told, not thrown', () => {
  test('a file where the folder should be', () => {
    writeFileSync(join(folder, 'file'), 'x');
    const refused = { ok: false, error: { code: 'folder_unusable', trouble: 'no_folder' } };
    expect([open(join(folder, 'file')), open(join(folder, 'file', 'data'))]).toEqual([refused, refused]);
  });

  test('garbage where the database should be, and once it is gone the folder is free', async () => {
    const database = join(folder, DATABASE_FILE);
    writeFileSync(database, 'not a database at all, '.repeat(100));
    expect(open()).toEqual({ ok: false, error: { code: 'folder_unusable', trouble: 'no_database' } });
    rmSync(database);
    const opened = open();
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.close();
  });

  test.each([
    ['somebody else owns it', 'EACCES', 'not_allowed'],
    ['its rights cannot be changed', 'EPERM', 'not_allowed'],
    ['its database belongs to somebody else', 'SQLITE_CANTOPEN', 'not_allowed'],
    ['its disk is read-only', 'EROFS', 'read_only'],
    ['its database is read-only', 'SQLITE_READONLY_DIRECTORY', 'read_only'],
    ['its disk is full', 'ENOSPC', 'disk_full'],
    ['its disk fills up at the start', 'SQLITE_FULL', 'disk_full'],
    ['the database is damaged', 'SQLITE_CORRUPT', 'no_database'],
    ['the fault is ours', 'SQLITE_ERROR', null],
  ])('%s', (_, code, trouble) => {
    const error = Object.assign(new Error('no'), { code });
    expect(folderTrouble(error)).toBe(trouble);
    expect(folderTrouble(new Error('while migrating', { cause: error }))).toBe(trouble);
  });
});
