import type { CrmFailure } from '#shared/crm/failure.ts';
import type { OptOutKind, RecordType } from '#shared/crm/record.ts';
import type { NewSyncError, OptOutLink } from '../../store/sync-records.ts';
import type { CrmResult, OptOut } from '../adapter.ts';
import { DONE, endFor, NEEDED, type StageEnd, type SyncContext, worse } from './context.ts';
import { retryAt } from './limits.ts';

/**
 * Tells the CRM who is not to be written to or called, where an admin wants that: what it can be told, and nothing else of
 * these leads. Records that say so already are left alone. Said twice it is still the same, so that no write has to be
 * looked up afterwards.
 */
export async function tellOptOuts(ctx: SyncContext, type: RecordType): Promise<StageEnd> {
  const { crm, store, run, limits, lease } = ctx;
  if (!ctx.settings().writesOptOuts) return DONE;
  let sayable: CrmResult<readonly OptOutKind[]> | null = null;
  let end = DONE;
  let after: string | null = null;
  do {
    await lease.keep();
    const size = Math.min(limits.pageSize, crm.traits.writeBatch, crm.traits.readBatch);
    const page: Awaited<ReturnType<typeof store.listOptOuts>> = await store.listOptOuts(run.fence, type, ctx.now(), after, size);
    after = page.next;
    if (page.links.length === 0) continue;
    sayable ??= await crm.optOutKinds(type);
    if (!sayable.ok) return worse(end, endFor(sayable.error));
    const links = narrowed(page.links, sayable.value);
    if (links.length > 0) end = worse(end, await tellPage(ctx, type, links));
  } while (after !== null && end.kind !== 'stop');
  return end;
}

/** Only of these kinds; who has none of them is left out. */
function narrowed(links: readonly OptOutLink[], to: readonly OptOutKind[]): readonly OptOutLink[] {
  return links.map((link) => ({ ...link, kinds: link.kinds.filter((kind) => to.includes(kind)) })).filter(({ kinds }) => kinds.length > 0);
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
  const silent = there.flatMap(({ remoteId: id, kinds }): readonly OptOut[] => {
    const unsaid = kinds.filter((kind) => found.get(id)?.optOut[kind] === false);
    return unsaid.length === 0 ? [] : [{ id, kinds: unsaid }];
  });
  lease.mustHold();
  const failures = silent.length === 0 ? [] : await write(ctx, type, silent);
  const isUnsaid = (id: string, kind: OptOutKind) => failures.some((one) => one.id === id && one.kinds.includes(kind));
  const said = there.map((link) => ({ ...link, kinds: link.kinds.filter((kind) => !isUnsaid(link.remoteId, kind)) }));
  await store.noteOptOuts(run, said);
  const whole = there.filter(({ remoteId }) => !failures.some(({ id }) => id === remoteId));
  await store.clearErrors(
    run,
    whole.map(({ leadId }) => ({ type, leadId })),
  );
  ctx.counts.add('optOutsThere', silent.filter(({ id, kinds }) => kinds.some((kind) => !isUnsaid(id, kind))).length);
  const errors = there.flatMap((link) => errorOf(ctx, type, link, failures.find(({ id }) => id === link.remoteId)?.failure));
  if (errors.length > 0) await store.noteErrors(run, errors);
  ctx.counts.add('errors', errors.length);
  return failures.reduce((end, { failure }) => (waits(failure) ? worse(end, endFor(failure)) : end), DONE);
}

type RefusedOptOut = OptOut & { readonly failure: CrmFailure };

/** What was not taken. Where a record does not take both kinds at once, each goes by itself. */
async function write({ crm }: SyncContext, type: RecordType, items: readonly OptOut[]): Promise<readonly RefusedOptOut[]> {
  const send = async (some: readonly OptOut[]): Promise<readonly RefusedOptOut[]> => {
    const answers = some.length === 0 ? [] : await crm.writeOptOuts(type, some);
    return some.flatMap((item, index) => {
      const answer = answers[index];
      return answer?.kind === 'failed' ? [{ ...item, failure: answer.failure }] : [];
    });
  };
  const failed = await send(items);
  const both = failed.filter(({ kinds, failure }) => kinds.length > 1 && !waits(failure) && !isPassing(failure));
  const alone = (of: OptOutKind) => send(both.map(({ id }) => ({ id, kinds: [of] })));
  return [...failed.filter((one) => !both.includes(one)), ...(await alone('email')), ...(await alone('phone'))];
}

/** What is no fault of the record: the next run tries again by itself. */
function waits({ kind }: CrmFailure): boolean {
  return NEEDED[kind] === 'calls' || NEEDED[kind] === 'reading';
}

function isPassing({ kind }: CrmFailure): boolean {
  return NEEDED[kind] === 'in_use' || NEEDED[kind] === 'time';
}

function errorOf(ctx: SyncContext, type: RecordType, { leadId }: OptOutLink, failure: CrmFailure | undefined): readonly NewSyncError[] {
  if (!failure || waits(failure)) return [];
  const nextAt = isPassing(failure) ? retryAt(ctx.limits, ctx.now(), 1) : null;
  return [{ type, leadId, remoteId: null, stage: 'opt_out', failure, nextAt }];
}
