import { describe, expect, test } from 'vitest';
import { ALL_CHOSEN, choose, chosenCount, isChosen, NOTHING_CHOSEN, whichLeads } from '../../../../extension/flow/workspace/selection.ts';

describe('choosing leads', () => {
  test('by hand: those, and the server is told their ids', () => {
    const some = choose(choose(NOTHING_CHOSEN, ['a', 'b', 'c'], true), ['b'], false);
    expect([isChosen(some, 'a'), isChosen(some, 'b'), chosenCount(some, 500)]).toEqual([true, false, 2]);
    expect(whichLeads(some, { tag: 'x' })).toEqual({ ids: ['a', 'c'] });
  });

  test('all that the filter finds: also those that were never on the screen', () => {
    expect([isChosen(ALL_CHOSEN, 'never seen'), chosenCount(ALL_CHOSEN, 2_341)]).toEqual([true, 2_341]);
    expect(whichLeads(ALL_CHOSEN, { tag: 'x' })).toEqual({ filter: { tag: 'x' } });
  });

  test('all but two: the number says so, and the two are left alone', () => {
    const rest = choose(choose(ALL_CHOSEN, ['a', 'b', 'c'], false), ['b'], true);
    expect([isChosen(rest, 'a'), isChosen(rest, 'b'), chosenCount(rest, 2_341)]).toEqual([false, true, 2_339]);
    expect(whichLeads(rest, {})).toEqual({ filter: {}, except: ['a', 'c'] });
  });

  test('choosing never changes what was chosen before in place', () => {
    choose(NOTHING_CHOSEN, ['a'], true);
    choose(ALL_CHOSEN, ['a'], false);
    expect([chosenCount(NOTHING_CHOSEN, 9), chosenCount(ALL_CHOSEN, 9)]).toEqual([0, 9]);
  });
});
