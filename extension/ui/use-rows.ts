import { useEffect, useState } from 'preact/hooks';
import type { PlanView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { RowPage } from '../flow/view.ts';
import type { FilterEntry } from './problem-filter.tsx';

/** Example rows listed per problem. */
const LISTED_ROWS = 20;

/** The rows of a choice: on their way, here, or not to be had (`again` asks once more). */
export type FoundRows =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly page: RowPage }
  | { readonly kind: 'failed'; readonly again: () => void };

type Answer = { readonly of: string; readonly plan: PlanView; readonly page: RowPage | null };

/** The first rows of what is chosen. The answer to an earlier choice or for an earlier plan is dropped. */
export function useRows(flow: ImportFlow, plan: PlanView, chosen: FilterEntry | undefined): FoundRows {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [attempt, setAttempt] = useState(0);
  const id = chosen?.id ?? '';
  // The id stands for the choice, which is made anew per rendering.
  useEffect(() => {
    if (!chosen) return;
    let isCurrent = true;
    const take = (page: RowPage | null) => {
      if (isCurrent) setAnswer({ of: id, plan, page });
    };
    flow.rows({ ...chosen.filter, offset: 0, limit: LISTED_ROWS }).then(take, () => take(null));
    return () => {
      isCurrent = false;
    };
  }, [flow, plan, id, attempt]);
  if (!answer || answer.of !== id || answer.plan !== plan) return { kind: 'waiting' };
  if (answer.page) return { kind: 'here', page: answer.page };
  const again = () => {
    setAnswer(null);
    setAttempt(attempt + 1);
  };
  return { kind: 'failed', again };
}
