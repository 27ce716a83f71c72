import type { GridRow, RowPage } from '../../flow/view.ts';

/** What is known of the rows a filter finds: how many, and those that were fetched. */
export type RowPages = {
  /** Null until the first page is there. */
  total(): number | null;
  /** The row at a place from 0; undefined while it is on its way. */
  at(index: number): GridRow | undefined;
  /** Rows cannot be had; nothing is asked again before `retry`. */
  failed(): boolean;
  /** These places are in view: what is missing of them is fetched. */
  show(first: number, last: number): void;
  /** A row as it will be once the worker has said so. */
  patch(index: number, row: GridRow): void;
  /** While somebody changes a cell no row takes another's place; what has changed comes after. */
  hold(isHeld: boolean): void;
  /** The plan has changed: everything is fetched again; what is there stays in view meanwhile. */
  reload(): void;
  retry(): void;
  /** Calls `listener` after every change; gives the way to stop. */
  subscribe(listener: () => void): () => void;
};

/** Two screens full; the worker takes a few ms for it. */
export const PAGE_ROWS = 100;
/** Pages kept: enough to scroll back over 4,000 rows without a call, and the memory stays small. */
const MOST_PAGES = 40;

type Page = { readonly rows: readonly GridRow[]; readonly plan: number };

/** Fetches rows page by page as they come into view, one page at a time: what is in view by then comes next. */
export function createRowPages(find: (offset: number, limit: number) => Promise<RowPage>): RowPages {
  const pages = new Map<number, Page>();
  const listeners = new Set<() => void>();
  let total: number | null = null;
  let view = { first: 0, last: 0 };
  let plan = 0;
  let isAsking = false;
  let isBroken = false;
  let isHeld = false;

  function tell(): void {
    for (const listener of listeners) listener();
  }

  function missing(): number | undefined {
    const last = total === null ? 0 : Math.floor(Math.max(0, Math.min(view.last, total - 1)) / PAGE_ROWS);
    for (let page = Math.min(last, Math.floor(view.first / PAGE_ROWS)); page <= last; page++) {
      if (pages.get(page)?.plan !== plan) return page;
    }
    return undefined;
  }

  async function ask(): Promise<void> {
    if (isAsking || isBroken) return;
    isAsking = true;
    for (let page = missing(); page !== undefined && !isHeld; page = missing()) {
      const asked = plan;
      try {
        const found = await find(page * PAGE_ROWS, PAGE_ROWS);
        if (asked === plan && !isHeld) keep(page, found);
      } catch {
        // Also a plan that is made anew cannot be asked: then `reload` follows.
        if (asked !== plan) continue;
        isBroken = true;
        break;
      }
      tell();
    }
    isAsking = false;
    if (isBroken) tell();
  }

  function keep(page: number, { rows, total: matching }: RowPage): void {
    total = matching;
    pages.delete(page);
    pages.set(page, { rows, plan });
    for (const number of pages.keys()) {
      if (number * PAGE_ROWS >= matching && number > 0) pages.delete(number);
    }
    for (const number of pages.keys()) {
      if (pages.size <= MOST_PAGES) break;
      pages.delete(number);
    }
  }

  return {
    total: () => total,
    at: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.rows[index % PAGE_ROWS],
    failed: () => isBroken,
    show: (first, last) => {
      view = { first, last };
      void ask();
    },
    patch: (index, row) => {
      const number = Math.floor(index / PAGE_ROWS);
      const page = pages.get(number);
      if (!page) return;
      pages.set(number, { ...page, rows: page.rows.with(index % PAGE_ROWS, row) });
      tell();
    },
    hold: (held) => {
      isHeld = held;
      void ask();
    },
    reload: () => {
      plan++;
      isBroken = false;
      void ask();
    },
    retry: () => {
      isBroken = false;
      tell();
      void ask();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
