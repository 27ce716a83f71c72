import type { StoredPage, StorePage } from '../sync-store.ts';
import { readCursor, writeCursor } from './cursor.ts';

/** Where a page begins that goes from the newest down; a cursor that is not ours begins at the newest. */
export function positionOf({ cursor }: StorePage): number {
  const position = cursor === undefined ? null : readCursor(cursor);
  return position?.[1] ?? Number.MAX_SAFE_INTEGER;
}

/** A page out of one row more than it may show. */
export function cutPage<R extends { readonly position: number }, T>(
  rows: readonly R[],
  { limit }: StorePage,
  toItem: (row: R) => T,
): StoredPage<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), nextCursor: rows.length > limit && last ? writeCursor([0, last.position]) : null };
}
