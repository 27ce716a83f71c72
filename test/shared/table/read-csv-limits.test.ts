import { expect, test } from 'vitest';
import { MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS } from '#shared/limits.ts';
import { readTable, readTableHead, readText } from '#shared/table/read-csv.ts';
import { utf8, utf16 } from '../../fixtures/encode-text.ts';

const wide = (columns: number) => `${Array.from({ length: columns }, (_, at) => `h${at}`).join(',')}\n`;

test('a file of exactly the limit is read, one byte more is refused with both numbers', () => {
  const start = 'a,b\n1,';
  const most = start + 'x'.repeat(MAX_FILE_BYTES - start.length);
  expect(readTable(utf8(most)).ok).toBe(true);
  expect(readTable(utf8(`${most}x`))).toEqual({
    ok: false,
    error: { code: 'file_too_large', data: { bytes: MAX_FILE_BYTES + 1, limit: MAX_FILE_BYTES } },
  });
});

test('an operator may set another limit', () => {
  expect(readTable(utf8('a,b\n1,2\n'), { maxBytes: 8 }).ok).toBe(true);
  expect(readTable(utf8('a,b\n1,22\n'), { maxBytes: 8 })).toMatchObject({
    error: { code: 'file_too_large', data: { bytes: 9, limit: 8 } },
  });
  expect(readTableHead(utf8('a,b\n1,22\n'), { maxBytes: 8 }, 10)).toMatchObject({ error: { code: 'file_too_large' } });
});

test('a huge file is refused unread, also when its first bytes name another type', () => {
  // No byte of it can be read: a decoder or a look at the first bytes would fail.
  const huge = new Proxy(new Uint8Array(1), {
    get(_, key) {
      if (key === 'length') return 50 * MAX_FILE_BYTES;
      throw new Error(`read ${String(key)}`);
    },
  });
  expect(readTable(huge)).toMatchObject({ error: { code: 'file_too_large' } });
});

test.each([
  ['as many as allowed', MAX_COLUMNS, null],
  ['one more', MAX_COLUMNS + 1, { columns: MAX_COLUMNS + 1, limit: MAX_COLUMNS, line: 1 }],
  ['no list of people', 200_000, { columns: 200_000, limit: MAX_COLUMNS, line: 1 }],
])('%s: %i columns', (_reason, columns, data) => {
  const text = wide(columns) + wide(columns);
  const expected = data ? { ok: false, error: { code: 'too_many_columns', data } } : { ok: true };
  expect(readText(text)).toMatchObject(expected);
  expect(readTableHead(utf8(text), {}, 1)).toMatchObject(expected);
});

test('a row with more cells than any table is refused with its line', () => {
  expect(readText(`a,b\n1,2\n${wide(600)}`)).toEqual({
    ok: false,
    error: { code: 'too_many_columns', data: { columns: 600, limit: MAX_COLUMNS, line: 3 } },
  });
});

test('a cell of megabytes is read like any other', () => {
  const note = 'word "" \r\n,'.repeat(300_000);
  const table = readText(`name,note\nAnn,"${note}"\nBob,\n`);
  expect(table.ok && table.value.rows[0]?.[1]?.length).toBe(note.length - 300_000);
  expect(table.ok && [...Array.from(table.value.lines)]).toEqual([2, 300_003]);
});

test.each([
  ['bare quotes before long blanks', `a,b\n1,"${'x" '.repeat(10_000)}"${' '.repeat(3_000_000)},2\n`, true],
  ['a million quotes', `a,b\n${'"'.repeat(1_000_000)}`, true],
  ['a million opening quotes', `a,b\n${'"x'.repeat(1_000_000)}`, true],
  ['a million bare quotes', `a,b\n${'" '.repeat(1_000_000)}`, true],
  ['a million quoted cells that are none', `a,b\n${'"b ,'.repeat(300)}\n${'"b ,\n'.repeat(300_000)}`, false],
  ['rows of quotes that open at each line', `a,b\n${'x,"y "z\n'.repeat(300_000)}`, true],
  ['a million quotes inside a cell', `a,b\n${'x"'.repeat(1_000_000)}\n`, true],
  ['a million NULs', `a,b\n${'x\0'.repeat(1_000_000)}\n`, true],
])('hostile text ends soon: %s', (_what, text, isTable) => {
  expect(readText(text).ok).toBe(isTable);
});

test('hundreds of thousands of blank lines keep their count', () => {
  const table = readText(`a,b\n1,2\n${'\n'.repeat(300_000)}3,4\n`);
  expect(table).toMatchObject({ ok: true, value: { facts: { rowCount: 300_002 } } });
});

test.each([
  ['as many rows as a spreadsheet holds', MAX_ROWS, true],
  ['one more', MAX_ROWS + 1, false],
  ['ten million line ends', 10_000_000, false],
])('%s: %i', (_what, records, isTable) => {
  const table = readText(`a,b\n1,2\n${'\n'.repeat(records - 2)}`);
  if (isTable) expect(table).toMatchObject({ ok: true, value: { facts: { rowCount: records - 1 } } });
  else expect(table).toEqual({ ok: false, error: { code: 'too_many_rows', data: { limit: MAX_ROWS } } });
});

test('two-byte files have the same limit in bytes', () => {
  expect(readTable(utf16('a,b\n1,2\n', 'little', true), { maxBytes: 18 }).ok).toBe(true);
  expect(readTable(utf16('a,b\n1,2\n', 'little', true), { maxBytes: 17 }).ok).toBe(false);
});
