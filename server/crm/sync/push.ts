import { pairsToPush } from '#shared/crm/merge-record.ts';
import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import type { MergedRecord, NewWrite, SyncedLead } from '../../store/sync-records.ts';
import { twoLeads } from '../../store/two-leads.ts';
import { findBouncing } from './bounces.ts';
import { countClearings, type KeptFilled, keepFilled, withMore, withoutClearings } from './clearings.ts';
import { createCounts, DONE, endFor, fieldsOf, pairsOf, type StageEnd, type SyncContext, worse } from './context.ts';
import { findByEmails, type LookedFor, mayLookUp } from './find-made.ts';
import { createRehearsal } from './foresee.ts';
import { mergeAll } from './merge.ts';
import { sendWrites } from './send.ts';
import { takeInAnswers } from './take-in.ts';
import { findUnsaid, noteUnsaid, type Unsaid, unsaidError } from './unsaid.ts';
import { type DueLead, filledPairs, planCreate, planUpdate } from './writes.ts';

/**
 * How many new records a person has agreed to, this number and no other, and how many fields to be emptied at most;
 * `isAnswered`: somebody waits for the number, so that it has to be right.
 */
export type Agreed = { readonly creates: number; readonly clears: number; readonly isAnswered: boolean };
/** New records that may still be made in this run; `isOver`: there were more. */
type Room = { left: number; isOver: boolean };

/**
 * Sends what changed here. The record is read and merged again right before, so that only what still differs is sent, and
 * no lead is made that the CRM has already. None is made where there would be many and nobody agreed to their number, and
 * none beyond it, whoever came meanwhile.
 */
export async function push(ctx: SyncContext, type: RecordType, agreed: Agreed): Promise<StageEnd> {
  const { limits } = ctx;
  const isMade = type === typeToMake(ctx) && (await hasBegunReading(ctx, type));
  const { waiting, clearings } = await lookAhead(ctx, type);
  const asked = isMade && waiting > limits.maxCreates ? await askAboutMany(ctx, type, agreed) : DONE;
  const kept = await keepFilled(ctx, clearings, agreed.clears);
  const room: Room = { left: Math.max(limits.maxCreates, agreed.creates), isOver: false };
  let after: string | null = null;
  let end = worse(asked, kept.end);
  do {
    const page: Unpushed = await pageAfter(ctx, type, after);
    end = worse(end, await pushLinked(ctx, type, withMore(ctx, type, kept, linkedOf(page)), kept));
    if (end.kind !== 'stop' && asked.kind === 'done' && isMade) end = worse(end, await pushFresh(ctx, type, freshOf(page), room));
    after = page.next;
    if (end.kind !== 'done' && end.failure.kind === 'rate_daily') return end;
  } while (after !== null && end.kind !== 'stop');
  if (!room.isOver || end.kind !== 'done') return end;
  return (await lookAhead(ctx, type)).waiting > limits.maxCreates ? askAboutMany(ctx, type, { ...agreed, creates: 0 }) : DONE;
}

/**
 * Nobody is made before it was begun to read who is there: of what became of them meanwhile that reading would not tell, as it
 * shows no lead that is a contact by then.
 */
async function hasBegunReading({ store, run, rules }: SyncContext, type: RecordType): Promise<boolean> {
  return !rules.read_before_making || (await store.readCursor(run.fence.workspace, run.fence.connection, type)) !== null;
}

/** The code of a run that would have made more records there than was agreed to; its message is the number. */
export const TOO_MANY_CREATES = 'too_many_creates';

/** Leads that may have to be made there, and how often each field would be emptied there. */
async function lookAhead(ctx: SyncContext, type: RecordType) {
  const clearings = new Map<string, number>();
  let waiting = 0;
  await eachPage(ctx, type, async (page) => {
    waiting += freshOf(page).length;
    countClearings(ctx, type, linkedOf(page), clearings);
  });
  return { waiting, clearings };
}

/**
 * Those that would be made there are counted as a dry run counts them. Where nobody waits for the number, it is enough to
 * know that it is too high: then who was not looked up counts as new.
 */
async function askAboutMany(ctx: SyncContext, type: RecordType, { creates, isAnswered }: Agreed): Promise<StageEnd> {
  const { maxCreates } = ctx.limits;
  const { store, crm } = createRehearsal(ctx.store, ctx.crm);
  const dry: SyncContext = { ...ctx, store, crm, counts: createCounts(), told: new Set(ctx.told) };
  const made = () => dry.counts.read().createdThere;
  let unseen = 0;
  let end = DONE;
  await eachPage(dry, type, async (page) => {
    const leads = freshOf(page);
    if (end.kind !== 'done' || (!isAnswered && made() > maxCreates)) unseen += leads.length;
    else end = await pushFresh(dry, type, leads, { left: Number.POSITIVE_INFINITY, isOver: false });
  });
  if (end.kind !== 'done' && end.failure.kind !== 'validation') return end;
  const count = made() + unseen;
  if (count <= maxCreates || count === creates) return DONE;
  return { kind: 'short', failure: { kind: 'validation', code: TOO_MANY_CREATES, message: String(count) } };
}

type Unpushed = Awaited<ReturnType<SyncContext['store']['listUnpushed']>>;

/** The next of those to send, as many as go in one batch. */
async function pageAfter({ store, run, limits, crm, lease, now }: SyncContext, type: RecordType, after: string | null): Promise<Unpushed> {
  await lease.keep();
  const size = Math.min(limits.pageSize, crm.traits.writeBatch, crm.traits.readBatch);
  return store.listUnpushed(run.fence, type, now(), after, size);
}

/** Leads of a page that the CRM may not have. */
function freshOf({ leads }: Unpushed): readonly SyncedLead[] {
  return leads.filter(({ link, mayPush }) => link === null && mayPush);
}

/** Leads of a page that the CRM has. */
function linkedOf({ leads }: Unpushed): readonly SyncedLead[] {
  return leads.filter(({ link, mayPush }) => link !== null && mayPush);
}

async function eachPage(ctx: SyncContext, type: RecordType, act: (page: Unpushed) => Promise<void>): Promise<void> {
  let after: string | null = null;
  do {
    const page: Unpushed = await pageAfter(ctx, type, after);
    await act(page);
    after = page.next;
  } while (after !== null);
}

/** New people are made as the most tentative kind the CRM knows. */
function typeToMake({ crm }: Pick<SyncContext, 'crm'>): RecordType {
  return crm.traits.types.includes('lead') ? 'lead' : 'contact';
}

async function pushLinked(ctx: SyncContext, type: RecordType, leads: readonly SyncedLead[], kept: KeptFilled): Promise<StageEnd> {
  if (leads.length === 0) return DONE;
  if (!ctx.rules.read_before_write)
    return sendUpdates(
      ctx,
      type,
      leads.map((lead) => unread(ctx, type, lead)),
    );
  const links = leads.flatMap(({ link }) => link ?? []);
  const read = await ctx.crm.readRecords(
    type,
    links.map(({ remoteId }) => remoteId),
    fieldsOf(ctx.settings(), type),
  );
  if (!read.ok) return endFor(read.error);
  const { merged, end } = await takeInAnswers(ctx, links, read.value);
  if (end.kind === 'stop') return end;
  const seenAt = new Map(
    read.value.flatMap((answer) => (answer.kind === 'found' ? [[answer.record.id, answer.record.modifiedAt] as const] : [])),
  );
  const decided = new Set(leads.flatMap(({ leadId, makesAnyway }) => (makesAnyway ? [leadId] : [])));
  const due = dueOf(merged, type, seenAt).map((each) => {
    const toPush = withoutClearings(kept, each.lead, each.toPush);
    return { ...each, toPush, savesAnyway: decided.has(each.lead.leadId) };
  });
  return worse(end, await sendUpdates(ctx, type, due));
}

/** Merged leads that have something to send, with the time their records were read at. */
function dueOf(merged: readonly MergedRecord[], type: RecordType, seenAt: ReadonlyMap<string, number>): readonly DueLead[] {
  return merged.flatMap(({ lead, toPush, remoteId }) =>
    lead?.mayPush && lead.link?.type === type ? [{ lead, toPush, seenAt: seenAt.get(remoteId) ?? 0 }] : [],
  );
}

function unread(ctx: SyncContext, type: RecordType, lead: SyncedLead): DueLead {
  const due = pairsToPush(pairsOf(ctx.settings(), type), lead.link?.base ?? null, lead.values, new Map(), ctx.options);
  return { lead, toPush: due.map(({ id }) => id), seenAt: 0 };
}

async function sendUpdates(ctx: SyncContext, type: RecordType, due: readonly DueLead[]): Promise<StageEnd> {
  const held = await findBouncing(ctx, type, due);
  const pairs = pairsOf(ctx.settings(), type).filter(({ id }) => !held.has(id));
  const unsaid = await findUnsaid(
    ctx,
    type,
    due.map(({ lead, toPush }) => ({ lead, pairs: pairs.filter(({ id }) => toPush.includes(id)) })),
  );
  const planned = due.flatMap((each) => planUpdate(ctx, type, each, held, unsaid) ?? []);
  await noteLeft(ctx, type, unsaid, planned);
  return sendWrites(ctx, type, planned);
}

/** Of whom nothing is sent now, it is told at once what stayed behind. */
async function noteLeft(ctx: SyncContext, type: RecordType, unsaid: Unsaid, planned: readonly NewWrite[]): Promise<void> {
  const sent = new Set(planned.map(({ leadId }) => leadId));
  await noteUnsaid(
    ctx,
    [...unsaid.keys()].flatMap((leadId) => (sent.has(leadId) ? [] : (unsaidError(unsaid, type, leadId) ?? []))),
  );
}

/** Leads that the CRM may not have: who is there by address is linked, the others are made. */
async function pushFresh(ctx: SyncContext, type: RecordType, leads: readonly SyncedLead[], room: Room): Promise<StageEnd> {
  if (leads.length === 0) return DONE;
  const seen = await mayLookUp(ctx, type);
  if (!seen.ok) return endFor(seen.error);
  const unsaid = await findUnsaid(
    ctx,
    type,
    leads.map((lead) => ({ lead, pairs: filledPairs(ctx, type, lead) })),
  );
  const planned = leads.flatMap((lead) => planCreate(ctx, type, lead, unsaid) ?? []);
  await noteLeft(ctx, type, unsaid, planned);
  let left: readonly NewWrite[] = planned;
  let end = DONE;
  // Somebody may be there as the other kind; then a person may still have said that it is not the same.
  for (const kind of [type, ...ctx.crm.traits.types.filter((other) => other !== type)]) {
    const asked = kind === type ? left : left.filter(({ savesAnyway }) => !savesAnyway);
    const found = await findByEmails(ctx, kind, asked satisfies readonly LookedFor[], type);
    if (!found.ok && kind !== type && found.error.kind === 'scope') continue; // this kind is not for us to see
    if (!found.ok) return worse(end, endFor(found.error));
    end = worse(end, await linkFound(ctx, type, kind, found.value));
    left = left.filter(({ leadId }) => !found.value.has(leadId));
  }
  const made = left.slice(0, room.left);
  room.left -= made.length;
  room.isOver ||= made.length < left.length;
  return worse(end, await sendCreates(ctx, type, made));
}

/** Links leads with records that have their address, of any kind, and sends what differs. */
async function linkFound(ctx: SyncContext, type: RecordType, kind: RecordType, found: ReadonlyMap<string, CrmRecord>): Promise<StageEnd> {
  const records = [...found].map(([leadId, record]) => ({ record, leadId }));
  const { merged, end } = await mergeAll(ctx, records, { creates: false });
  await noteTaken(ctx, type, found, merged);
  const seenAt = new Map([...found.values()].map(({ id, modifiedAt }) => [id, modifiedAt]));
  return worse(end, await sendUpdates(ctx, kind, dueOf(merged, kind, seenAt)));
}

async function sendCreates(ctx: SyncContext, type: RecordType, writes: readonly NewWrite[]): Promise<StageEnd> {
  if (writes.length === 0) return DONE;
  const keyed = await ctx.crm.ensureKeyField(type);
  return keyed.ok ? sendWrites(ctx, type, writes) : endFor(keyed.error);
}

/** A lead whose address belongs to the record of another lead waits for a person. */
async function noteTaken(
  ctx: SyncContext,
  type: RecordType,
  known: ReadonlyMap<string, CrmRecord>,
  merged: readonly { readonly remoteId: string; readonly leadId: string | null }[],
): Promise<void> {
  const taken = [...known].filter(([leadId, { id }]) => merged.some((each) => each.remoteId === id && each.leadId !== leadId));
  if (taken.length === 0) return;
  ctx.counts.add('errors', taken.length);
  await ctx.store.noteErrors(
    ctx.run,
    taken.map(([leadId, record]) => twoLeads(type, leadId, record.id, record.type)),
  );
}
