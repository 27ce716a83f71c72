import { describe, expect, test } from 'vitest';
import { MAX_COLUMNS, MAX_ROWS } from '#shared/limits.ts';
import { readXlsx } from '#shared/table/read-xlsx.ts';
import { utf8, utf16 } from '../../fixtures/encode-text.ts';
import { makeWorkbook, makeZip, type SheetSource } from '../../fixtures/make-workbook.ts';

const PEOPLE: SheetSource['rows'] = [
  ['Name', 'Email'],
  ['Zoë', 'zoe@example.com'],
  ['山田', 'yamada@example.jp'],
];

describe('a workbook that cannot be read says why', () => {
  const compound = (text: string) =>
    Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(504), ...utf16(text, 'little', false)]);
  const good = makeWorkbook({ sheets: [{ name: 'S', rows: PEOPLE }] });
  const cells = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`);
  test.each<readonly [string, Uint8Array, object]>([
    ['it wants a password', compound('EncryptionInfo EncryptedPackage'), { code: 'file_encrypted' }],
    ['it is of the old kind', compound('Workbook'), { code: 'file_wrong_type', data: { refused: 'xls' } }],
    ['it is of the binary kind', makeZip({ 'xl/workbook.bin': 'x' }), { code: 'file_wrong_type', data: { refused: 'xlsb' } }],
    ['it is a text', utf8('Name,Email\n'), { code: 'file_wrong_type', data: { refused: 'binary' } }],
    ['it is a zip of something else', makeZip({ 'a.csv': 'x' }), { code: 'file_wrong_type', data: { refused: 'zip' } }],
    ['it was cut off', good.subarray(0, good.length - 40), { code: 'file_damaged' }],
    ['it has no main part', makeZip({ 'xl/other.xml': 'x' }), { code: 'file_damaged' }],
    ['a part does not unpack', flipBytes(good), { code: 'file_damaged' }],
    ['its sheets are empty', makeWorkbook({ sheets: [{ name: 'S', rows: [] }] }), { code: 'file_no_table' }],
    ['it has a header only', makeWorkbook({ sheets: [{ name: 'S', rows: [['Name', 'Email']] }] }), { code: 'file_header_only' }],
    [
      'it is too wide',
      makeWorkbook({
        sheets: [{ name: 'S', rows: [[{ type: 'str', xml: `<v>${cells(1)}</v>` }]] }],
        parts: { 'xl/worksheets/sheet1.xml': wideSheet(MAX_COLUMNS + 1) },
      }),
      { code: 'too_many_columns', data: { columns: MAX_COLUMNS + 1, limit: MAX_COLUMNS, line: 1 } },
    ],
    [
      'a row stands too far down',
      makeWorkbook({ sheets: [{ name: 'S', rows: [['Name'], { number: MAX_ROWS + 1, cells: ['Ann'] }] }] }),
      { code: 'too_many_rows', data: { limit: MAX_ROWS } },
    ],
  ])('%s', async (_why, bytes, error) => {
    expect(await readXlsx(bytes)).toEqual({ ok: false, error });
  });

  test('it is larger than the limit', async () => {
    expect(await readXlsx(good, { maxBytes: good.length - 1 })).toEqual({
      ok: false,
      error: { code: 'file_too_large', data: { bytes: good.length, limit: good.length - 1 } },
    });
  });
  test('its texts are larger than the limit', async () => {
    const rows: SheetSource['rows'] = [['Name'], ...Array.from({ length: 50 }, () => ['x'.repeat(1000)])];
    expect(await readXlsx(makeWorkbook({ sheets: [{ name: 'S', rows }] }), { maxBytes: 40_000 })).toEqual({
      ok: false,
      error: { code: 'file_too_large', data: { limit: 40_000 } },
    });
  });
  test('its texts count in bytes of UTF-8, as those of a file of text', async () => {
    const rows: SheetSource['rows'] = [['Name'], ...Array.from({ length: 50 }, () => ['山'.repeat(300)])];
    const workbook = makeWorkbook({ sheets: [{ name: 'S', rows }] });
    expect(await readXlsx(workbook, { maxBytes: 40_000 })).toMatchObject({ ok: false, error: { code: 'file_too_large' } });
    expect(await readXlsx(workbook, { maxBytes: 50_000 })).toMatchObject({ ok: true });
  });
  test('a small file that unpacks to a huge one is given up early', async () => {
    const bomb = makeWorkbook({
      sheets: [{ name: 'S', rows: [] }],
      parts: { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${' '.repeat(30_000_000)}` },
    });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await readXlsx(bomb, { maxBytes: 1_000_000 })).toEqual({
      ok: false,
      error: { code: 'file_too_large', data: { limit: 1_000_000 } },
    });
  });
});

function wideSheet(columns: number): string {
  const row = (text: string) => `<row>${`<c t="str"><v>${text}</v></c>`.repeat(columns)}</row>`;
  return `<worksheet><sheetData>${row('a')}${row('b')}</sheetData></worksheet>`;
}

/** Spoils the data of the first parts, not the directory. */
function flipBytes(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, at) => (at > 45 && at < 400 ? byte ^ 0x5a : byte));
}
