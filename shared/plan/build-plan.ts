import { checkLead, hasError } from '../lead/check-lead.ts';
import { createFileIndex, leadKeys } from '../lead/duplicates.ts';
import type { Lead, LeadKey } from '../lead/lead.ts';
import { compileMapping } from '../mapping/apply-mapping.ts';
import { uniqueLabels } from '../mapping/labels.ts';
import type { Mapping } from '../mapping/mapping.ts';
import { type Problem, problem } from '../problems.ts';
import { isBlankRow } from '../table/find-table.ts';
import type { RawTable } from '../table/table.ts';
import { decideRow, type KnownLead, type SuppressedBy, type Verdict } from './decide-row.ts';
import { fitRow } from './fit-row.ts';
import type { Decision, ImportPlan, ImportPolicy, PlannedRow } from './plan.ts';
import { compileProblemColumns, withColumns } from './problem-columns.ts';
import { createPlanCounter } from './summarise-plan.ts';
import { createTouchedLeads } from './touched-leads.ts';

export type PlanInput = {
  readonly table: RawTable;
  readonly mapping: Mapping;
  readonly policy: ImportPolicy;
  /** Labels of custom fields whose mapping names none; the headers made unique unless given. */
  readonly labels?: readonly string[];
  /** What the workspace holds under a lead's keys. Absent: nobody asked it, and good rows are left to the server (`auto`). */
  readonly findKnown?: (
    lead: Lead,
    keys: readonly LeadKey[],
  ) => { readonly leads: readonly KnownLead[]; readonly suppressed?: SuppressedBy };
  /** Physical lines of the rows the user took out. */
  readonly excludedLines?: ReadonlySet<number>;
  /** Nobody reviews. */
  readonly unattended?: boolean;
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
/** Decisions after which the row itself is stored: only these rows make later ones of the file duplicates. */
const STORED: ReadonlySet<Decision> = new Set(['create', 'update', 'add', 'auto']);
/** Rows somebody may want to mend or decide keep their cells. */
const WITH_RAW: ReadonlySet<Decision> = new Set(['reject', 'review']);

/**
 * Decides what becomes of every data row of a table, in the file's order. Every row is in the plan once; its problems
 * name their column. Blank rows are `blank`, rows taken out `exclude`, invalid ones `reject` with their cells; the rest
 * is what `decideRow` says, or `auto` where the workspace was not asked.
 */
export function buildPlan(input: PlanInput): ImportPlan {
  return createPlanner(input).finish();
}

/** The same in steps. */
export function createPlanner(input: PlanInput): Planner {
  const { table, policy } = input;
  const total = table.rows.length;
  const width = table.headers.length > 0 ? table.headers.length : table.facts.columnCount;
  const labels = input.labels ?? uniqueLabels(table.headers, table.facts.columnCount);
  const toLead = compileMapping(input.mapping, labels);
  const columnOf = compileProblemColumns(input.mapping, labels);
  const nulRows = new Set(table.nulRows);
  const index = createFileIndex();
  const touched = createTouchedLeads();
  const options = input.unattended === undefined ? {} : { unattended: input.unattended };
  const counter = createPlanCounter();
  const rows: PlannedRow[] = [];

  function planRow(at: number): PlannedRow {
    const cells = table.rows[at] ?? [];
    const line = table.lines[at] ?? 0;
    if (isBlankRow(cells)) return { line, decision: 'blank' };
    if (input.excludedLines?.has(line)) return { line, decision: 'exclude' };
    const checked = checkLead(toLead(cells), policy);
    const problems = rowProblems(checked.problems, cells, at);
    if (hasError(problems)) return fitRow({ line, decision: 'reject', lead: checked.lead, problems, raw: cells }, cells);
    return fitRow(decide(line, checked.lead, problems, cells), cells);
  }

  function rowProblems(found: readonly Problem[], cells: readonly string[], at: number): readonly Problem[] {
    const problems = withColumns(found, columnOf);
    const isRagged = cells.length !== width;
    const hadNuls = nulRows.size > 0 && nulRows.has(at);
    if (!isRagged && !hadNuls) return problems;
    const all = [...problems];
    if (isRagged) all.push(problem('row_ragged', { data: { cells: cells.length, expected: width } }));
    if (hadNuls) all.push(problem('nul_removed'));
    return all;
  }

  function decide(line: number, lead: Lead, problems: readonly Problem[], cells: readonly string[]): PlannedRow {
    const known = input.findKnown ? input.findKnown(lead, leadKeys(lead)) : NOTHING_KNOWN;
    const verdict = decideRow(lead, touched.sortOut(index.find(lead), known), policy, options);
    const decision = verdict.decision === 'create' && !input.findKnown ? 'auto' : verdict.decision;
    if (STORED.has(decision)) {
      index.add(line, lead);
      if (verdict.leadId !== undefined) touched.add(line, verdict.leadId);
    }
    return toRow(line, decision, verdict, lead, problems, cells);
  }

  function toRow(
    line: number,
    decision: Decision,
    verdict: Verdict,
    lead: Lead,
    found: readonly Problem[],
    cells: readonly string[],
  ): PlannedRow {
    const problems = verdict.because ? [...found, ...withColumns([verdict.because], columnOf)] : found;
    return {
      line,
      decision,
      ...(verdict.leadId === undefined ? {} : { leadId: verdict.leadId }),
      ...(verdict.leadVersion === undefined ? {} : { leadVersion: verdict.leadVersion }),
      lead,
      ...(problems.length === 0 ? {} : { problems }),
      ...(WITH_RAW.has(decision) ? { raw: cells } : {}),
    };
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
