import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { ok, type Result } from '#shared/result.ts';
import type { LeadPage, LeadPageAt } from '../../platform/lead-api.ts';

/** What is known of the leads a filter finds: how many, and those that were fetched. */
export type LeadPages = {
  /** Null until the first page is there. */
  total(): number | null;
  /** The lead at a place from 0; undefined while it is on its way. */
  at(index: number): LeadAnswer | undefined;
  /** Why the last call failed; nothing is asked again before `retry`. */
  failure(): ServerFailure | null;
  /** These places are on the screen: fetches what is missing of them, and a page ahead; calls for others are ended. */
  show(first: number, last: number): void;
  /** The ids at some places, fetched where they are not there. */
  idsBetween(first: number, last: number): Promise<Result<readonly string[], ServerFailure>>;
  /** A lead as it is now: takes the place of the old one. */
  put(lead: LeadAnswer): void;
  /** Everything again, since something has changed; what is there stays on the screen meanwhile. */
  reload(): void;
  retry(): void;
  subscribe(listener: () => void): () => void;
  close(): void;
};

export type FindPage = (at: LeadPageAt, limit: number, signal: AbortSignal) => Promise<Result<LeadPage, ServerFailure>>;

/** Two screens full; a call of it takes the server a few ms. */
export const PAGE_ROWS = 100;
/** Pages kept: enough to scroll back over 5,000 leads without a call, and the memory stays small. */
const MOST_PAGES = 50;

type Page = { readonly leads: readonly LeadAnswer[]; readonly nextCursor: string | null };

/**
 * Fetches leads page by page as they come into view. A page is asked for by the cursor of the one before it; only
 * after a jump, where that one is not there, by its number.
 */
export function createLeadPages(find: FindPage): LeadPages {
  const pages = new Map<number, Page>();
  const stale = new Set<number>();
  const pending = new Map<number, AbortController>();
  const listeners = new Set<() => void>();
  let shown: readonly [number, number] = [0, 0];
  let total: number | null = null;
  let failure: ServerFailure | null = null;
  let isClosed = false;

  const tell = () => {
    for (const listener of listeners) listener();
  };

  function wanted(): number[] {
    const from = Math.floor(shown[0] / PAGE_ROWS);
    const to = Math.floor(shown[1] / PAGE_ROWS) + (total === null ? 0 : 1);
    const last = total === null ? 0 : Math.max(0, Math.ceil(total / PAGE_ROWS) - 1);
    return Array.from({ length: Math.max(0, Math.min(to, last) - from + 1) }, (_, index) => from + index);
  }

  function fetchMissing(): void {
    if (isClosed || failure) return;
    const numbers = wanted();
    for (const [number, call] of pending) {
      if (numbers.includes(number)) continue;
      pending.delete(number);
      call.abort();
    }
    for (const number of numbers) {
      const isHere = pages.has(number) && !stale.has(number);
      // The page before is on its way: its cursor leads to this one.
      if (!isHere && !pending.has(number) && !pending.has(number - 1)) void load(number);
    }
  }

  async function load(number: number): Promise<void> {
    const call = new AbortController();
    pending.set(number, call);
    const before = stale.has(number - 1) ? undefined : pages.get(number - 1);
    const at = before?.nextCursor ? { cursor: before.nextCursor } : { page: number + 1 };
    const answer = await find(at, PAGE_ROWS, call.signal);
    if (isClosed || pending.get(number) !== call) return;
    pending.delete(number);
    if (answer.ok) take(number, answer.value);
    else failure = answer.error;
    fetchMissing();
    tell();
  }

  function take(number: number, { leads, nextCursor, totalCount }: LeadPage): void {
    pages.set(number, { leads, nextCursor });
    stale.delete(number);
    total = totalCount;
    const end = Math.ceil(totalCount / PAGE_ROWS);
    for (const known of [...pages.keys()]) if (known >= end && known > 0) drop(known);
    const middle = Math.floor(shown[0] / PAGE_ROWS);
    const byDistance = [...pages.keys()].sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const far of byDistance.slice(0, Math.max(0, pages.size - MOST_PAGES))) drop(far);
  }

  function drop(number: number): void {
    pages.delete(number);
    stale.delete(number);
  }

  return {
    total: () => total,
    at: (index) => pages.get(Math.floor(index / PAGE_ROWS))?.leads[index % PAGE_ROWS],
    failure: () => failure,
    show: (first, last) => {
      shown = [first, last];
      fetchMissing();
    },
    idsBetween: async (first, last) => {
      const ids: string[] = [];
      for (let number = Math.floor(first / PAGE_ROWS); number <= Math.floor(last / PAGE_ROWS); number++) {
        const known = stale.has(number) ? undefined : pages.get(number);
        const answer = known ? ok(known) : await find({ page: number + 1 }, PAGE_ROWS, new AbortController().signal);
        if (!answer.ok) return answer;
        const start = number * PAGE_ROWS;
        ids.push(...answer.value.leads.filter((_, index) => start + index >= first && start + index <= last).map(({ id }) => id));
      }
      return ok(ids);
    },
    put: (lead) => {
      for (const [number, page] of pages) {
        if (page.leads.some(({ id }) => id === lead.id))
          pages.set(number, { ...page, leads: page.leads.map((old) => (old.id === lead.id ? lead : old)) });
      }
      tell();
    },
    reload: () => {
      for (const number of pages.keys()) stale.add(number);
      for (const call of pending.values()) call.abort();
      pending.clear();
      failure = null;
      fetchMissing();
    },
    retry: () => {
      failure = null;
      fetchMissing();
      tell();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      isClosed = true;
      for (const call of pending.values()) call.abort();
    },
  };
}
