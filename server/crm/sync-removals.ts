import type { RecordType } from '#shared/crm/record.ts';
import { DONE, endFor, type StageEnd, type SyncContext } from './sync-context.ts';

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
  const { linked, missing } = await store.countLinks(run.fence.workspace, run.fence.connection);
  const isMany = count > limits.maxRemoved || (count > limits.removeFloor && count > (linked + missing) * limits.removedShare);
  return !isMany;
}

/** The end of a part that asks a person first: its message is the number. */
export function tooMany(count: number): StageEnd {
  return { kind: 'short', failure: { kind: 'validation', code: TOO_MANY_REMOVALS, message: String(count) } };
}

/** Records whose leads were deleted here go to the CRM's bin, where the admin wants that. */
export async function archiveDeleted(ctx: SyncContext, type: RecordType, how: Removal): Promise<StageEnd> {
  const { crm, store, run, lease } = ctx;
  if (ctx.settings().whenDeletedHere !== 'archive_there') return DONE;
  const deleted = await store.listDeletedHere(run.fence, type, AT_ONCE);
  if (deleted.length === 0) return DONE;
  if (!(await mayRemove(ctx, deleted.length, how))) return tooMany(deleted.length);
  for (let start = 0; start < deleted.length; start += crm.traits.writeBatch) {
    const batch = deleted.slice(start, start + crm.traits.writeBatch);
    await lease.keep();
    lease.mustHold();
    const archived = await crm.archiveRecords(
      type,
      batch.map(({ remoteId }) => remoteId),
    );
    if (!archived.ok) return endFor(archived.error);
    ctx.removed.count += batch.length;
    ctx.counts.add('archivedThere', batch.length);
    await store.forgetDeletedHere(
      run,
      batch.map(({ linkId }) => linkId),
    );
  }
  return DONE;
}
