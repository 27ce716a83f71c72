import { MAX_FILE_BYTES } from '#shared/limits.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { buildPlan, type PlanInput } from '#shared/plan/build-plan.ts';
import { createRowFinder } from '#shared/plan/find-rows.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { createRepairablePlan, type RepairablePlan } from '#shared/plan/repairable-plan.ts';
import { readTable } from '#shared/table/read-csv.ts';
import { makeLeadFile } from '../support/make-leads.ts';
import { type Bar, median } from './measure.ts';

const POLICY: ImportPolicy = { require: 'complete', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] };
const FEW = 1_000;
const MANY = 70_000;
/** Edits timed together, far apart in the file: one alone is shorter than a clock tells. */
const EDITS = 500;
const RUNS = 9;
/** While somebody types into the search, the next letter comes no sooner. */
const SEARCH_MS = 50;

/** An edited cell is checked again at the same cost in a small file and in a large one; what the first edit gathers stays below planning. */
export function measureRecheck(): readonly Bar[] {
  const few = inputOf(FEW);
  const many = inputOf(MANY);
  const small = readyPlan(few);
  const large = readyPlan(many);
  const ratios: number[] = [];
  const smallTimes: number[] = [];
  const largeTimes: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const [inSmall, inLarge] = [editMs(small, run), editMs(large, run)];
    smallTimes.push(inSmall);
    largeTimes.push(inLarge);
    ratios.push(inLarge / inSmall);
  }
  return [
    {
      name: `one edited cell in ${MANY} rows`,
      measured: microseconds(largeTimes),
      floor: `${microseconds(smallTimes)} (in ${FEW} rows)`,
      ratio: median(ratios),
      promise: { kind: 'at most', ratio: 2 },
    },
    measurePreparation(many),
    measureSearch(large),
  ];
}

function measurePreparation(input: PlanInput): Bar {
  const plan = buildPlan(input);
  const planMs = median(Array.from({ length: 5 }, () => timed(() => buildPlan(input))));
  const readyMs = median(Array.from({ length: 5 }, () => timed(() => createRepairablePlan(input, plan).prepare(MANY))));
  return {
    name: 'getting ready for the first edit',
    measured: `${readyMs.toFixed(1)} ms`,
    floor: `${planMs.toFixed(1)} ms (planning)`,
    ratio: readyMs / planMs,
    promise: { kind: 'at most', ratio: 1 },
  };
}

function measureSearch(plan: RepairablePlan): Bar {
  const finder = createRowFinder(plan);
  finder.find({ text: 'zürich' }, 0, 50);
  const ms = median(['aa', 'ab', 'ac', 'ad', 'ae'].map((text) => timed(() => finder.find({ text }, 0, 50))));
  return {
    name: `searching ${MANY} rows for a text`,
    measured: `${ms.toFixed(1)} ms`,
    floor: `${SEARCH_MS} ms`,
    ratio: ms / SEARCH_MS,
    promise: { kind: 'at most', ratio: 1 },
  };
}

function inputOf(rows: number): PlanInput {
  const table = readTable(makeLeadFile({ rowCount: rows }).bytes, { maxBytes: 2 * MAX_FILE_BYTES });
  if (!table.ok) throw new Error(`the bench file does not read: ${table.error.code}`);
  const mapping = suggestionsToMapping(suggestMapping(table.value));
  return { table: table.value, mapping, policy: POLICY, findKnown: () => ({ leads: [] }) };
}

function readyPlan(input: PlanInput): RepairablePlan {
  const plan = createRepairablePlan(input, buildPlan(input));
  plan.prepare(plan.total);
  editMs(plan, RUNS); // the engine has seen the work before it is timed
  return plan;
}

/** Every edit gives a row another email: its keys change, and its counts. */
function editMs(plan: RepairablePlan, run: number): number {
  const { lines } = plan.input.table;
  return timed(() => {
    for (let edit = 0; edit < EDITS; edit++) {
      const line = lines[(edit * 7_919) % plan.total] ?? 0;
      plan.apply({ kind: 'edit', line, column: 2, value: `new${run}.${edit}@example.com` });
      plan.plan();
    }
    for (let edit = 0; edit < EDITS; edit++) plan.undo();
  });
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function microseconds(times: readonly number[]): string {
  return `${((median(times) * 1_000) / EDITS).toFixed(1)} µs`;
}
