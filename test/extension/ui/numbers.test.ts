import { getCountries, getCountryCallingCode } from 'libphonenumber-js/min';
import { describe, expect, test } from 'vitest';
import { CALLING_CODES } from '../../../extension/ui/countries.data.ts';
import { countOf, day, share, size, span } from '../../../extension/ui/numbers.ts';
import { PROBLEM_TITLES } from '../../../extension/ui/problem-titles.ts';
import { PROBLEMS } from '../../../shared/problems.ts';

describe('numbers carry their noun', () => {
  test.each([
    [0, '0 rows'],
    [1, '1 row'],
    [2341, '2,341 rows'],
  ])('%d', (number, words) => expect(countOf(number, 'row')).toBe(words));
});

describe('a share is never rounded to all or nothing', () => {
  test.each([
    [1, '100\u00a0%'],
    [0.999, '99\u00a0%'],
    [0.5, '50\u00a0%'],
    [0.001, '1\u00a0%'],
    [0, '0\u00a0%'],
  ])('%d', (part, words) => expect(share(part)).toBe(words));
});

describe('a span is rounded to what one can wait for', () => {
  test.each([
    [0.2, '1 second'],
    [9.4, '9 seconds'],
    [200, '3 minutes'],
    [8000, '2 hours'],
  ])('%d s', (seconds, words) => expect(span(seconds)).toBe(words));
});

test('sizes are said in the unit that fits', () => {
  expect(size(0)).toBe('empty');
  expect(size(900)).toMatch(/^1\skB$/);
  expect(size(10 * 1024 * 1024)).toMatch(/^10\sMB$/);
});

test('a day of another year carries the year', () => {
  const now = Date.UTC(2026, 4, 18, 12);
  expect(day(Date.UTC(2026, 5, 1, 12), now)).toBe('June 1');
  expect(day(Date.UTC(2027, 0, 2, 12), now)).toBe('January 2, 2027');
});

test('the list of countries is the one the phones are checked by', () => {
  const known = getCountries().map((country): [string, string] => [country, getCountryCallingCode(country)]);
  expect([...CALLING_CODES].sort()).toEqual(known.sort());
});

test('every problem has a short name, and no two the same', () => {
  const titles = Object.values(PROBLEM_TITLES);
  expect(Object.keys(PROBLEM_TITLES).sort()).toEqual(Object.keys(PROBLEMS).sort());
  expect(new Set(titles).size).toBe(titles.length);
});
