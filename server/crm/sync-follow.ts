import type { LinkRecord, PulledRecord } from '../store/sync-records.ts';
import type { ReadAnswer } from './adapter.ts';
import { DONE, endFor, fieldsOf, type StageEnd, type SyncContext } from './sync-context.ts';

/** Makes a link follow its record. `pulled`: what is to be merged with its lead now. */
export async function moveToSurvivor(
  ctx: SyncContext,
  link: LinkRecord,
  answer: ReadAnswer,
): Promise<{ readonly pulled: PulledRecord | null; readonly end: StageEnd }> {
  const { store, run, rules } = ctx;
  switch (answer.kind) {
    case 'found': {
      if (answer.record.id === link.remoteId) return { pulled: { record: answer.record }, end: DONE };
      if (!rules.follow_merges) return { pulled: null, end: DONE };
      const moved = await store.moveLink(run, link, answer.record);
      return { pulled: moved === 'moved' ? { record: answer.record, alias: answer.asked } : null, end: DONE };
    }
    case 'gone':
      if (link.state === 'linked' || answer.why === 'purged') {
        await store.markGone(run, link, answer.why, false);
        ctx.counts.add('gone');
      }
      return { pulled: null, end: DONE };
    case 'converted':
      return followConverted(ctx, link, answer);
  }
}

/** A lead that became a contact: its link goes over and starts anew, as the contact has values of its own. */
async function followConverted(ctx: SyncContext, link: LinkRecord, { to }: Extract<ReadAnswer, { kind: 'converted' }>) {
  const read = await ctx.crm.readRecords(to.type, [to.id], fieldsOf(ctx.settings(), to.type));
  if (!read.ok) return { pulled: null, end: endFor(read.error) };
  const [answer] = read.value;
  if (answer?.kind !== 'found') return { pulled: null, end: DONE };
  const moved = await ctx.store.moveLink(ctx.run, link, answer.record);
  return { pulled: moved === 'moved' ? { record: answer.record } : null, end: DONE };
}
