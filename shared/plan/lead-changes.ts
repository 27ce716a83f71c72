import { EMAIL_FIELDS, PHONE_FIELDS, TEXT_FIELD_IDS, type TextFieldId } from '../lead/fields.ts';
import type { CustomValue, Lead } from '../lead/lead.ts';
import type { FieldChange, ImportPolicy, PlannedRow } from './plan.ts';

/** Tags are one text in a change: its items joined by this. */
const LIST_SEPARATOR = '; ';
/** Fields that hold the same kind of value, the primary one first: what one has, filling does not repeat in an alternate. */
const SLOTS: readonly (readonly TextFieldId[])[] = [EMAIL_FIELDS, PHONE_FIELDS];

/**
 * What an import would change in a stored lead: `fill` writes only empty fields, `overwrite` only the chosen ones,
 * `skip` and `create` nothing. A blank never replaces a value, and an address or number the lead has already is not
 * filled into an alternate as well.
 */
export function changesForLead(stored: Lead, incoming: Lead, policy: Pick<ImportPolicy, 'onDuplicate' | 'overwriteFields'>): FieldChange[] {
  if (policy.onDuplicate !== 'fill' && policy.onDuplicate !== 'overwrite') return [];
  const fills = policy.onDuplicate === 'fill';
  const mayWrite = (field: string, old: string) => (fills ? old === '' : policy.overwriteFields.includes(field));
  const changes: FieldChange[] = [];
  const write = (field: FieldChange['field'], old: string, value: string) => {
    if (value !== '' && value !== old && mayWrite(field, old)) changes.push({ field, old, new: value });
  };
  for (const field of TEXT_FIELD_IDS) {
    const value = incoming[field] ?? '';
    if (fills && value !== '' && isHeldElsewhere(stored, field, value)) continue;
    write(field, stored[field] ?? '', value);
  }
  write('tags', (stored.tags ?? []).join(LIST_SEPARATOR), (incoming.tags ?? []).join(LIST_SEPARATOR));
  const labels = new Set<string>();
  for (const { label, value } of incoming.customFields ?? []) {
    if (labels.has(label)) continue; // The first value of a label is the one that is kept.
    labels.add(label);
    write(`custom:${label}`, customText(stored.customFields, label), value);
  }
  return changes;
}

/** The values that changes replace, for the row that makes them; blanks need no word. */
export function seenValues(changes: readonly FieldChange[] = []): Pick<PlannedRow, 'seen'> {
  const seen = changes.flatMap(({ field, old }) => (old === '' ? [] : [{ field, value: old }]));
  return seen.length === 0 ? {} : { seen };
}

function isHeldElsewhere(stored: Lead, field: TextFieldId, value: string): boolean {
  const slots = SLOTS.find((fields) => fields.indexOf(field) > 0);
  return slots?.some((slot) => stored[slot] === value) ?? false;
}

function customText(values: readonly CustomValue[] | undefined, label: string): string {
  return values?.find((custom) => custom.label === label)?.value ?? '';
}
