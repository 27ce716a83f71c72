import type { RecordType } from '#shared/crm/record.ts';
import { holdsType } from '#shared/crm/scope.ts';
import type { LinkRecord, SyncCursor } from '../../store/sync-records.ts';
import { DONE, endFor, fieldsOf, type StageEnd, type SyncContext, worse } from './context.ts';
import { mayRemove, type Removal, tooMany } from './removals.ts';
import { takeInAnswers } from './take-in.ts';

/**
 * Looks at every linked record: deletions, merges and conversions show in no list of changes, and a field that is mapped
 * newly has to be merged everywhere. Goes on where the last run stopped.
 */
export async function sweep(ctx: SyncContext, type: RecordType, how: Removal & { readonly isForced: boolean }): Promise<StageEnd> {
  const { store, run, now, limits } = ctx;
  const object = `sweep:${type}` as const;
  const read = await store.readCursor(run.fence.workspace, run.fence.connection, type);
  // The first reading comes to all of them anyway, unless its scope is not to be read.
  if (!read || (read.phase === 'initial' && read.page !== null)) return DONE;
  const cursor = await store.readCursor(run.fence.workspace, run.fence.connection, object);
  const isUnderWay = cursor?.window != null;
  if (!isUnderWay && !how.isForced && cursor && isRecent(now() - cursor.readTo, limits.sweepMs)) return askAboutGone(ctx, type, how);
  const startedAt = cursor?.window?.from ?? now();
  let at: SyncCursor = {
    phase: 'incremental',
    readTo: cursor?.readTo ?? 0,
    window: { from: startedAt, to: startedAt },
    page: isUnderWay ? cursor.page : null,
  };
  let end = DONE;
  for (;;) {
    await ctx.lease.keep();
    const links = await store.listLinks(run.fence, type, Number(at.page ?? 0), Math.min(limits.pageSize, ctx.crm.traits.readBatch));
    const last = links.at(-1);
    if (!last) break;
    const looked = await lookAt(ctx, type, links);
    end = worse(end, looked);
    if (looked.kind !== 'done') return end;
    at = { ...at, page: String(last.id) };
    await store.saveCursor(run, object, at);
  }
  const removed = await removeGone(ctx, type, how);
  await readScopeAnew(ctx, type);
  await store.saveCursor(run, object, { phase: 'incremental', readTo: startedAt, window: null, page: null });
  return worse(end, removed);
}

/** A time that lies ahead was told by a clock that was put right since. */
function isRecent(ageMs: number, mostMs: number): boolean {
  return ageMs >= 0 && ageMs < mostMs;
}

async function lookAt(ctx: SyncContext, type: RecordType, links: readonly LinkRecord[]): Promise<StageEnd> {
  const read = await ctx.crm.readRecords(
    type,
    links.map(({ remoteId }) => remoteId),
    fieldsOf(ctx.settings(), type),
  );
  if (!read.ok) return endFor(read.error);
  return (await takeInAnswers(ctx, links, read.value)).end;
}

async function removeGone(ctx: SyncContext, type: RecordType, how: Removal): Promise<StageEnd> {
  const gone = await listGone(ctx, type);
  if (!(await mayRemove(ctx, gone.length, how))) return tooMany(gone.length);
  for (const link of gone) if (await ctx.store.markGone(ctx.run, link, 'archived', true)) ctx.counts.add('removedHere');
  ctx.removed.count += gone.length;
  return DONE;
}

/** A run that does not look at all of them removes none: it says that too many wait, until a person agrees. */
async function askAboutGone(ctx: SyncContext, type: RecordType, how: Removal): Promise<StageEnd> {
  const { length } = await listGone(ctx, type);
  return (await mayRemove(ctx, length, how)) ? DONE : tooMany(length);
}

/** Leads whose records are gone, where the admin wants them to go too. */
async function listGone(ctx: SyncContext, type: RecordType): Promise<readonly LinkRecord[]> {
  const { store, run, limits } = ctx;
  const gone: LinkRecord[] = [];
  if (ctx.settings().whenGoneThere !== 'remove_lead') return gone;
  if ((await store.countLinks(run.fence.workspace, run.fence.connection)).missing === 0) return gone;
  for (let after = 0; ; ) {
    const links = await store.listLinks(run.fence, type, after, limits.pageSize);
    const last = links.at(-1);
    if (!last) break;
    gone.push(...links.filter(({ state }) => state === 'missing'));
    after = last.id;
  }
  return gone;
}

/** Joining a list or a view changes no record: a narrower scope is read anew with each sweep. */
async function readScopeAnew(ctx: SyncContext, type: RecordType): Promise<void> {
  const { store, run } = ctx;
  const { scopeIn } = ctx.settings();
  if (scopeIn.kind === 'all' || !holdsType(scopeIn, type)) return;
  const cursor = await store.readCursor(run.fence.workspace, run.fence.connection, type);
  if (cursor?.phase === 'incremental' && !cursor.window) await store.saveCursor(run, type, { ...cursor, phase: 'initial', page: null });
}
