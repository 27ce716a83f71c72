import type { CrmFailure } from '#shared/crm/failure.ts';
import type { CrmRecord, FieldPair, RecordType } from '#shared/crm/record.ts';
import { LeaseLost, type LinkRecord, type MergedRecord, type NewSyncError, type PulledRecord } from '../../store/sync-records.ts';
import { DONE, endFor, fieldsOf, pairsOf, type StageEnd, type SyncContext, worse } from './context.ts';
import { followConverted, moveToSurvivor } from './follow.ts';
import { lastOfOurs, originsOfHistory, readHistoryOf } from './history.ts';
import { retryAt } from './limits.ts';

export type MergeEnd = { readonly merged: readonly MergedRecord[]; readonly end: StageEnd };
type MergeOptions = {
  /** People that are nobody's lead yet become leads. */
  readonly creates: boolean;
  /** How often each record failed before. */
  readonly attempts?: ReadonlyMap<string, number>;
};

/**
 * Brings records that were read together with their leads. A record that cannot be merged goes to the errors and never
 * holds up the others; one that took the place of a merged one takes over its link.
 */
export async function mergeAll(ctx: SyncContext, records: readonly PulledRecord[], options: MergeOptions): Promise<MergeEnd> {
  const [first] = records;
  if (!first) return { merged: [], end: DONE };
  const { clockOffsetMs = 0 } = ctx.crm.usage();
  const told = clockOffsetMs === 0 ? records : records.map((each): PulledRecord => ({ ...each, clockOffsetMs }));
  const pulled = await withTimes(ctx, first.record.type, told);
  const merged = await mergeSafely(ctx, pulled, options);
  const followed = await followOthers(ctx, pulled, merged, options);
  const met = await meetMade(ctx, first.record.type, pulled, followed, options);
  await noteTroubles(ctx, first.record.type, met.merged);
  for (const each of met.merged) count(ctx, each);
  return met;
}

/** All in one go; where that throws, each by itself, so that the one in the way is found. */
async function mergeSafely(
  ctx: SyncContext,
  pulled: readonly PulledRecord[],
  options: MergeOptions,
  dryRun = false,
): Promise<readonly MergedRecord[]> {
  const { store, run } = ctx;
  const how = { creates: options.creates, dryRun };
  const merged = await unlessBroken(() => store.mergeRecords(run, pulled, how));
  if (merged) return merged;
  const rest: MergedRecord[] = [];
  for (const each of pulled) {
    const alone = await unlessBroken(() => store.mergeRecords(run, [each], how));
    if (alone) rest.push(...alone);
    else if (!dryRun) await noteBroken(ctx, each.record, options.attempts?.get(each.record.id) ?? 0);
  }
  return rest;
}

/** Null where the store threw, but for a lost lease, which ends the run. */
async function unlessBroken<T>(step: () => Promise<T>): Promise<T | null> {
  try {
    return await step();
  } catch (exception) {
    if (exception instanceof LeaseLost) throw exception;
    return null;
  }
}

/** What cannot even be merged is a fault of ours: it is tried again later and later, and shown. */
async function noteBroken(ctx: SyncContext, { type, id }: CrmRecord, attempts: number): Promise<void> {
  ctx.counts.add('errors');
  if (!ctx.rules.error_queue) return;
  const failure: CrmFailure = { kind: 'bug', code: 'merge_failed', message: '' };
  const nextAt = retryAt(ctx.limits, ctx.now(), attempts);
  await ctx.store.noteErrors(ctx.run, [{ type, leadId: null, remoteId: id, stage: 'pull', failure, nextAt }]);
}

/**
 * Records whose persons are other records' leads already: was one of those merged or converted into it, the link moves and
 * the record is merged anew.
 */
async function followOthers(
  ctx: SyncContext,
  pulled: readonly PulledRecord[],
  merged: readonly MergedRecord[],
  options: MergeOptions,
): Promise<MergeEnd> {
  const others = merged.filter(({ kind }) => kind === 'other_record');
  if (others.length === 0 || !ctx.rules.follow_merges) return { merged, end: DONE };
  const end = await followLinks(
    ctx,
    others.flatMap(({ linkedTo }) => linkedTo ?? []),
  );
  const ids = new Set(others.map(({ remoteId }) => remoteId));
  const again = pulled
    .filter(({ record }) => ids.has(record.id))
    .map((each): PulledRecord => (end.kind === 'done' ? { ...each, isApart: true } : each));
  return { merged: [...merged.filter((each) => !others.includes(each)), ...(await mergeSafely(ctx, again, options))], end };
}

async function followLinks(ctx: SyncContext, links: readonly LinkRecord[]): Promise<StageEnd> {
  let end = DONE;
  for (const type of ctx.crm.traits.types) {
    const linksByRemoteId = new Map(links.filter((link) => link.type === type).map((link) => [link.remoteId, link]));
    if (linksByRemoteId.size === 0) continue;
    const read = await ctx.crm.readRecords(type, [...linksByRemoteId.keys()], fieldsOf(ctx.settings(), type));
    if (!read.ok) {
      end = worse(end, endFor(read.error));
      continue;
    }
    for (const answer of read.value) {
      const link = linksByRemoteId.get(answer.asked);
      if (link) await moveToSurvivor(ctx, link, answer);
    }
    end = worse(end, (await followConverted(ctx, type, read.value)).end);
  }
  return end;
}

/**
 * Records that turn out to be made by us for leads that know nothing of it, as an answer was lost and the record was in the
 * bin when it was looked for: what we wrote is no value of theirs, so it is asked for, and they are merged over it. What stands
 * in the field of a pair that it was not made with, we wrote by another map: there the two meet as for the first time.
 */
async function meetMade(
  ctx: SyncContext,
  type: RecordType,
  pulled: readonly PulledRecord[],
  { merged, end }: MergeEnd,
  options: MergeOptions,
): Promise<MergeEnd> {
  const made = new Map(
    merged.flatMap(({ kind, remoteId, madeWith = [] }) => (kind === 'made_here' ? [[remoteId, new Set(madeWith)] as const] : [])),
  );
  if (made.size === 0) return { merged, end };
  const pairs = pairsOf(ctx.settings(), type);
  const fields = pairs.map(({ remote }) => remote);
  const told = await readHistoryOf(ctx, type, [...made.keys()], fields);
  const rest = merged.filter(({ kind }) => kind !== 'made_here');
  if (!told.ok) return { merged: rest, end: worse(end, endFor(told.error)) };
  const again = pulled
    .filter(({ record }) => made.has(record.id))
    .map((each): PulledRecord => {
      const origins = originsOfHistory(ctx, each.record.id, pairs, told.value);
      const asMade = pairs.filter(({ id }) => !ctx.rules.own_map_only || made.get(each.record.id)?.has(id));
      return { ...each, ours: lastOfOurs(each.record.id, asMade, told.value), ...(origins.times.size > 0 ? origins : {}) };
    });
  return { merged: [...rest, ...(await mergeSafely(ctx, again, options))], end };
}

async function noteTroubles(ctx: SyncContext, type: RecordType, merged: readonly MergedRecord[]): Promise<void> {
  const errors = merged.flatMap((each) => {
    const trouble = troubleOf(each, type, pairsOf(ctx.settings(), type));
    const told = JSON.stringify([type, each.remoteId, trouble?.failure]);
    if (!trouble || ctx.told.has(told)) return [];
    ctx.told.add(told);
    // Whether it was decided is looked at by each run.
    return [each.kind === 'waiting' ? { ...trouble, nextAt: ctx.now() } : trouble];
  });
  if (errors.length === 0) return;
  ctx.counts.add('errors', errors.length);
  await ctx.store.noteErrors(ctx.run, errors);
}

/**
 * What is to be said of a record that became nobody's lead, or leaves nothing of one, or came in without a value; null where all is well. Of several
 * such values the first is the `field`, and the message names the others.
 */
export function troubleOf(
  { kind, remoteId, linkedTo, unfit, isNobody = false }: MergedRecord,
  type: RecordType,
  pairs: readonly FieldPair[],
): NewSyncError | null {
  const about = { type, leadId: null, remoteId, stage: 'pull', nextAt: null } as const;
  const known = TROUBLES.get(isNobody ? 'refused' : kind);
  const matches = linkedTo ? [{ type: linkedTo.type, id: linkedTo.remoteId, title: '' }] : [];
  if (known) return { ...about, failure: { ...known, message: '', matches } };
  const [first, ...others] = pairs.filter(({ id }) => unfit.includes(id));
  if (!first) return null;
  const message = others.map(({ label }) => label).join(', ');
  return { ...about, failure: { kind: 'validation', code: VALUE_UNFIT, message, field: first.remote } };
}
/** The code of a value that no lead can hold. */
export const VALUE_UNFIT = 'value_unfit';
/** The code of a record that is nobody who could be reached. */
export const NOBODY = 'no_contact';
/** The codes of records that wait for what a person decides, by what became of them. */
export const UNDECIDED = { review: 'several_leads', waiting: 'in_review', other_record: 'two_records' } as const;
const TROUBLES = new Map<MergedRecord['kind'], Pick<CrmFailure, 'kind' | 'code'>>([
  ['refused', { kind: 'validation', code: NOBODY }],
  ['review', { kind: 'duplicate', code: UNDECIDED.review }],
  ['waiting', { kind: 'duplicate', code: UNDECIDED.waiting }],
  ['other_record', { kind: 'duplicate', code: UNDECIDED.other_record }],
]);

function count({ counts }: SyncContext, merged: MergedRecord): void {
  counts.add('conflicts', merged.conflicts);
  if (merged.kind === 'created') counts.add('createdHere');
  else if (merged.written > 0) counts.add('updatedHere');
  else counts.add('unchanged');
}

/** Where the newest value is to win, the times at which fields in question were set are asked for first. */
async function withTimes(ctx: SyncContext, type: RecordType, pulled: readonly PulledRecord[]): Promise<readonly PulledRecord[]> {
  const pairs = pairsOf(ctx.settings(), type).filter(({ rule }) => rule === 'newest');
  if (pairs.length === 0 || !ctx.crm.traits.hasHistory) return pulled;
  const tried = await mergeSafely(ctx, pulled, { creates: false }, true);
  const ids = tried.filter(({ conflicts }) => conflicts > 0).map(({ remoteId }) => remoteId);
  if (ids.length === 0) return pulled;
  const histories = await ctx.crm.readHistory(
    type,
    ids,
    pairs.map(({ remote }) => remote),
  );
  if (!histories.ok) return pulled;
  return pulled.map((each) =>
    ids.includes(each.record.id) ? { ...each, ...originsOfHistory(ctx, each.record.id, pairs, histories.value) } : each,
  );
}
