import type { Problem, ProblemCode } from '../problems.ts';

/** What the user says of a row in review: a new lead after all, the same person, or not to be imported. */
export type Answer = {
  readonly as: 'create' | 'same' | 'skip';
  /** With `same`: the stored lead it is about, where there are several. */
  readonly leadId?: string;
};

/** Problems that other rows or the workspace make: a rule that goes through a file row by row cannot ask for them. */
const OF_OTHERS = [
  'row_too_large',
  'target_gone',
  'owner_unknown',
  'phone_shared',
  'duplicate_in_file',
  'duplicate_in_list',
  'duplicate_in_workspace',
  'review_phone_in_file',
  'review_phone',
  'review_several',
  'review_changed',
  'values_changed',
  'edited_since',
  'suppressed',
] as const satisfies readonly ProblemCode[];
/** A problem that a row has by itself. */
export type OwnProblemCode = Exclude<ProblemCode, (typeof OF_OTHERS)[number]>;
const ofOthers: ReadonlySet<ProblemCode> = new Set(OF_OTHERS);

/** Says whether a bulk step can ask for a problem; rows with any other are named by their lines. */
export function isOwnProblem(code: ProblemCode): code is OwnProblemCode {
  return !ofOthers.has(code);
}

/**
 * One thing the user did, as data. Columns are those of the file, from 0; lines are physical lines. A bulk step is a
 * rule, small however many cells it hits: it says the same again whenever the same file is gone through with the same
 * mapping and policy.
 */
export type RepairStep =
  | { readonly kind: 'edit'; readonly line: number; readonly column: number; readonly value: string }
  /** Numbers of the column without a country are of this one, in rows that name none; with `code` only those that have the problem. */
  | { readonly kind: 'setCountry'; readonly column: number; readonly country: string; readonly code?: OwnProblemCode }
  /** What has the problem goes out of its cell; good values beside it stay. */
  | { readonly kind: 'dropValues'; readonly column: number; readonly code: OwnProblemCode }
  /** Outer blanks go, in one column or in all. */
  | { readonly kind: 'trim'; readonly column?: number }
  /** Cells that are `from`, outer blanks aside. */
  | { readonly kind: 'replaceValue'; readonly column: number; readonly from: string; readonly to: string }
  /** The problem's own suggestion is taken. */
  | { readonly kind: 'useFix'; readonly column: number; readonly code: OwnProblemCode }
  | { readonly kind: 'exclude' | 'include'; readonly lines: readonly number[] }
  | { readonly kind: 'excludeProblem'; readonly code: OwnProblemCode; readonly column?: number }
  /** `all`: every row in review that has no answer of its own. */
  | ({ readonly kind: 'decide'; readonly lines: readonly number[] | 'all' } & Answer);

/** What was done to a file: the first `done` steps hold, the others were undone and can be done again. */
export type Repair = { readonly steps: readonly RepairStep[]; readonly done: number };

export const NO_REPAIR: Repair = { steps: [], done: 0 };

/** One more step; what was undone can no longer be done again. */
export function addStep(repair: Repair, step: RepairStep): Repair {
  return { steps: [...doneSteps(repair), step], done: repair.done + 1 };
}

/** Without the last step, which stays at hand. The same repair when there is nothing to undo. */
export function undoStep(repair: Repair): Repair {
  return repair.done === 0 ? repair : { ...repair, done: repair.done - 1 };
}

/** With the step that was undone last. The same repair when there is none. */
export function redoStep(repair: Repair): Repair {
  return repair.done === repair.steps.length ? repair : { ...repair, done: repair.done + 1 };
}

/** The steps that hold. */
export function doneSteps(repair: Repair): readonly RepairStep[] {
  return repair.steps.slice(0, repair.done);
}

/** The answer to every row in review that has none of its own: the last one that was given to all. */
export function generalAnswer(steps: readonly RepairStep[]): Answer | undefined {
  const last = steps.findLast((step) => step.kind === 'decide' && step.lines === 'all');
  return last?.kind === 'decide' ? { as: last.as } : undefined;
}

/** Says whether a row's own problems include one; `column` is any where it is not given. */
export function hasProblem(problems: readonly Problem[], code: OwnProblemCode, column: number | undefined): boolean {
  return problems.some((one) => one.code === code && (column === undefined || one.column === column));
}
