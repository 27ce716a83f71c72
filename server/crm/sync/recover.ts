import type { RecordType } from '#shared/crm/record.ts';
import type { WriteRecord } from '../../store/sync-records.ts';
import type { SettledWrite } from '../../store/sync-store.ts';
import type { CrmResult, FieldHistory } from '../adapter.ts';
import { cut } from '../cut.ts';
import { DONE, endFor, fieldsOf, pairsOf, type StageEnd, type SyncContext, worse } from './context.ts';
import { findMade } from './find-made.ts';
import { lastOfOurs, readHistoryOf, traceWrite } from './history.ts';
import { mergeAll } from './merge.ts';
import { valuesThatStand } from './writes.ts';

/**
 * Finds out what became of writes that were sent and never answered. Nothing is sent again before that is known: a create
 * is looked up by our key, an update in the history of its fields, or in the record itself.
 */
export async function recover(ctx: SyncContext): Promise<StageEnd> {
  const sent = await ctx.store.listSent(ctx.run.fence);
  let end = DONE;
  for (const type of ctx.crm.traits.types) {
    const creates = sent.filter((write) => write.type === type && write.kind === 'create');
    const updates = sent.filter((write) => write.type === type && write.kind === 'update');
    for (const batch of cut(creates, ctx.crm.traits.readBatch)) end = worse(end, await recoverCreates(ctx, type, batch));
    for (const batch of cut(updates, ctx.crm.traits.readBatch)) end = worse(end, await recoverUpdates(ctx, type, batch));
    if (end.kind === 'stop') return end;
  }
  return end;
}

async function recoverCreates(ctx: SyncContext, type: RecordType, writes: readonly WriteRecord[]): Promise<StageEnd> {
  const { store, run, rules } = ctx;
  if (!rules.look_up_creates) return drop(ctx, writes);
  const found = await findMade(ctx, type, writes);
  if (!found.ok) return endFor(found.error);
  const { byKey, byEmail, unknowable } = found.value;
  const pairs = pairsOf(ctx.settings(), type);
  const madeIds = [...byKey.values()].map(({ id }) => id);
  const fields = pairs.map(({ remote }) => remote);
  const told = await readHistoryOf(ctx, type, madeIds, fields);
  if (!told.ok) return endFor(told.error);
  const settled = writes.map((write): SettledWrite => {
    const made = byKey.get(write.leadId);
    if (made) {
      // An earlier create that was not found, as what it made was in the bin, may be the one that is found now. Of a field
      // that is another pair's by now, what we wrote says nothing.
      const asSent = pairs.filter(({ id }) => !rules.own_map_only || write.sent.has(id));
      const ours = lastOfOurs(made.id, asSent, told.value);
      const base = ours.size > 0 ? ours : write.sent;
      return { opId: write.opId, outcome: { kind: 'written', remoteId: made.id, base, conflicts: [] } };
    }
    if (!unknowable.includes(write.leadId)) return { opId: write.opId, outcome: { kind: rules.keep_unfound ? 'unfound' : 'dropped' } };
    const failure = { kind: 'duplicate', code: 'unknown_if_made', message: '' } as const;
    return {
      opId: write.opId,
      outcome: { kind: 'failed', error: { type, leadId: write.leadId, remoteId: null, stage: 'push', failure, nextAt: null } },
    };
  });
  await store.settleWrites(run, settled);
  ctx.counts.add('createdThere', byKey.size);
  const merged = await mergeAll(
    ctx,
    [...[...byKey].map(([key, record]) => ({ record, key })), ...[...byEmail].map(([leadId, record]) => ({ record, leadId }))],
    { creates: false },
  );
  return merged.end;
}

async function recoverUpdates(ctx: SyncContext, type: RecordType, writes: readonly WriteRecord[]): Promise<StageEnd> {
  const { crm, store, run, rules } = ctx;
  if (!rules.recover_updates) return drop(ctx, writes);
  const ids = writes.flatMap(({ remoteId }) => remoteId ?? []);
  const pairs = pairsOf(ctx.settings(), type);
  const read = await crm.readRecords(type, ids, fieldsOf(ctx.settings(), type));
  if (!read.ok) return endFor(read.error);
  const records = new Map(read.value.flatMap((answer) => (answer.kind === 'found' ? [[answer.asked, answer.record] as const] : [])));
  const lost = new Set(read.value.flatMap((answer) => (answer.kind === 'gone' && answer.why !== 'purged' ? [answer.asked] : [])));
  const told = await readTrace(ctx, type, writes);
  if (!told.ok) return endFor(told.error);
  const settled = writes.map((write): SettledWrite => {
    const record = records.get(write.remoteId ?? '');
    // Purged or converted meanwhile: whoever pushes next finds out. Out of the bin, or shared again, it may come back with what we wrote.
    if (!record || write.remoteId === null)
      return { opId: write.opId, outcome: { kind: lost.has(write.remoteId ?? '') && rules.keep_unfound ? 'unfound' : 'dropped' } };
    // Under the id it had, though it may have been merged since: what we wrote is told before the link follows.
    const { remoteId } = write;
    const trace = traceWrite(ctx, write, remoteId, pairs, told.value);
    if (trace.arrived) return { opId: write.opId, outcome: { kind: 'written', remoteId, base: trace.base, conflicts: trace.conflicts } };
    const there = valuesThatStand(write, record, pairs, ctx.options);
    return {
      opId: write.opId,
      outcome: there.size > 0 ? { kind: 'written', remoteId, base: there, conflicts: [] } : { kind: 'dropped' },
    };
  });
  await store.settleWrites(run, settled);
  ctx.counts.add('updatedThere', settled.filter(({ outcome }) => outcome.kind === 'written').length);
  return DONE;
}

/** The history of the fields that were written, where the CRM keeps one. */
export function readTrace(ctx: SyncContext, type: RecordType, writes: readonly WriteRecord[]): Promise<CrmResult<readonly FieldHistory[]>> {
  const ids = writes.flatMap(({ remoteId }) => remoteId ?? []);
  const fields = writes.flatMap(({ payload }) => [...payload.keys()]);
  return readHistoryOf(ctx, type, ids, fields);
}

async function drop({ store, run }: SyncContext, writes: readonly WriteRecord[]): Promise<StageEnd> {
  await store.settleWrites(
    run,
    writes.map(({ opId }) => ({ opId, outcome: { kind: 'dropped' } })),
  );
  return DONE;
}
