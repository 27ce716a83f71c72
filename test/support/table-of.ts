import type { FileFacts, RawTable } from '#shared/table/table.ts';

/** What a plain UTF-8 file with commas says of itself: its header in the first line, nothing above, below or odd in it. */
export function plainFacts(rowCount: number, columnCount: number): FileFacts {
  return {
    encoding: 'utf-8',
    encodingSure: true,
    delimiter: ',',
    quote: 'double',
    headerRow: 1,
    preambleRows: 0,
    footerRows: 0,
    totalRows: 0,
    repeatedHeaders: 0,
    dummyRows: 0,
    repairedRows: 0,
    rowCount,
    columnCount,
  };
}

/** A table as the reader gives it, one line a row, below the line of the header if there is one. Without `rows` the columns are empty. */
export function tableOf(headers: readonly string[], rows: readonly (readonly string[])[] = []): RawTable {
  const columnCount = Math.max(headers.length, ...rows.map((row) => row.length));
  const headerRow = headers.length > 0 ? 1 : 0;
  const facts = { ...plainFacts(rows.length, columnCount), headerRow };
  return { headers, rows, lines: rows.map((_, i) => i + 1 + headerRow), facts };
}
