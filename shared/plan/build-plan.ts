import { createFileIndex, leadKeys } from '../lead/duplicates.ts';
import type { Lead, LeadKey } from '../lead/lead.ts';
import { compileRepair, originalState } from './apply-repair.ts';
import type { KnownLead, SuppressedBy } from './decide-row.ts';
import type { ImportPlan, PlannedRow } from './plan.ts';
import { createRowPlanner, isStored, type RowInput } from './plan-row.ts';
import { generalAnswer, type RepairStep } from './repair.ts';
import { createPlanCounter } from './summarise-plan.ts';
import { createTouchedLeads } from './touched-leads.ts';

/** What the workspace holds under a lead's keys, or for the line it stands on where that says who it is. */
export type FindKnown = (
  lead: Lead,
  keys: readonly LeadKey[],
  line?: number,
) => { readonly leads: readonly KnownLead[]; readonly suppressed?: SuppressedBy };

export type PlanInput = RowInput & {
  /** Absent: nobody asked the workspace, and good rows are left to the server (`auto`). */
  readonly findKnown?: FindKnown;
  /** Physical lines of the rows that are out from the start; a repair can take them in again. */
  readonly excludedLines?: ReadonlySet<number>;
  /** What the user did to the rows: the steps that hold, in their order. */
  readonly repair?: readonly RepairStep[];
};

/** A plan in the making, for a worker that reports progress and lets others run in between. */
export type Planner = {
  readonly total: number;
  /** Plans up to `count` more rows; gives how many are planned by now. */
  readonly step: (count: number) => number;
  /** Plans what is left and gives the plan. */
  readonly finish: () => ImportPlan;
};

const NOTHING_KNOWN = { leads: [] } as const;

/**
 * Decides what becomes of every data row of a table, in the file's order. Every row is in the plan once; its problems
 * name their column. What each row comes to is said in `plan-row.ts`.
 */
export function buildPlan(input: PlanInput): ImportPlan {
  return createPlanner(input).finish();
}

/** The same in steps. */
export function createPlanner(input: PlanInput): Planner {
  const { table, findKnown } = input;
  const total = table.rows.length;
  const planner = createRowPlanner(input);
  const steps = input.repair ?? [];
  const repair = steps.length === 0 ? null : compileRepair(steps, planner.ground);
  const answerToAll = generalAnswer(steps);
  const index = createFileIndex();
  const touched = createTouchedLeads();
  const counter = createPlanCounter();
  const rows: PlannedRow[] = [];
  const knowledge = {
    asked: findKnown !== undefined,
    lookUp: (lead: Lead, line: number) =>
      touched.sortOut(index.find(lead), findKnown ? findKnown(lead, leadKeys(lead), line) : NOTHING_KNOWN),
  };

  function planRow(at: number): PlannedRow {
    const original = originalState(table, at, input.excludedLines);
    const state = repair ? repair.stateOf(original, at, table.lines[at] ?? 0) : original;
    const row = planner.planRow(at, state, state.answer ?? answerToAll, knowledge);
    if (row.lead && isStored(row)) {
      index.add(row.line, row.lead);
      if (row.leadId !== undefined) touched.add(row.line, row.leadId);
    }
    return row;
  }

  function step(count: number): number {
    const end = Math.min(total, rows.length + count);
    while (rows.length < end) {
      const row = planRow(rows.length);
      rows.push(row);
      counter.add(row);
    }
    return rows.length;
  }

  function finish(): ImportPlan {
    step(total);
    return { rows, summary: counter.summary(), problems: counter.problems() };
  }

  return { total, step, finish };
}
