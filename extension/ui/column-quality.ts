import type { Suggestion } from '#shared/mapping/mapping.ts';
import type { PlanView } from '../flow/draft.ts';
import type { Quality } from './parts/strip.tsx';

/** How a column's values do: before the check only filled or blank, afterwards with the problems the plan counted. */
export function columnQuality(suggestion: Suggestion, plan: PlanView | null): Quality {
  const total = plan?.summary.total ?? 0;
  if (!plan || total === 0) return { good: suggestion.filled, doubtful: 0, invalid: 0 };
  const shareOf = (severity: 'error' | 'warning') =>
    plan.problems
      .filter((problem) => problem.column === suggestion.index && problem.severity === severity && !problem.code.endsWith('_missing'))
      .reduce((rows, problem) => rows + problem.count, 0) / total;
  const invalid = Math.min(shareOf('error'), suggestion.filled);
  const doubtful = Math.min(shareOf('warning'), suggestion.filled - invalid);
  return { good: suggestion.filled - invalid - doubtful, doubtful, invalid };
}
