import { MAX_COLUMNS } from '../limits.ts';
import type { FileError } from '../problems.ts';
import { fail, ok, type Result } from '../result.ts';
import { isTotalRow } from './find-footer.ts';
import type { Records } from './find-header.ts';
import { countRows } from './find-sections.ts';
import type { TablePlace } from './find-table.ts';
import { recogniserFor } from './recognise-row.ts';
import type { ErrorCell, FileFacts, OtherTable, RawTable, SkippedKind, SkippedRow } from './table.ts';
import { saysNothing } from './test-rows.ts';

/** What is known about a file beside its records. */
export type RecordSource = {
  readonly records: Records;
  /** Physical line of each record. */
  readonly lines: ArrayLike<number>;
  readonly facts: Pick<FileFacts, 'encoding' | 'encodingSure' | 'delimiter' | 'quote'>;
  /** Records that held NULs, and records with mended cells, ascending. */
  readonly nulRecords?: readonly number[];
  readonly repairedRecords?: readonly number[];
  /** Records that a sheet hides, ascending. */
  readonly hiddenRecords?: readonly number[];
  /** Cells that a sheet has an error in. */
  readonly errorCells?: readonly (readonly [record: number, column: number, text: string])[];
  /** Nothing between the first row and the footer is recognised as anything but a row. */
  readonly keepRows?: boolean;
  /** False when the text of the file has no test row; true unless given. */
  readonly mayHaveTests?: boolean;
};

const BLANK_ROW: readonly string[] = [];

/**
 * Makes the table of the records at its place. Every record ends up in exactly one of header, data rows (blank ones
 * among them) and `skipped`. Errors: too many columns, no row with text.
 */
export function buildTable(source: RecordSource, place: TablePlace): Result<RawTable, FileError> {
  const { records, lines, nulRecords = [], repairedRecords = [], hiddenRecords = [], errorCells = [] } = source;
  const { header, first, footer, end, looks } = place;
  const { filled } = looks;
  const headers = records[header] ?? BLANK_ROW;
  if (headers.length > MAX_COLUMNS) return tooManyColumns(headers.length, lines[header] ?? 0);
  const rows: (readonly string[])[] = [];
  const rowLines = new Uint32Array(Math.max(0, end - first));
  const skipped: SkippedRow[] = [];
  const skip = (at: number, kind: SkippedKind) => skipped.push({ line: lines[at] ?? 0, kind, cells: records[at] ?? BLANK_ROW });
  const recognise = source.keepRows ? () => null : recogniserFor(records, looks, headers, source.mayHaveTests ?? true);
  // Where a record that is one of these has gone is only known once it has.
  const nulRows = trackRows(nulRecords);
  const repairedRows = trackRows(repairedRecords);
  const hiddenRows = trackRows(hiddenRecords);
  const rowsOfErrors = new Map(errorCells.map(([record]) => [record, -1]));
  const isTracked = nulRecords.length + repairedRecords.length + hiddenRecords.length > 0;
  let columnCount = headers.length;
  let blanks = 0;
  for (let at = 0; at < first; at++) if (at !== header) skip(at, 'preamble');
  for (let at = first; at < end; at++) {
    const row = records[at] ?? BLANK_ROW;
    if (row.length > MAX_COLUMNS) return tooManyColumns(row.length, lines[at] ?? 0);
    const isBlank = filled[at] === 0 || (!source.keepRows && isSign(looks.begins[at] ?? 0) && saysNothing(row));
    const kind = isBlank ? null : at >= footer ? footerKind(row) : recognise(at);
    if (kind !== null) {
      skip(at, kind);
      continue;
    }
    if (isBlank) blanks++;
    else if (row.length > columnCount) columnCount = Math.max(columnCount, textWidth(row));
    if (isTracked) {
      nulRows.visit(at, rows.length);
      repairedRows.visit(at, rows.length);
      hiddenRows.visit(at, rows.length);
    }
    if (rowsOfErrors.has(at)) rowsOfErrors.set(at, rows.length);
    rowLines[rows.length] = lines[at] ?? 0;
    rows.push(isBlank ? BLANK_ROW : row);
  }
  for (let at = end; at < records.length; at++) skip(at, 'footer');
  // Where nothing else is left, a row like the header or a dummy is what the file is about.
  if (blanks === rows.length && skipped.some(({ kind }) => kind === 'repeatedHeader' || kind === 'dummy') && !source.keepRows)
    return buildTable({ ...source, keepRows: true }, place);
  if (blanks === rows.length) return fail({ code: header < 0 ? 'file_no_table' : 'file_header_only' });
  const count = (kind: SkippedKind) => skipped.reduce((sum, row) => (row.kind === kind ? sum + 1 : sum), 0);
  const otherTables = place.others.map((other): OtherTable => {
    const ends = { headerRow: lines[other.header] ?? 0, lastRow: lines[other.end - 1] ?? 0 };
    return { ...ends, rows: countRows(filled, other), headers: records[other.header] ?? BLANK_ROW };
  });
  const errors = errorCells.flatMap(([record, column, text]): ErrorCell[] => {
    const row = rowsOfErrors.get(record) ?? -1;
    return row < 0 ? [] : [{ row, column, text }];
  });
  return ok({
    headers,
    rows,
    lines: rowLines.slice(0, rows.length),
    facts: {
      ...source.facts,
      headerRow: header < 0 ? 0 : (lines[header] ?? 0),
      preambleRows: count('preamble'),
      footerRows: count('footer'),
      totalRows: count('total'),
      repeatedHeaders: count('repeatedHeader'),
      dummyRows: count('dummy'),
      repairedRows: repairedRows.found.length,
      rowCount: rows.length,
      columnCount,
    },
    ...(nulRows.found.length > 0 ? { nulRows: nulRows.found } : {}),
    ...(repairedRows.found.length > 0 ? { repairedRows: repairedRows.found } : {}),
    ...(hiddenRows.found.length > 0 ? { hiddenRows: hiddenRows.found } : {}),
    ...(errors.length > 0 ? { errorCells: errors } : {}),
    ...(skipped.length > 0 ? { skipped } : {}),
    ...(otherTables.length > 0 ? { otherTables } : {}),
  });
}

/** Begins what stands for nothing: a dash, N/A, #N/A; or something that is none of ASCII. */
function isSign(code: number): boolean {
  return code === 0 || code === 0x2d || code === 0x6e || code === 0x23;
}

function tooManyColumns(columns: number, line: number): Result<never, FileError> {
  return fail({ code: 'too_many_columns', data: { columns, limit: MAX_COLUMNS, line } });
}

/** Turns records into the rows they became: both ascend, so that each is looked at once. */
function trackRows(recordIndexes: readonly number[]): { readonly found: number[]; readonly visit: (record: number, row: number) => void } {
  const found: number[] = [];
  let next = 0;
  const visit = (record: number, row: number) => {
    while (next < recordIndexes.length && (recordIndexes[next] ?? 0) < record) next++;
    if (recordIndexes[next] === record) found.push(row);
  };
  return { found, visit };
}

function footerKind(row: readonly string[]): SkippedKind {
  return isTotalRow(row) ? 'total' : 'footer';
}

/** Cells up to the last one with text. */
function textWidth(row: readonly string[]): number {
  return row.findLastIndex((cell) => cell.trim() !== '') + 1;
}
