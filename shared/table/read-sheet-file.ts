import { MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, MAX_UNPACKED_PER_BYTE } from '../limits.ts';
import type { FileError } from '../problems.ts';
import { fail, ok, type Result } from '../result.ts';
import { buildTable } from './build-table.ts';
import { findTable } from './find-table.ts';
import { repairRecords } from './repair-records.ts';
import type { RawTable, ReadOptions } from './table.ts';
import { utf8Size } from './utf8-size.ts';

/** The cells of a tab as they were read from Google. */
export type SheetContent = {
  /** Row of the sheet, from 1, that `rows` begins with. */
  readonly firstRow: number;
  /** Every row down to the last with text; cells up to the last with text; a blank row is []. */
  readonly rows: readonly (readonly string[])[];
  /** Rows that are hidden by hand or by a filter, as indexes of `rows`, ascending. */
  readonly hidden: readonly number[];
  /** Errors of formulas, blank in `rows`. */
  readonly errors: readonly (readonly [row: number, column: number, text: string])[];
  /** Cells that were filled from a merged cell above them. */
  readonly mergedCells: number;
};

/** Where a sheet file comes from. */
export type SheetOrigin = {
  readonly spreadsheetId: string;
  readonly gid: number;
  /** Names of the spreadsheet and the tab at the time. */
  readonly title: string;
  readonly tab: string;
  /** A1 notation; absent = the whole tab. */
  readonly range?: string;
};

/** What a tab is kept as: a line of its own, then where it is from, then its cells, each as a line of JSON. */
const MAGIC = 'leadline-sheet 1\n';

/** Rows that become one part of the bytes: many small parts take far longer to put together. */
const PART_ROWS = 1_000;

/**
 * The cells of a tab as bytes, so that a draft keeps them and whoever plans the import again reads the same, signed in
 * or not. The same cells give the same bytes.
 */
export function writeSheetFile(origin: SheetOrigin, content: SheetContent): Blob {
  const { rows, ...rest } = content;
  const parts = [`${MAGIC}${JSON.stringify({ origin, ...rest })}\n[`];
  for (let first = 0; first < rows.length; first += PART_ROWS) {
    const lines = rows.slice(first, first + PART_ROWS).map((row) => JSON.stringify(row));
    parts.push(`${first === 0 ? '' : ',\n'}${lines.join(',\n')}`);
  }
  return new Blob([...parts, ']\n'], { type: 'application/x-leadline-sheet' });
}

/** Says whether bytes are a sheet file. */
export function isSheetFile(bytes: Uint8Array): boolean {
  return MAGIC.length <= bytes.length && [...MAGIC].every((letter, at) => bytes[at] === letter.charCodeAt(0));
}

/** Where the cells of a sheet file are from; null when it is none. */
export function readSheetOrigin(bytes: Uint8Array): SheetOrigin | null {
  return isSheetFile(bytes) ? (parseFile(bytes)?.origin ?? null) : null;
}

/**
 * The table in a sheet file: header, preamble and footer are found as in any other file, `lines` are the sheet's own row
 * numbers, short rows are filled up with blanks. Errors: those of `readTable`, `file_damaged`.
 */
export function readSheetFile(bytes: Uint8Array, options: ReadOptions = {}): Result<RawTable, FileError> {
  const limit = options.maxBytes ?? MAX_FILE_BYTES;
  if (bytes.length > limit * MAX_UNPACKED_PER_BYTE) return fail({ code: 'file_too_large', data: { bytes: bytes.length, limit } });
  const file = parseFile(bytes);
  if (!file) return fail({ code: 'file_damaged' });
  const { firstRow, rows, hidden, errors, mergedCells } = file;
  if (rows.length > MAX_ROWS) return fail({ code: 'too_many_rows', data: { limit: MAX_ROWS } });
  let size = 0;
  for (const row of rows) for (const cell of row) size += utf8Size(cell);
  if (size > limit) return fail({ code: 'file_too_large', data: { bytes: size, limit } });
  const lines = rows.map((_, at) => firstRow + at);
  const mended = options.repair === false ? { records: rows, repairedRecords: [] } : repairRecords(rows, textOf(rows));
  const place = findTable(mended.records, lines, false, options);
  if (!place) return fail({ code: 'file_no_table' });
  const facts = { encoding: 'utf-8', encodingSure: true, delimiter: ',', quote: 'double' } as const;
  const source = { ...mended, lines, facts, hiddenRecords: hidden, errorCells: errors, keepRows: options.keepRows ?? false };
  const table = buildTable(source, place);
  return table.ok ? ok({ ...filledUp(table.value), ...(mergedCells > 0 ? { mergedCells } : {}) }) : table;
}

function textOf(rows: SheetContent['rows']): string {
  return rows.map((row) => row.join('\n')).join('\n');
}

/** Google leaves the blank cells at the end of a row out: no sign that something is wrong with it. */
function filledUp(table: RawTable): RawTable {
  const width = table.headers.length > 0 ? table.headers.length : table.facts.columnCount;
  const blanks = Array.from({ length: width }, () => '');
  const rows = table.rows.map((row) => (row.length === 0 || row.length >= width ? row : [...row, ...blanks.slice(row.length)]));
  return { ...table, rows };
}

type SheetFile = SheetContent & { readonly origin: SheetOrigin };

/** Anybody can hand us such a file: nothing in it is believed. */
function parseFile(bytes: Uint8Array): SheetFile | null {
  if (!isSheetFile(bytes)) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(MAGIC.length));
    const end = text.indexOf('\n');
    const head: Partial<SheetFile> = JSON.parse(text.slice(0, end)); // each part is looked at below
    const rows: unknown = JSON.parse(text.slice(end + 1));
    const { origin, firstRow, hidden, errors, mergedCells } = head;
    const isGood =
      isOrigin(origin) && isIndex(firstRow) && firstRow > 0 && isRows(rows) && isHidden(hidden) && isErrors(errors) && isIndex(mergedCells);
    return isGood ? { origin, firstRow, rows, hidden, errors, mergedCells } : null;
  } catch {
    return null;
  }
}

function isOrigin(value: SheetOrigin | undefined): value is SheetOrigin {
  if (typeof value !== 'object' || value === null) return false;
  const { spreadsheetId, title, tab, gid, range = '' } = value;
  return [spreadsheetId, title, tab, range].every((text) => typeof text === 'string') && isIndex(gid);
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function isRows(value: unknown): value is SheetContent['rows'] {
  return Array.isArray(value) && value.every((row) => Array.isArray(row) && row.every((cell) => typeof cell === 'string'));
}

function isHidden(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((row, at) => isIndex(row) && (at === 0 || row > value[at - 1]));
}

function isErrors(value: unknown): value is SheetContent['errors'] {
  return (
    Array.isArray(value) &&
    value.every((error) => Array.isArray(error) && isIndex(error[0]) && isColumn(error[1]) && typeof error[2] === 'string')
  );
}

function isColumn(value: unknown): boolean {
  return isIndex(value) && value < MAX_COLUMNS * 40;
}
