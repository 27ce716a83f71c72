import type { CrmFailure } from '#shared/crm/failure.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { holdsType } from '#shared/crm/scope.ts';
import { type LinkRecord, type NewSyncError, type PulledRecord, STATE_OF_GONE, type WhyGone } from '../../store/sync-records.ts';
import type { ReadAnswer } from '../adapter.ts';
import { isHiddenKind } from '../hidden-kind.ts';
import { DONE, endFor, fieldsOf, type StageEnd, type SyncContext, worse } from './context.ts';
import { retryAt } from './limits.ts';

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
      await goAway(ctx, link, answer.why);
      return null;
    case 'converted':
      return null;
  }
}

/**
 * A record that answers no more. One that is nowhere may be hidden: only where it was known to be deleted it counts as erased.
 * Until then its link is kept with all that both sides agreed on, and it is looked for again.
 */
async function goAway(ctx: SyncContext, link: LinkToFollow, why: WhyGone): Promise<void> {
  const { store, run } = ctx;
  const { type, remoteId, state } = link;
  const as = why === 'unseen' && state === 'missing' ? 'purged' : why;
  if (STATE_OF_GONE[as] === state) return;
  await store.markGone(run, link, as, false);
  if (as === 'unseen') await noteWaiting(ctx, type, [remoteId], RECORD_UNSEEN);
  else {
    await store.clearErrors(run, [{ type, remoteId }]);
    ctx.counts.add('gone');
  }
}

/** Linked records that can only be waited for: each is an error of its own, which is over once it is seen. */
export const RECORD_UNSEEN = { kind: 'gone', code: 'record_unseen', message: '' } as const satisfies CrmFailure;
const SURVIVOR_UNSEEN = { kind: 'moved', code: 'survivor_unseen', message: '' } as const satisfies CrmFailure;

/** Notes those of some records that are a lead's. `attempts`: how often each was looked for before. */
export async function noteWaiting(
  ctx: SyncContext,
  type: RecordType,
  ids: readonly string[],
  failure: CrmFailure,
  attempts: ReadonlyMap<string, number> = new Map(),
): Promise<ReadonlySet<string>> {
  const { store, run, limits, now } = ctx;
  const waiting = ids.length === 0 ? new Set<string>() : await store.findLinked(run.fence, type, ids);
  const errors = [...waiting].map((remoteId): NewSyncError => {
    const nextAt = retryAt(limits, now(), attempts.get(remoteId) ?? 0);
    return { type, leadId: null, remoteId, stage: 'pull', failure, nextAt };
  });
  if (errors.length > 0) await store.noteErrors(run, errors);
  ctx.counts.add('errors', [...waiting].filter((id) => !attempts.has(id)).length);
  return waiting;
}

/**
 * Leads that became contacts, of one reading: their links go over, and what keeps a deleted one from coming back does too.
 * Where the contact is not to be seen they wait as they are.
 * The contacts are to be merged next, each as the lead's that was converted: before they are met as somebody new.
 */
export async function followConverted(
  ctx: SyncContext,
  type: RecordType,
  answers: readonly ReadAnswer[],
  attempts?: ReadonlyMap<string, number>,
): Promise<Followed> {
  const { crm, store, run, rules } = ctx;
  const pulled: PulledRecord[] = [];
  const waiting = new Set<string>();
  let end = DONE;
  const converted = answers.flatMap((answer) => (answer.kind === 'converted' ? [answer] : []));
  if (!rules.follow_conversions) return { pulled, waiting, end };
  for (const kind of new Set(converted.map(({ to }) => to.type))) {
    const ids = [...new Set(converted.flatMap(({ to }) => (to.type === kind ? [to.id] : [])))];
    const read = await crm.readRecords(kind, ids, fieldsOf(ctx.settings(), kind));
    if (!read.ok) {
      // Who went where nobody may look stays as they are, and the others go on.
      if (!isHiddenKind(read.error)) end = worse(end, endFor(read.error));
      continue;
    }
    const found = new Map(read.value.map((answer) => [answer.asked, answer]));
    const answerOf = ({ to }: (typeof converted)[number]) => (to.type === kind ? found.get(to.id) : undefined);
    const unseen = converted.filter((each) => isUnseen(answerOf(each))).map(({ asked }) => asked);
    for (const remoteId of await noteWaiting(ctx, type, unseen, SURVIVOR_UNSEEN, attempts)) {
      waiting.add(remoteId);
      await store.markGone(run, { type, remoteId }, 'unseen', false);
    }
    for (const each of converted) {
      const { asked, to, key } = each;
      const answer = answerOf(each);
      if (waiting.has(asked)) continue;
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
  return { pulled, waiting, end };
}

/** `waiting`: leads whose contacts are not to be seen. */
type Followed = { readonly pulled: readonly PulledRecord[]; readonly waiting: ReadonlySet<string>; readonly end: StageEnd };

/** Says whether a record is nowhere, which may mean that it is hidden. */
export function isUnseen(answer: ReadAnswer | undefined): boolean {
  return answer?.kind === 'gone' && answer.why === 'unseen';
}
