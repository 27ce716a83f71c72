import type { FileTable } from './read-file.ts';

/** The table with the rows of these lines alone, in their order; what is said of rows is said of those that stay. */
export function takeLines(table: FileTable, wanted: ReadonlySet<number>): FileTable {
  const kept = [...table.rows.keys()].filter((at) => wanted.has(table.lines[at] ?? 0));
  const places = new Map(kept.map((at, place) => [at, place]));
  const still = (rows: readonly number[] | undefined) => rows?.flatMap((at) => places.get(at) ?? []) ?? [];
  const { nulRows, repairedRows, hiddenRows, errorCells, ...rest } = table;
  const lists = { nulRows: still(nulRows), repairedRows: still(repairedRows), hiddenRows: still(hiddenRows) };
  const errors = (errorCells ?? []).flatMap((cell) => {
    const row = places.get(cell.row);
    return row === undefined ? [] : [{ ...cell, row }];
  });
  return {
    ...rest,
    rows: kept.map((at) => table.rows[at] ?? []),
    lines: Uint32Array.from(kept, (at) => table.lines[at] ?? 0),
    facts: { ...table.facts, rowCount: kept.length, repairedRows: lists.repairedRows.length },
    ...(lists.nulRows.length > 0 ? { nulRows: lists.nulRows } : {}),
    ...(lists.repairedRows.length > 0 ? { repairedRows: lists.repairedRows } : {}),
    ...(lists.hiddenRows.length > 0 ? { hiddenRows: lists.hiddenRows } : {}),
    ...(errors.length > 0 ? { errorCells: errors } : {}),
  };
}
