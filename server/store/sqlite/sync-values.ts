import { meaningOf } from '#shared/crm/pair-values.ts';
import type { FieldPair, PairValues } from '#shared/crm/record.ts';
import { checkLead } from '#shared/lead/check-lead.ts';
import { TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { FieldChange } from '#shared/plan/plan.ts';
import { changesForPatch } from '../merge-lead.ts';
import type { SyncScope } from './sync-leads.ts';

/** The last change of each field that came from people here; null where only the CRM changed it: what it brought is not ours. */
const LAST_CHANGES = `SELECT field, max(CASE WHEN actor IS NOT NULL OR import_id IS NULL THEN at END) AS at FROM lead_change
  WHERE workspace = ? AND lead = ? AND undone_at IS NULL GROUP BY field`;
/** The same for a lead and a record that meet for the first time: what a file brought is no edit, however new the file is. */
const LAST_EDITS = `SELECT field, max(id), CASE WHEN import_id IS NULL THEN at END AS at FROM lead_change
  WHERE workspace = ? AND lead = ? AND undone_at IS NULL GROUP BY field`;
const LAST_BY_HAND = `SELECT at, actor AS by FROM lead_change
  WHERE workspace = ? AND lead = ? AND field = ? AND undone_at IS NULL AND (actor IS NOT NULL OR import_id IS NULL) ORDER BY id DESC LIMIT 1`;
/** Of a lead that people brought in, where the field never changed since. */
const MADE_BY_HAND = `SELECT lead.created_at AS at, import.actor AS by
  FROM lead JOIN import ON import.workspace = lead.workspace AND import.id = lead.import_id
  WHERE lead.workspace = ? AND lead.id = ? AND import.actor IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM lead_change WHERE lead_change.workspace = lead.workspace AND lead_change.lead = lead.id AND lead_change.field = ?)`;
const MADE_AT = 'SELECT created_at FROM lead WHERE workspace = ? AND id = ?';
const NO_FIELDS = Object.fromEntries(TEXT_FIELD_IDS.map((field) => [field, ''])); // keys are field ids

/**
 * When each pair's value was last set here (ms): one that never changed is as old as its lead. Where the lead `meets` its
 * record for the first time, only what was edited by hand since it came has a time.
 */
export function valueTimes(
  { cx, fence, registry }: SyncScope,
  lead: number,
  pairs: readonly FieldPair[],
  how: 'meets' | 'goes_on',
): ReadonlyMap<string, number> {
  const isFirst = how === 'meets';
  // The columns that both ask for.
  const rows = cx.statement(isFirst ? LAST_EDITS : LAST_CHANGES).all(fence.workspace, lead) as { field: string; at: number | null }[];
  const byField = new Map(rows.map(({ field, at }) => [field, at]));
  const labels = new Map([...registry.fieldsById.values()].map(({ id, label }) => [label, `custom:${id}`]));
  const madeAt = isFirst ? null : Number(cx.column(MADE_AT).get(fence.workspace, lead));
  const times = new Map<string, number>();
  for (const { id, local } of pairs) {
    const at = byField.get(local.kind === 'field' ? local.id : (labels.get(local.label) ?? ''));
    const setAt = at === undefined ? madeAt : at;
    if (setAt !== null) times.set(id, setAt);
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
  const asked = [fence.workspace, lead, field];
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
