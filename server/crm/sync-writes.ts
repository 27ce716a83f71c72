import { travelsOut } from '#shared/crm/merge-record.ts';
import { meaningOf, toRemoteText, type ValueOptions } from '#shared/crm/pair-values.ts';
import type { CrmRecord, FieldPair, PairValues, RecordType } from '#shared/crm/record.ts';
import type { NewWrite, SyncedLead, WriteRecord } from '../store/sync-records.ts';
import { pairsOf, type SyncContext } from './sync-context.ts';

/** A linked lead, the pairs that are to be sent, and when its record had last changed as it was read (ms). */
export type DueLead = { readonly lead: SyncedLead; readonly toPush: readonly string[]; readonly seenAt: number };

/** What is to be sent for a linked lead: the fields that differ from the base and nothing else. Null where there is nothing. */
export function planUpdate(
  ctx: SyncContext,
  type: RecordType,
  { lead, toPush, seenAt }: DueLead,
  held: ReadonlySet<string>,
): NewWrite | null {
  const { link } = lead;
  if (!link) return null;
  const pairs = pairsOf(ctx.settings(), type).filter(({ id }) => !held.has(id));
  const due = pairs.filter(({ id }) => toPush.includes(id));
  if (due.length === 0) return null;
  const sent = ctx.rules.changed_fields_only ? due : pairs.filter(travelsOut);
  return { ...writeOf(ctx, type, lead, sent, link.base ?? new Map()), kind: 'update', remoteId: link.remoteId, seenAt };
}

/** What is to be sent for a lead the CRM does not have: every field that travels out and is not blank. */
export function planCreate(ctx: SyncContext, type: RecordType, lead: SyncedLead): NewWrite | null {
  const filled = pairsOf(ctx.settings(), type).filter((pair) => travelsOut(pair) && (lead.values.get(pair.id) ?? '') !== '');
  if (filled.length === 0) return null;
  const decided = lead.makesAnyway ? { savesAnyway: true } : {};
  return { ...writeOf(ctx, type, lead, filled, new Map()), kind: 'create', remoteId: null, seenAt: 0, ...decided };
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
    if (sent !== undefined && meaningOf(pair, sent, options) === meaningOf(pair, value, options)) there.set(pair.id, value);
  }
  return there;
}
