import { expect, test } from 'vitest';
import { readFile } from '#shared/table/read-file.ts';
import { utf8, utf16 } from '../../fixtures/encode-text.ts';
import { makeWorkbook, makeZip } from '../../fixtures/make-workbook.ts';

const ROWS = [
  ['Name', 'Email'],
  ['Ann', 'ann@example.com'],
];
const TEXT = ROWS.map((row) => row.join('\t')).join('\r\n');

test.each([
  ['an Excel workbook', makeWorkbook({ sheets: [{ name: 'S', rows: ROWS }] })],
  ['text', utf8(TEXT)],
  ['text in UTF-16', utf16(TEXT, 'little', true)],
])('a file is read by what it is, not by its name: %s', async (_what, bytes) => {
  expect(await readFile(bytes)).toMatchObject({ ok: true, value: { headers: ROWS[0], rows: [ROWS[1]] } });
});

test('only a workbook has sheets', async () => {
  const workbook = await readFile(
    makeWorkbook({
      sheets: [
        { name: 'A', rows: ROWS },
        { name: 'B', rows: ROWS },
      ],
    }),
    { sheet: 'B' },
  );
  expect(workbook).toMatchObject({ value: { sheets: [{ name: 'A' }, { name: 'B' }], sheet: 'B' } });
  const text = await readFile(utf8(TEXT), { sheet: 'B' });
  expect(text.ok && 'sheets' in text.value).toBe(false);
});

test.each([
  ['a printed list', utf8('%PDF-1.7'), 'file_wrong_type'],
  ['an archive', makeZip({ 'leads.csv': 'a,b' }), 'file_wrong_type'],
  ['an old workbook', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0), 'file_wrong_type'],
  ['nothing', new Uint8Array(), 'file_empty'],
])('what is no table is refused by name: %s', async (_what, bytes, code) => {
  expect(await readFile(bytes)).toMatchObject({ ok: false, error: { code } });
});
