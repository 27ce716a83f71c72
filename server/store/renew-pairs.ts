import { isDeepStrictEqual } from 'node:util';
import { directionOf } from '#shared/crm/merge-record.ts';
import type { FieldPair } from '#shared/crm/record.ts';

/** What became of the pairs of a map. */
export type RenewedPairs = {
  readonly pairs: readonly FieldPair[];
  /** Ids under which the same two fields are known from now on. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Ids that stand for nothing any more. */
  readonly ended: readonly string[];
};

/**
 * An id stands for the same two fields, read in the same way and watched without a gap: a pair of which that is not so any
 * more gets another one. Everything kept by the old id, as bases, writes under way and bounces, then says nothing of it, so
 * that the two fields meet as for the first time.
 */
export function renewPairs(old: readonly FieldPair[], wanted: readonly FieldPair[], newId: () => string): RenewedPairs {
  const before = new Map(old.map((pair) => [pair.id, pair]));
  const renamed = new Map<string, string>();
  const pairs = wanted.map((pair) => {
    const known = before.get(pair.id);
    if (!known || (hasSameFields(known, pair) && isReadAlike(known, pair))) return pair;
    const id = newId();
    if (hasSameFields(known, pair)) renamed.set(pair.id, id);
    return { ...pair, id };
  });
  const left = new Set(pairs.map(({ id }) => id));
  return { pairs, renamed, ended: old.flatMap(({ id }) => (left.has(id) || renamed.has(id) ? [] : [id])) };
}

function hasSameFields(a: FieldPair, b: FieldPair): boolean {
  return a.type === b.type && a.remote === b.remote && isDeepStrictEqual(a.local, b.local);
}

function isReadAlike(before: FieldPair, now: FieldPair): boolean {
  return before.valueType === now.valueType && (directionOf(before) !== 'off' || directionOf(now) === 'off');
}
