import type { RecordType } from '#shared/crm/record.ts';
import { type CrmScope, holdsType } from '#shared/crm/scope.ts';
import type { SyncCursor } from '../store/sync-records.ts';
import type { ReadAnswer } from './adapter.ts';
import { DONE, endFor, fieldsOf, type StageEnd, type SyncContext, worse } from './sync-context.ts';
import { retryAt } from './sync-limits.ts';
import { mergeAll } from './sync-merge.ts';

/**
 * Reads what the CRM has that we do not: everything the first time, then what changed. A window reaches back into the last
 * one and ends before the newest changes, as the CRM's index shows them late; it only says which ids changed, the values
 * are read by id. Each page is on disk, merged, before the cursor says so.
 */
export async function pull(ctx: SyncContext, type: RecordType): Promise<StageEnd> {
  const { store, run, now, limits } = ctx;
  const failed = await pullFailed(ctx, type);
  if (failed.kind === 'stop') return failed;
  const readTo = now() - limits.lagMs;
  const cursor = await store.readCursor(run.fence.workspace, run.fence.connection, type);
  const end =
    !cursor || cursor.phase === 'initial' ? await pullAll(ctx, type, cursor, readTo) : await pullChanged(ctx, type, cursor, readTo);
  return worse(failed, end);
}

async function pullAll(ctx: SyncContext, type: RecordType, known: SyncCursor | null, now: number): Promise<StageEnd> {
  const { crm, store, run, lease } = ctx;
  // Read from the start of the reading on, afterwards: what changes meanwhile is in the first window.
  let cursor: SyncCursor = known?.page
    ? known
    : { phase: 'initial', readTo: Math.max(now, known?.readTo ?? now), window: null, page: null };
  for (;;) {
    await lease.keep();
    const listed = await crm.listRecords(type, ctx.settings().scopeIn, fieldsOf(ctx.settings(), type), cursor.page);
    if (!listed.ok) return endFor(listed.error);
    ctx.counts.add('pulled', listed.value.items.length);
    const { end } = await mergeAll(
      ctx,
      listed.value.items.map((record) => ({ record })),
      { creates: true },
    );
    if (end.kind !== 'done') return end;
    const { next } = listed.value;
    cursor = { ...cursor, page: next, phase: next === null ? 'incremental' : 'initial' };
    await store.saveCursor(run, type, cursor);
    if (next !== null) continue;
    const { workspace, connection } = run.fence;
    const swept = await store.readCursor(workspace, connection, `sweep:${type}`);
    // All of them were just looked at.
    if (swept === null) await store.saveCursor(run, `sweep:${type}`, { ...cursor, window: null });
    return DONE;
  }
}

async function pullChanged(ctx: SyncContext, type: RecordType, known: SyncCursor, readTo: number): Promise<StageEnd> {
  const { crm, store, run, lease, limits, rules } = ctx;
  const window = known.window ?? { from: known.readTo - (rules.overlap ? limits.overlapMs : -1), to: readTo };
  if (window.to <= window.from) return DONE;
  let page = known.window ? known.page : null;
  // Nobody new of a kind that the scope has none of; those that are linked stay in step.
  const creates = holdsType(ctx.settings().scopeIn, type);
  const scope: CrmScope = creates ? ctx.settings().scopeIn : { kind: 'all' };
  for (;;) {
    await lease.keep();
    const listed = await crm.listChanged(type, scope, window, page);
    if (!listed.ok) return endFor(listed.error);
    const { items, next } = listed.value;
    const cursor: SyncCursor =
      next === null ? { ...known, readTo: Math.max(known.readTo, window.to), window: null, page: null } : { ...known, window, page: next };
    if (!rules.read_before_cursor) await store.saveCursor(run, type, cursor);
    const end = await pullIds(ctx, type, [...new Set(items)], creates);
    if (end.kind !== 'done') return end;
    if (rules.read_before_cursor) await store.saveCursor(run, type, cursor);
    if (next === null) return DONE;
    page = next;
  }
}

async function pullIds(ctx: SyncContext, type: RecordType, ids: readonly string[], creates: boolean): Promise<StageEnd> {
  const { readBatch } = ctx.crm.traits;
  for (let start = 0; start < ids.length; start += readBatch) {
    const read = await ctx.crm.readRecords(type, ids.slice(start, start + readBatch), fieldsOf(ctx.settings(), type));
    if (!read.ok) return endFor(read.error);
    ctx.counts.add('pulled', read.value.length);
    const { end } = await mergeAll(ctx, pulledOf(read.value), { creates });
    if (end.kind !== 'done') return end;
  }
  return DONE;
}

/** Those that are gone or were converted between the list and the reading are the sweep's. */
function pulledOf(answers: readonly ReadAnswer[]) {
  return answers.flatMap((answer) => (answer.kind === 'found' ? [{ record: answer.record }] : []));
}

/** Records that failed before and are due: they never held the cursor, so they are read by id. */
async function pullFailed(ctx: SyncContext, type: RecordType): Promise<StageEnd> {
  const { crm, store, run, limits } = ctx;
  const listed = await store.listDueErrors(run.fence, ctx.now(), crm.traits.readBatch);
  const due = listed.flatMap((error) => (error.type === type && error.remoteId !== null ? [{ ...error, remoteId: error.remoteId }] : []));
  if (due.length === 0) return DONE;
  const read = await crm.readRecords(
    type,
    due.map(({ remoteId }) => remoteId),
    fieldsOf(ctx.settings(), type),
  );
  if (!read.ok) {
    const nextAt = retryAt(limits, ctx.now(), Math.max(...due.map(({ attempts }) => attempts)));
    await store.noteErrors(
      run,
      due.map(({ leadId, remoteId }) => ({ type, leadId, remoteId, stage: 'pull', failure: read.error, nextAt })),
    );
    return endFor(read.error);
  }
  const gone = read.value.filter(({ kind }) => kind !== 'found').map(({ asked }) => ({ type, remoteId: asked }));
  await store.clearErrors(run, gone);
  const attempts = new Map(due.map((error) => [error.remoteId, error.attempts]));
  const { end } = await mergeAll(ctx, pulledOf(read.value), { creates: true, attempts });
  return end;
}
