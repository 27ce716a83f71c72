import type { Direction, FieldPair, Provider, RecordType } from '#shared/crm/record.ts';
import type { TextFieldId } from '#shared/lead/fields.ts';
import type { CrmField } from './adapter.ts';

/** Fields of a lead beside the CRM's own fields that mean the same, and which way they travel where that is not both. */
export type KnownFields = readonly (readonly [TextFieldId, string, Direction?])[];

/** HubSpot tells when each value was set; Salesforce does not, so that its own values stand unless they are blank. */
const RULES = { hubspot: 'newest', salesforce: 'crm_unless_blank' } as const satisfies Record<Provider, FieldPair['rule']>;
const MAX_ID = 40;

/**
 * The field map a new connection starts with: the CRM's standard fields as a lead's, and the fields its admins made as
 * custom fields under their labels. What the CRM lets nobody write comes in only.
 */
export function defaultPairs(provider: Provider, type: RecordType, known: KnownFields, fields: readonly CrmField[]): readonly FieldPair[] {
  const byName = new Map(fields.map((field) => [field.name, field]));
  const standard = known.flatMap(([id, name, direction = 'both']) => {
    const field = byName.get(name);
    return field ? [{ field, direction, local: { kind: 'field', id } as const }] : [];
  });
  const taken = new Set(standard.map(({ field }) => field.name));
  const labels = new Set<string>();
  const custom = fields
    .filter(({ isCustom, name }) => isCustom && !taken.has(name) && !OURS.test(name))
    .map((field) => ({ field, direction: 'both' as const, local: { kind: 'custom', label: freeLabel(field.label, labels) } as const }));
  return [...standard, ...custom].map(({ field, direction, local }, index) => ({
    id: pairId(type, field.name, index),
    type,
    local,
    remote: field.name,
    label: field.label,
    valueType: field.valueType,
    ...(field.options.length > 0 ? { options: field.options } : {}),
    direction: field.isReadOnly ? 'in' : direction,
    rule: RULES[provider],
    trouble: null,
  }));
}
/** The unique field that holds our own key. */
const OURS = /^leadline_id(__c)?$/i;

function pairId(type: RecordType, name: string, index: number): string {
  const id = `${type}-${name}`;
  return id.length <= MAX_ID && /^[\w-]+$/.test(id) ? id : `${type}-${index}`;
}

/** Labels are neither tidy nor unique in a CRM; custom fields are. */
function freeLabel(written: string, taken: Set<string>): string {
  const label = written.replace(/\s+/g, ' ').trim();
  let free = label;
  for (let count = 2; taken.has(free.toLowerCase()); count++) free = `${label} #${count}`;
  taken.add(free.toLowerCase());
  return free;
}
