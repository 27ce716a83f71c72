import type { Problem } from '../problems.ts';
import { DECISIONS, type Decision, type PlannedRow, type PlanSummary, type ProblemCount } from './plan.ts';

/** Counts a plan row by row, so that a planner needs no second pass. */
export type PlanCounter = {
  readonly add: (row: PlannedRow) => void;
  /** Takes back a row that was added. */
  readonly remove: (row: PlannedRow) => void;
  readonly summary: () => PlanSummary;
  /** Errors first, then warnings, then notes; the most frequent first, of equals the one further left. */
  readonly problems: () => readonly ProblemCount[];
};

type Counted = { readonly problem: Problem; count: number };

/** A fresh counter. Every decision of the matcher but `reject`, `exclude` and `blank` is a valid row. */
export function createPlanCounter(): PlanCounter {
  const decisions = new Map<Decision, number>(DECISIONS.map((decision) => [decision, 0]));
  const counted = new Map<string, Counted>();
  let total = 0;
  let warnings = 0;
  let duplicatesInFile = 0;
  let existing = 0;

  const add = (row: PlannedRow) => count(row, 1);
  const remove = (row: PlannedRow) => count(row, -1);

  function count(row: PlannedRow, by: 1 | -1): void {
    total += by;
    decisions.set(row.decision, (decisions.get(row.decision) ?? 0) + by);
    if (row.leadId !== undefined && row.decision !== 'reject') existing += isInFile(row) ? 0 : by;
    if (!row.problems) return;
    let hasWarning = false;
    for (const problem of row.problems) {
      if (problem.severity === 'warning') hasWarning = true;
      if (problem.code === 'duplicate_in_file') duplicatesInFile += by;
      const key = `${problem.code}\t${problem.severity}\t${problem.column ?? ''}\t${problem.field ?? ''}`;
      const known = counted.get(key);
      if (!known) counted.set(key, { problem, count: by });
      else if (known.count + by === 0) counted.delete(key);
      else known.count += by;
    }
    if (hasWarning && row.decision !== 'reject') warnings += by;
  }

  function summary(): PlanSummary {
    const of = (decision: Decision) => decisions.get(decision) ?? 0;
    const invalid = of('reject');
    const blank = of('blank');
    const excluded = of('exclude');
    const byDecision = Object.fromEntries(decisions) as { [D in Decision]: number }; // every decision is in the map from the start
    const valid = total - invalid - blank - excluded;
    return {
      total,
      valid,
      invalid,
      blank,
      excluded,
      warnings,
      duplicatesInFile,
      existing,
      suppressed: of('suppress'),
      decisions: byDecision,
    };
  }

  const order = { error: 0, warning: 1, note: 2 } as const;
  function problems(): readonly ProblemCount[] {
    const counts = [...counted.values()].map(({ problem: { code, severity, column, field }, count }) => ({
      code,
      severity,
      ...(column === undefined ? {} : { column }),
      ...(field === undefined ? {} : { field }),
      count,
    }));
    return counts.sort((a, b) => order[a.severity] - order[b.severity] || b.count - a.count || comparePlace(a, b));
  }

  return { add, remove, summary, problems };
}

/** One order, whichever row was counted first. */
function comparePlace(a: ProblemCount, b: ProblemCount): number {
  const columns = (a.column ?? Number.MAX_SAFE_INTEGER) - (b.column ?? Number.MAX_SAFE_INTEGER);
  return columns || compareText(a.code, b.code) || compareText(a.field ?? '', b.field ?? '');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A row that repeats an earlier one of the file, whatever that one became. */
function isInFile(row: PlannedRow): boolean {
  return row.problems?.some(({ code }) => code === 'duplicate_in_file') ?? false;
}

/** Counts rows that are planned already, after some were changed by hand. */
export function summarisePlan(rows: Iterable<PlannedRow>): { readonly summary: PlanSummary; readonly problems: readonly ProblemCount[] } {
  const counter = createPlanCounter();
  for (const row of rows) counter.add(row);
  return { summary: counter.summary(), problems: counter.problems() };
}
