import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ProblemCount } from '#shared/plan/plan.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { PlanView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import { countOf } from './numbers.ts';
import { repairWords } from './repair-words.ts';

/** What was done, and that it can be taken back. */
export type FixToast = { readonly text: string; readonly undo: () => void };

export type Fixes = {
  /** Does a step and says what came of it; with the problem it is for, counted by the plan that follows. */
  readonly fix: (step: RepairStep, problem?: ProblemCount) => void;
  readonly toast: FixToast | null;
  readonly close: () => void;
};

/** Repairs with what they did in words: counted in the plan they lead to, never guessed. `plan`: the newest there is. */
export function useFixes(flow: ImportFlow, plan: PlanView, labels: ReadonlyMap<number, string>, onSay: (text: string) => void): Fixes {
  const [toast, setToast] = useState<FixToast | null>(null);
  const asked = useRef<{ readonly step: RepairStep; readonly problem: ProblemCount | undefined } | null>(null);
  const fix = (step: RepairStep, problem?: ProblemCount) => {
    asked.current = { step, problem };
    setToast(null);
    void flow.repair(step);
  };
  useEffect(() => {
    if (!asked.current) return;
    const { step, problem } = asked.current;
    asked.current = null;
    const verb = step.kind === 'excludeProblem' ? 'taken out' : 'mended';
    const text = problem ? mendedWords(problem, plan, verb) : `${sentence(repairWords(step, labels))}.`;
    setToast({ text, undo: () => void flow.undoRepair() });
    onSay(text);
  }, [plan]);
  const close = useCallback(() => setToast(null), []);
  return { fix, toast, close };
}

function mendedWords(before: ProblemCount, after: PlanView, verb: string): string {
  const same = after.problems.find((one) => one.code === before.code && one.column === before.column && one.severity === before.severity);
  const left = same?.count ?? 0;
  const mended = Math.max(0, before.count - left);
  return left === 0 ? `${countOf(mended, 'row')} ${verb}.` : `${countOf(mended, 'row')} ${verb}, ${countOf(left, 'row')} left.`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
