import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import type { NewWrite, WriteRecord } from '../../store/sync-records.ts';
import type { SettledWrite, WriteOutcome } from '../../store/sync-store.ts';
import type { WriteAnswer } from '../adapter.ts';
import { DONE, endFor, pairsOf, type StageEnd, type SyncContext, worse } from './context.ts';
import { markFields } from './fields.ts';
import { traceWrite } from './history.ts';
import { retryAt } from './limits.ts';
import { readTrace } from './recover.ts';
import { noteUnsaid } from './unsaid.ts';
import { acknowledged } from './writes.ts';

type Staged = WriteRecord & NewWrite;

/**
 * Sends writes that are on disk before they leave. What is answered is settled; what is not stays as it is, and the next
 * run finds out what became of it.
 */
export async function sendWrites(ctx: SyncContext, type: RecordType, writes: readonly NewWrite[]): Promise<StageEnd> {
  const { store, run } = ctx;
  if (writes.length === 0) return DONE;
  await ctx.lease.keep();
  const staged = await store.stageWrites(run, writes);
  const creates = staged.filter(({ kind }) => kind === 'create');
  const updates = staged.filter(({ kind }) => kind === 'update');
  const made = creates.length === 0 ? DONE : await sendCreates(ctx, type, creates);
  return updates.length === 0 ? made : worse(made, await sendUpdates(ctx, type, updates));
}

async function sendCreates(ctx: SyncContext, type: RecordType, writes: readonly Staged[]): Promise<StageEnd> {
  ctx.lease.mustHold();
  const items = writes.map(({ opId, leadId, payload, savesAnyway }) => ({
    opId,
    key: ctx.rules.creates_carry_key ? leadId : '',
    values: payload,
    ...(savesAnyway ? { savesAnyway } : {}),
  }));
  const answers = await ctx.crm.createRecords(type, items);
  return settle(ctx, type, writes, answers, new Map());
}

async function sendUpdates(ctx: SyncContext, type: RecordType, writes: readonly Staged[]): Promise<StageEnd> {
  const { traits } = ctx.crm;
  ctx.lease.mustHold();
  const items = writes.map(({ opId, remoteId, payload, seenAt, savesAnyway }) => ({
    opId,
    id: remoteId ?? '',
    values: payload,
    ...(savesAnyway ? { savesAnyway } : {}),
    ...(traits.hasHistory || !ctx.rules.guard_writes ? {} : { unmodifiedSince: seenAt }),
  }));
  const answers = await ctx.crm.updateRecords(type, items);
  const written = writes.filter(({ opId }) => answers.some((answer) => answer.opId === opId && answer.kind === 'written'));
  const told = written.length === 0 ? ok([]) : await readTrace(ctx, type, written);
  // Without its history a write is not settled: the next run asks again.
  if (!told.ok)
    return worse(
      endFor(told.error),
      await settle(
        ctx,
        type,
        writes,
        answers.filter(({ kind }) => kind === 'failed'),
        new Map(),
      ),
    );
  const pairs = pairsOf(ctx.settings(), type);
  const traces = written.map((write) => traceWrite(ctx, write, write.remoteId ?? '', pairs, told.value));
  const conflicts = new Map(written.map(({ opId }, index) => [opId, traces[index]?.conflicts ?? []]));
  return settle(ctx, type, writes, answers, conflicts);
}

async function settle(
  ctx: SyncContext,
  type: RecordType,
  writes: readonly Staged[],
  answers: readonly WriteAnswer[],
  conflicts: ReadonlyMap<string, Extract<WriteOutcome, { kind: 'written' }>['conflicts']>,
): Promise<StageEnd> {
  const pairs = pairsOf(ctx.settings(), type);
  const writesById = new Map(writes.map((write) => [write.opId, write]));
  const settled: SettledWrite[] = [];
  let end = DONE;
  for (const answer of answers) {
    const write = writesById.get(answer.opId);
    if (!write) continue;
    if (answer.kind === 'written') {
      const overwritten = conflicts.get(write.opId) ?? [];
      const base = acknowledged(write, answer.record, pairs);
      settled.push({ opId: write.opId, outcome: { kind: 'written', remoteId: answer.id, base, conflicts: overwritten } });
      ctx.counts.add(write.kind === 'create' ? 'createdThere' : 'updatedThere');
      ctx.counts.add('conflicts', overwritten.length);
      continue;
    }
    const failed = outcomeOf(ctx, write, answer.failure);
    if (failed.outcome) settled.push({ opId: write.opId, outcome: failed.outcome });
    if (failed.outcome?.kind === 'failed') ctx.counts.add('errors');
    end = worse(end, failed.end);
    await markFields(ctx, type, answer.failure);
  }
  if (settled.length > 0) await ctx.store.settleWrites(ctx.run, settled);
  await noteUnsaid(
    ctx,
    answers.flatMap(({ kind, opId }) => (kind === 'written' ? (writesById.get(opId)?.unsaid ?? []) : [])),
  );
  return end;
}

type Failed = { readonly outcome: WriteOutcome | null; readonly end: StageEnd };
const DROPPED: WriteOutcome = { kind: 'dropped' };

/** What a failed write comes to, by what helps. `outcome` null: nobody knows, it stays under way. */
function outcomeOf(ctx: SyncContext, write: WriteRecord, failure: CrmFailure): Failed {
  const { type, leadId, attempts } = write;
  // Who is linked already is no other record.
  const told: CrmFailure = write.kind === 'update' && failure.kind === 'duplicate' ? { ...failure, isChange: true } : failure;
  const wait = (nextAt: number | null): Failed => ({
    outcome: { kind: 'failed', error: { type, leadId, remoteId: null, stage: 'push', failure: told, nextAt } },
    end: DONE,
  });
  switch (failure.kind) {
    case 'ambiguous':
      return { outcome: null, end: { kind: 'short', failure } };
    case 'auth':
    case 'rate_burst':
    case 'rate_daily':
      return { outcome: DROPPED, end: endFor(failure) };
    case 'changed':
    case 'gone':
    case 'moved':
      // The next run reads the record again and sees what it has become.
      return { outcome: DROPPED, end: { kind: 'short', failure } };
    case 'schema_drift':
    case 'scope':
      return failure.field === undefined ? wait(null) : { outcome: DROPPED, end: { kind: 'short', failure } };
    case 'lock':
      return wait(attempts >= ctx.limits.maxLocks ? null : retryAt(ctx.limits, ctx.now(), attempts));
    case 'transient':
    case 'held':
      return wait(retryAt(ctx.limits, ctx.now(), attempts));
    case 'validation':
    case 'duplicate':
    case 'bug':
      return wait(null);
  }
}
