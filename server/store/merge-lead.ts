import { TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import type { CustomValue, Lead } from '#shared/lead/lead.ts';
import type { FieldChange } from '#shared/plan/plan.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const CUSTOM = 'custom:';
/** Lists are one text in a change: their items joined by this, as `changesForLead` does. */
const LIST_SEPARATOR = '; ';

/** The stored lead with the changes made. Lists and types of custom values come from `incoming`; the empty text clears. */
export function mergeLead(stored: Lead, incoming: Lead, changes: readonly FieldChange[]): Lead {
  const merged: Mutable<Lead> = { ...stored };
  for (const change of changes) {
    if (change.field === 'tags') merged.tags = incoming.tags ?? [];
    else if (change.field.startsWith(CUSTOM)) merged.customFields = withCustom(merged.customFields ?? [], incoming, change);
    else {
      const field = change.field as (typeof TEXT_FIELD_IDS)[number]; // what is neither tags nor custom is a text field
      if (change.new === '') delete merged[field];
      else merged[field] = change.new;
    }
  }
  return merged;
}

function withCustom(values: readonly CustomValue[], incoming: Lead, change: FieldChange): readonly CustomValue[] {
  const label = change.field.slice(CUSTOM.length);
  const given = incoming.customFields?.find((custom) => custom.label === label);
  if (change.new === '') return values.filter((custom) => custom.label !== label);
  const index = values.findIndex((custom) => custom.label === label);
  if (index < 0) return [...values, given ?? { label, value: change.new }];
  return values.map((custom, at) => (at === index ? { ...custom, value: change.new } : custom));
}

/** What a change by hand changes: every field that the patch names and that differs. Lists replace the old ones. */
export function changesForPatch(stored: Lead, patch: Lead): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const field of TEXT_FIELD_IDS) {
    const value = patch[field];
    if (value !== undefined && value !== (stored[field] ?? '')) changes.push({ field, old: stored[field] ?? '', new: value });
  }
  if (patch.tags) {
    const old = (stored.tags ?? []).join(LIST_SEPARATOR);
    const tags = patch.tags.join(LIST_SEPARATOR);
    if (old !== tags) changes.push({ field: 'tags', old, new: tags });
  }
  if (patch.customFields) changes.push(...customChanges(stored.customFields ?? [], patch.customFields));
  return changes;
}

function customChanges(old: readonly CustomValue[], wanted: readonly CustomValue[]): FieldChange[] {
  const labels = new Set([...old, ...wanted].map((custom) => custom.label));
  const textOf = (values: readonly CustomValue[], label: string) => values.find((custom) => custom.label === label)?.value ?? '';
  return [...labels]
    .map((label) => ({ field: `${CUSTOM}${label}` as const, old: textOf(old, label), new: textOf(wanted, label) }))
    .filter((change) => change.old !== change.new);
}
