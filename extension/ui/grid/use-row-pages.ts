import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PlanView } from '../../flow/draft.ts';
import type { ImportFlow } from '../../flow/import-flow.ts';
import type { RowQuery } from '../../flow/view.ts';
import { createRowPages, type RowPages } from './row-pages.ts';

/** Which rows are asked for, wherever they stand. */
export type RowFilter = Omit<RowQuery, 'offset' | 'limit'>;

/** The rows of a filter, fetched as they come into view, and anew with every plan. Another filter starts empty. */
export function useRowPages(flow: ImportFlow, plan: PlanView, filter: RowFilter): RowPages {
  const key = JSON.stringify(filter);
  const pages = useMemo(() => createRowPages((offset, limit) => flow.rows({ ...filter, offset, limit })), [flow, key]);
  const [, draw] = useState(0);
  useEffect(() => {
    draw((times) => times + 1); // what came between the first rendering and this effect
    return pages.subscribe(() => draw((times) => times + 1));
  }, [pages]);
  const made = useRef({ pages, plan });
  useEffect(() => {
    const isSamePages = made.current.pages === pages;
    if (isSamePages && made.current.plan !== plan) pages.reload();
    made.current = { pages, plan };
  }, [pages, plan]);
  return pages;
}
