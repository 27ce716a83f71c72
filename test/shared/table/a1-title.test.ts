import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { a1Cells, a1Range, columnName, readA1Range } from '#shared/table/a1-title.ts';

describe('a tab’s title is quoted, whatever it is', () => {
  test.each([
    ['Sheet1', "'Sheet1'!A1:C9", 'a plain one'],
    ['Q4 leads', "'Q4 leads'!A1:C9", 'with a blank'],
    ["Ann's list", "'Ann''s list'!A1:C9", 'an apostrophe is doubled'],
    ['A1', "'A1'!A1:C9", 'one that looks like a cell'],
    ['R1C1', "'R1C1'!A1:C9", 'one that looks like a cell of the other kind'],
    ['2024', "'2024'!A1:C9", 'a number'],
    ['a!b:c', "'a!b:c'!A1:C9", 'with the marks of a range'],
    ["'", "''''!A1:C9", 'nothing but an apostrophe'],
    ['リード', "'リード'!A1:C9", 'of any script'],
  ])('%s', (title, range) => {
    expect(a1Range(title, { firstRow: 1, lastRow: 9, firstColumn: 1, lastColumn: 3 })).toBe(range);
  });
});

test.each([
  [1, 'A'],
  [26, 'Z'],
  [27, 'AA'],
  [52, 'AZ'],
  [702, 'ZZ'],
  [703, 'AAA'],
  [18_278, 'ZZZ'],
])('column %i is %s', (column, name) => {
  expect(columnName(column)).toBe(name);
});

describe('a range is read as people type it', () => {
  test.each<readonly [text: string, range: object, why: string]>([
    ['B2:F40', { firstRow: 2, lastRow: 40, firstColumn: 2, lastColumn: 6 }, 'a rectangle'],
    ['b2:f40', { firstRow: 2, lastRow: 40, firstColumn: 2, lastColumn: 6 }, 'in small letters'],
    [' $B$2 : $F$40 ', { firstRow: 2, lastRow: 40, firstColumn: 2, lastColumn: 6 }, 'with dollars and blanks'],
    ['F40:B2', { firstRow: 2, lastRow: 40, firstColumn: 2, lastColumn: 6 }, 'from the other corner'],
    ['A:F', { firstRow: 1, firstColumn: 1, lastColumn: 6 }, 'columns'],
    ['3:20', { firstRow: 3, lastRow: 20, firstColumn: 1 }, 'rows'],
    ['A3:20', { firstRow: 3, lastRow: 20, firstColumn: 1 }, 'rows from a column on'],
    ['A5:F', { firstRow: 5, firstColumn: 1, lastColumn: 6 }, 'columns from a row on'],
    ['B3', { firstRow: 3, firstColumn: 2 }, 'a corner: from there on'],
    ["'Q4 leads'!A1:F2", { tab: 'Q4 leads', firstRow: 1, lastRow: 2, firstColumn: 1, lastColumn: 6 }, 'with the tab'],
    ["'Ann''s'!A1", { tab: "Ann's", firstRow: 1, firstColumn: 1 }, 'with an apostrophe in the tab'],
    ['Leads!A:B', { tab: 'Leads', firstRow: 1, firstColumn: 1, lastColumn: 2 }, 'with a tab that needs no quotes'],
  ])('%s', (text, range) => {
    expect(readA1Range(text)).toEqual(range);
  });
  test.each(['', 'leads', 'A0', 'A1:', ':B2', 'A1:B2:C3', 'A:3', '3:A', 'AAAA1', 'A99999999', '1', 'A', "'Leads'A1", 'A1;B2', '-1:3'])(
    '%s is none',
    (text) => {
      expect(readA1Range(text)).toBeNull();
    },
  );
});

test('a range that is kept with a link is the same one when it is read again', () => {
  const ends = (first: fc.Arbitrary<number>) => fc.tuple(first, fc.option(first)).map(([a, b]) => (b === null || b > a ? [a, b] : [b, a]));
  const ranges = fc.record({ rows: ends(fc.integer({ min: 1, max: 10_000_000 })), columns: ends(fc.integer({ min: 1, max: 18_278 })) });
  fc.assert(
    fc.property(ranges, ({ rows: [firstRow, lastRow], columns: [firstColumn, lastColumn] }) => {
      const range = { firstRow: firstRow ?? 1, firstColumn: firstColumn ?? 1, ...given({ lastRow, lastColumn }) };
      expect(readA1Range(a1Cells(range))).toEqual(range);
    }),
  );
});

function given(ends: { readonly lastRow?: number | null | undefined; readonly lastColumn?: number | null | undefined }) {
  const { lastRow, lastColumn } = ends;
  return { ...(lastRow == null ? {} : { lastRow }), ...(lastColumn == null ? {} : { lastColumn }) };
}
