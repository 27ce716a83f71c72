import { FIELDS, isFieldId } from '#shared/lead/fields.ts';
import { followHeaders, keepUnnamed } from '#shared/mapping/follow-headers.ts';
import { columnLabel, uniqueLabels } from '#shared/mapping/labels.ts';
import { isColumnMapping, type Mapping, type MappingTarget, type Suggestion } from '#shared/mapping/mapping.ts';
import { proveDateOrders, withProvenOrders } from '#shared/mapping/prove-date-orders.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { countingColumns, findOptOutColumns, type OptOut } from '#shared/plan/opt-out-column.ts';
import type { FileError } from '#shared/problems.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { hiddenLines } from '#shared/table/hidden-lines.ts';
import { type FileTable, readFile as readTable } from '#shared/table/read-file.ts';
import type { RawTable, ReadOptions } from '#shared/table/table.ts';
import { type Actor, type Backend, type Refusal, toIso } from '../leads/backend.ts';
import type { RecordOfRow } from '../store/records.ts';
import type { FileImportOptions } from './file-options.ts';

/** A file as a table with the columns' suggestions and the mapping it is imported with. */
export type ReadFile = {
  readonly table: FileTable;
  readonly labels: readonly string[];
  readonly suggestions: readonly Suggestion[];
  readonly mapping: Mapping;
  /** Rows that a sheet hides, by their lines: left out. */
  readonly excludedLines: ReadonlySet<number>;
  /** The columns that say who wants no contact, since now. */
  readonly optOut?: OptOut;
  /** Rows that are records of a CRM and a lead's already, by their lines: the lead's id. */
  readonly linkedLeads?: ReadonlyMap<number, string>;
  /** The record that a line is. */
  readonly recordAt?: (line: number) => RecordOfRow | undefined;
};

/**
 * Reads a file and maps its columns: by the mapping that was given, else by the template, else as suggested. A column
 * the mapping does not name is kept as a custom field; to leave one out it is mapped to `ignore`.
 */
export async function readFile(
  backend: Backend,
  actor: Actor,
  bytes: Uint8Array,
  options: FileImportOptions,
): Promise<Result<ReadFile, Refusal>> {
  const how = readOptions(options);
  const read = await readTable(bytes, how);
  if (!read.ok) return fail(toFileRefusal(read.error));
  const table = read.value;
  const labels = uniqueLabels(table.headers, table.facts.columnCount);
  const suggestions = proveDateOrders(table, suggestMapping(table));
  const given = await givenMapping(backend, actor, options, table, suggestions);
  if (!given.ok) return given;
  const clash = given.value && findClash(given.value, labels);
  if (clash) return fail(clash);
  const mapping = given.value ? keepUnnamed(given.value, labels) : suggestionsToMapping(suggestions);
  if (mapping.some((entry) => isColumnMapping(entry) && entry.column >= labels.length))
    return fail({ code: 'INVALID_REQUEST', about: 'mapping_out_of_range' });
  const columns = options.optOuts === 'ignore' ? [] : countingColumns(findOptOutColumns(table));
  const optOut = columns.length === 0 ? {} : { optOut: { columns, since: toIso(backend.now()) } };
  return ok({ table, labels, suggestions, mapping, excludedLines: hiddenLines(table, how), ...optOut });
}

const READ_CHOICES = ['encoding', 'delimiter', 'quote', 'headerRow', 'lastRow', 'keepRows', 'repair', 'sheet', 'includeHidden'] as const;

function readOptions(options: FileImportOptions): ReadOptions {
  const chosen = READ_CHOICES.filter((choice) => options[choice] !== undefined).map((choice) => [choice, options[choice]] as const);
  const limit = options.maxFileBytes === undefined ? {} : { maxBytes: options.maxFileBytes };
  return { ...Object.fromEntries(chosen), ...limit }; // the choices have the same types there
}

async function givenMapping(
  backend: Backend,
  actor: Actor,
  options: FileImportOptions,
  table: RawTable,
  suggestions: readonly Suggestion[],
): Promise<Result<Mapping | null, Refusal>> {
  if (options.mapping) return ok(options.mapping);
  if (options.templateId === undefined) return ok(null);
  const template = await backend.store.readTemplate(actor.workspace, options.templateId);
  if (!template) return fail({ code: 'NOT_FOUND' });
  const { headers, mapping } = template;
  return ok(withProvenOrders(headers.length === 0 ? mapping : followHeaders(mapping, headers, table.headers), suggestions));
}

/** Two columns for one text: all but one of them would be lost. Tags and custom fields take several. */
function findClash(mapping: Mapping, labels: readonly string[]): Refusal | null {
  const fed = new Map<MappingTarget, number>();
  for (const entry of mapping) {
    if (!isColumnMapping(entry) || SEVERAL.has(entry.field)) continue;
    const { field, column } = entry;
    const earlier = fed.get(field);
    fed.set(field, column);
    if (earlier === undefined || earlier === column) continue;
    const data = { field: labelOf(field), first: columnName(labels, earlier), second: columnName(labels, column) };
    return { code: 'INVALID_REQUEST', about: 'mapped_twice', data, details: [{ field, columns: [earlier, column] }] };
  }
  return null;
}
const SEVERAL: ReadonlySet<MappingTarget> = new Set<MappingTarget>(['tags', 'custom', 'ignore']);

function labelOf(field: MappingTarget): string {
  return isFieldId(field) ? FIELDS[field].label : 'Full name';
}

function columnName(labels: readonly string[], column: number): string {
  return labels[column] ?? columnLabel(column);
}

/** Why a file is not taken, as an API error; `details[0]` holds the file error, `details[0].refused` what it is instead. */
function toFileRefusal(error: FileError): Refusal {
  const details = [{ code: error.code, ...error.data }];
  const data = error.data ?? {};
  if (error.code === 'file_too_large') return { code: 'TOO_LARGE', details, data };
  if (error.code === 'encoding_unknown' || error.code === 'sheet_unknown') return { code: 'INVALID_REQUEST', details, data };
  return { code: error.code === 'file_wrong_type' ? 'UNSUPPORTED_TYPE' : 'INVALID_FILE', details, data };
}
