import { TEXT_FIELD_IDS } from '../lead/fields.ts';
import type { CustomValue, Lead } from '../lead/lead.ts';
import type { FieldChange, ImportPolicy } from './plan.ts';

/** Tags and lists of values are one text in a change: their items joined by this. */
const LIST_SEPARATOR = '; ';

/**
 * What an import would change in a stored lead: `fill` writes only empty fields, `overwrite` only the chosen ones,
 * `skip` and `create` nothing. A blank never replaces a value.
 */
export function changesForLead(stored: Lead, incoming: Lead, policy: Pick<ImportPolicy, 'onDuplicate' | 'overwriteFields'>): FieldChange[] {
  if (policy.onDuplicate !== 'fill' && policy.onDuplicate !== 'overwrite') return [];
  const mayReplace = (field: string) => policy.onDuplicate === 'overwrite' && policy.overwriteFields.includes(field);
  const mayWrite = (field: string, old: string) => (policy.onDuplicate === 'fill' ? old === '' : mayReplace(field));
  const changes: FieldChange[] = [];
  for (const field of TEXT_FIELD_IDS) {
    const value = incoming[field] ?? '';
    const old = stored[field] ?? '';
    if (value !== '' && value !== old && mayWrite(field, old)) changes.push({ field, old, new: value });
  }
  const tags = (incoming.tags ?? []).join(LIST_SEPARATOR);
  const oldTags = (stored.tags ?? []).join(LIST_SEPARATOR);
  if (tags !== '' && tags !== oldTags && mayWrite('tags', oldTags)) changes.push({ field: 'tags', old: oldTags, new: tags });
  for (const custom of incoming.customFields ?? []) {
    const old = customText(stored.customFields, custom.label);
    const field = `custom:${custom.label}` as const;
    if (custom.value !== '' && custom.value !== old && mayWrite(field, old)) changes.push({ field, old, new: custom.value });
  }
  return changes;
}

function customText(values: readonly CustomValue[] | undefined, label: string): string {
  return values?.find((custom) => custom.label === label)?.value ?? '';
}
