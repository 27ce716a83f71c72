import { leadKeys } from '../lead/duplicates.ts';
import type { Lead } from '../lead/lead.ts';
import type { Problem } from '../problems.ts';
import { applyStep, compileRepair, linesOf, originalState, type RepairGround, type RowState } from './apply-repair.ts';
import type { FindKnown, PlanInput } from './build-plan.ts';
import type { KnownLead } from './decide-row.ts';
import { createKeyGroups } from './key-groups.ts';
import type { ImportPlan, PlannedRow } from './plan.ts';
import { createRowPlanner, isStored } from './plan-row.ts';
import { addStep, doneSteps, generalAnswer, NO_REPAIR, type Repair, type RepairStep, redoStep, undoStep } from './repair.ts';
import { createRowQueue } from './row-queue.ts';
import { createPlanCounter } from './summarise-plan.ts';

/** What a step did: `mended` rows are those it hit, `decided` those that were decided again; indexes of rows. */
export type RepairEffect = { readonly mended: readonly number[]; readonly decided: readonly number[] };

/** A long change in pieces, run to its end before anything else is asked: it gives the rows gone through so far. */
export type Work<Effect> = Generator<number, Effect, void>;

/** A plan that is mended step by step, and decides again only what a step concerns. */
export type RepairablePlan = {
  readonly input: PlanInput;
  /** The plan as it stands. Its list of rows is this plan's own and goes on changing. */
  readonly plan: () => ImportPlan;
  readonly repair: () => Repair;
  /** Counts up with every change. */
  readonly version: () => number;
  readonly total: number;
  /** Gets ready for the first change: up to `count` more rows; gives how many are ready. A change does what is left. */
  readonly prepare: (count: number) => number;
  readonly apply: (step: RepairStep) => RepairEffect;
  /** How many rows a step would hit as things stand. */
  readonly wouldMend: (step: RepairStep) => number;
  /** Null when there is nothing to undo or to redo. */
  readonly undo: () => RepairEffect | null;
  readonly redo: () => RepairEffect | null;
  /** The workspace was asked again; the rows with these lines are decided again, or all. */
  readonly learn: (findKnown: FindKnown, lines?: readonly number[]) => RepairEffect;
  /** The same for whoever has to let others run in between. */
  readonly inPieces: {
    readonly apply: (step: RepairStep) => Work<RepairEffect>;
    readonly undo: () => Work<RepairEffect | null>;
    readonly redo: () => Work<RepairEffect | null>;
    readonly learn: (findKnown: FindKnown, lines?: readonly number[]) => Work<RepairEffect>;
  };
  readonly row: (at: number) => PlannedRow | undefined;
  /** The row's index by its line, -1 where no row has it. */
  readonly rowOfLine: (line: number) => number;
  readonly stateOf: (at: number) => RowState;
  /** What the workspace holds under the keys of a lead. */
  readonly knownOf: (lead: Lead) => readonly KnownLead[];
  /** Rows that share a key with this one, itself among them. */
  readonly rowsWith: (at: number) => readonly number[];
};

/** The rows a step changed and what they were before. */
type Done = { readonly rows: number[]; readonly before: RowState[] };
const NOBODY = { leads: [] } as const;
const NOTHING: readonly never[] = [];
/** Rows gone through at a stretch: some milliseconds, unless the numbers are strange. */
const PIECE = 500;

/**
 * Takes over a plan that `createPlanner` made of the same input and the steps of `repair` that are done, at no cost;
 * what it needs to know which rows hang together is gathered by `prepare`, or at the first change. After every change
 * the plan is the one that would be made from scratch with the same steps.
 */
export function createRepairablePlan(input: Omit<PlanInput, 'repair'>, planned: ImportPlan, repair: Repair = NO_REPAIR): RepairablePlan {
  const { table } = input;
  const { lines } = table;
  const total = table.rows.length;
  const planner = createRowPlanner(input);
  const rows = [...planned.rows];
  const groups = createKeyGroups(lines);
  const counter = createPlanCounter();
  /** Rows that are no longer as they were read. */
  const states = new Map<number, RowState>();
  const history: Done[] = doneSteps(repair).map(() => ({ rows: [], before: [] }));
  const before = compileRepair(doneSteps(repair), planner.ground);
  let current = repair;
  let answerToAll = generalAnswer(doneSteps(repair));
  let findKnown = input.findKnown;
  let prepared = 0;
  let version = 0;
  /** Bulk steps ask for the problems of rows that are planned already. */
  const ground: RepairGround = { ...planner.ground, problemsOf };

  function problemsOf(cells: readonly string[], at: number): readonly Problem[] {
    const row = rows[at];
    const isKnown = row?.lead !== undefined && row.decision !== 'exclude' && cells === stateOf(at).cells;
    return isKnown ? (row.problems ?? NOTHING) : planner.ground.problemsOf(cells, at);
  }

  function stateOf(at: number): RowState {
    if (history.length > 0) prepareAll();
    return states.get(at) ?? originalState(table, at, input.excludedLines);
  }

  function prepare(count: number): number {
    for (const end = Math.min(total, prepared + count); prepared < end; prepared++) prepareRow(prepared);
    return prepared;
  }

  function prepareAll(): void {
    if (prepared < total) prepare(total);
  }

  function prepareRow(at: number): void {
    const row = rows[at];
    if (!row) return;
    counter.add(row);
    if (row.lead && row.decision !== 'reject') groups.set(at, toMember(row, row.lead, look(row.lead).leads));
    if (history.length === 0) return;
    const original = originalState(table, at, input.excludedLines);
    const state = before.stateOf(original, at, lines[at] ?? 0, (step, was) => note(history[step], at, was));
    if (state !== original) states.set(at, state);
  }

  function look(lead: Lead): ReturnType<FindKnown> {
    return findKnown ? findKnown(lead, leadKeys(lead)) : NOBODY;
  }

  /** Decides rows again, and whatever hangs on them, in the file's order. */
  function* decideAgain(first: Iterable<number>): Work<readonly number[]> {
    const queue = createRowQueue(first);
    const decided: number[] = [];
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (const below of decideRowAgain(at)) queue.push(below);
      decided.push(at);
      if (decided.length % PIECE === 0) yield decided.length;
    }
    version++;
    return decided;
  }

  function decideRowAgain(at: number): readonly number[] {
    let leads: readonly KnownLead[] = NOTHING;
    const lookUp = (lead: Lead) => {
      const known = look(lead);
      leads = known.leads;
      return groups.look(at, lead, known);
    };
    const state = stateOf(at);
    const row = planner.planRow(at, state, state.answer ?? answerToAll, { asked: findKnown !== undefined, lookUp });
    const old = rows[at];
    if (old) counter.remove(old);
    counter.add(row);
    rows[at] = row;
    return groups.set(at, row.lead && row.decision !== 'reject' ? toMember(row, row.lead, leads) : null);
  }

  function* carryOut(step: RepairStep): Work<RepairEffect> {
    prepareAll();
    const done: Done = { rows: [], before: [] };
    let gone = 0;
    for (const at of rowsOf(step)) {
      if (++gone % PIECE === 0) yield gone;
      const was = stateOf(at);
      const state = applyStep(was, step, at, ground);
      if (state === was) continue;
      note(done, at, was);
      states.set(at, state);
    }
    history.push(done);
    return yield* settle(done.rows);
  }

  function wouldMend(step: RepairStep): number {
    let count = 0;
    for (const at of rowsOf(step)) {
      const state = stateOf(at);
      if (applyStep(state, step, at, ground) !== state) count++;
    }
    return count;
  }

  function rowsOf(step: RepairStep): Iterable<number> {
    const named = linesOf(step);
    if (named !== 'all') return rowsOfLines(named);
    return step.kind === 'decide' ? NOTHING : rows.keys();
  }

  function* settle(mended: readonly number[]): Work<RepairEffect> {
    const answer = generalAnswer(doneSteps(current));
    const isSameAnswer = answer?.as === answerToAll?.as;
    answerToAll = answer;
    const concerned = isSameAnswer ? mended : [...mended, ...answerable()];
    return { mended, decided: yield* decideAgain(concerned) };
  }

  /** Rows in review, and those that an answer took out of it. */
  function answerable(): readonly number[] {
    const found: number[] = [];
    for (const [at, row] of rows.entries()) if (row.decision === 'review' || row.answered !== undefined) found.push(at);
    return found;
  }

  function* apply(step: RepairStep): Work<RepairEffect> {
    current = addStep(current, step);
    return yield* carryOut(step);
  }

  function* undo(): Work<RepairEffect | null> {
    prepareAll();
    const done = history.pop();
    if (!done) return null;
    current = undoStep(current);
    for (const [number, at] of done.rows.entries()) {
      const was = done.before[number];
      if (was) states.set(at, was);
    }
    return yield* settle(done.rows);
  }

  function* redo(): Work<RepairEffect | null> {
    const step = current.steps[current.done];
    if (!step) return null;
    current = redoStep(current);
    return yield* carryOut(step);
  }

  function* learn(answers: FindKnown, named?: readonly number[]): Work<RepairEffect> {
    prepareAll();
    findKnown = answers;
    return { mended: NOTHING, decided: yield* decideAgain(named ? rowsOfLines(named) : rows.keys()) };
  }

  function rowsOfLines(named: readonly number[]): ReadonlySet<number> {
    return new Set(named.map(rowOfLine).filter((at) => at >= 0));
  }

  function rowOfLine(line: number): number {
    let low = 0;
    let high = total - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((lines[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return lines[low] === line ? low : -1;
  }

  return {
    input,
    total,
    prepare,
    rowOfLine,
    stateOf,
    plan: () => (version === 0 ? { ...planned, rows } : { rows, summary: counter.summary(), problems: counter.problems() }),
    repair: () => current,
    version: () => version,
    row: (at) => rows[at],
    apply: (step) => finish(apply(step)),
    wouldMend,
    undo: () => finish(undo()),
    redo: () => finish(redo()),
    learn: (answers, named) => finish(learn(answers, named)),
    inPieces: { apply, undo, redo, learn },
    knownOf: (lead) => look(lead).leads,
    rowsWith: (at) => {
      prepareAll();
      return groups.rowsWith(at);
    },
  };
}

function finish<Effect>(work: Work<Effect>): Effect {
  for (;;) {
    const next = work.next();
    if (next.done) return next.value;
  }
}

function toMember(row: PlannedRow, lead: Lead, leads: readonly KnownLead[]) {
  const stored = isStored(row);
  return { lead, stored, touches: stored ? row.leadId : undefined, knownIds: leads.length === 0 ? NOTHING : leads.map(({ id }) => id) };
}

function note(done: Done | undefined, at: number, was: RowState): void {
  done?.rows.push(at);
  done?.before.push(was);
}
