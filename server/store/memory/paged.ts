import type { StoredPage, StorePage } from '../sync-store.ts';

/** A page of a list; the cursor is the position of the next one. */
export function paged<T>(items: readonly T[], { cursor, limit }: StorePage): StoredPage<T> {
  const start = Number(cursor ?? 0);
  const end = start + limit;
  return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : null };
}
