import type { RecordType } from '#shared/crm/record.ts';
import type { MergedRecord } from '../store/sync-records.ts';
import { DONE, endForScope, fieldsOf, type StageEnd, type SyncContext, typesOf } from './sync-context.ts';
import { countUntold } from './sync-opt-outs.ts';
import { typeToMake } from './sync-push.ts';

/** What a run would do beside what it counts. */
export type Foreseen = {
  /** Leads the CRM would get. */
  readonly createsThere: readonly string[];
};

/** Reads and decides all a run would, and keeps nothing of it: what the counts say is what would be done on each side. */
export async function foresee(ctx: SyncContext): Promise<{ readonly end: StageEnd; readonly foreseen: Foreseen }> {
  const createsThere: string[] = [];
  for (const type of typesOf(ctx)) {
    const seen = new Set<string>();
    const end = await foreseePull(ctx, type, seen);
    if (end.kind !== 'done') return { end, foreseen: { createsThere } };
    createsThere.push(...(await foreseePush(ctx, type, seen)));
    ctx.counts.add('updatedThere', await countUntold(ctx, type));
  }
  ctx.counts.add('createdThere', createsThere.length);
  return { end: DONE, foreseen: { createsThere } };
}

async function foreseePull(ctx: SyncContext, type: RecordType, seen: Set<string>): Promise<StageEnd> {
  const { crm, store, run } = ctx;
  const fields = fieldsOf(ctx.settings(), type);
  let page: string | null = null;
  do {
    await ctx.lease.keep();
    const listed: Awaited<ReturnType<typeof crm.listRecords>> = await crm.listRecords(type, ctx.settings().scopeIn, fields, page);
    if (!listed.ok) return endForScope(ctx, listed.error);
    const records = listed.value.items.map((record) => ({ record }));
    for (const merged of await store.mergeRecords(run, records, { creates: true, dryRun: true })) count(ctx, merged, seen);
    page = listed.value.next;
  } while (page !== null);
  return DONE;
}

function count({ counts }: SyncContext, merged: MergedRecord, seen: Set<string>): void {
  const { kind, leadId, lead, written, toPush, conflicts, unfit } = merged;
  const isPushed = toPush.length > 0 && lead?.mayPush === true;
  if (leadId !== null) seen.add(leadId);
  counts.add('pulled');
  counts.add('conflicts', conflicts);
  if (unfit.length > 0) counts.add('errors');
  if (kind === 'created') counts.add('createdHere');
  else if (kind === 'refused' || kind === 'review' || kind === 'other_record') counts.add('errors');
  else if (written > 0) counts.add('updatedHere');
  else if (!isPushed) counts.add('unchanged');
  if (isPushed) counts.add('updatedThere');
}

/** Leads that would be sent and whose records were not among those read: those that would be made are named. */
async function foreseePush(ctx: SyncContext, type: RecordType, seen: ReadonlySet<string>): Promise<readonly string[]> {
  const { store, run, limits } = ctx;
  const made: string[] = [];
  let after: string | null = null;
  do {
    await ctx.lease.keep();
    const page: Awaited<ReturnType<typeof store.listUnpushed>> = await store.listUnpushed(
      run.fence,
      type,
      ctx.now(),
      after,
      limits.pageSize,
    );
    for (const { leadId, link } of page.leads) {
      if (seen.has(leadId)) continue;
      if (link) ctx.counts.add('updatedThere');
      else if (type === typeToMake(ctx)) made.push(leadId);
    }
    after = page.next;
  } while (after !== null);
  return made;
}
