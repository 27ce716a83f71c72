import type { RawTable } from '#shared/table/table.ts';

/** A table as the reader gives it. Without `rows` the columns are empty. */
export function tableOf(headers: readonly string[], rows: readonly (readonly string[])[] = []): RawTable {
  const columnCount = Math.max(headers.length, ...rows.map((row) => row.length));
  const counts = { preambleRows: 0, footerRows: 0, totalRows: 0, repeatedHeaders: 0, dummyRows: 0, repairedRows: 0 };
  const facts = {
    encoding: 'utf-8',
    encodingSure: true,
    delimiter: ',',
    quote: 'double',
    headerRow: headers.length > 0 ? 1 : 0,
    ...counts,
    rowCount: rows.length,
    columnCount,
  } as const;
  return { headers, rows, lines: rows.map((_, i) => i + 2), facts };
}

/** The same cells in every row, so that a column's values are all of one shape. */
export function columnsOf(columns: readonly (readonly [header: string, ...values: string[]])[], rows = 8): RawTable {
  const cells = Array.from({ length: rows }, (_, row) => columns.map(([, ...values]) => values[row % values.length] ?? ''));
  return tableOf(
    columns.map(([header]) => header),
    cells,
  );
}
