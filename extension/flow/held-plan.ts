import type { MatchAnswer } from '#shared/api/match.ts';
import { askedKeys } from '#shared/lead/duplicates.ts';
import type { LeadKey } from '#shared/lead/lead.ts';
import type { FindKnown, PlanInput } from '#shared/plan/build-plan.ts';
import { createRowFinder, type RowFinder } from '#shared/plan/find-rows.ts';
import { optedOutBy } from '#shared/plan/opt-outs.ts';
import type { ImportPlan } from '#shared/plan/plan.ts';
import type { Repair, RepairStep } from '#shared/plan/repair.ts';
import { createRepairablePlan, type RepairablePlan, type RepairEffect } from '#shared/plan/repairable-plan.ts';
import type { FileTable } from '#shared/table/read-file.ts';
import { createFindKnown, type KeptAnswer } from '../storage/known-leads.ts';
import { createPlanFacts, type PlanFacts } from './plan-facts.ts';

/** A plan in the planner's memory, mended step by step. */
export type HeldPlan = {
  /** What it was made of, besides the repair. */
  readonly ground: string;
  readonly table: FileTable;
  readonly plan: () => ImportPlan;
  readonly rows: RepairablePlan;
  readonly finder: RowFinder;
  readonly facts: () => PlanFacts;
  readonly repair: () => Repair;
  /** Null when the workspace was not asked. */
  readonly answers: () => KeptAnswer | null;
  /** Undoes and does what leads to these steps; what both have in common is not touched. */
  readonly bringTo: (repair: Repair) => void;
  /** Keys that mended rows have got since the workspace was asked. */
  readonly unasked: () => readonly LeadKey[];
  /** More answers, about these keys. */
  readonly add: (keys: readonly LeadKey[], more: MatchAnswer) => KeptAnswer;
  /** Other answers, about all keys: every row is decided again. */
  readonly replace: (answers: KeptAnswer) => void;
};

type Ground = Omit<PlanInput, 'repair' | 'findKnown' | 'table'> & { readonly table: FileTable };

/** Takes over a plan that was made with the done steps of `repair` and with these answers. */
export function holdPlan(ground: string, input: Ground, planned: ImportPlan, repair: Repair, kept: KeptAnswer | null): HeldPlan {
  const optedOut = optedOutBy(input);
  const toFind = (answered: KeptAnswer) => createFindKnown(answered, optedOut);
  const findKnown = kept ? { findKnown: toFind(kept) } : {};
  const rows = createRepairablePlan({ ...input, ...findKnown }, planned, repair);
  const finder = createRowFinder(rows);
  const facts = createPlanFacts(rows);
  let target = repair;
  let answers = kept;
  /** Every key the workspace was asked about; gathered at the first step. */
  let asked: Set<string> | null = null;
  /** Rows that were mended since. */
  const mended = new Set<number>();
  if (repair.done > 0 && kept) for (let at = 0; at < rows.total; at++) if (isMended(at)) mended.add(at);

  function isMended(at: number): boolean {
    const { cells, excluded } = rows.stateOf(at);
    const wasOut = input.excludedLines?.has(input.table.lines[at] ?? 0) ?? false;
    return cells !== input.table.rows[at] || (wasOut && !excluded);
  }

  function askedKeys(): Set<string> {
    if (asked) return asked;
    asked = new Set(answers?.asked);
    for (let at = 0; at < rows.total; at++) if (!mended.has(at)) for (const { value } of keysOfRow(rows, at)) asked.add(value);
    return asked;
  }

  function bringTo(next: Repair): void {
    if (next === target) return;
    const now = rows.repair();
    const common = commonSteps(now.steps.slice(0, now.done), next.steps.slice(0, next.done));
    if (answers && (common < now.done || common < next.done)) askedKeys();
    while (rows.repair().done > common) took(rows.undo());
    for (const step of next.steps.slice(common, next.done)) took(rows.apply(step));
    target = next;
  }

  function took(effect: RepairEffect | null): void {
    if (!effect) return;
    facts.look(effect.decided);
    if (answers) for (const at of effect.mended) mended.add(at);
  }

  function unasked(): readonly LeadKey[] {
    if (!answers || mended.size === 0) return [];
    const known = askedKeys();
    const found = new Map<string, LeadKey>();
    for (const at of mended) {
      const fresh = keysOfRow(rows, at).filter(({ value }) => !known.has(value));
      if (fresh.length === 0) mended.delete(at);
      for (const key of fresh) found.set(key.value, key);
    }
    return [...found.values()];
  }

  function add(keys: readonly LeadKey[], more: MatchAnswer): KeptAnswer {
    const known = askedKeys();
    const values = new Set(keys.map(({ value }) => value));
    answers = {
      matches: [...(answers?.matches ?? []), ...more.matches],
      suppressed: [...(answers?.suppressed ?? []), ...more.suppressed],
      asked: [...(answers?.asked ?? []), ...values],
    };
    const lines = [...mended]
      .filter((at) => keysOfRow(rows, at).some(({ value }) => values.has(value)))
      .map((at) => rows.row(at)?.line ?? 0);
    for (const value of values) known.add(value);
    learn(toFind(answers), lines);
    return answers;
  }

  function learn(found: FindKnown, lines?: readonly number[]): void {
    facts.look(rows.learn(found, lines).decided);
  }

  return {
    ground,
    table: input.table,
    plan: rows.plan,
    rows,
    finder,
    facts: facts.now,
    repair: () => target,
    answers: () => answers,
    bringTo,
    unasked,
    add,
    replace: (other) => {
      answers = other;
      learn(toFind(other));
    },
  };
}

/** Keys of a row that may be stored. */
function keysOfRow(rows: RepairablePlan, at: number): readonly LeadKey[] {
  const row = rows.row(at);
  return row?.lead && row.decision !== 'reject' ? askedKeys(row.lead) : [];
}

function commonSteps(a: readonly RepairStep[], b: readonly RepairStep[]): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) if (a[at] !== b[at] && JSON.stringify(a[at]) !== JSON.stringify(b[at])) return at;
  return length;
}
