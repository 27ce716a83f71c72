import { useEffect, useState } from 'preact/hooks';
import type { PlanView } from '../flow/draft.ts';
import type { ImportFlow } from '../flow/import-flow.ts';
import type { RowPage } from '../flow/view.ts';
import type { RowFilter } from './grid/use-row-pages.ts';

/** The first rows of a filter: on their way, here, or not to be had (`again` asks once more). */
export type RowList =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'here'; readonly page: RowPage; readonly more: (() => void) | null }
  | { readonly kind: 'failed'; readonly again: () => void };

type Answer = { readonly of: string; readonly page: RowPage | null };
/** As many as are read in one go. */
const STEP = 20;
/** The planner gives out no more at once. */
const MOST = 500;

/** Rows to be read one under the other, `STEP` more at a time. What is there stays in sight while the plan is made anew. */
export function useRowList(flow: ImportFlow, plan: PlanView, filter: RowFilter): RowList {
  const key = JSON.stringify(filter);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [shown, setShown] = useState({ of: key, rows: STEP });
  const [attempt, setAttempt] = useState(0);
  const limit = shown.of === key ? shown.rows : STEP;
  useEffect(() => {
    let isCurrent = true;
    const take = (page: RowPage | null) => {
      if (isCurrent) setAnswer({ of: key, page });
    };
    flow.rows({ ...filter, offset: 0, limit }).then(take, () => take(null));
    return () => {
      isCurrent = false;
    };
  }, [flow, plan, key, limit, attempt]);
  if (!answer || answer.of !== key) return { kind: 'waiting' };
  const { page } = answer;
  if (!page) {
    const again = () => {
      setAnswer(null);
      setAttempt(attempt + 1);
    };
    return { kind: 'failed', again };
  }
  const hasMore = page.rows.length < page.total && limit < MOST;
  return { kind: 'here', page, more: hasMore ? () => setShown({ of: key, rows: Math.min(MOST, limit + STEP) }) : null };
}
