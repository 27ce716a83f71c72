import type { RawTable } from '#shared/table/table.ts';
import { tableOf } from '../../support/table-of.ts';

/** The same cells in every row, so that a column's values are all of one shape. */
export function columnsOf(columns: readonly (readonly [header: string, ...values: string[]])[], rows = 8): RawTable {
  const cells = Array.from({ length: rows }, (_, row) => columns.map(([, ...values]) => values[row % values.length] ?? ''));
  return tableOf(
    columns.map(([header]) => header),
    cells,
  );
}
