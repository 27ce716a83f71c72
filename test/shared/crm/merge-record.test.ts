import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeRecord, pairsToPush } from '../../../shared/crm/merge-record.ts';
import { CONFLICT_RULES, type ConflictRule, type Direction, type FieldPair } from '../../../shared/crm/record.ts';
import { only, pair } from './pairs.ts';

const US = { defaultCountry: 'US' };
type Case = {
  readonly base: string | null;
  readonly ours: string;
  readonly theirs: string;
  readonly pair?: Partial<FieldPair>;
  readonly times?: readonly [here: number, there: number];
};
type Told = { readonly here: string; readonly base: string; readonly pushed: boolean; readonly winner?: 'ours' | 'theirs' | 'open' };

function merge(told: Case) {
  const merged = mergeRecord({
    pairs: [pair(told.pair)],
    base: told.base === null ? null : only(told.base),
    local: only(told.ours),
    remote: only(told.theirs),
    options: US,
    ...(told.times ? { localTimes: new Map([['a', told.times[0]]]), remoteTimes: new Map([['a', told.times[1]]]) } : {}),
  });
  const [conflict] = merged.conflicts;
  const seen: Told = {
    here: merged.toLocal.get('a') ?? told.ours,
    base: merged.base.get('a') ?? '',
    pushed: merged.toPush.includes('a'),
    ...(conflict ? { winner: conflict.winner } : {}),
  };
  return { merged, seen };
}

describe('each field on its own, against what both sides agreed on last', () => {
  test.each<[string, Case, Told]>([
    ['nobody changed anything', { base: 'x', ours: 'x', theirs: 'x' }, { here: 'x', base: 'x', pushed: false }],
    ['both made the same change', { base: 'x', ours: 'y', theirs: 'y' }, { here: 'y', base: 'y', pushed: false }],
    ['only the CRM changed: it comes in', { base: 'x', ours: 'x', theirs: 'y' }, { here: 'y', base: 'y', pushed: false }],
    ['only the lead changed: it goes out', { base: 'x', ours: 'y', theirs: 'x' }, { here: 'y', base: 'x', pushed: true }],
    ['cleared in the CRM on purpose', { base: 'x', ours: 'x', theirs: '' }, { here: '', base: '', pushed: false }],
    ['cleared here on purpose', { base: 'x', ours: '', theirs: 'x' }, { here: '', base: 'x', pushed: true }],
    ['first meeting: a blank here is filled', { base: null, ours: '', theirs: 'y' }, { here: 'y', base: 'y', pushed: false }],
    ['first meeting: a blank there is filled', { base: null, ours: 'y', theirs: '' }, { here: 'y', base: '', pushed: true }],
    [
      'first meeting: two values are never silent',
      { base: null, ours: 'y', theirs: 'z' },
      { here: 'z', base: 'z', pushed: false, winner: 'theirs' },
    ],
    ['both changed, the CRM wins', { base: 'x', ours: 'y', theirs: 'z' }, { here: 'z', base: 'z', pushed: false, winner: 'theirs' }],
    [
      'both changed, Leadline wins',
      { base: 'x', ours: 'y', theirs: 'z', pair: { rule: 'leadline' } },
      { here: 'y', base: 'z', pushed: true, winner: 'ours' },
    ],
    [
      'both changed, the CRM unless blank',
      { base: 'x', ours: 'y', theirs: 'z', pair: { rule: 'crm_unless_blank' } },
      { here: 'z', base: 'z', pushed: false, winner: 'theirs' },
    ],
    [
      '… and it is blank there',
      { base: 'x', ours: 'y', theirs: '', pair: { rule: 'crm_unless_blank' } },
      { here: 'y', base: '', pushed: true, winner: 'ours' },
    ],
    [
      'both changed, the newest is ours',
      { base: 'x', ours: 'y', theirs: 'z', pair: { rule: 'newest' }, times: [2, 1] },
      { here: 'y', base: 'z', pushed: true, winner: 'ours' },
    ],
    [
      'both changed, the newest is theirs',
      { base: 'x', ours: 'y', theirs: 'z', pair: { rule: 'newest' }, times: [1, 2] },
      { here: 'z', base: 'z', pushed: false, winner: 'theirs' },
    ],
    [
      'both changed, nobody knows when: the CRM',
      { base: 'x', ours: 'y', theirs: 'z', pair: { rule: 'newest' } },
      { here: 'z', base: 'z', pushed: false, winner: 'theirs' },
    ],
    [
      'both changed, a person decides: both stay, the base too',
      { base: 'x', ours: 'y', theirs: 'z', pair: { rule: 'manual' } },
      { here: 'y', base: 'x', pushed: false, winner: 'open' },
    ],
  ])('%s', (_, told, expected) => {
    expect(merge(told).seen).toEqual(expected);
  });
});

describe('a field that travels one way', () => {
  const inward = { direction: 'in' } as const;
  const outward = { direction: 'out' } as const;
  test.each<[string, Case, Told]>([
    ['in: a change here stays here', { base: 'x', ours: 'y', theirs: 'x', pair: inward }, { here: 'y', base: 'x', pushed: false }],
    ['in: a change there comes in', { base: 'x', ours: 'x', theirs: 'y', pair: inward }, { here: 'y', base: 'y', pushed: false }],
    [
      'in: both changed, the CRM is the master, and it is said',
      { base: 'x', ours: 'y', theirs: 'z', pair: { ...inward, rule: 'leadline' } },
      { here: 'z', base: 'z', pushed: false, winner: 'theirs' },
    ],
    [
      'in: unless blank there',
      { base: 'x', ours: 'y', theirs: '', pair: { ...inward, rule: 'crm_unless_blank' } },
      { here: 'y', base: '', pushed: false, winner: 'ours' },
    ],
    ['in: what only we have stays ours', { base: null, ours: 'y', theirs: '', pair: inward }, { here: 'y', base: '', pushed: false }],
    ['out: a change here goes out', { base: 'x', ours: 'y', theirs: 'x', pair: outward }, { here: 'y', base: 'x', pushed: true }],
    ['out: a change there stays there', { base: 'x', ours: 'x', theirs: 'y', pair: outward }, { here: 'x', base: 'x', pushed: false }],
    [
      'out: both changed, Leadline is the master, and it is said',
      { base: 'x', ours: 'y', theirs: 'z', pair: outward },
      { here: 'y', base: 'z', pushed: true, winner: 'ours' },
    ],
    [
      'out: a blank here never empties what was never ours',
      { base: null, ours: '', theirs: 'z', pair: outward },
      { here: '', base: '', pushed: false },
    ],
    ['off: nothing moves', { base: 'x', ours: 'y', theirs: 'z', pair: { direction: 'off' } }, { here: 'y', base: 'x', pushed: false }],
    [
      'what vanished there stands still',
      { base: 'x', ours: 'y', theirs: '', pair: { trouble: 'vanished' } },
      { here: 'y', base: 'x', pushed: false },
    ],
    [
      'what became read-only there still comes in',
      { base: 'x', ours: 'x', theirs: 'y', pair: { trouble: 'read_only' } },
      { here: 'y', base: 'y', pushed: false },
    ],
    [
      '… but does not go out',
      { base: 'x', ours: 'y', theirs: 'x', pair: { trouble: 'read_only' } },
      { here: 'y', base: 'x', pushed: false },
    ],
  ])('%s', (_, told, expected) => {
    expect(merge(told).seen).toEqual(expected);
  });
});

describe('a value that a lead cannot hold', () => {
  const phone = { valueType: 'phone', local: { kind: 'field', id: 'phone' } } as const;
  test('is left alone on both sides', () => {
    expect(merge({ base: '', ours: '', theirs: 'ask Bob', pair: phone }).seen).toEqual({ here: '', base: '', pushed: false });
  });
  test('is a question where the lead has a value of its own', () => {
    const { seen } = merge({ base: '', ours: '+12025550123', theirs: 'ask Bob', pair: phone });
    expect(seen).toEqual({ here: '+12025550123', base: '', pushed: false, winner: 'open' });
  });
  test('another spelling is no change, and the CRM keeps its own', () => {
    const { seen } = merge({ base: '', ours: '+12025550123', theirs: '(202) 555-0123', pair: phone });
    expect(seen).toEqual({ here: '+12025550123', base: '(202) 555-0123', pushed: false });
  });
});

describe('an open question', () => {
  const asked = { pairs: [pair({ rule: 'manual' })], base: only('x'), open: new Map([['a', { ours: 'y', theirs: 'z' }]]), options: US };
  test('is not asked twice, and nothing is pushed meanwhile', () => {
    const merged = mergeRecord({ ...asked, local: only('y'), remote: only('z') });
    expect([merged.conflicts, merged.closed]).toEqual([[], []]);
    expect(pairsToPush(asked.pairs, merged.base, only('y'), asked.open, US)).toEqual([]);
  });
  test('is asked anew about new values', () => {
    const merged = mergeRecord({ ...asked, local: only('y'), remote: only('w') });
    expect([merged.conflicts.map(({ theirs }) => theirs), merged.closed]).toEqual([['w'], ['a']]);
  });
  test('is over when the sides agree', () => {
    expect(mergeRecord({ ...asked, local: only('z'), remote: only('z') })).toMatchObject({ conflicts: [], closed: ['a'] });
  });
  test('is over when the CRM takes its change back, and ours goes out', () => {
    expect(mergeRecord({ ...asked, local: only('y'), remote: only('x') })).toMatchObject({ toPush: ['a'], closed: ['a'] });
  });
});

const TEXTS = fc.constantFrom('', 'x', 'y', 'z');
const CASES = fc.record({
  base: fc.option(TEXTS),
  ours: TEXTS,
  theirs: TEXTS,
  rule: fc.constantFrom<ConflictRule>(...CONFLICT_RULES),
  direction: fc.constantFrom<Direction>('in', 'out', 'both'),
});

test('whatever two sides hold, no value is lost in silence', () => {
  fc.assert(
    fc.property(CASES, ({ base, ours, theirs, rule, direction }) => {
      const { merged, seen } = merge({ base, ours, theirs, pair: { rule, direction } });
      const isKnown = (value: string) =>
        merged.conflicts.some((conflict) => conflict.ours === (value || null) || conflict.theirs === (value || null));
      if (seen.here !== ours && ours !== (base ?? '')) expect(isKnown(ours)).toBe(true);
      if (seen.pushed && theirs !== (base ?? '')) expect(isKnown(theirs)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('merging again what was merged changes nothing and asks nothing', () => {
  fc.assert(
    fc.property(CASES, ({ base, ours, theirs, rule, direction }) => {
      const { merged, seen } = merge({ base, ours, theirs, pair: { rule, direction } });
      const open = new Map(merged.conflicts.filter(({ winner }) => winner === 'open').map((conflict) => [conflict.pairId, conflict]));
      const again = mergeRecord({
        pairs: [pair({ rule, direction })],
        base: merged.base,
        local: only(seen.here),
        remote: only(seen.pushed ? seen.here : theirs),
        open,
        options: US,
      });
      expect([again.toLocal.size, again.toPush, again.conflicts]).toEqual([0, [], []]);
    }),
    { numRuns: 2_000 },
  );
});

test('with both directions and a rule that decides, one merge and one push bring both sides together', () => {
  fc.assert(
    fc.property(CASES, ({ base, ours, theirs, rule }) => {
      fc.pre(rule !== 'manual');
      const { seen } = merge({ base, ours, theirs, pair: { rule } });
      expect(seen.pushed ? seen.here : theirs).toBe(seen.here);
    }),
    { numRuns: 2_000 },
  );
});
