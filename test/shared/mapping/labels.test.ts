import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { uniqueLabels } from '#shared/mapping/labels.ts';

describe('labels of columns', () => {
  type Row = readonly [reason: string, headers: readonly string[], labels: readonly string[]];
  const ROWS: readonly Row[] = [
    ['a header is its own label', ['City', 'Country'], ['City', 'Country']],
    ['a second one of the name is #2, a third #3', ['Country', 'Country', 'Country'], ['Country', 'Country #2', 'Country #3']],
    ['an empty header is its place', ['City', '', ' '], ['City', 'Column 2', 'Column 3']],
    ['line breaks and blanks become one blank', [' Job\r\n  title '], ['Job title']],
    ['a header that looks numbered keeps its name', ['Country', 'Country', 'Country #2'], ['Country', 'Country #3', 'Country #2']],
    ['a header called like a place keeps its name', ['', 'Column 1'], ['Column 1 #2', 'Column 1']],
    ['names of objects are names', ['__proto__', '__proto__', 'constructor'], ['__proto__', '__proto__ #2', 'constructor']],
  ];
  test.each(ROWS)('%s', (_, headers, labels) => expect(uniqueLabels(headers)).toEqual(labels));
  test('a header of megabytes is cut, and two of them are still told apart', () => {
    const labels = uniqueLabels(['x'.repeat(5_000_000), 'x'.repeat(5_000_001)]);
    expect(labels.map((label) => label.length < 310)).toEqual([true, true]);
    expect(new Set(labels).size).toBe(2);
  });
  test('more columns than headers get their place', () => expect(uniqueLabels(['City'], 3)).toEqual(['City', 'Column 2', 'Column 3']));
  test('whatever the headers, no two labels are the same', () => {
    const header = fc.constantFrom('', 'A', 'A #2', 'A #3', 'Column 1', 'Column 2', ' A');
    fc.assert(
      fc.property(fc.array(header, { maxLength: 12 }), (headers) => {
        expect(new Set(uniqueLabels(headers)).size).toBe(headers.length);
      }),
    );
  });
});
