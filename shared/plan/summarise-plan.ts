import type { Problem } from '../problems.ts';
import { DECISIONS, type Decision, type PlannedRow, type PlanSummary, type ProblemCount } from './plan.ts';

/** Counts a plan row by row, so that a planner needs no second pass. */
export type PlanCounter = {
  readonly add: (row: PlannedRow) => void;
  readonly summary: () => PlanSummary;
  /** Errors first, then warnings, then notes; the most frequent first. */
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

  function add(row: PlannedRow): void {
    total++;
    decisions.set(row.decision, (decisions.get(row.decision) ?? 0) + 1);
    if (row.leadId !== undefined && row.decision !== 'reject') existing += isInFile(row) ? 0 : 1;
    if (!row.problems) return;
    let hasWarning = false;
    for (const problem of row.problems) {
      if (problem.severity === 'warning') hasWarning = true;
      if (problem.code === 'duplicate_in_file') duplicatesInFile++;
      const key = `${problem.code}\t${problem.severity}\t${problem.column ?? ''}\t${problem.field ?? ''}`;
      const known = counted.get(key);
      if (known) known.count++;
      else counted.set(key, { problem, count: 1 });
    }
    if (hasWarning && row.decision !== 'reject') warnings++;
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
    return counts.sort((a, b) => order[a.severity] - order[b.severity] || b.count - a.count);
  }

  return { add, summary, problems };
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
