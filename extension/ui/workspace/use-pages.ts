import { useEffect, useRef, useState } from 'preact/hooks';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { Result } from '#shared/result.ts';

export type ItemPage<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };
/** A list that grows page by page; `items` is null until the first page is there. */
export type Pages<T> = {
  readonly items: readonly T[] | null;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly failure: ServerFailure | null;
  readonly more: () => void;
  /** From the first page again; what is there stays until that has come. */
  readonly again: () => void;
};

type Load<T> = (cursor: string | null) => Promise<Result<ItemPage<T>, ServerFailure>>;
type State<T> = {
  readonly items: readonly T[] | null;
  readonly next: string | null;
  readonly isBusy: boolean;
  readonly failure: ServerFailure | null;
};

/** Fetches the first page of what `of` names, further ones on demand by the cursor of the one before. */
export function usePages<T>(load: Load<T>, of: readonly unknown[]): Pages<T> {
  const [state, setState] = useState<State<T>>({ items: null, next: null, isBusy: true, failure: null });
  const call = useRef(0);
  const run = async (cursor: string | null, before: readonly T[]) => {
    const mine = ++call.current;
    setState((old) => ({ ...old, isBusy: true, failure: null }));
    const page = await load(cursor);
    if (mine !== call.current) return;
    if (page.ok) setState({ items: [...before, ...page.value.items], next: page.value.nextCursor, isBusy: false, failure: null });
    else setState((old) => ({ ...old, isBusy: false, failure: page.error }));
  };
  useEffect(() => {
    setState({ items: null, next: null, isBusy: true, failure: null });
    void run(null, []);
    return () => {
      call.current++;
    };
  }, [...of]);
  const { items, next, isBusy, failure } = state;
  return {
    items,
    hasMore: next !== null,
    isBusy,
    failure,
    more: () => void run(next, items ?? []),
    again: () => void run(null, []),
  };
}
