import type { PhoneCountry } from '#shared/mapping/phone-countries.ts';
import type { ProblemCount } from '#shared/plan/plan.ts';
import { isOwnProblem, type OwnProblemCode, type RepairStep } from '#shared/plan/repair.ts';
import type { ProblemCode } from '#shared/problems.ts';
import type { PlanView } from '../flow/draft.ts';

/** What mends all rows of one problem. */
export type Fix =
  /** A country for the phones that name none; `proposed` by the others of the column. */
  | { readonly kind: 'country'; readonly column: number; readonly code: OwnProblemCode; readonly proposed: PhoneCountry | null }
  | { readonly kind: 'step'; readonly name: 'useFix' | 'dropAlternates' | 'dropValues'; readonly step: RepairStep }
  | { readonly kind: 'reachable'; readonly rows: number }
  | { readonly kind: 'exclude'; readonly step: RepairStep };

const PHONES: readonly ProblemCode[] = ['phone_invalid', 'phone_doubtful'];
const SUGGESTING: readonly ProblemCode[] = ['email_typo', 'email_doubtful', 'email_no_at', 'email_no_dot'];
const SPREAD: readonly ProblemCode[] = ['phones_spread', 'emails_spread'];
const DROPPABLE: readonly ProblemCode[] = [
  'phone_invalid',
  'phone_digits_lost',
  'phone_doubtful',
  'email_no_at',
  'email_no_dot',
  'email_doubtful',
  'email_typo',
  'linkedin_invalid',
  'linkedin_company',
  'owner_invalid',
  'custom_type_mismatch',
  'date_unclear',
];

/**
 * The fixes of a problem, the best first. `suggests`: one of its rows has a suggestion of its own. What drops a value
 * that a row needs is not offered, it would only make another problem.
 */
export function fixesOf(problem: ProblemCount, plan: PlanView, suggests: boolean): readonly Fix[] {
  const { code, column, severity } = problem;
  const fixes: Fix[] = [];
  if (severity === 'error' && plan.reachableWouldKeep > 0) fixes.push({ kind: 'reachable', rows: plan.reachableWouldKeep });
  if (!isOwnProblem(code)) return severity === 'note' ? [] : fixes;
  if (column !== undefined) {
    if (PHONES.includes(code)) {
      fixes.unshift({ kind: 'country', column, code, proposed: plan.phoneCountries.find((one) => one.column === column) ?? null });
    }
    if (suggests && SUGGESTING.includes(code)) fixes.unshift({ kind: 'step', name: 'useFix', step: { kind: 'useFix', column, code } });
    if (SPREAD.includes(code)) fixes.push({ kind: 'step', name: 'dropAlternates', step: { kind: 'dropValues', column, code } });
    else if (severity !== 'error' && DROPPABLE.includes(code)) {
      fixes.push({ kind: 'step', name: 'dropValues', step: { kind: 'dropValues', column, code } });
    }
  }
  if (severity !== 'note')
    fixes.push({ kind: 'exclude', step: { kind: 'excludeProblem', code, ...(column === undefined ? {} : { column }) } });
  return fixes;
}
