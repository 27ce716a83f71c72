import type { Decision, FieldChange, PlannedRow } from './plan.ts';

/** A row of a plan, with what it would change in its stored lead. */
export type ComparedRow = Pick<PlannedRow, 'line' | 'decision' | 'leadId'> & { readonly changes?: readonly FieldChange[] };
/**
 * A row that something else becomes of now. With the same decision it is about another stored lead, or, with `values`,
 * about the same one, in which it would replace or fill other values than before.
 */
export type ChangedDecision = { readonly line: number; readonly from: Decision; readonly to: Decision; readonly values?: true };
export type PlanDifference = {
  /** In the file's order. */
  readonly rows: readonly ChangedDecision[];
  /** The most frequent first. */
  readonly counts: readonly (Omit<ChangedDecision, 'line'> & { readonly count: number })[];
};
type Compared = { readonly rows: readonly ComparedRow[] };

/** What has become different between two plans of the same file, row by row; rows of one plan only are left out. */
export function comparePlans(before: Compared, after: Compared): PlanDifference {
  const oldRows = new Map(before.rows.map((row) => [row.line, row]));
  const rows: ChangedDecision[] = [];
  const counts = new Map<string, Omit<ChangedDecision, 'line'> & { count: number }>();
  for (const row of after.rows) {
    const old = oldRows.get(row.line);
    if (!old) continue;
    const isSame = isSameDecision(old, row);
    if (isSame && isSameChanges(old.changes, row.changes)) continue;
    const change = { from: old.decision, to: row.decision, ...(isSame ? ({ values: true } as const) : {}) };
    rows.push({ line: row.line, ...change });
    const key = `${change.from} ${change.to} ${isSame}`;
    const counted = counts.get(key);
    if (counted) counted.count++;
    else counts.set(key, { ...change, count: 1 });
  }
  return { rows, counts: [...counts.values()].sort((a, b) => b.count - a.count) };
}

function isSameDecision(a: ComparedRow, b: ComparedRow): boolean {
  return a.decision === b.decision && a.leadId === b.leadId;
}

function isSameChanges(a: readonly FieldChange[] = [], b: readonly FieldChange[] = []): boolean {
  if (a.length !== b.length) return false;
  return a.every(({ field, old, new: value }, at) => field === b[at]?.field && old === b[at].old && value === b[at].new);
}
