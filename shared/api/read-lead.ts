import { TEXT_FIELD_IDS } from '../lead/fields.ts';
import { CUSTOM_FIELD_TYPES, type CustomFieldType, type CustomValue, type RawLead } from '../lead/lead.ts';
import { MAX_COLUMNS } from '../limits.ts';
import type { Issue } from './json.ts';

/**
 * Leads are read by hand, not by a schema: this is the hot path of every chunk. A text may come as a number or a
 * boolean (it becomes text), null or the empty text is a blank; anything else is an issue. Unknown fields are ignored.
 */

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
const TARGETS = [...TEXT_FIELD_IDS, 'fullName'] as const;

/** Reads one lead. `path` is its place in the request; issues are added to `issues`. */
export function readLead(value: unknown, path: string, issues: Issue[]): RawLead {
  const lead: Mutable<RawLead> = {};
  if (!isObject(value)) {
    issues.push({ path, expected: 'an object' });
    return lead;
  }
  for (const field of TARGETS) {
    const text = value[field];
    if (text === undefined) continue;
    if (typeof text === 'string') {
      if (text !== '') lead[field] = text;
    } else setText(lead, field, text, path, issues);
  }
  if (value.tags !== undefined && value.tags !== null) readTags(lead, value.tags, `${path}.tags`, issues);
  if (value.customFields !== undefined && value.customFields !== null)
    lead.customFields = readCustomFields(value.customFields, `${path}.customFields`, issues);
  return lead;
}

function setText(lead: Mutable<RawLead>, field: (typeof TARGETS)[number], value: unknown, path: string, issues: Issue[]): void {
  const text = asText(value);
  if (text === null) issues.push({ path: `${path}.${field}`, expected: 'a text' });
  else if (text !== '') lead[field] = text;
}

/** Text, number and boolean as text, null as the empty text; null for everything else. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return '';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

function readTags(lead: Mutable<RawLead>, value: unknown, path: string, issues: Issue[]): void {
  if (typeof value === 'string') {
    if (value !== '') lead.tags = value;
    return;
  }
  const tags = Array.isArray(value) && value.length <= MAX_COLUMNS ? value.map(asText) : null;
  if (!tags || tags.includes(null)) issues.push({ path, expected: `a list of at most ${MAX_COLUMNS} texts` });
  else lead.tags = tags.filter((tag): tag is string => tag !== null && tag !== '');
}

/** Custom fields as `[{label, value}]`, or as `{label: value}`: from here on always a list, so that no label is ever a key. */
export function readCustomFields(value: unknown, path: string, issues: Issue[]): CustomValue[] {
  const entries = Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.entries(value).map(([label, text]) => ({ label, value: text }))
      : null;
  if (!entries || entries.length > MAX_COLUMNS) {
    issues.push({ path, expected: `at most ${MAX_COLUMNS} custom fields, as {label: value} or [{label, value}]` });
    return [];
  }
  const custom: CustomValue[] = [];
  for (const [index, entry] of entries.entries()) {
    const read = readCustomField(entry);
    if (read === null) issues.push({ path: `${path}[${index}]`, expected: '{label, value} of texts' });
    else if (read.value !== '') custom.push(read);
  }
  return custom;
}

function readCustomField(entry: unknown): CustomValue | null {
  if (!isObject(entry)) return null;
  const label = asText(entry.label);
  const value = asText(entry.value);
  if (!label || value === null) return null;
  const type = entry.type;
  if (type === undefined || type === null) return { label, value };
  return isCustomFieldType(type) ? { label, value, type } : null;
}

function isCustomFieldType(value: unknown): value is CustomFieldType {
  return CUSTOM_FIELD_TYPES.some((type) => type === value);
}

/** Says whether a value of a JSON text is an object with members. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
