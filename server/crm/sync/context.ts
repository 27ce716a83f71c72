import { type CrmFailure, FAILURE_KINDS, type FailureKind } from '#shared/crm/failure.ts';
import type { ValueOptions } from '#shared/crm/pair-values.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import { LeaseLost, RUN_COUNTS, type RunCounts, type SyncCursor } from '../../store/sync-records.ts';
import type { Run, SyncStore } from '../../store/sync-store.ts';
import type { Crm } from '../adapter.ts';
import { isHiddenKind } from '../hidden-kind.ts';
import { toTheirTime } from '../their-clock.ts';
import type { SyncLimits } from './limits.ts';
import type { SyncRules } from './rules.ts';

/** What the parts of a run share. */
export type SyncContext = {
  readonly crm: Crm;
  readonly store: SyncStore;
  readonly run: Run;
  readonly limits: SyncLimits;
  readonly rules: SyncRules;
  /** How the workspace reads values. */
  readonly options: ValueOptions;
  /** Troubles of records that were said in this run: each is said and counted once. */
  readonly told: Set<string>;
  readonly now: () => number;
  readonly newId: () => string;
  readonly lease: Lease;
  readonly counts: Counts;
  /** Pairs whose fields turned out to be in trouble in this run, as they are now. */
  readonly marked: FieldPair[];
  /** Removals of this run so far, on either side and of every kind of record. */
  readonly removed: { count: number };
  /** As they are now: a field that turns out to be in trouble is so at once. */
  settings(): SyncSettings;
  reloadSettings(): Promise<void>;
};

/** How a part of a run ended: `short` = something is left for the next run · `stop` = the run cannot go on. */
export type StageEnd = { readonly kind: 'done' } | { readonly kind: 'short' | 'stop'; readonly failure: CrmFailure };
export const DONE: StageEnd = { kind: 'done' };

/** What a failed call means: without a token or calls left nothing goes on; everything else concerns its own part. */
export function endFor(failure: CrmFailure): StageEnd {
  return { kind: failure.kind === 'auth' || (failure.kind === 'rate_daily' && failure.code !== 'own_budget') ? 'stop' : 'short', failure };
}

/**
 * What a failure needs to be over: that `calls` are answered again, whatever they are about · `time` · that nobody has the
 * record `in_use` any more · another `reading` of the record, as it is no more what it was · `people`.
 */
export const NEEDED = {
  auth: 'calls',
  rate_burst: 'calls',
  rate_daily: 'calls',
  ambiguous: 'calls',
  transient: 'time',
  lock: 'in_use',
  held: 'in_use',
  changed: 'reading',
  gone: 'reading',
  moved: 'reading',
  scope: 'people',
  validation: 'people',
  duplicate: 'people',
  schema_drift: 'people',
  bug: 'people',
} as const satisfies Record<FailureKind, string>;

/** Failures that pass by themselves: what they left undone the next run does. */
export const PASSING: ReadonlySet<FailureKind> = new Set(
  FAILURE_KINDS.filter((kind) => ['calls', 'time', 'in_use'].includes(NEEDED[kind])),
);

/** The same of a reading of the scope: one that is gone is named. */
export function endForScope({ settings }: Pick<SyncContext, 'settings'>, failure: CrmFailure): StageEnd {
  const { scopeIn } = settings();
  return endFor(failure.kind === 'gone' && scopeIn.kind !== 'all' ? { kind: 'gone', code: SCOPE_GONE, message: scopeIn.name } : failure);
}
/** The code of a run whose scope is there no more; its message is the name. */
const SCOPE_GONE = 'scope_gone';

/** Says whether what is read is in a scope that is there no more. */
export function isScopeGone(end: StageEnd): boolean {
  return end.kind !== 'done' && end.failure.code === SCOPE_GONE;
}

/** The worse of two ends: that a kind of record may not be seen at all says the least, as nobody may have asked for it. */
export function worse(a: StageEnd, b: StageEnd): StageEnd {
  return rankOf(b) > rankOf(a) ? b : a;
}

function rankOf(end: StageEnd): number {
  if (end.kind === 'done') return 0;
  return end.kind === 'stop' ? 3 : isHiddenKind(end.failure) ? 1 : 2;
}

/** The pairs of one kind of record. */
export function pairsOf(settings: SyncSettings, type: RecordType): readonly FieldPair[] {
  return settings.pairs.filter((pair) => pair.type === type);
}

/** The CRM's names of the fields a type is read with. */
export function fieldsOf(settings: SyncSettings, type: RecordType): readonly string[] {
  return [...new Set(pairsOf(settings, type).flatMap(({ remote, trouble }) => (trouble === 'vanished' ? [] : [remote])))];
}

/** Kinds of records the settings map. */
export function typesOf({ crm, settings }: SyncContext): readonly RecordType[] {
  return crm.traits.types.filter((type) => pairsOf(settings(), type).length > 0);
}

/** Up to when (ms, the CRM's clock) a run that reads now has read: what changed later the index may not show yet. */
export function readUpTo({ crm, run, limits, now }: Pick<SyncContext, 'crm' | 'run' | 'limits' | 'now'>): number {
  return toTheirTime(crm, Math.min(run.at, now())) - limits.lagMs;
}

/**
 * Says whether a cursor lies ahead of the CRM's clock: it was kept while a clock was wrong, and what it passed over nobody
 * has read. A CRM that has not told the time yet is asked for something.
 */
export async function isAhead(ctx: SyncContext, type: RecordType, cursor: SyncCursor | null): Promise<boolean> {
  const isPast = () => cursor === null || cursor.readTo <= readUpTo(ctx) + ctx.limits.lagMs;
  if (!isPast() && ctx.crm.usage().clockOffsetMs === undefined) await ctx.crm.describe(type);
  return !isPast();
}

export type Counts = { add(count: keyof RunCounts, by?: number): void; read(): RunCounts };

// RUN_COUNTS are exactly its keys
const NO_COUNTS = Object.fromEntries(RUN_COUNTS.map((name) => [name, 0])) as RunCounts;

/** All at nought. */
export function createCounts(): Counts {
  const counts: { -readonly [Name in keyof RunCounts]: number } = { ...NO_COUNTS };
  return {
    add: (name, by = 1) => {
      counts[name] += by;
    },
    read: () => ({ ...counts }),
  };
}

export type Lease = {
  /** Makes the lease longer; throws `LeaseLost` where it is another's. */
  keep(): Promise<void>;
  /** Right before something is sent: throws `LeaseLost` where the lease could end under way. */
  mustHold(): void;
};

/** The lease of a run that holds until `until` (ms). */
export function createLease(store: SyncStore, run: Run, until: number, limits: SyncLimits, rules: SyncRules, now: () => number): Lease {
  let end = until;
  return {
    async keep() {
      const next = now() + limits.leaseMs;
      await store.renewLease(run.fence, next);
      end = next;
    },
    mustHold() {
      if (rules.lease_before_send && now() + limits.sendMs > end) throw new LeaseLost();
    },
  };
}
