import { checkLead, hasError } from '../lead/check-lead.ts';
import { TEXT_FIELD_IDS } from '../lead/fields.ts';
import type { CheckPolicy, Lead } from '../lead/lead.ts';
import { linkedinKey } from '../lead/linkedin.ts';
import { compileTableMapping } from '../mapping/apply-mapping.ts';
import { uniqueLabels } from '../mapping/labels.ts';
import { isColumnMapping, type Mapping } from '../mapping/mapping.ts';
import { isBlankRow } from '../table/find-table.ts';
import type { RawTable } from '../table/table.ts';
import { hashText } from './hash-text.ts';

/** What became of a row when it was imported. `open`: nothing yet, it is as if nobody had seen it. */
export const PRINT_STATES = ['open', 'stored', 'left'] as const;
export type PrintState = (typeof PRINT_STATES)[number];

type Numbers = Uint32Array<ArrayBuffer>;
/**
 * What is remembered of the rows of a sheet: enough to know each again and to say which of its fields have changed, and
 * none of the values. One entry a row in every list; blank rows are not in it. Plain data for a database.
 */
export type SheetPrints = {
  /** The sheet's own row numbers at the time, ascending. */
  readonly lines: Numbers;
  /** Indexes of `PRINT_STATES`. */
  readonly states: Uint8Array<ArrayBuffer>;
  /** `hashText` of the address, the profile and the number by which a person is known; 0 = none. */
  readonly emails: Float64Array<ArrayBuffer>;
  readonly profiles: Float64Array<ArrayBuffer>;
  readonly phones: Float64Array<ArrayBuffer>;
  /** Field ids, `tags`, and `custom:<label>`: first those that columns feed, then others that some row has a value in. */
  readonly fields: readonly string[];
  /** How many of them columns feed. */
  readonly fed: number;
  /** For each field the low 32 bits of `hashText` of every row's value, as it would be stored; 0 = blank. */
  readonly values: readonly Numbers[];
  /** Of rows that cannot be stored what their cells say, whatever a lead takes of it; 0 = the row can. */
  readonly texts: Numbers;
  /** Whom each row is about, to list rows that have gone: the lines of one text. */
  readonly names: string;
};

export type PrintInput = {
  readonly table: RawTable;
  readonly mapping: Mapping;
  readonly policy: CheckPolicy;
};

const MAX_NAME = 60;

/** Takes the prints of a table's rows, with the mapping and the policy they are imported with. All are `open`. */
export function printRows({ table, mapping, policy }: PrintInput): SheetPrints {
  const labels = uniqueLabels(table.headers, table.facts.columnCount);
  const toLead = compileTableMapping(table, mapping, labels);
  const rows = table.rows.flatMap((cells, at) => (isBlankRow(cells) ? [] : [at]));
  const count = rows.length;
  const fed = fedFields(mapping, labels);
  const columns = new Map<string, Numbers>(fed.map((field) => [field, new Uint32Array(count)]));
  const emails = new Float64Array(count);
  const profiles = new Float64Array(count);
  const phones = new Float64Array(count);
  const texts = new Uint32Array(count);
  const names: string[] = [];

  function write(field: string, row: number, value: string): void {
    let column = columns.get(field);
    if (!column) {
      column = new Uint32Array(count);
      columns.set(field, column);
    }
    column[row] = hashText(value);
  }

  for (const [row, at] of rows.entries()) {
    const raw = toLead(table.rows[at] ?? []);
    const { lead, problems } = checkLead(raw, policy);
    eachValue(lead, (field, value) => write(field, row, value));
    emails[row] = hashText(lead.email ?? '');
    profiles[row] = hashText((lead.linkedinUrl && linkedinKey(lead.linkedinUrl)) ?? '');
    phones[row] = hashText(lead.phone ?? '');
    if (hasError(problems)) texts[row] = hashText(JSON.stringify(raw));
    names.push(nameOf(lead));
  }
  return {
    lines: Uint32Array.from(rows, (at) => table.lines[at] ?? 0),
    states: new Uint8Array(count),
    emails,
    profiles,
    phones,
    fields: [...columns.keys()],
    fed: fed.length,
    values: [...columns.values()],
    texts,
    names: names.join('\n'),
  };
}

/** The print of one value of a lead, as `SheetPrints.values` has it. */
export function printValue(lead: Lead, field: string): number {
  return low(hashText(textOf(lead, field)));
}

/** A field's value as text; tags whatever their order and case. */
function textOf(lead: Lead, field: string): string {
  if (field === 'tags') return tagText(lead.tags ?? []);
  const custom = 'custom:';
  if (field.startsWith(custom)) return lead.customFields?.find(({ label }) => label === field.slice(custom.length))?.value ?? '';
  const known = TEXT_FIELD_IDS.find((id) => id === field);
  return (known && lead[known]) ?? '';
}

function eachValue(lead: Lead, write: (field: string, value: string) => void): void {
  for (const field of TEXT_FIELD_IDS) {
    const value = lead[field];
    if (value !== undefined) write(field, value);
  }
  if (lead.tags && lead.tags.length > 0) write('tags', tagText(lead.tags));
  const customs = lead.customFields ?? [];
  // Of two values under one label the first counts, as everywhere: it is written last.
  for (let at = customs.length - 1; at >= 0; at--) {
    const custom = customs[at];
    if (custom) write(`custom:${custom.label}`, custom.value);
  }
}

/** The workspace keeps tags in an order of its own, and one spelling of each. */
function tagText(tags: readonly string[]): string {
  return tags
    .map((tag) => tag.toLowerCase())
    .sort()
    .join('\n');
}

/** What a typed array of 32 bits keeps of a number. */
function low(hash: number): number {
  return hash % 2 ** 32;
}

function nameOf({ firstName = '', lastName = '', email, phone, companyName = '' }: Lead): string {
  const name = `${firstName} ${lastName}`.trim() || (email ?? phone ?? companyName);
  return name.replace(/\s+/g, ' ').slice(0, MAX_NAME);
}

/** Fields that columns or fixed values feed, blank or not. A column the mapping says nothing about is a custom field. */
function fedFields(mapping: Mapping, labels: readonly string[]): readonly string[] {
  const fed = mapping.flatMap((entry): readonly string[] => {
    if (entry.field === 'ignore') return [];
    if (entry.field === 'fullName') return ['firstName', 'lastName'];
    if (entry.field !== 'custom') return [entry.field];
    const label = entry.label ?? (isColumnMapping(entry) ? labels[entry.column] : undefined);
    return label === undefined ? [] : [`custom:${label}`];
  });
  const mentioned = new Set(mapping.filter(isColumnMapping).map(({ column }) => column));
  const others = labels.filter((_, column) => !mentioned.has(column)).map((label) => `custom:${label}`);
  return [...new Set([...fed, ...others])];
}
