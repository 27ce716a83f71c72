import { expect, test } from 'vitest';
import { type DateOrder, guessDateOrder } from '#shared/mapping/date-order.ts';
import { proveDateOrders, withProvenOrders } from '#shared/mapping/prove-date-orders.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { tableOf } from '../../support/table-of.ts';

type Row = readonly [reason: string, values: readonly string[], order: DateOrder | null];
const ROWS: readonly Row[] = [
  ['a day above 12 in front', ['03/04/2026', '25/04/2026', '01/02/2026'], 'dmy'],
  ['a day above 12 in the middle', ['03/04/2026', '04/25/2026', '01/02/2026'], 'mdy'],
  ['the year in front', ['2026-04-03', '2026-04-25 09:30'], 'ymd'],
  ['no day above 12: nobody can tell', ['03/04/2026', '05/06/2026'], 'ambiguous'],
  ['dots prove nothing', ['03.04.2026', '05.06.2026'], 'ambiguous'],
  ['one proves this, one that', ['25/04/2026', '04/25/2026'], 'ambiguous'],
  ['the year in front, and behind', ['2026/04/25', '25/04/2026'], 'ambiguous'],
  ['months in words', ['3 Apr 2026', 'April 25, 2026'], null],
  ['two figures of the year', ['25/04/26', '03/04/26'], 'dmy'],
  ['with a time', ['4/25/26 14:05', '4/3/26 9:00'], 'mdy'],
];
test.each(ROWS)('the order of day and month: %s', (_, values, order) => expect(guessDateOrder(values)).toBe(order));

test('a suggestion of a column of dates carries the order, another one none', () => {
  const rows = [
    ['03/04/2026', 'a'],
    ['05/06/2026', 'b'],
    ['07/08/2026', 'c'],
  ];
  const [date, text] = suggestMapping(tableOf(['Last visit', 'Note to self'], rows));
  expect(date).toMatchObject({ type: 'date', dateOrder: 'ambiguous' });
  expect(text).not.toHaveProperty('dateOrder');
});

test('one date far down the file proves the order, or takes the proof away', () => {
  const dates = (odd: string, usual: string) => Array.from({ length: 2_001 }, (_, at) => [at === 1_003 ? odd : usual]);
  const orderOf = (rows: string[][]) => {
    const table = tableOf(['Last visit'], rows);
    return proveDateOrders(table, suggestMapping(table))[0]?.dateOrder;
  };
  expect(orderOf(dates('25/04/2026', '03/04/2026'))).toBe('dmy');
  expect(orderOf(dates('04/25/2026', '25/04/2026'))).toBe('ambiguous');
});

test('a mapping carries an order that is proven, never one that is a guess', () => {
  const mappingOf = (date: string) => suggestionsToMapping(suggestMapping(tableOf(['Last visit'], [[date], [date], [date]])));
  expect(mappingOf('25/04/2026')).toEqual([{ column: 0, field: 'custom', label: 'Last visit', type: 'date', dateOrder: 'dmy' }]);
  expect(mappingOf('03/04/2026')).toEqual([{ column: 0, field: 'custom', label: 'Last visit', type: 'date' }]);
});

test('a remembered mapping takes the order this file proves, and keeps the one that was chosen where it proves none', () => {
  const suggestions = suggestMapping(
    tableOf(
      ['Born', 'Seen'],
      [
        ['25/04/2026', '03/04/2026'],
        ['26/04/2026', '03/05/2026'],
        ['27/04/2026', '03/06/2026'],
      ],
    ),
  );
  const mapping = [0, 1].map((column) => ({ column, field: 'custom', type: 'date', dateOrder: 'mdy' }) as const);
  expect(withProvenOrders(mapping, suggestions)).toEqual([{ ...mapping[0], dateOrder: 'dmy' }, mapping[1]]);
});
