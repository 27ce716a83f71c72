import { describe, expect, test } from 'vitest';
import { fitsCustomType } from '#shared/lead/custom-value.ts';
import type { KnownDateOrder } from '#shared/mapping/date-order.ts';
import { toIsoDate } from '#shared/mapping/iso-date.ts';

type Row = readonly [reason: string, written: string, order: KnownDateOrder | undefined, stored: string];
const READ: readonly Row[] = [
  ['day first', '03/04/2026', 'dmy', '2026-04-03'],
  ['month first', '03/04/2026', 'mdy', '2026-03-04'],
  ['one figure', '3.4.2026', 'dmy', '2026-04-03'],
  ['the year in front needs no order', '2026/4/3', undefined, '2026-04-03'],
  ['the year in front is never turned round', '2026-04-03', 'dmy', '2026-04-03'],
  ['a time stays as it is written', '04/03/2026 9:30 PM', 'mdy', '2026-04-03 9:30 PM'],
  ['a comma before the time goes', '03.04.2026, 09:30', 'dmy', '2026-04-03 09:30'],
  ['ISO with a time is unchanged', '2026-04-03T09:30:00Z', 'dmy', '2026-04-03T09:30:00Z'],
  ['a month in words', '3 April 2026', undefined, '2026-04-03'],
  ['a short one', '3 Apr 2026', undefined, '2026-04-03'],
  ['American', 'April 3rd, 2026', undefined, '2026-04-03'],
  ['with its weekday', 'Friday, April 3, 2026', undefined, '2026-04-03'],
  ['German', '3. März 2026', undefined, '2026-03-03'],
  ['French', '14 juillet 2026', undefined, '2026-07-14'],
  ['Italian', '5 maggio 2026', undefined, '2026-05-05'],
  ['Japanese', '2026年4月3日', undefined, '2026-04-03'],
  ['a leap day', '29.02.2024', 'dmy', '2024-02-29'],
  ['blanks around', ' 03/04/2026 ', 'dmy', '2026-04-03'],
];
const KEPT: readonly Row[] = [
  ['nobody said the order', '03/04/2026', undefined, '03/04/2026'],
  ['even where only one is possible: the column is in doubt', '25/04/2026', undefined, '25/04/2026'],
  ['it contradicts the order', '25/04/2026', 'mdy', '25/04/2026'],
  ['a year of two figures has no century', '03/04/26', 'dmy', '03/04/26'],
  ['no such day', '31.02.2026', 'dmy', '31.02.2026'],
  ['no leap year', '29.02.2026', 'dmy', '29.02.2026'],
  ['two months begin so', '3 jui 2026', undefined, '3 jui 2026'],
  ['no month', '3 marathon 2026', undefined, '3 marathon 2026'],
  ['no date', 'next spring', 'dmy', 'next spring'],
  ['nothing', '', 'dmy', ''],
];

describe('a date becomes ISO', () => {
  test.each(READ)('%s: %s', (_reason, written, order, stored) => {
    expect(toIsoDate(written, order)).toBe(stored);
    expect(fitsCustomType(stored, 'date')).toBe(true);
    expect(toIsoDate(stored, order)).toBe(stored);
  });
});
describe('a date stays as it is written', () => {
  test.each(KEPT)('%s: %s', (_reason, written, order, stored) => expect(toIsoDate(written, order)).toBe(stored));
});
