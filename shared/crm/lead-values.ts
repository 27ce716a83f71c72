import type { CustomFieldType, CustomValue, Lead, RawLead } from '../lead/lead.ts';
import { readTags } from '../lead/tags.ts';
import { directionOf } from './merge-record.ts';
import { toLocalText, type ValueOptions } from './pair-values.ts';
import type { FieldPair, LocalField, PairValues, RemoteValues, ValueType } from './record.ts';

/** A lead's values by pair, as Leadline writes them. Blanks are absent. */
export function leadToPairValues(pairs: readonly FieldPair[], lead: Lead): PairValues {
  const values = new Map<string, string>();
  for (const { id, local } of pairs) {
    const text = textOf(lead, local);
    if (text !== '') values.set(id, text);
  }
  return values;
}

/** A record's values by pair, as the CRM writes them. Blanks are absent. */
export function recordToPairValues(pairs: readonly FieldPair[], values: RemoteValues): PairValues {
  const found = new Map<string, string>();
  for (const { id, remote } of pairs) {
    const text = values.get(remote);
    if (text !== undefined && text !== '') found.set(id, text);
  }
  return found;
}

/**
 * What a record brings of a new lead, before checking: pairs that travel in. A text the lead's field cannot hold comes as
 * it is: checking keeps it aside and says so.
 */
export function recordToRawLead(pairs: readonly FieldPair[], values: RemoteValues, options: ValueOptions): RawLead {
  const incoming = new Map<string, string>();
  const travelling = pairs.filter((pair) => directionOf(pair) === 'in' || directionOf(pair) === 'both');
  for (const pair of travelling) {
    const text = values.get(pair.remote) ?? '';
    if (text !== '') incoming.set(pair.id, toLocalText(pair, text, options) ?? text);
  }
  return toPatch(travelling, {}, incoming);
}

/**
 * Values by pair as a patch of a lead: an empty text clears. Custom fields that no pair names stay in their order, since
 * those of a patch replace the old ones.
 */
export function toPatch(pairs: readonly FieldPair[], lead: Lead, values: PairValues): Lead {
  const patch: { -readonly [K in keyof Lead]: Lead[K] } = {};
  let custom: readonly CustomValue[] | null = null;
  for (const { id, local, valueType } of pairs) {
    const text = values.get(id);
    if (text === undefined) continue;
    if (local.kind === 'custom') custom = withCustom(custom ?? lead.customFields ?? [], local.label, text, valueType);
    else if (local.id === 'tags') patch.tags = readTags(text);
    else patch[local.id] = text;
  }
  return custom === null ? patch : { ...patch, customFields: custom };
}

function textOf(lead: Lead, local: LocalField): string {
  if (local.kind === 'custom') return lead.customFields?.find(({ label }) => label === local.label)?.value ?? '';
  return local.id === 'tags' ? (lead.tags ?? []).join('; ') : (lead[local.id] ?? '');
}

function withCustom(all: readonly CustomValue[], label: string, value: string, valueType: ValueType): readonly CustomValue[] {
  if (value === '') return all.filter((custom) => custom.label !== label);
  if (all.some((custom) => custom.label === label)) return all.map((custom) => (custom.label === label ? { ...custom, value } : custom));
  const type = CUSTOM_TYPES[valueType];
  return [...all, type === 'text' ? { label, value } : { label, value, type }];
}

const CUSTOM_TYPES: Readonly<Record<ValueType, CustomFieldType>> = {
  text: 'text',
  email: 'text',
  phone: 'text',
  number: 'number',
  date: 'date',
  dateTime: 'date',
  yesNo: 'yesNo',
  choice: 'choice',
  choices: 'text',
};
