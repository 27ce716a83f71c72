import type { ConflictRule, FieldPair, PairValues } from './record.ts';

/** What merging one record gives. */
export type RecordMerge = {
  /** Values to write on the lead, as Leadline writes them; an empty text clears. */
  readonly toLocal: PairValues;
  /** The base from now on: the CRM's values as it writes them. A pair whose lead differs from it is pushed. */
  readonly base: PairValues;
  /** Pairs whose values differ from the base after this. */
  readonly toPush: readonly string[];
  readonly conflicts: readonly MergeConflict[];
};
export type MergeConflict = {
  readonly pairId: string;
  readonly base: string | null;
  /** Both as Leadline writes them; null = blank. */
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly winner: 'ours' | 'theirs' | 'open';
  readonly rule: ConflictRule;
};
export type RecordToMerge = {
  readonly pairs: readonly FieldPair[];
  /** Null: the two were never merged before. */
  readonly base: PairValues | null;
  readonly local: PairValues;
  readonly remote: PairValues;
  /** When each value was set, by pair (ms); where it is known. */
  readonly localTimes?: ReadonlyMap<string, number>;
  readonly remoteTimes?: ReadonlyMap<string, number>;
};
