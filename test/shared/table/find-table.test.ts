import { expect, test } from 'vitest';
import { findTable, isBlankRow } from '#shared/table/find-table.ts';

test.each([
  ['the first row', ['a', '1'], [1, 2], false, undefined, 0],
  ['the first row with text', ['', ' ', 'a', '1'], [1, 2, 3, 4], false, undefined, 2],
  ['the row below the one that names the delimiter', ['sep=', 'a', '1'], [1, 2, 3], true, undefined, 1],
  ['the given line', ['title', 'a', '1'], [1, 2, 3], false, 2, 1],
  ['the row that reaches over the given line', ['title', 'a', '1'], [1, 4, 5], false, 3, 0],
  ['the last row, when the given line is further down', ['a', '1'], [1, 2], false, 99, 1],
  ['none, when told so', ['1', '2'], [1, 2], false, 0, -1],
  ['even the line that names the delimiter, when told so', ['sep=', '1'], [1, 2], true, 1, 0],
])('the header is %s', (_rule, cells, lines, hasSepLine, headerRow, header) => {
  const records = cells.map((cell) => [cell]);
  expect(findTable(records, lines, hasSepLine, headerRow === undefined ? {} : { headerRow })).toMatchObject({
    header,
    first: header < 0 ? 0 : header + 1,
    end: records.length,
    preambleRows: Math.max(0, header),
  });
});

test.each([
  ['all are blank', [[''], [' ', '\t']], undefined],
  ['the given line is blank', [['a'], [''], ['1']], 2],
  ['there are none', [], undefined],
])('there is no table when %s', (_reason, records, headerRow) => {
  expect(
    findTable(
      records,
      records.map((_, at) => at + 1),
      false,
      headerRow === undefined ? {} : { headerRow },
    ),
  ).toBeNull();
});

test.each([
  [[], true],
  [[''], true],
  [[' ', '\t', '\u00a0', '\u3000', '\n'], true],
  [['', '', 'x'], false],
  [['0'], false],
  [['-'], false],
])('%j is a blank row: %s', (row, isBlank) => {
  expect(isBlankRow(row)).toBe(isBlank);
});
