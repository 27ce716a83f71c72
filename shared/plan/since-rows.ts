import type { FileTable } from '../table/read-file.ts';
import { takeLines } from '../table/take-lines.ts';
import type { ChangedRows } from './changed-row.ts';
import type { ChangedField, SheetComparison } from './compare-sheet-rows.ts';
import type { SheetPrints } from './sheet-prints.ts';

/** What is new in a sheet since its last import, by line. Rows that come again are among the new ones. */
export type SinceRows = {
  readonly fresh: readonly number[];
  readonly changed: readonly { readonly line: number; readonly fields: readonly ChangedField[] }[];
};

/** What is done about rows that have changed in a sheet. */
export const CHANGED_RULES = ['overwrite', 'fill', 'skip'] as const;
export type ChangedRule = (typeof CHANGED_RULES)[number];
/** Which of them a person wants. */
export type SinceChoice = { readonly fresh: boolean; readonly changed: ChangedRule };

/** A comparison by the lines of the sheet as it is now. */
export function sinceRows({ fresh, again, changed }: SheetComparison, { lines }: SheetPrints): SinceRows {
  const lineOf = (row: number) => lines[row] ?? 0;
  return {
    fresh: [...fresh, ...again].map(lineOf).sort((a, b) => a - b),
    changed: changed.map(({ row, fields }) => ({ line: lineOf(row), fields })),
  };
}

/** How many rows are wanted. */
export function countSince({ fresh, changed }: SinceRows, choice: SinceChoice): number {
  return (choice.fresh ? fresh.length : 0) + (choice.changed === 'skip' ? 0 : changed.length);
}

/** The rows of a sheet that are wanted, and the rule of those that have changed: what a plan is made of. */
export function takeSince(
  table: FileTable,
  { fresh, changed }: SinceRows,
  choice: SinceChoice,
): { readonly table: FileTable; readonly changedRows?: ChangedRows } {
  const wanted = choice.changed === 'skip' ? [] : changed;
  const lines = new Set([...(choice.fresh ? fresh : []), ...wanted.map(({ line }) => line)]);
  const taken = takeLines(table, lines);
  if (choice.changed === 'skip' || wanted.length === 0) return { table: taken };
  return { table: taken, changedRows: { rule: choice.changed, fieldsByLine: new Map(wanted.map(({ line, fields }) => [line, fields])) } };
}
