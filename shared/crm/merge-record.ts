import { meaningOf, meaningThere, toLocalText, toShownText, type ValueOptions } from './pair-values.ts';
import type { ConflictRule, Direction, FieldPair, PairValues } from './record.ts';

/** What merging one record gives. */
export type RecordMerge = {
  /** Values to write on the lead, as Leadline writes them; an empty text clears. */
  readonly toLocal: PairValues;
  /** The base from now on: the CRM's values as it writes them. A pair whose lead differs from it is pushed. */
  readonly base: PairValues;
  /** Pairs whose values differ from the base after this, and travel out. */
  readonly toPush: readonly string[];
  /** New ones only: a question that stands open with the same two values is not asked again. */
  readonly conflicts: readonly MergeConflict[];
  /** Pairs whose open question is over: the sides agree, or other values are asked about now. */
  readonly closed: readonly string[];
  /** Pairs whose value in the CRM the lead cannot hold: both sides keep their own. */
  readonly unfit: readonly string[];
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
export type OpenQuestion = Pick<MergeConflict, 'ours' | 'theirs'>;
export type RecordToMerge = {
  readonly pairs: readonly FieldPair[];
  /** Null: the two were never merged before. */
  readonly base: PairValues | null;
  readonly local: PairValues;
  readonly remote: PairValues;
  /** When each value was set, by pair (ms); where it is known. */
  readonly localTimes?: ReadonlyMap<string, number>;
  readonly remoteTimes?: ReadonlyMap<string, number>;
  /** Conflicts nobody has decided yet, by pair. */
  readonly open?: ReadonlyMap<string, OpenQuestion>;
  readonly options: ValueOptions;
};

const NO_VALUES: PairValues = new Map();

/**
 * Brings a lead and its record together, field by field, against the base both last agreed on. Who did not change takes
 * what the other has; where both changed, the field's rule decides and a conflict says what gave way. Without a base
 * blanks are filled from the other side: a blank counts as an edit only where a value stood before.
 */
export function mergeRecord(input: RecordToMerge): RecordMerge {
  const { pairs, remote, options } = input;
  const toLocal = new Map<string, string>();
  const base = new Map<string, string>();
  const toPush: string[] = [];
  const conflicts: MergeConflict[] = [];
  const closed: string[] = [];
  const unfit: string[] = [];
  for (const pair of pairs) {
    const { id } = pair;
    const old = (input.base ?? NO_VALUES).get(id) ?? '';
    const outcome = mergePair(pair, old, input, options);
    if ('isUnfit' in outcome && outcome.isUnfit) unfit.push(id);
    const stands = outcome.kind === 'hold' || outcome.kind === 'ask' ? old : (remote.get(id) ?? '');
    if (stands !== '') base.set(id, stands);
    if (outcome.kind === 'take') toLocal.set(id, outcome.text);
    if (outcome.kind === 'push') toPush.push(id);
    const open = input.open?.get(id);
    const asked = outcome.kind === 'agree' || outcome.kind === 'hold' ? undefined : outcome.conflict;
    const isSame = open !== undefined && asked?.winner === 'open' && asked.ours === open.ours && asked.theirs === open.theirs;
    if (asked && !isSame) conflicts.push(asked);
    if (open && !isSame) closed.push(id);
  }
  return { toLocal, base, toPush, conflicts, closed, unfit };
}

/** Pairs in which a lead differs from the base and which travel out; one waits while its question is about the value it has. */
export function pairsToPush(
  pairs: readonly FieldPair[],
  base: PairValues | null,
  local: PairValues,
  open: ReadonlyMap<string, OpenQuestion>,
  options: ValueOptions,
): readonly FieldPair[] {
  return pairs.filter((pair) => {
    const question = open.get(pair.id);
    const value = meaningOf(pair, local.get(pair.id), options);
    if (!travelsOut(pair) || value === meaningThere(pair, base?.get(pair.id), options)) return false;
    return question === undefined || value !== meaningOf(pair, question.ours ?? '', options);
  });
}

/** Says whether a lead holds anything in its pairs that differs from the base, whichever way they travel. */
export function differsFromBase(pairs: readonly FieldPair[], base: PairValues | null, local: PairValues, options: ValueOptions): boolean {
  return pairs.some((pair) => meaningOf(pair, local.get(pair.id), options) !== meaningThere(pair, base?.get(pair.id), options));
}

/** The direction a pair travels now: what is in the way there makes it travel in only, or not at all. */
export function directionOf({ direction, trouble }: Pick<FieldPair, 'direction' | 'trouble'>): Direction {
  if (trouble === null || direction === 'off') return direction;
  return trouble === 'vanished' || direction === 'out' ? 'off' : 'in';
}

export function travelsOut(pair: Pick<FieldPair, 'direction' | 'trouble'>): boolean {
  const direction = directionOf(pair);
  return direction === 'out' || direction === 'both';
}

type PairOutcome =
  /** Both say the same, or the difference stays by direction: the base is what the CRM has. */
  | { readonly kind: 'agree' }
  /** Nothing is decided: the base stays. `isUnfit`: the lead cannot hold what the CRM has. */
  | { readonly kind: 'hold'; readonly isUnfit?: boolean }
  | { readonly kind: 'take'; readonly text: string; readonly conflict?: MergeConflict }
  | { readonly kind: 'ask'; readonly conflict: MergeConflict; readonly isUnfit: boolean }
  | { readonly kind: 'push' | 'keep'; readonly conflict?: MergeConflict };

function mergePair(pair: FieldPair, oldText: string, input: RecordToMerge, options: ValueOptions): PairOutcome {
  const direction = directionOf(pair);
  if (direction === 'off') return { kind: 'hold' };
  const localText = input.local.get(pair.id);
  const remoteText = input.remote.get(pair.id);
  const base = meaningThere(pair, oldText, options);
  const ours = meaningOf(pair, localText, options);
  const theirs = meaningThere(pair, remoteText, options);
  if (ours === theirs) return { kind: 'agree' };
  const hereAs = toLocalText(pair, remoteText, options);
  if (theirs === base) return direction === 'in' ? { kind: 'agree' } : { kind: 'push' };
  const isUnfit = hereAs === null && direction !== 'out';
  if (ours === base) return direction === 'out' || hereAs === null ? { kind: 'hold', isUnfit } : { kind: 'take', text: hereAs };
  const winner = isUnfit ? 'open' : winnerOf(pair, direction, ours, theirs, input);
  const conflict: MergeConflict = {
    pairId: pair.id,
    base: (oldText === '' ? '' : toShownText(pair, oldText, options)) || oldText || null,
    ours: localText || null,
    theirs: toShownText(pair, remoteText ?? '', options) ?? remoteText ?? null,
    winner,
    rule: pair.rule,
  };
  const settled = { ...conflict, theirs: conflict.theirs || null };
  if (winner === 'open') return { kind: 'ask', conflict: settled, isUnfit };
  if (winner === 'theirs') return { kind: 'take', text: hereAs ?? '', conflict: settled };
  return { kind: direction === 'in' ? 'keep' : 'push', conflict: settled };
}

/** Who wins where both changed. A field that travels one way has one master, unless a person is to decide. */
function winnerOf(
  pair: FieldPair,
  direction: Direction,
  ours: string,
  theirs: string,
  { localTimes, remoteTimes }: RecordToMerge,
): MergeConflict['winner'] {
  if (pair.rule === 'manual') return 'open';
  if (direction === 'out') return 'ours';
  if (pair.rule === 'crm_unless_blank') return theirs === '' && ours !== '' ? 'ours' : 'theirs';
  if (direction === 'in' || pair.rule === 'crm') return 'theirs';
  if (pair.rule === 'leadline') return 'ours';
  const here = localTimes?.get(pair.id);
  const there = remoteTimes?.get(pair.id);
  // Where no time is known or both are alike, the CRM is believed; the conflict says so and can be undone.
  return here !== undefined && there !== undefined && here > there ? 'ours' : 'theirs';
}
