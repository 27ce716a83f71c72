import { describe, expect, test } from 'vitest';
import { readFile } from '#shared/table/read-file.ts';
import { isSheetFile, readSheetFile, readSheetOrigin, type SheetContent, writeSheetFile } from '#shared/table/read-sheet-file.ts';
import { utf8 } from '../../fixtures/encode-text.ts';

const ORIGIN = { spreadsheetId: 'abc', gid: 7, title: 'Webinar', tab: 'Leads' };
const CONTENT: SheetContent = {
  firstRow: 3,
  rows: [['Name', 'Email', 'Note'], ['Ann', 'ann@example.com'], [], ['Zoë "Z"', 'zoe@example.com', 'one\ntwo\u2028three']],
  hidden: [3],
  errors: [
    [1, 2, '#N/A'],
    [2, 0, '#REF!'],
  ],
  mergedCells: 0,
};
const bytesOf = async (content: SheetContent) => new Uint8Array(await writeSheetFile(ORIGIN, content).arrayBuffer());

test('the cells of a sheet come back as they were, with their row numbers, hidden rows and errors', async () => {
  const table = await readFile(await bytesOf(CONTENT));
  if (!table.ok) throw new Error(table.error.code);
  const { headers, rows, lines, hiddenRows, errorCells, facts } = table.value;
  expect(headers).toEqual(['Name', 'Email', 'Note']);
  expect(rows).toEqual([['Ann', 'ann@example.com', ''], [], ['Zoë "Z"', 'zoe@example.com', 'one\ntwo\u2028three']]);
  expect(Array.from(lines)).toEqual([4, 5, 6]);
  expect(hiddenRows).toEqual([2]);
  expect(errorCells).toEqual([
    { row: 0, column: 2, text: '#N/A' },
    { row: 1, column: 0, text: '#REF!' },
  ]);
  expect(facts.headerRow).toBe(3);
});

test('where it is from is known without reading its cells as a table', async () => {
  expect(readSheetOrigin(await bytesOf(CONTENT))).toEqual(ORIGIN);
  expect(readSheetOrigin(utf8('Name,Email\n'))).toBeNull();
});

test('the limit counts the text of the cells, not what stands between them', async () => {
  const rows = [['Name'], ...Array.from({ length: 50 }, () => ['山'.repeat(10)])];
  const bytes = await bytesOf({ ...CONTENT, rows, hidden: [], errors: [] });
  expect(readSheetFile(bytes, { maxBytes: 4 + 50 * 30 }).ok).toBe(true);
  expect(readSheetFile(bytes, { maxBytes: 4 + 50 * 30 - 1 })).toMatchObject({ ok: false, error: { code: 'file_too_large' } });
});

describe('a file that only says it is a sheet is damaged', () => {
  const head = JSON.stringify({ origin: ORIGIN, firstRow: 1, hidden: [], errors: [], mergedCells: 0 });
  const withHead = (changes: object) => JSON.stringify({ ...JSON.parse(head), ...changes });
  test.each([
    ['cut off', `${head}\n[["Name"],["An`],
    ['no JSON', 'leads\n[]'],
    ['no cells', head],
    ['cells that are numbers', `${head}\n[["Name"],[5]]`],
    ['rows that are none', `${head}\n[["Name"],"Ann"]`],
    ['rows in an object', `${head}\n{"0":["Name"]}`],
    ['no origin', `${withHead({ origin: null })}\n[["Name"],["Ann"]]`],
    ['an origin without its names', `${withHead({ origin: { spreadsheetId: 'abc' } })}\n[["Name"],["Ann"]]`],
    ['a first row that is none', `${withHead({ firstRow: 0 })}\n[["Name"],["Ann"]]`],
    ['hidden rows in disorder', `${withHead({ hidden: [3, 1] })}\n[["Name"],["Ann"]]`],
    ['errors without a place', `${withHead({ errors: [['#N/A']] })}\n[["Name"],["Ann"]]`],
  ])('%s', (_what, text) => {
    expect(readSheetFile(utf8(`leadline-sheet 1\n${text}`))).toEqual({ ok: false, error: { code: 'file_damaged' } });
  });
  test('and its words are never names of anything', () => {
    const bytes = utf8(`leadline-sheet 1\n${withHead({ __proto__: { evil: 1 } })}\n[["__proto__","Email"],["Ann","a@example.com"]]`);
    const table = readSheetFile(bytes);
    expect(table.ok && table.value.headers).toEqual(['__proto__', 'Email']);
    expect('evil' in {}).toBe(false);
  });
  test('another version is not guessed at', () => {
    expect(isSheetFile(utf8('leadline-sheet 2\n'))).toBe(false);
  });
});
