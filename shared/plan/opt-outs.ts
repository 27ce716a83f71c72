import { checkLead } from '../lead/check-lead.ts';
import { compileMapping } from '../mapping/apply-mapping.ts';
import { uniqueLabels } from '../mapping/labels.ts';
import { compileRepair, originalState } from './apply-repair.ts';
import type { PlanInput } from './build-plan.ts';
import { entriesOf, isOptedOut, type OptOutEntry, saysYes } from './opt-out-column.ts';
import type { PlannedRow } from './plan.ts';
import { createRowPlanner, type RowInput } from './plan-row.ts';

/** What the file as it was read puts on the list, by value: other rows of the same people are suppressed with them. */
export function readOptOuts(input: RowInput): ReadonlyMap<string, OptOutEntry> {
  const { table, optOut } = input;
  const found = new Map<string, OptOutEntry>();
  if (!optOut) return found;
  const toLead = compileMapping(input.mapping, input.labels ?? uniqueLabels(table.headers, table.facts.columnCount));
  for (const cells of table.rows) {
    if (!saysYes(cells[optOut.column])) continue;
    for (const entry of entriesOf(checkLead(toLead(cells), input.policy).lead)) found.set(entry.value, entry);
  }
  return found;
}

/** Everything a planned file puts on the list, rejected and excluded rows included: as it was read, and as it was mended. */
export function collectOptOuts(input: PlanInput, planned: readonly PlannedRow[]): readonly OptOutEntry[] {
  const { table, optOut, repair = [] } = input;
  if (!optOut) return [];
  const found = new Map(readOptOuts(input));
  const mended = repair.length === 0 ? null : compileRepair(repair, createRowPlanner(input).ground);
  for (const [at, row] of planned.entries()) {
    const read = table.rows[at] ?? [];
    const now = mended ? mended.stateOf(originalState(table, at, input.excludedLines), at, row.line).cells : read;
    if (row.lead && isOptedOut(optOut, read, now)) for (const entry of entriesOf(row.lead)) found.set(entry.value, entry);
  }
  return [...found.values()];
}
