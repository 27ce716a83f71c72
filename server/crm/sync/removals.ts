import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { WriteAnswer } from '../adapter.ts';
import { DONE, endFor, NEEDED, type StageEnd, type SyncContext, worse } from './context.ts';
import { retryAt } from './limits.ts';

/** `maxRemoved`: so many removals a person has agreed to for this run. */
export type Removal = { readonly maxRemoved: number };

/** Records that one run takes away at most: their ids lie in memory. */
const AT_ONCE = 10_000;

/** The code of a run that stopped because too much would have gone. */
export const TOO_MANY_REMOVALS = 'too_many_removals';

/** Many removals at once are more likely a mistake, or a right that was taken away, than a wish: a person is asked. */
export async function mayRemove(ctx: SyncContext, more: number, { maxRemoved }: Removal): Promise<boolean> {
  const count = ctx.removed.count + more;
  if (more === 0 || count <= maxRemoved || !ctx.rules.removal_guard) return true;
  const { limits, run, store } = ctx;
  const { linked, missing, unseen } = await store.countLinks(run.fence.workspace, run.fence.connection);
  const isMany = count > limits.maxRemoved || (count > limits.removeFloor && count > (linked + missing + unseen) * limits.removedShare);
  return !isMany;
}

/** The end of a part that asks a person first: its message is the number. */
export function tooMany(count: number): StageEnd {
  return { kind: 'short', failure: { kind: 'validation', code: TOO_MANY_REMOVALS, message: String(count) } };
}

/** Records whose leads were deleted here go to the CRM's bin, where the admin wants that. What is refused is tried again with each run. */
export async function archiveDeleted(ctx: SyncContext, type: RecordType, how: Removal): Promise<StageEnd> {
  const { crm, store, run, lease } = ctx;
  if (ctx.settings().whenDeletedHere !== 'archive_there') return DONE;
  const deleted = await store.listDeletedHere(run.fence, type, AT_ONCE);
  if (deleted.length === 0) return DONE;
  if (!(await mayRemove(ctx, deleted.length, how))) return tooMany(deleted.length);
  let end = DONE;
  for (let start = 0; start < deleted.length && end.kind !== 'stop'; start += crm.traits.writeBatch) {
    const batch = deleted.slice(start, start + crm.traits.writeBatch);
    await lease.keep();
    lease.mustHold();
    const ids = batch.map(({ remoteId }) => remoteId);
    end = worse(end, await settle(ctx, type, batch, await crm.archiveRecords(type, ids)));
  }
  return end;
}

type Deleted = Awaited<ReturnType<SyncContext['store']['listDeletedHere']>>[number];

async function settle(ctx: SyncContext, type: RecordType, batch: readonly Deleted[], answers: readonly WriteAnswer[]): Promise<StageEnd> {
  const { store, run, limits, now } = ctx;
  const failures = new Map(answers.flatMap((answer) => (answer.kind === 'failed' ? [[answer.opId, answer.failure]] : [])));
  // Who was made another kind of record there meanwhile was not taken away, and stays what somebody made of them.
  const isKept = ({ remoteId }: Deleted) => failures.get(remoteId)?.kind === 'moved';
  const kept = batch.filter(isKept);
  for (const { remoteId } of kept) failures.delete(remoteId);
  const done = batch.filter(({ remoteId }) => !failures.has(remoteId));
  ctx.removed.count += done.length - kept.length;
  ctx.counts.add('archivedThere', done.length - kept.length);
  await store.forgetDeletedHere(
    run,
    done.map(({ linkId }) => linkId),
  );
  await store.clearErrors(
    run,
    done.map(({ remoteId }) => ({ type, remoteId })),
  );
  const errors = [...failures].flatMap(([remoteId, failure]) =>
    isOfRun(failure) ? [] : [{ type, leadId: null, remoteId, stage: 'push', failure, nextAt: retryAt(limits, now(), 1) } as const],
  );
  if (errors.length > 0) await store.noteErrors(run, errors);
  ctx.counts.add('errors', errors.length);
  return [...failures.values()].reduce((end, failure) => (isOfRun(failure) ? worse(end, endFor(failure)) : end), DONE);
}

/** What is no fault of the record: it is told of the run. */
function isOfRun({ kind }: CrmFailure): boolean {
  return NEEDED[kind] === 'calls' || NEEDED[kind] === 'time';
}
