import { findFooter } from './find-footer.ts';
import { findHeader, type Records } from './find-header.ts';
import { choosePeople, countRows, findSections, type Section } from './find-sections.ts';
import { lookAtRows, type RowLooks } from './row-looks.ts';
import type { ReadOptions } from './table.ts';

/** Where the table lies among the records of a file. */
export type TablePlace = {
  /** Index of the header's record; -1 = the table has no header. */
  readonly header: number;
  /** Data rows are the records from `first` up to, not including, `footer`, less those that are recognised one by one. */
  readonly first: number;
  /** From here to `end` stand the lines that a report ends with. */
  readonly footer: number;
  readonly end: number;
  /** Records above the header, or above the first row where there is none. */
  readonly preambleRows: number;
  readonly looks: RowLooks;
  /** Further tables of the file. */
  readonly others: readonly Section[];
};

/** What is given about the table, how many records of the beginning the header is looked for in, and the rows' looks. */
export type TableHints = Pick<ReadOptions, 'headerRow' | 'lastRow' | 'keepRows'> & { readonly near?: number; readonly looks?: RowLooks };

/**
 * Finds header and data rows. Without a given `headerRow` (a physical line from 1, 0 = none) the header is found by how
 * the rows look, and of several tables that of people is taken. `lines` are the records' physical lines.
 * Null when there is no such header.
 */
export function findTable(records: Records, lines: ArrayLike<number>, hasSepLine: boolean, hints: TableHints = {}): TablePlace | null {
  const { headerRow, lastRow, keepRows = false, near = records.length } = hints;
  const above = hasSepLine && headerRow !== 1 ? 1 : 0;
  const found = headerRow === 0 ? -1 : findHeader(records, above, near);
  const looks = hints.looks ?? lookAtRows(records);
  const { filled } = looks;
  const sections = found === null || found < 0 ? [] : findSections(records, filled, found);
  const header = headerRow ? recordAt(records, lines, above, headerRow) : (choosePeople(records, filled, sections)?.header ?? found);
  if (header === null || header >= records.length) return null;
  if (header >= 0 && filled[header] === 0) return null;
  const first = header < 0 ? above : header + 1;
  const ownEnd = header < 0 ? records.length : endOf(records, filled, sections, header);
  const others = sections.filter((section) => section.header < header || section.header >= ownEnd);
  const end = lastRow === undefined ? ownEnd : Math.max(first, recordBehind(lines, records.length, lastRow));
  const footer = lastRow !== undefined || keepRows ? end : findFooter(records, first, end);
  return { header, first, footer, end, preambleRows: header < 0 ? above : header, looks, others };
}

/** The record that stands on a line, or reaches over it; the last one when the line is further down. */
function recordAt(records: Records, lines: ArrayLike<number>, above: number, line: number): number {
  let at = above;
  while (at + 1 < records.length && (lines[at + 1] ?? 0) <= line) at++;
  return at;
}

function recordBehind(lines: ArrayLike<number>, length: number, line: number): number {
  let at = length;
  while (at > 0 && (lines[at - 1] ?? 0) > line) at--;
  return at;
}

/** Where the rows below a header end: with its table, or, where it is none that was found, where the next one begins. */
function endOf(records: Records, filled: Uint8Array, sections: readonly Section[], header: number): number {
  const own = sections.find((section) => section.header === header) ?? findSections(records, filled, header)[0];
  // Nothing stands between a title and the header below it.
  if (own && countRows(filled, own) > 0) return own.end;
  return sections.find((section) => header < section.end)?.end ?? records.length;
}

/** Says whether no cell of a row has text; blanks of any script count as none. */
export function isBlankRow(row: readonly string[]): boolean {
  for (const cell of row) {
    const first = cell.charCodeAt(0);
    // Nearly every cell begins with a letter or digit: no need to trim it.
    if ((first > 0x20 && first < 0x80) || (cell !== '' && cell.trim() !== '')) return false;
  }
  return true;
}
