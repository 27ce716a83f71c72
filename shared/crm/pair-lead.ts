import { EMAIL_FIELDS, PHONE_FIELDS, type TextFieldId } from '../lead/fields.ts';
import type { CustomValue, Lead, RawLead } from '../lead/lead.ts';
import { readTags } from '../lead/tags.ts';
import { toLocalText, type ValueOptions } from './pair-values.ts';
import type { FieldPair, LocalField, PairValues, RemoteValues } from './record.ts';

/** Tags travel as one text. */
const TAG_SEPARATOR = '; ';

/** What a lead holds, by pair. */
export function valuesOfLead(lead: Lead, pairs: readonly FieldPair[]): PairValues {
  const values = new Map<string, string>();
  for (const { id, local } of pairs) {
    const text = readLocal(lead, local);
    if (text !== '') values.set(id, text);
  }
  return values;
}

/** What a record holds, by pair. */
export function valuesOfRecord(remote: RemoteValues, pairs: readonly FieldPair[]): PairValues {
  const values = new Map<string, string>();
  for (const pair of pairs) {
    const text = remote.get(pair.remote) ?? '';
    if (text !== '') values.set(pair.id, text);
  }
  return values;
}

/** A record as a row of an import: what its pairs bring in, unchecked. Values that a lead's field cannot hold are left out. */
export function rawLeadOfRecord(remote: RemoteValues, pairs: readonly FieldPair[], options: ValueOptions): RawLead {
  const fields = new Map<TextFieldId, string>();
  const customFields: CustomValue[] = [];
  let tags: readonly string[] = [];
  for (const pair of pairs) {
    const text = pair.direction === 'off' || pair.direction === 'out' ? '' : (toLocalText(pair, remote.get(pair.remote), options) ?? '');
    if (text === '') continue;
    if (pair.local.kind === 'custom') customFields.push({ label: pair.local.label, value: text });
    else if (pair.local.id === 'tags') tags = readTags(text);
    else fields.set(pair.local.id, text);
  }
  return { ...Object.fromEntries(fields), tags, customFields };
}

/** The lead with values written, as `RecordMerge.toLocal` has them: the empty text clears. */
export function withValues(lead: Lead, pairs: readonly FieldPair[], values: PairValues): Lead {
  let { tags = [], customFields = [] } = lead;
  const fields = new Map<string, string>();
  for (const { id, local } of pairs) {
    const text = values.get(id);
    if (text === undefined) continue;
    if (local.kind === 'custom') customFields = withCustom(customFields, local.label, text);
    else if (local.id === 'tags') tags = readTags(text);
    else fields.set(local.id, text);
  }
  const { tags: _, customFields: __, ...texts } = lead;
  const kept = Object.entries({ ...texts, ...Object.fromEntries(fields) }).filter(([, text]) => text !== '');
  return {
    ...Object.fromEntries(kept),
    ...(tags.length > 0 ? { tags } : {}),
    ...(customFields.length > 0 ? { customFields } : {}),
  };
}

function withCustom(values: readonly CustomValue[], label: string, text: string): readonly CustomValue[] {
  const rest = values.filter((custom) => custom.label !== label);
  if (text === '') return rest;
  const isKnown = rest.length < values.length;
  return isKnown
    ? values.map((custom) => (custom.label === label ? { ...custom, value: text } : custom))
    : [...values, { label, value: text }];
}

function readLocal(lead: Lead, local: LocalField): string {
  if (local.kind === 'custom') return lead.customFields?.find((custom) => custom.label === local.label)?.value ?? '';
  return local.id === 'tags' ? (lead.tags ?? []).join(TAG_SEPARATOR) : (lead[local.id] ?? '');
}

/** Pairs whose values name the person: the addresses, or the numbers. */
export function contactPairs(pairs: readonly FieldPair[], kind: 'email' | 'phone'): readonly FieldPair[] {
  const ids: readonly string[] = kind === 'email' ? EMAIL_FIELDS : PHONE_FIELDS;
  return pairs.filter(({ local }) => local.kind === 'field' && ids.includes(local.id));
}
