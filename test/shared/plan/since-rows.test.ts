import { expect, test } from 'vitest';
import { countSince, type SinceRows, takeSince } from '#shared/plan/since-rows.ts';
import { sheetOf } from './sheet-rows.ts';

const SINCE: SinceRows = { fresh: [3, 5], changed: [{ line: 4, fields: [{ field: 'email', was: 7 }] }] };
const table = {
  ...sheetOf([{ first: 'a' }, { first: 'b' }, { first: 'c' }, { first: 'd' }]),
  hiddenRows: [0, 2],
  repairedRows: [1],
  errorCells: [{ row: 3, column: 1, text: '#N/A' }],
};

test('only the rows that are wanted are a table, with what is known of them', () => {
  const { table: taken, changedRows } = takeSince(table, SINCE, { fresh: true, changed: 'overwrite' });
  expect(taken.rows.map(([first]) => first)).toEqual(['b', 'c', 'd']);
  expect([...Array.from(taken.lines)]).toEqual([3, 4, 5]);
  expect(taken).toMatchObject({ hiddenRows: [1], repairedRows: [0], errorCells: [{ row: 2, column: 1, text: '#N/A' }] });
  expect(taken.facts).toMatchObject({ rowCount: 3, repairedRows: 1 });
  expect(changedRows).toMatchObject({ rule: 'overwrite', fieldsByLine: new Map([[4, [{ field: 'email', was: 7 }]]]) });
});

test.each([
  ['new rows alone', { fresh: true, changed: 'skip' }, ['b', 'd'], 2],
  ['changed rows alone', { fresh: false, changed: 'fill' }, ['c'], 1],
  ['nothing', { fresh: false, changed: 'skip' }, [], 0],
] as const)('%s', (_, choice, names, count) => {
  expect(takeSince(table, SINCE, choice).table.rows.map(([first]) => first)).toEqual(names);
  expect(countSince(SINCE, choice)).toBe(count);
});
