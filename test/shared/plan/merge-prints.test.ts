import { describe, expect, test } from 'vitest';
import { compareSheetRows } from '#shared/plan/compare-sheet-rows.ts';
import { beginPrints, endPrints } from '#shared/plan/merge-prints.ts';
import type { PrintState } from '#shared/plan/sheet-prints.ts';
import { type Person, printsOf, stored } from './sheet-rows.ts';

const named = (first: string): Person => ({ first, last: 'Lee', email: `${first}@example.com`, phone: '+12025550101', company: 'Fern' });
const [ann, bob, cem, dia] = [named('ann'), named('bob'), named('cem'), named('dia')];
const outcomes = (...states: readonly (readonly [line: number, state: PrintState])[]) => new Map(states);

describe('what is remembered of a sheet', () => {
  test('after its first import: each row, and whether it was stored', () => {
    const now = printsOf([ann, bob]);
    const kept = endPrints(beginPrints(null, now, new Set([2, 3]), {}), outcomes([2, 'stored'], [3, 'left']));
    expect(compareSheetRows(kept, printsOf([ann, { ...bob, company: 'Alder' }]))).toMatchObject({ same: 1, again: [1] });
    expect(kept.names).toBe('ann Lee\nbob Lee');
  });

  test('rows that were never sent are new the next time', () => {
    const now = printsOf([ann, bob, cem]);
    const kept = endPrints(beginPrints(null, now, new Set([2, 3]), {}), outcomes([2, 'stored']));
    expect(compareSheetRows(kept, now)).toMatchObject({ same: 1, fresh: [1, 2] });
  });

  test('rows that nobody asked about stay remembered, wherever they are by now', () => {
    const now = printsOf([cem, ann, bob]);
    const kept = endPrints(beginPrints(stored([ann, bob]), now, new Set([2]), {}), outcomes([2, 'stored']));
    expect(compareSheetRows(kept, now)).toMatchObject({ same: 3, fresh: [] });
    expect([...kept.lines]).toEqual([2, 3, 4]);
  });

  test('a change that is not taken this time is still a change the next time', () => {
    const changed = { ...bob, company: 'Alder' };
    const now = printsOf([ann, changed, cem]);
    const kept = endPrints(beginPrints(stored([ann, bob]), now, new Set([4]), {}), outcomes([4, 'stored']));
    const found = compareSheetRows(kept, now);
    expect(found).toMatchObject({ same: 2, changed: [{ row: 1 }] });
    expect(found.changed[0]?.fields).toEqual(compareSheetRows(stored([ann, bob]), now).changed[0]?.fields);
  });

  test('a row that is hidden now is remembered as it was', () => {
    const now = printsOf([ann, { ...bob, company: 'Alder' }]);
    const kept = endPrints(beginPrints(stored([ann, bob]), now, new Set(), { hidden: new Set([3]) }), outcomes());
    expect(compareSheetRows(kept, now)).toMatchObject({ same: 1, changed: [{ row: 1 }] });
  });

  test('rows that went are listed once', () => {
    const now = printsOf([ann, dia]);
    const kept = endPrints(beginPrints(stored([ann, bob]), now, new Set([3]), {}), outcomes([3, 'stored']));
    expect(compareSheetRows(kept, now)).toMatchObject({ removed: [], same: 2 });
  });
});
