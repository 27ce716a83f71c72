import type { CrmFailure } from '#shared/crm/failure.ts';
import { type FieldPair, RECORD_TYPES } from '#shared/crm/record.ts';
import { holdsType } from '#shared/crm/scope.ts';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import type { WorkspaceId } from '../../store/records.ts';
import {
  type ConnectionId,
  type Fence,
  LeaseLost,
  type RunCounts,
  type RunOutcome,
  type RunTrigger,
  SettingsChanged,
} from '../../store/sync-records.ts';
import type { Run, SyncStore } from '../../store/sync-store.ts';
import type { Crm } from '../adapter.ts';
import { isHiddenKind } from '../hidden-kind.ts';
import { type Budget, createBudget } from './budget.ts';
import { createCounts, createLease, DONE, PASSING, type StageEnd, type SyncContext, typesOf, worse } from './context.ts';
import { endForMarked, markFields, refreshChoices, reopenFields, withoutVanished } from './fields.ts';
import { createRehearsal, type Foreseen } from './foresee.ts';
import { SYNC_LIMITS, type SyncLimits } from './limits.ts';
import { tellOptOuts } from './opt-outs.ts';
import { pull } from './pull.ts';
import { push } from './push.ts';
import { recover } from './recover.ts';
import { archiveDeleted } from './removals.ts';
import { ALL_RULES, type SyncRules } from './rules.ts';
import { pullSide } from './side.ts';
import { sweep } from './sweep.ts';

export type SyncParts = {
  readonly crm: Crm;
  readonly store: SyncStore;
  readonly workspace: WorkspaceId;
  readonly connection: ConnectionId;
  /** The workspace's: how phones without their country code are read. */
  readonly defaultCountry: string;
  /** Who holds the lease: another name for every process. */
  readonly owner: string;
  readonly now: () => number;
  readonly newId: () => string;
  readonly limits?: SyncLimits;
  /** Only the model test switches rules off. */
  readonly rules?: Partial<SyncRules>;
};
export type SyncAsk = {
  readonly trigger: RunTrigger;
  /** Every linked record is looked at, whether that is due or not. */
  readonly sweepsNow?: boolean;
  /** So many new records there a person has agreed to: this number and no other. */
  readonly agreedCreates?: number;
  /** So many fields a person has agreed to empty there. */
  readonly agreedClears?: number;
  /** So many removals a person has agreed to. */
  readonly maxRemoved?: number;
};
/** `busy`: another is at it. `lost`: another took over, this one stopped. `idle`: nothing was edited here that has to be sent. */
export type SyncOutcome =
  | { readonly kind: 'busy' | 'lost' | 'idle' }
  | {
      readonly kind: 'ran';
      readonly runId: string;
      readonly outcome: Exclude<RunOutcome, 'running'>;
      readonly failure: CrmFailure | null;
      readonly counts: RunCounts;
      readonly calls: number;
      /** Of a dry run only. */
      readonly foreseen: Foreseen | null;
    };

/**
 * Keeps one connection in step once: what was under way is found out, what changed there comes in, what changed here goes
 * out, then what hangs on it. May be cut off anywhere: the next run goes on. By its trigger a dry run only counts, and a
 * run for local edits only sends.
 */
export async function runSync(parts: SyncParts, ask: SyncAsk): Promise<SyncOutcome> {
  const { store, workspace, connection, owner, now, limits = SYNC_LIMITS } = parts;
  const until = now() + limits.leaseMs;
  // Each run by itself: two of one process are two, and the second finds the first at work.
  const fence = await store.takeLease(workspace, connection, `${owner}:${parts.newId()}`, now(), until);
  if (!fence) return { kind: 'busy' };
  try {
    if (ask.trigger === 'local_edit' && !(await hasUnpushed(parts, fence))) return { kind: 'idle' };
    const run = await store.startRun(fence, ask.trigger, now());
    return await runLeased(parts, ask, run, until);
  } catch (exception) {
    if (exception instanceof LeaseLost) return { kind: 'lost' };
    throw exception;
  } finally {
    // Another's lease by now is not ours to give back.
    await store.releaseLease(fence).catch(() => undefined);
  }
}

async function hasUnpushed({ crm, store, now }: SyncParts, fence: Fence): Promise<boolean> {
  for (const type of crm.traits.types) if ((await store.listUnpushed(fence, type, now(), null, 1)).leads.length > 0) return true;
  return false;
}

async function runLeased(parts: SyncParts, ask: SyncAsk, run: Run, until: number): Promise<SyncOutcome> {
  const { store, now, limits = SYNC_LIMITS } = parts;
  const rules = { ...ALL_RULES, ...parts.rules };
  const budget = createBudget(parts.crm, limits);
  const reads = ask.trigger !== 'local_edit';
  if (reads && ask.trigger !== 'dry_run') await reopenFields(budget.crm, store, run, now(), ask.trigger === 'by_hand');
  const atStart = await store.readSettings(run.fence.workspace, run.fence.connection);
  let settings = atStart;
  const crm = rules.budget ? budget.crm : parts.crm;
  const marked: FieldPair[] = [];
  const rehearsal = ask.trigger === 'dry_run' ? createRehearsal(store, crm) : null;
  const ctx: SyncContext = {
    crm: withoutVanished(rehearsal?.crm ?? crm, (type, failure) => markFields(ctx, type, failure)),
    store: rehearsal?.store ?? (rules.stop_when_changed ? under(store, atStart) : store),
    run,
    // Whom a person would be asked about is counted, too.
    limits: rehearsal ? { ...limits, maxCreates: Number.POSITIVE_INFINITY } : limits,
    rules,
    options: { defaultCountry: parts.defaultCountry },
    told: new Set(),
    marked,
    now,
    newId: parts.newId,
    lease: createLease(store, run, until, limits, rules, now),
    counts: createCounts(),
    removed: { count: 0 },
    settings: () => settings,
    reloadSettings: async () => {
      const { pairs, ...rest } = await store.readSettings(run.fence.workspace, run.fence.connection);
      // What a dry run finds out it keeps for itself.
      const troubles = new Map(rehearsal ? marked.map(({ id, trouble }) => [id, trouble]) : []);
      settings = { ...rest, pairs: pairs.map((pair) => ({ ...pair, trouble: troubles.get(pair.id) ?? pair.trouble })) };
    },
  };
  const ended = await runStages(ctx, rehearsal ? { ...ask, maxRemoved: Number.POSITIVE_INFINITY } : ask, budget);
  const end = ended.kind === 'done' ? endForMarked(ctx) : ended;
  const outcome = end.kind === 'done' ? 'done' : end.kind === 'short' ? 'partly' : end.failure.kind === 'auth' ? 'failed' : 'stopped';
  const failure = end.kind === 'done' ? null : end.failure;
  const counts = ctx.counts.read();
  const calls = budget.calls();
  await store.saveRun(run, counts, calls);
  await store.endRun(run, { outcome, failure, at: now(), leftToday: parts.crm.usage().leftToday });
  return { kind: 'ran', runId: run.runId, outcome, failure, counts, calls, foreseen: rehearsal?.foreseen() ?? null };
}

/** A store in which nobody says up to where was read but by the settings it was read with. */
function under(store: SyncStore, settings: SyncSettings): SyncStore {
  return { ...store, saveCursor: (run, object, cursor) => store.saveCursor(run, object, cursor, settings) };
}

/** Whoever changes the scope or the map under a run stops it: what it has read is of no use to the next. */
async function unlessChanged(step: () => Promise<StageEnd>): Promise<StageEnd> {
  try {
    return await step();
  } catch (exception) {
    if (exception instanceof SettingsChanged) return { kind: 'stop', failure: { kind: 'changed', code: SETTINGS_CHANGED, message: '' } };
    throw exception;
  }
}
/** The code of a run that stopped because its scope or map was changed meanwhile. */
const SETTINGS_CHANGED = 'settings_changed';

/** A kind that may not be seen and that nobody chose. */
function isLeftOut({ settings }: SyncContext, end: StageEnd): boolean {
  if (end.kind === 'done' || !isHiddenKind(end.failure)) return false;
  return !RECORD_TYPES.some((type) => type === end.failure.message && holdsType(settings().scopeIn, type));
}

async function runStages(ctx: SyncContext, ask: SyncAsk, { enter, calls }: Budget): Promise<StageEnd> {
  const removal = { maxRemoved: ask.maxRemoved ?? 0 };
  const isDry = ask.trigger === 'dry_run';
  enter('recover');
  await refreshChoices(ctx);
  // What became of a write that was never answered is found out by the run itself.
  const recovered = isDry ? DONE : await recover(ctx);
  // Before it is known what was made, a record we made would be taken for a new person.
  if (recovered.kind !== 'done') return recovered;
  let end = DONE;
  const types = typesOf(ctx);
  const go = async (stage: Parameters<typeof enter>[0], step: () => Promise<StageEnd>) => {
    if (end.kind === 'stop') return;
    enter(stage);
    const ended = await unlessChanged(step);
    end = worse(end, isLeftOut(ctx, ended) ? DONE : ended);
    await ctx.store.saveRun(ctx.run, ctx.counts.read(), calls());
  };
  const reads = ask.trigger !== 'local_edit';
  // Who was converted is no new person: where leads could not be read just now, their contacts are read with the next run, too.
  const isHeld = () => ctx.rules.kinds_in_order && end.kind !== 'done' && PASSING.has(end.failure.kind);
  if (reads) for (const type of types) if (!isHeld()) await go('pull', () => pull(ctx, type));
  for (const type of types)
    if (reads && ctx.rules.sweep) await go('sweep', () => sweep(ctx, type, { ...removal, isForced: ask.sweepsNow === true }));
  for (const type of types) await go('push', () => archiveDeleted(ctx, type, removal));
  const clears = isDry ? Number.POSITIVE_INFINITY : (ask.agreedClears ?? 0);
  const agreed = { creates: ask.agreedCreates ?? 0, clears, isAnswered: ask.trigger === 'by_hand' };
  for (const type of types) await go('push', () => push(ctx, type, agreed));
  for (const type of types) await go('push', () => tellOptOuts(ctx, type));
  if (reads && !isDry) await go('side', () => pullSide(ctx));
  return end;
}
