import { describe, expect, test } from 'vitest';
import { addCounts, closingLine, countReport, countsInWords, NO_TESTS } from './count-tests.ts';

const report = (numbers: Record<string, number>) => JSON.stringify({ success: true, ...numbers });

describe('the numbers of a part are those of its report', () => {
  test.each([
    ['all passed', report({ numPassedTests: 3 }), 0, { passed: 3, failed: 0, skipped: 0, todo: 0 }],
    [
      'one of each',
      report({ numPassedTests: 1, numFailedTests: 2, numPendingTests: 3, numTodoTests: 4 }),
      1,
      { passed: 1, failed: 2, skipped: 3, todo: 4 },
    ],
    ['all passed, but a file did not load', report({ numPassedTests: 3 }), 1, { passed: 3, failed: 1, skipped: 0, todo: 0 }],
    ['no report at all', null, 0, { ...NO_TESTS, failed: 1 }],
    ['a report that was cut off', '{"numPassedTests": 3', 137, { ...NO_TESTS, failed: 1 }],
  ])('%s', (_, text, exitCode, counts) => expect(countReport(text, exitCode)).toEqual(counts));
});

test('the closing line counts everything, and what is still to be written as skipped', () => {
  const parts = [
    { passed: 10, failed: 0, skipped: 1, todo: 0 },
    { passed: 5, failed: 2, skipped: 0, todo: 7 },
  ];
  expect(closingLine(addCounts(parts))).toBe('15 passed, 2 failed, 8 skipped');
  expect(closingLine(NO_TESTS)).toBe('0 passed, 0 failed, 0 skipped');
});

test('a part tells only what there is to tell', () => {
  expect(countsInWords({ passed: 4, failed: 0, skipped: 0, todo: 0 })).toBe('4 passed');
  expect(countsInWords({ passed: 4, failed: 1, skipped: 2, todo: 3 })).toBe('4 passed, 1 failed, 2 skipped, 3 to do');
});
