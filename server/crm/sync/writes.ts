import { travelsOut } from '#shared/crm/merge-record.ts';
import { meaningThere, toRemoteText, type ValueOptions } from '#shared/crm/pair-values.ts';
import type { CrmRecord, FieldPair, PairValues, RecordType } from '#shared/crm/record.ts';
import type { NewWrite, SyncedLead, WriteRecord } from '../../store/sync-records.ts';
import { pairsOf, type SyncContext } from './context.ts';
import { type Unsaid, unsaidError } from './unsaid.ts';

/** A linked lead, the pairs that are to be sent, and when its record had last changed as it was read (ms). `savesAnyway`: a person said so. */
export type DueLead = {
  readonly lead: SyncedLead;
  readonly toPush: readonly string[];
  readonly seenAt: number;
  readonly savesAnyway?: boolean;
};

/** What is to be sent for a linked lead: the fields that differ from the base and nothing else. Null where there is nothing. */
export function planUpdate(
  ctx: SyncContext,
  type: RecordType,
  { lead, toPush, seenAt, savesAnyway = false }: DueLead,
  held: ReadonlySet<string>,
  unsaid: Unsaid,
): NewWrite | null {
  const { link } = lead;
  if (!link) return null;
  const stays = unsaid.get(lead.leadId)?.pairs ?? [];
  const pairs = pairsOf(ctx.settings(), type).filter((pair) => !held.has(pair.id) && !stays.includes(pair));
  const due = pairs.filter(({ id }) => toPush.includes(id));
  if (due.length === 0) return null;
  const sent = ctx.rules.changed_fields_only ? due : pairs.filter(travelsOut);
  const told = { ...toldOf(unsaid, type, lead), ...(savesAnyway ? { savesAnyway } : {}) };
  return { ...writeOf(ctx, type, lead, sent, link.base ?? new Map()), kind: 'update', remoteId: link.remoteId, seenAt, ...told };
}

/** What is to be sent for a lead the CRM does not have: every field that travels out and is not blank. */
export function planCreate(ctx: SyncContext, type: RecordType, lead: SyncedLead, unsaid: Unsaid): NewWrite | null {
  const stays = unsaid.get(lead.leadId)?.pairs ?? [];
  const sent = filledPairs(ctx, type, lead).filter((pair) => !stays.includes(pair));
  if (sent.length === 0) return null;
  const decided = lead.makesAnyway ? { savesAnyway: true } : {};
  const told = toldOf(unsaid, type, lead);
  return { ...writeOf(ctx, type, lead, sent, new Map()), kind: 'create', remoteId: null, seenAt: 0, ...decided, ...told };
}

/** What a new record would be made with. */
export function filledPairs(ctx: SyncContext, type: RecordType, { values }: SyncedLead): readonly FieldPair[] {
  return pairsOf(ctx.settings(), type).filter((pair) => travelsOut(pair) && (values.get(pair.id) ?? '') !== '');
}

function toldOf(unsaid: Unsaid, type: RecordType, { leadId }: SyncedLead): Pick<NewWrite, 'unsaid'> {
  const error = unsaidError(unsaid, type, leadId);
  return error ? { unsaid: error } : {};
}

function writeOf(ctx: SyncContext, type: RecordType, lead: SyncedLead, pairs: readonly FieldPair[], base: PairValues) {
  const texts = pairs.map((pair) => [pair, toRemoteText(pair, lead.values.get(pair.id), ctx.options)] as const);
  return {
    opId: ctx.newId(),
    leadId: lead.leadId,
    leadVersion: lead.version,
    type,
    payload: new Map(texts.map(([pair, text]) => [pair.remote, text])),
    sent: new Map(texts.map(([pair, text]) => [pair.id, text])),
    before: new Map(pairs.flatMap(({ id }) => (base.has(id) ? [[id, base.get(id) ?? ''] as const] : []))),
    at: ctx.now(),
  };
}

/** The base after a write: what the CRM answered it holds, else what was sent. */
export function acknowledged(write: WriteRecord, record: CrmRecord | null, pairs: readonly FieldPair[]): PairValues {
  const remotes = new Map(pairs.map(({ id, remote }) => [id, remote]));
  return new Map([...write.sent].map(([id, text]) => [id, text === '' ? '' : (record?.values.get(remotes.get(id) ?? '') ?? text)]));
}

/** The values of a write that stand in the record, as the CRM has them. */
export function valuesThatStand(write: WriteRecord, record: CrmRecord, pairs: readonly FieldPair[], options: ValueOptions): PairValues {
  const there = new Map<string, string>();
  for (const pair of pairs) {
    const sent = write.sent.get(pair.id);
    const value = record.values.get(pair.remote) ?? '';
    if (sent !== undefined && meaningThere(pair, sent, options) === meaningThere(pair, value, options)) there.set(pair.id, value);
  }
  return there;
}
