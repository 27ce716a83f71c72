import { followHeaders } from '#shared/mapping/follow-headers.ts';
import { hasSameHeaders } from '#shared/mapping/header-signature.ts';
import { compareSheetRows } from '#shared/plan/compare-sheet-rows.ts';
import { printRows } from '#shared/plan/sheet-prints.ts';
import { type ChangedRule, type SinceRows, sinceRows } from '#shared/plan/since-rows.ts';
import { hiddenLines } from '#shared/table/hidden-lines.ts';
import type { FileTable } from '#shared/table/read-file.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import type { Database } from './database.ts';

/** What is new in a linked sheet, as a screen or a history says it. */
export type SinceFacts = {
  /** When it was imported last, in ms. */
  readonly at: number;
  /** Rows nobody has imported; `again` of them were left out last time and have changed. */
  readonly fresh: number;
  readonly again: number;
  readonly changed: number;
  readonly same: number;
  /** Rows that are not in the sheet any more: where they were, and whom they were about. Some of `count`. */
  readonly removed: { readonly count: number; readonly first: readonly { readonly line: number; readonly name: string }[] };
  /** Its columns are other ones than then. */
  readonly headersChanged: boolean;
  /** What a changed row wrote then. */
  readonly changedRule: ChangedRule;
};
export type Since = { readonly facts: SinceFacts; readonly rows: SinceRows };

/** Rows listed of those that have gone. */
const MAX_LISTED = 100;

/** Compares a sheet with what is remembered of it; null when nothing is. `table` has all its rows. */
export async function findSince(database: Database, linkId: string, table: FileTable, read: ReadOptions): Promise<Since | null> {
  const [link, record] = await Promise.all([database.sheets.get(linkId), database.prints.get(linkId)]);
  if (!link || !record) return null;
  const headersChanged = !hasSameHeaders(link.headers, table.headers);
  const mapping = headersChanged ? followHeaders(link.mapping, link.headers, table.headers) : link.mapping;
  const now = printRows({ table, mapping, policy: link.policy });
  const found = compareSheetRows(record.prints, now, { hidden: hiddenLines(table, read) });
  const names = record.prints.names.split('\n');
  const first = found.removed.slice(0, MAX_LISTED).map((row) => ({ line: record.prints.lines[row] ?? 0, name: names[row] ?? '' }));
  const facts = {
    at: link.last.at,
    fresh: found.fresh.length + found.again.length,
    again: found.again.length,
    changed: found.changed.length,
    same: found.same,
    removed: { count: found.removed.length, first },
    headersChanged,
    changedRule: link.changedRule,
  };
  return { facts, rows: sinceRows(found, now) };
}
