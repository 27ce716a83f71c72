import type { TextFieldId } from '../lead/fields.ts';
import type { CustomFieldType, CustomValue, RawLead } from '../lead/lead.ts';
import { unguardFormula } from '../lead/text.ts';
import type { RawTable } from '../table/table.ts';
import { findCountryOf } from './country-column.ts';
import type { KnownDateOrder } from './date-order.ts';
import { toIsoDate } from './iso-date.ts';
import { columnLabel, uniqueLabels } from './labels.ts';
import { isColumnMapping, type Mapping } from './mapping.ts';

type RawTextField = TextFieldId | 'fullName';
/** Where one value comes from: a column, or a constant. */
type Source = { readonly column: number; readonly value: string };
type TextSource = Source & { readonly field: RawTextField };
type CustomSource = Source & { readonly label: string; readonly type: CustomFieldType; readonly dateOrder: KnownDateOrder | undefined };
type Writable = { -readonly [K in keyof RawLead]: RawLead[K] };

const CONSTANT = -1;
const UNNAMED_CONSTANT = 'Fixed value';

/**
 * Turns a mapping into a fast function from a row's cells to a raw lead, for one pass over a whole file. `labels` are
 * the unique labels of the table's columns; a custom field is called by its own label in the mapping, else by these.
 * A column the mapping says nothing about is a custom field too: only `ignore` leaves one out. Texts go over as read,
 * without the apostrophe that guards a formula, dates as `toIsoDate` says; blank custom values not at all. Cells beyond the last column (a row
 * that is too long) become custom fields "Column 15", so that nothing of a row is lost. Where a mapping that was made
 * elsewhere names a field twice, the first value that is not blank wins; `tags` take all.
 */
export function compileMapping(mapping: Mapping, labels: readonly string[]): (row: readonly string[]) => RawLead {
  const texts: TextSource[] = [];
  const tags: Source[] = [];
  const customs: CustomSource[] = [];
  for (const entry of mapping) {
    if (entry.field === 'ignore') continue;
    const column = isColumnMapping(entry) ? entry.column : CONSTANT;
    const source = { column, value: isColumnMapping(entry) ? '' : entry.value };
    if (entry.field === 'tags') tags.push(source);
    else if (entry.field !== 'custom') texts.push({ ...source, field: entry.field });
    else {
      const label = entry.label ?? (isColumnMapping(entry) ? (labels[column] ?? columnLabel(column)) : UNNAMED_CONSTANT);
      const { type = 'text', dateOrder } = isColumnMapping(entry) ? entry : {};
      customs.push({ ...source, label, type, dateOrder });
    }
  }
  const mentioned = new Set(mapping.filter(isColumnMapping).map((entry) => entry.column));
  for (const [column, label] of labels.entries())
    if (!mentioned.has(column)) customs.push({ column, value: '', label, type: 'text', dateOrder: undefined });
  const width = labels.length;
  return (row) => {
    const lead: Writable = {};
    for (const source of texts) {
      // Every mapped field is written, blank or not: leads of one file then share a shape and stay fast.
      if (!lead[source.field]) lead[source.field] = cellOf(source, row);
    }
    if (tags.length > 0) lead.tags = tagsOf(tags, row);
    const custom = customOf(customs, row, width);
    if (custom.length > 0) lead.customFields = custom;
    return lead;
  };
}

/**
 * The same for the rows of a table, which may say their country themselves: their phones are read there. `labels` are
 * made of the headers unless given.
 */
export function compileTableMapping(
  table: RawTable,
  mapping: Mapping,
  labels: readonly string[] = uniqueLabels(table.headers, table.facts.columnCount),
): (row: readonly string[]) => RawLead {
  const toLead = compileMapping(mapping, labels);
  const countryOf = findCountryOf(table, mapping);
  if (!countryOf) return toLead;
  return (row) => {
    const country = countryOf(row);
    return country === null ? toLead(row) : { ...toLead(row), country };
  };
}

function cellOf(source: Source, row: readonly string[]): string {
  return source.column === CONSTANT ? source.value : unguardFormula(row[source.column] ?? '');
}

function tagsOf(sources: readonly Source[], row: readonly string[]): string {
  let text = '';
  for (const source of sources) {
    const value = cellOf(source, row);
    if (value.trim() !== '') text = text === '' ? value : `${text}; ${value}`;
  }
  return text;
}

function customOf(sources: readonly CustomSource[], row: readonly string[], width: number): CustomValue[] {
  const values: CustomValue[] = [];
  for (const source of sources) {
    const text = cellOf(source, row);
    if (text === '') continue;
    const { label, type } = source;
    const value = type === 'date' ? toIsoDate(text, source.dateOrder) : text;
    values.push(type === 'text' ? { label, value } : { label, value, type });
  }
  for (let column = width; column < row.length; column++) {
    const value = row[column] ?? '';
    if (value.trim() !== '') values.push({ label: columnLabel(column), value });
  }
  return values;
}
