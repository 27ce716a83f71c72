import { describe, expect, it } from 'vitest';
import { fitsCustomType, isUnclearDate } from '#shared/lead/custom-value.ts';

describe('numbers', () => {
  it.each([
    '1',
    '-1.5',
    '+3',
    '1,234.56',
    '1.234,56',
    '1 234 567',
    "1'234.50",
    '1,00,000',
    '12%',
    '$1,200',
    '1.200 €',
    'EUR 5',
    '5 EUR',
    '.5',
    '1e6',
    '0012',
  ])('%s is one', (text) => {
    expect(fitsCustomType(text, 'number')).toBe(true);
  });
  it.each(['one', '1-2', '12 people', '1.2.3', '12/5', 'n/a', '--5', '1,2,3', 'x'.repeat(100)])('%s is none', (text) => {
    expect(fitsCustomType(text, 'number')).toBe(false);
  });
});

describe('dates', () => {
  it.each([
    '2024-03-05',
    '2024/3/5',
    '05.03.2024',
    '3/25/24',
    '25/3/2024',
    '5 Mar 2024',
    '05-Mar-24',
    'March 5, 2024',
    'Tue, 5 March 2024',
    '5. März 2024',
    '2024-03-05 10:20',
    '2024-03-05T10:20:30Z',
    '2024-03-05T10:20:30.123+01:00',
    '3/5/24 9:05 PM',
    '2024年3月5日',
    '20240305',
  ])('%s is one', (text) => {
    expect(fitsCustomType(text, 'date')).toBe(true);
  });
  it.each(['soon', '13/13/2024', '2024-13-05', '00/0/0', '32.01.2024', '12345678', '2024', '10:20', 'Q1 2024'])('%s is none', (text) => {
    expect(fitsCustomType(text, 'date')).toBe(false);
  });
});

describe('dates that do not say which day it is', () => {
  it.each(['30/02/2025', '31.4.2025', '2025-02-30', '1/2/25', '13/2/25', '5 Mar 24', '05-Mar-24', '1/2/25 10:20'])('%s', (text) => {
    expect(isUnclearDate(text)).toBe(true);
  });
  it.each([
    ['2025-02-13', 'ISO 8601'],
    ['2025-02-13 10:20', 'with a time'],
    ['2024-02-29', 'a leap day'],
    ['29/02/2024', 'and day first'],
    ['13/04/2025', 'one order only makes a day'],
    ['01/02/2025', 'the order of the column is another question'],
    ['5 March 2024', 'in words'],
    ['March 5, 2024', 'the month first'],
    ['20240305', 'compact'],
    ['soon', 'no date at all'],
  ])('%s is clear: %s', (text) => {
    expect(isUnclearDate(text)).toBe(false);
  });
});

describe('yes and no', () => {
  it.each(['yes', 'No', 'TRUE', 'false', '1', '0', 'y', 'Ja', 'nein', 'oui', 'sí', 'はい', '是'])('%s is one', (text) => {
    expect(fitsCustomType(text, 'yesNo')).toBe(true);
  });
  it.each(['maybe', '2', 'yes please'])('%s is neither', (text) => {
    expect(fitsCustomType(text, 'yesNo')).toBe(false);
  });
});

it('every text is a text, and choices are the workspace’s', () => {
  for (const text of ['', 'anything', 'x'.repeat(1000)]) {
    expect(fitsCustomType(text, 'text')).toBe(true);
    expect(fitsCustomType(text, 'choice')).toBe(true);
  }
});
