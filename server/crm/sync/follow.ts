import type { RecordType } from '#shared/crm/record.ts';
import { holdsType } from '#shared/crm/scope.ts';
import type { LinkRecord, PulledRecord } from '../../store/sync-records.ts';
import type { ReadAnswer } from '../adapter.ts';
import { isHiddenKind } from '../hidden-kind.ts';
import { DONE, endFor, fieldsOf, type StageEnd, type SyncContext, worse } from './context.ts';

/** A link as far as following it needs it. */
export type LinkToFollow = Pick<LinkRecord, 'type' | 'remoteId' | 'state'>;

/** Makes a link follow its record. Returns what is to be merged with its lead now; who was converted is followed apart. */
export async function moveToSurvivor(ctx: SyncContext, link: LinkToFollow, answer: ReadAnswer): Promise<PulledRecord | null> {
  const { store, run, rules } = ctx;
  switch (answer.kind) {
    case 'found': {
      if (answer.record.id === link.remoteId) return { record: answer.record };
      if (!rules.follow_merges) return null;
      const moved = await store.moveLink(run, link, answer.record);
      if (moved === 'two_leads') ctx.counts.add('errors');
      return moved === 'moved' ? { record: answer.record, alias: answer.asked } : null;
    }
    case 'gone':
      if (link.state === 'linked' || answer.why === 'purged') {
        await store.markGone(run, link, answer.why, false);
        ctx.counts.add('gone');
      }
      return null;
    case 'converted':
      return null;
  }
}

/**
 * Leads that became contacts, of one reading: their links go over, and what keeps a deleted one from coming back does too.
 * The contacts are to be merged next, each as the lead's that was converted: before they are met as somebody new.
 */
export async function followConverted(
  ctx: SyncContext,
  type: RecordType,
  answers: readonly ReadAnswer[],
): Promise<{ readonly pulled: readonly PulledRecord[]; readonly end: StageEnd }> {
  const { crm, store, run, rules } = ctx;
  const pulled: PulledRecord[] = [];
  let end = DONE;
  const converted = answers.flatMap((answer) => (answer.kind === 'converted' ? [answer] : []));
  if (!rules.follow_conversions) return { pulled, end };
  for (const kind of new Set(converted.map(({ to }) => to.type))) {
    const ids = [...new Set(converted.flatMap(({ to }) => (to.type === kind ? [to.id] : [])))];
    const read = await crm.readRecords(kind, ids, fieldsOf(ctx.settings(), kind));
    if (!read.ok) {
      // Who went where nobody may look stays as they are, and the others go on.
      if (!isHiddenKind(read.error)) end = worse(end, endFor(read.error));
      continue;
    }
    for (const { asked, to, key } of converted) {
      const answer = read.value.find((each) => to.type === kind && each.asked === to.id);
      const from = { type, remoteId: asked, ...(key === undefined ? {} : { key }) };
      if (answer?.kind === 'found') {
        const moved = await store.moveLink(run, from, answer.record);
        if (moved === 'two_leads') ctx.counts.add('errors');
        // Nobody is new of a kind that the scope has none of.
        if (moved !== 'nobodys' || key !== undefined || holdsType(ctx.settings().scopeIn, kind))
          pulled.push({ record: answer.record, ...(key === undefined ? {} : { key }) });
      } else if (answer?.kind === 'gone' && (await store.moveLink(run, from, { ...to, values: new Map() })) === 'moved') {
        await store.markGone(run, { type: to.type, remoteId: to.id }, answer.why, false);
        ctx.counts.add('gone');
      }
    }
  }
  return { pulled, end };
}
