import { expect, test } from 'vitest';
import { readTable, readTableHead } from '#shared/table/read-csv.ts';
import type { RawTable } from '#shared/table/table.ts';
import { utf8, utf16, windows1252 } from '../../fixtures/encode-text.ts';

const ROWS = 10;
const line = (at: number) => `Zoë ${at},zoe${at}@example.com,"said ""hi"",\nthen left",${'pad '.repeat(5)}\r\n`;
const LONG = `Name,Email,Note,Pad\r\n${Array.from({ length: 30_000 }, (_, at) => line(at)).join('')}`;

function headOf(bytes: Uint8Array, rows = ROWS): RawTable {
  const head = readTableHead(bytes, {}, rows);
  if (!head.ok) throw new Error(JSON.stringify(head.error));
  return head.value;
}

function wholeOf(bytes: Uint8Array): RawTable {
  const whole = readTable(bytes);
  if (!whole.ok) throw new Error(JSON.stringify(whole.error));
  return whole.value;
}

test.each([
  ['a long file', utf8(LONG)],
  ['a long file in UTF-16', utf16(LONG, 'little', true)],
  ['a long file in UTF-16 without a mark', utf16(LONG, 'big', false)],
  ['a long file in Windows-1252', windows1252(LONG)],
  ['a file of carriage returns', utf8(LONG.replaceAll('\r\n', '\r'))],
  ['a file of mixed line ends', utf8(LONG.replaceAll('5,"said', '5\n6,"said'))],
  ['a short file', utf8('a,b\n1,2\n3,4\n')],
  ['a file with NULs', utf8(`a,b\n1,2\n\x003,4\n${'5,6\n'.repeat(100_000)}`)],
  ['a file whose first rows are longer than the first look', utf8(`a,b\n1,"${'x\n'.repeat(200_000)}"\n${'3,4\n'.repeat(200_000)}`)],
  ['a file whose header is longer than the first look', utf8(`a,"${'x'.repeat(200_000)}"\n${'3,4\n'.repeat(200_000)}`)],
])('the first rows are those of the whole file: %s', (_what, bytes) => {
  const whole = wholeOf(bytes);
  const head = headOf(bytes);
  expect(head.headers).toEqual(whole.headers);
  expect(head.rows).toEqual(whole.rows.slice(0, ROWS));
  expect(Array.from(head.lines)).toEqual(Array.from(whole.lines).slice(0, ROWS));
  expect(head.nulRows ?? []).toEqual((whole.nulRows ?? []).filter((row) => row < ROWS));
  expect(head.facts).toEqual({ ...whole.facts, rowCount: head.rows.length });
});

test('no row is torn, wherever the first look ends', () => {
  const rows = Array.from({ length: 4_000 }, (_, at) => line(at)).join('');
  for (let shift = 1; shift <= line(0).length; shift++) {
    const whole = wholeOf(utf8(`${'x'.repeat(shift)},b,c,d\r\n${rows}`));
    // As many rows as the first look can hold: the last whole one is asked for too.
    const head = headOf(utf8(`${'x'.repeat(shift)},b,c,d\r\n${rows}`), 900);
    expect(head.rows).toEqual(whole.rows.slice(0, 900));
  }
});

test('the beginning of a file is enough, wherever it was cut', () => {
  const whole = utf8(LONG);
  const rows = wholeOf(whole).rows.slice(0, ROWS);
  for (let size = 5_000; size < 5_000 + 2 * line(0).length; size++) expect(headOf(whole.subarray(0, size)).rows).toEqual(rows);
});

test('only the beginning is looked at: what is wrong further down does not matter yet', () => {
  const bytes = utf8(`${LONG}x,"never closed\n`);
  expect(headOf(bytes).rows).toHaveLength(ROWS);
  expect(readTable(bytes)).toMatchObject({ error: { code: 'quote_never_closed' } });
});

test.each([
  ['', 'file_empty'],
  ['a,b\n', 'file_header_only'],
  [`a,b\n1,"${'x'.repeat(500_000)}`, 'quote_never_closed'],
  ['%PDF-1.7', 'file_wrong_type'],
])('a file that cannot be read says so at once (%#)', (text, code) => {
  expect(readTableHead(utf8(text), {}, ROWS)).toMatchObject({ ok: false, error: { code } });
});
