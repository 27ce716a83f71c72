import type { Decision, ImportPlan, PlannedRow } from './plan.ts';

/** A row that something else becomes of now; with the same decision it is about another stored lead. */
export type ChangedDecision = { readonly line: number; readonly from: Decision; readonly to: Decision };
export type PlanDifference = {
  /** In the file's order. */
  readonly rows: readonly ChangedDecision[];
  /** The most frequent first. */
  readonly counts: readonly { readonly from: Decision; readonly to: Decision; readonly count: number }[];
};

/** What has become different between two plans of the same file, row by row; rows of one plan only are left out. */
export function comparePlans(before: Pick<ImportPlan, 'rows'>, after: Pick<ImportPlan, 'rows'>): PlanDifference {
  const oldRows = new Map(before.rows.map((row) => [row.line, row]));
  const rows: ChangedDecision[] = [];
  const counts = new Map<string, { readonly from: Decision; readonly to: Decision; count: number }>();
  for (const row of after.rows) {
    const old = oldRows.get(row.line);
    if (!old || isSameDecision(old, row)) continue;
    const change = { from: old.decision, to: row.decision };
    rows.push({ line: row.line, ...change });
    const counted = counts.get(`${change.from} ${change.to}`);
    if (counted) counted.count++;
    else counts.set(`${change.from} ${change.to}`, { ...change, count: 1 });
  }
  return { rows, counts: [...counts.values()].sort((a, b) => b.count - a.count) };
}

function isSameDecision(a: PlannedRow, b: PlannedRow): boolean {
  return a.decision === b.decision && a.leadId === b.leadId;
}
