import { meaningOf } from '#shared/crm/pair-values.ts';
import type { FieldPair, PairValues } from '#shared/crm/record.ts';
import { checkLead } from '#shared/lead/check-lead.ts';
import { TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { FieldChange } from '#shared/plan/plan.ts';
import { changesForPatch } from '../merge-lead.ts';
import type { SyncScope } from './sync-leads.ts';

/** Changes with where they came from: keeping in step writes for no member, and an import from the CRM of a connection names that as its source. */
const CHANGES = `lead_change JOIN connection ON connection.workspace = lead_change.workspace AND connection.id = ?
  LEFT JOIN import ON import.workspace = lead_change.workspace AND import.id = lead_change.import_id
  WHERE lead_change.workspace = ? AND lead_change.lead = ? AND lead_change.undone_at IS NULL`;
const BY_PEOPLE = '(lead_change.import_id IS NULL OR (lead_change.actor IS NOT NULL AND import.source <> connection.provider))';
/** The last change of each field; null where the CRM made it: what it brought is nobody's edit here, whatever stood there before. */
const LAST_CHANGES = `SELECT field, max(lead_change.id), CASE WHEN ${BY_PEOPLE} THEN at END AS at FROM ${CHANGES} GROUP BY field`;
/** The same for a lead and a record that meet for the first time: what a file brought is no edit, however new the file is. */
const LAST_EDITS = `SELECT field, max(lead_change.id), CASE WHEN import_id IS NULL THEN at END AS at FROM ${CHANGES} GROUP BY field`;
const LAST_BY_HAND = `SELECT at, lead_change.actor AS by FROM ${CHANGES} AND field = ? AND ${BY_PEOPLE} ORDER BY lead_change.id DESC LIMIT 1`;
/** Of a lead that people brought in, where the field never changed since. */
const MADE_BY_HAND = `SELECT lead.created_at AS at, import.actor AS by
  FROM lead JOIN import ON import.workspace = lead.workspace AND import.id = lead.import_id
  JOIN connection ON connection.workspace = lead.workspace AND connection.id = ?
  WHERE lead.workspace = ? AND lead.id = ? AND import.actor IS NOT NULL AND import.source <> connection.provider
    AND NOT EXISTS (SELECT 1 FROM lead_change WHERE lead_change.workspace = lead.workspace AND lead_change.lead = lead.id AND lead_change.field = ?)`;
/** Null where the CRM brought the lead. */
const MADE_AT = `SELECT CASE WHEN lead.source <> connection.provider THEN lead.created_at END
  FROM lead JOIN connection ON connection.workspace = lead.workspace AND connection.id = ? WHERE lead.workspace = ? AND lead.id = ?`;
const NO_FIELDS = Object.fromEntries(TEXT_FIELD_IDS.map((field) => [field, ''])); // keys are field ids

/**
 * When each pair's value was last set here (ms): one that never changed is as old as its lead, and one that the CRM itself
 * brought has no time. Where the lead `meets` its record for the first time, only what was edited by hand since it came has one.
 */
export function valueTimes(
  { cx, fence, registry }: SyncScope,
  lead: number,
  pairs: readonly FieldPair[],
  how: 'meets' | 'goes_on',
): ReadonlyMap<string, number> {
  const isFirst = how === 'meets';
  // The columns that both ask for.
  const asked = [fence.connection, fence.workspace, lead];
  const rows = cx.statement(isFirst ? LAST_EDITS : LAST_CHANGES).all(...asked) as { field: string; at: number | null }[];
  const byField = new Map(rows.map(({ field, at }) => [field, at]));
  const labels = new Map([...registry.fieldsById.values()].map(({ id, label }) => [label, `custom:${id}`]));
  const madeAt = isFirst ? null : cx.column(MADE_AT).get(...asked);
  const times = new Map<string, number>();
  for (const { id, local } of pairs) {
    const at = byField.get(local.kind === 'field' ? local.id : (labels.get(local.label) ?? ''));
    const setAt = at === undefined ? madeAt : at;
    if (typeof setAt === 'number') times.set(id, setAt);
  }
  return times;
}

/** When a person set the value a lead has in a pair (ms), and the member's number; null where the CRM brought it. */
export function originHere(
  { cx, fence, registry }: SyncScope,
  lead: number,
  { local }: FieldPair,
): { readonly at: number; readonly by: number | null } | null {
  const custom = [...registry.fieldsById.values()].find(({ label }) => local.kind === 'custom' && label === local.label);
  const field = local.kind === 'field' ? local.id : `custom:${custom?.id ?? ''}`;
  const asked = [fence.connection, fence.workspace, lead, field];
  const found = cx.statement(LAST_BY_HAND).get(...asked) ?? cx.statement(MADE_BY_HAND).get(...asked);
  return (found as { at: number; by: number | null } | undefined) ?? null; // the columns of both
}

/**
 * Which values a lead cannot be given, as a change by hand could not: checking would make something else of them (`unfit`),
 * an owner is no member, or they are on the suppression list (`heldBy`: the source of the entry).
 */
export function toWritable(
  { suppressions, options }: SyncScope,
  pairs: readonly FieldPair[],
  values: PairValues,
  isOwner: (email: string) => boolean,
): { readonly refused: ReadonlySet<string>; readonly unfit: readonly string[]; readonly heldBy: string | null } {
  const refused = new Set<string>();
  const unfit: string[] = [];
  let heldBy: string | null = null;
  for (const pair of pairs) {
    const text = values.get(pair.id) ?? '';
    if (text === '') continue;
    const isOwnerField = pair.local.kind === 'field' && pair.local.id === 'ownerEmail';
    if (isOwnerField ? !isOwner(text.toLowerCase()) : !isStorable(pair, text, options)) {
      refused.add(pair.id);
      // Whom nobody here knows owns nothing, as in every import.
      if (!isOwnerField) unfit.push(pair.id);
      continue;
    }
    const source = pair.local.kind === 'field' && pair.local.id !== 'tags' ? suppressions.sourceOf({ [pair.local.id]: text }) : undefined;
    if (source === undefined) continue;
    refused.add(pair.id);
    heldBy = source;
  }
  return { refused, unfit, heldBy };
}

function isStorable(pair: FieldPair, text: string, options: SyncScope['options']): boolean {
  const { local } = pair;
  if (local.kind === 'field' && local.id === 'tags') return true;
  const raw: Lead = local.kind === 'custom' ? { customFields: [{ label: local.label, value: text }] } : { [local.id]: text };
  const { lead } = checkLead(raw, { require: 'complete', ...options });
  const checked = local.kind === 'custom' ? lead.customFields?.[0]?.value : local.id === 'tags' ? undefined : lead[local.id];
  return checked !== undefined && meaningOf(pair, checked, options) === meaningOf(pair, text, options);
}

/** Every field in which a lead differs from what it was. */
export function changesBetween(old: Lead, now: Lead): FieldChange[] {
  const { tags = [], customFields = [] } = now;
  return changesForPatch(old, { ...NO_FIELDS, ...now, tags, customFields });
}
