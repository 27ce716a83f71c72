import type { WithFile } from './draft-state.ts';
import type { TableView } from './table-view.ts';

/** Rows that are imported of a table: all of them, or of a sheet that was imported before what is wanted of it. */
export function wantedRows({ since }: Pick<WithFile, 'since'>, table: TableView): number {
  if (!table.since || !since || since === 'all') return table.facts.rowCount;
  return (since.fresh ? table.since.fresh : 0) + (since.changed === 'skip' ? 0 : table.since.changed);
}
