import { createHash } from 'node:crypto';
import { toLocalText } from '#shared/crm/pair-values.ts';
import type { CrmRecord, FieldPair, LocalField } from '#shared/crm/record.ts';
import { utf8Bytes } from '#shared/lead/text.ts';
import { MAX_CELL_BYTES } from '#shared/limits.ts';
import { uniqueLabels } from '#shared/mapping/labels.ts';
import type { ColumnMapping, Mapping } from '#shared/mapping/mapping.ts';
import type { OptOut } from '#shared/plan/opt-out-column.ts';
import type { LargeCell } from '#shared/table/table.ts';
import type { ReadFile } from '../imports/read-file.ts';

/** Records of a CRM as a table that is imported like a file, and its content's SHA-256 (hex). */
export type RecordTable = { readonly file: ReadFile; readonly contentSha256: string };

/** The header stands on line 1. */
const FIRST_LINE = 2;
const YES = 'yes';

/**
 * One row per record and one column per field of a lead that comes in, in the order of the map; records of two kinds
 * share the columns. First stands the record's id, last what the person refused: both only say what a row is about.
 * Values are as Leadline writes them; one that a lead cannot hold stays as the CRM has it, for the check to name.
 */
export function toRecordTable(
  records: readonly CrmRecord[],
  pairs: readonly FieldPair[],
  names: { readonly crm: string; readonly defaultCountry: string; readonly now: string },
): RecordTable {
  const coming = pairs.filter(({ direction }) => direction === 'in' || direction === 'both');
  const columns = toColumns(coming);
  const headers = [`${names.crm} ID`, ...columns.map(({ header }) => header), `${names.crm}: no email`, `${names.crm}: no calls`];
  const rows = records.map((record) => [
    record.id,
    ...columns.map((column) => readCell(record, column, names.defaultCountry)),
    record.optOut.email ? YES : '',
    record.optOut.phone ? YES : '',
  ]);
  const [noEmail, noCalls] = [headers.length - 2, headers.length - 1];
  const mapping: Mapping = [
    { column: 0, field: 'ignore' },
    ...columns.map(({ local }, index) => toMapping(local, index + 1)),
    { column: noEmail, field: 'ignore' },
    { column: noCalls, field: 'ignore' },
  ];
  const optOut: OptOut = {
    since: names.now,
    columns: [
      { column: noEmail, says: 'yes', kinds: ['email'] },
      { column: noCalls, says: 'yes', kinds: ['phone'] },
    ],
  };
  const largeCells = findLarge(records, columns);
  const lines = rows.map((_, index) => lineOfRecord(index));
  const facts = factsOf(rows.length, headers.length);
  const table = { headers, rows, lines, facts, ...(largeCells.length > 0 ? { largeCells } : {}) };
  const labels = uniqueLabels(headers, headers.length);
  const file: ReadFile = { table, labels, suggestions: [], mapping, excludedLines: new Set(), optOut };
  return {
    file,
    contentSha256: createHash('sha256')
      .update(JSON.stringify([headers, rows]))
      .digest('hex'),
  };
}

/** The line of a record of the table, by its place among them. */
export function lineOfRecord(index: number): number {
  return index + FIRST_LINE;
}

/** The record of a line of the table. */
export function recordAtLine<T>(records: readonly T[], line: number): T | undefined {
  return records[line - FIRST_LINE];
}

type Column = { readonly local: LocalField; readonly header: string; readonly pairs: readonly FieldPair[] };

function toColumns(pairs: readonly FieldPair[]): readonly Column[] {
  const columns = new Map<string, { local: LocalField; header: string; pairs: FieldPair[] }>();
  for (const pair of pairs) {
    const key = pair.local.kind === 'field' ? `field ${pair.local.id}` : `custom ${pair.local.label}`;
    const column = columns.get(key);
    if (column) column.pairs.push(pair);
    else columns.set(key, { local: pair.local, header: pair.label, pairs: [pair] });
  }
  return [...columns.values()];
}

function readCell({ type, values }: CrmRecord, { pairs }: Column, defaultCountry: string): string {
  for (const pair of pairs) {
    const text = pair.type === type ? values.get(pair.remote) : undefined;
    if (text !== undefined) return toLocalText(pair, text, { defaultCountry }) ?? (isTooLarge(text) ? '' : text);
  }
  return '';
}

/** Cells that are blank as their text stays in the CRM, as when a run meets it: the person comes in, and the row says what did not. */
function findLarge(records: readonly CrmRecord[], columns: readonly Column[]): readonly LargeCell[] {
  return records.flatMap(({ type, values }, row) =>
    columns.flatMap(({ pairs }, index): readonly LargeCell[] => {
      const text = pairs.flatMap((pair) => (pair.type === type ? (values.get(pair.remote) ?? []) : []))[0] ?? '';
      return isTooLarge(text) ? [{ row, column: index + 1, bytes: utf8Bytes(text, MAX_CELL_BYTES) }] : [];
    }),
  );
}

function isTooLarge(text: string): boolean {
  return utf8Bytes(text, MAX_CELL_BYTES) > MAX_CELL_BYTES;
}

function toMapping(local: LocalField, column: number): ColumnMapping {
  return local.kind === 'field' ? { column, field: local.id } : { column, field: 'custom', label: local.label };
}

/** A table that was never a file. */
function factsOf(rowCount: number, columnCount: number): ReadFile['table']['facts'] {
  const none = { preambleRows: 0, footerRows: 0, totalRows: 0, repeatedHeaders: 0, dummyRows: 0, repairedRows: 0 };
  return { encoding: 'utf-8', encodingSure: true, delimiter: ',', quote: 'double', headerRow: 1, ...none, rowCount, columnCount };
}
