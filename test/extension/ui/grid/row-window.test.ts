import { describe, expect, test } from 'vitest';
import { bodyPx, rowsInView, topToShow } from '../../../../extension/ui/grid/row-window.ts';

const BOX = { height: 640, rowPx: 32 };

describe('the rows in view', () => {
  test.each([
    ['at the top the first ones', 0, 70_000, 0, 26],
    ['in the middle those around the place', 32_000, 70_000, 994, 1026],
    ['at the end the last one, and none beyond', 70_000 * 32 - 640, 70_000, 69_974, 69_999],
    ['of three rows all', 0, 3, 0, 2],
    ['of no rows none', 0, 0, 0, -1],
    ['after fewer rows are left than one had scrolled past, the last ones', 2_000_000, 100, 74, 99],
  ])('%s', (_, top, rows, first, last) => {
    expect(rowsInView({ ...BOX, top, rows })).toMatchObject({ first, last });
  });

  test('however many rows, few are drawn', () => {
    for (const top of [0, 1_000, 999_999, 14_999_360]) {
      const { first, last } = rowsInView({ ...BOX, top, rows: 1_048_576 });
      expect(last - first).toBeLessThan(40);
    }
  });

  test('a table longer than a browser can draw still scrolls from its first row to its last', () => {
    const rows = 1_048_576;
    const end = bodyPx({ rows, rowPx: 32 }) - BOX.height;
    expect(bodyPx({ rows, rowPx: 32 })).toBeLessThan(17_000_000);
    const { last, shift } = rowsInView({ ...BOX, top: end, rows });
    expect(last).toBe(rows - 1);
    expect((rows - 1) * 32 + shift).toBeCloseTo(end + BOX.height - 32);
  });

  test('a row that is asked for is scrolled to, and one in view stays where it is', () => {
    expect(topToShow(5, { ...BOX, top: 0, rows: 100 })).toBe(0);
    expect(topToShow(20, { ...BOX, top: 0, rows: 100 })).toBe(32);
    expect(topToShow(2, { ...BOX, top: 320, rows: 100 })).toBe(64);
    const rows = 1_048_576;
    const top = topToShow(900_000, { ...BOX, top: 0, rows });
    const { first, last } = rowsInView({ ...BOX, top, rows });
    expect(first <= 900_000 && 900_000 <= last).toBe(true);
  });
});
