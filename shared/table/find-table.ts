import type { FileFacts } from './table.ts';

/** Where the table lies among the records of a file, and what the records around it are. Each record is counted once. */
export type TablePlace = Pick<FileFacts, 'preambleRows' | 'footerRows' | 'totalRows' | 'repeatedHeaders' | 'dummyRows'> & {
  /** Index of the header's record; -1 = the table has no header. */
  readonly header: number;
  /** Data rows are the records from `first` up to, not including, `end`. */
  readonly first: number;
  readonly end: number;
};

/**
 * Finds header and data rows. Without a given `headerRow` (a physical line from 1, 0 = none) the header is the first
 * record that is not blank; what stands above it is preamble. `lines` are the records' physical lines.
 * Null when there is no such header.
 */
export function findTable(
  records: readonly (readonly string[])[],
  lines: ArrayLike<number>,
  hasSepLine: boolean,
  headerRow?: number,
): TablePlace | null {
  const above = hasSepLine && headerRow !== 1 ? 1 : 0;
  const none = { footerRows: 0, totalRows: 0, repeatedHeaders: 0, dummyRows: 0, end: records.length };
  if (headerRow === 0) return { ...none, header: -1, first: above, preambleRows: above };
  let header = above;
  if (headerRow !== undefined) while (header + 1 < records.length && (lines[header + 1] ?? 0) <= headerRow) header++;
  else while (header < records.length && isBlankRow(records[header] ?? [])) header++;
  const isThere = header < records.length && !isBlankRow(records[header] ?? []);
  return isThere ? { ...none, header, first: header + 1, preambleRows: header } : null;
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
