import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { NewSyncError, OptOutLink } from '../../store/sync-records.ts';
import { DONE, endFor, type StageEnd, type SyncContext, worse } from './context.ts';
import { retryAt } from './limits.ts';

/**
 * Tells the CRM who is not to be written to, where an admin wants that. Records that say so already are left alone, and
 * nothing else of these leads leaves. Said twice it is still the same, so that no write has to be looked up afterwards.
 */
export async function tellOptOuts(ctx: SyncContext, type: RecordType): Promise<StageEnd> {
  const { crm, store, run, limits, lease } = ctx;
  if (!ctx.settings().writesOptOuts) return DONE;
  let end = DONE;
  let after: string | null = null;
  do {
    await lease.keep();
    const size = Math.min(limits.pageSize, crm.traits.writeBatch, crm.traits.readBatch);
    const page: Awaited<ReturnType<typeof store.listOptOuts>> = await store.listOptOuts(run.fence, type, ctx.now(), after, size);
    after = page.next;
    if (page.links.length > 0) end = worse(end, await tellPage(ctx, type, page.links));
  } while (after !== null && end.kind !== 'stop');
  return end;
}

async function tellPage(ctx: SyncContext, type: RecordType, links: readonly OptOutLink[]): Promise<StageEnd> {
  const { crm, store, run, lease } = ctx;
  const read = await crm.readRecords(
    type,
    links.map(({ remoteId }) => remoteId),
    [],
  );
  if (!read.ok) return endFor(read.error);
  // Who was merged, converted or removed is the sweep's to find.
  const found = new Map(
    read.value.flatMap((one) => (one.kind === 'found' && one.record.id === one.asked ? [[one.asked, one.record]] : [])),
  );
  const there = links.filter(({ remoteId }) => found.has(remoteId));
  const silent = there.filter(({ remoteId }) => found.get(remoteId)?.optOut.email === false);
  lease.mustHold();
  const ids = silent.map(({ remoteId }) => remoteId);
  const answers = ids.length === 0 ? [] : await crm.writeOptOuts(type, ids);
  const failures = new Map(answers.flatMap((answer) => (answer.kind === 'failed' ? [[answer.opId, answer.failure]] : [])));
  const said = there.filter(({ remoteId }) => !failures.has(remoteId));
  await store.noteOptOuts(run, said);
  await store.clearErrors(
    run,
    said.map(({ leadId }) => ({ type, leadId })),
  );
  ctx.counts.add('updatedThere', silent.length - failures.size);
  const errors = silent.flatMap((link) => errorOf(ctx, type, link, failures.get(link.remoteId)));
  if (errors.length > 0) await store.noteErrors(run, errors);
  ctx.counts.add('errors', errors.length);
  return [...failures.values()].reduce((end, failure) => (waits(failure) ? worse(end, endFor(failure)) : end), DONE);
}

/** What is no fault of the record: the next run tries again by itself. */
function waits({ kind }: CrmFailure): boolean {
  return ['ambiguous', 'auth', 'rate_burst', 'rate_daily', 'changed', 'gone', 'moved'].includes(kind);
}

function errorOf(ctx: SyncContext, type: RecordType, { leadId }: OptOutLink, failure: CrmFailure | undefined): readonly NewSyncError[] {
  if (!failure || waits(failure)) return [];
  const isPassing = failure.kind === 'lock' || failure.kind === 'transient';
  return [{ type, leadId, remoteId: null, stage: 'push', failure, nextAt: isPassing ? retryAt(ctx.limits, ctx.now(), 1) : null }];
}
