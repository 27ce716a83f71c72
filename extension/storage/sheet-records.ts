import type { Mapping } from '#shared/mapping/mapping.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import type { SheetPrints } from '#shared/plan/sheet-prints.ts';
import type { ChangedRule, SinceChoice, SinceRows } from '#shared/plan/since-rows.ts';
import type { SheetOrigin } from '#shared/table/read-sheet-file.ts';
import type { ReadOptions } from '#shared/table/table.ts';

/** The list an import goes to. */
export type OrderList =
  | { readonly kind: 'existing'; readonly id: string; readonly name: string }
  | { readonly kind: 'new'; readonly name: string };

/** What this browser remembers of Google Sheets that were imported. Times are ms since the epoch. */

export const SHEET_SCHEDULES = ['off', 'hourly', 'daily'] as const;
export type SheetSchedule = (typeof SHEET_SCHEDULES)[number];

/** A tab, or a range of it, and how it was imported last. Its rows are in a `PrintsRecord` of their own. */
export type SheetLink = {
  /** As `sheetLinkId` makes it. */
  readonly id: string;
  readonly origin: SheetOrigin;
  /** The Google account it was read with, where that is known. */
  readonly account: string | null;
  /** The workspace it was imported into; null where nobody said. */
  readonly workspace: string | null;
  readonly headers: readonly string[];
  readonly mapping: Mapping;
  readonly list: OrderList;
  readonly policy: ImportPolicy;
  readonly read: ReadOptions;
  readonly changedRule: ChangedRule;
  readonly last: { readonly importId: string; readonly at: number };
  readonly schedule: SheetSchedule;
  /** When it is looked at next; 0 = never. */
  readonly nextAt: number;
  /** The newest first. */
  readonly history: readonly SheetVisit[];
};

/**
 * imported · nothingNew · needsSignIn: only a person can · headersChanged: the mapping has to be looked at · noAccess: the
 * sheet is gone or closed to this account · busy: an import of it is still under way · otherWorkspace: this browser is
 * connected to another one · undone: an import of it was taken back, so nobody knows which rows are stored · listGone: the list it goes to
 * was deleted · stuck: it cannot be read until somebody mends what `why` names · failed: Google, the server or the line; it
 * is tried again the next time
 */
export type VisitOutcome =
  | 'imported'
  | 'nothingNew'
  | 'needsSignIn'
  | 'headersChanged'
  | 'noAccess'
  | 'busy'
  | 'otherWorkspace'
  | 'undone'
  | 'listGone'
  | 'stuck'
  | 'failed'
  | 'cancelled';
/** A time that a linked sheet was imported or looked at. */
export type SheetVisit = {
  readonly at: number;
  readonly by: 'person' | 'schedule';
  readonly outcome: VisitOutcome;
  readonly importId?: string;
  /** The kind of the failure it came to, as `GOOGLE_FAILURES` and `SHEET_FAILURES` name it. */
  readonly why?: string;
  /** What was found: rows new, changed and gone. */
  readonly found?: { readonly fresh: number; readonly changed: number; readonly removed: number };
  /** What was written. */
  readonly wrote?: { readonly saved: number; readonly updated: number; readonly rejected: number };
};

/** What an import of a sheet needs besides what an import of a file does. */
export type SheetOrder = {
  readonly origin: SheetOrigin;
  readonly account: string | null;
  readonly headers: readonly string[];
  readonly by: SheetVisit['by'];
  /** Only these of the rows that the draft's `SinceRecord` of `sinceBasis` holds; absent = all rows. */
  readonly since?: SinceChoice;
  readonly sinceBasis?: string;
  readonly found?: NonNullable<SheetVisit['found']>;
};

/** The prints of a sheet's rows: under the id of a link, and while an import is under way under the import's. */
export type PrintsRecord = { readonly owner: string; readonly prints: SheetPrints };

/** What was found new in the sheet of a draft. `basis` names what was read, and how. */
export type SinceRecord = { readonly draft: string; readonly basis: string; readonly rows: SinceRows };

/** What became of the rows of a chunk, as indexes of `PRINT_STATES`. */
export type OutcomeRecord = {
  readonly import: string;
  readonly seq: number;
  readonly lines: Uint32Array<ArrayBuffer>;
  readonly states: Uint8Array<ArrayBuffer>;
};

/** Names a tab or a range of it. */
export function sheetLinkId({ spreadsheetId, gid, range = '' }: SheetOrigin): string {
  return `${spreadsheetId}/${gid}/${range}`;
}
