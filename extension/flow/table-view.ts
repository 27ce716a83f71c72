import type { Mapping, Suggestion } from '#shared/mapping/mapping.ts';
import type { PhoneCountry } from '#shared/mapping/phone-countries.ts';
import type { ChangedDecision, PlanDifference } from '#shared/plan/compare-plans.ts';
import type { OptOutColumn } from '#shared/plan/opt-out-column.ts';
import type { PlannedRow, PlanSummary, ProblemCount } from '#shared/plan/plan.ts';
import type { EncodingPreview } from '#shared/table/preview-encodings.ts';
import type { FileFacts, OtherTable, SheetName, SkippedRow } from '#shared/table/table.ts';
import type { SinceFacts } from '../storage/sheet-since.ts';

/** What a draft keeps of table and plan: enough for the screens, and no row more. */

/** Whose it is; null = nobody knows any more. */
export type Who = 'you' | { readonly name: string } | null;
/** Where a remembered mapping comes from. `at` in ms. */
export type MemorySource =
  | { readonly kind: 'import'; readonly by: Who; readonly at: number }
  | { readonly kind: 'template'; readonly name: string; readonly by: Who; readonly at: number };
/** A mapping as it would be for this file: every column is in it. */
export type Found = { readonly source: MemorySource; readonly mapping: Mapping };
/**
 * `same`: it is what is suggested anyway · `open`: it differs, and nobody has answered · `used`: the mapping was taken
 * over, and may have been changed since · `kept`: the suggestions were preferred.
 */
export type Remembered = Found & { readonly answer: 'same' | 'open' | 'used' | 'kept' };

/** What the screens show of the table; the rows stay in the worker. */
export type TableView = {
  readonly facts: FileFacts;
  readonly headers: readonly string[];
  /** The first rows as read, long cells cut for the screen. */
  readonly firstRows: readonly (readonly string[])[];
  /** Physical lines of `firstRows`, from 1. */
  readonly firstLines: readonly number[];
  readonly suggestions: readonly Suggestion[];
  /** Of a workbook: its sheets, and the one that is shown. */
  readonly sheets?: readonly SheetName[];
  readonly sheet?: string;
  /** Further tables of the file, to choose by `headerRow` and `lastRow`. */
  readonly otherTables?: readonly OtherTable[];
  /** Lines that are no data rows: of each kind the first, cells cut for the screen; `facts` counts them all. */
  readonly skipped?: readonly SkippedRow[];
  /** Data rows that the sheet hides: left out unless `read.includeHidden`. */
  readonly hiddenRows: number;
  /** Lines of `firstRows` that the sheet hides, and that have mended cells. */
  readonly hiddenLines?: readonly number[];
  readonly mendedLines?: readonly number[];
  /** Cells in which a formula of the sheet gave an error, read as blanks, and what the first one says. */
  readonly formulaErrors?: { readonly cells: number; readonly first: string };
  /** Cells of the sheet that were filled from a merged cell above them. */
  readonly mergedCells?: number;
  /** Where the encoding is not sure: the same cells in the likeliest ones, the one in use first. */
  readonly encodings?: readonly EncodingPreview[];
  /** The mapping of an earlier import of such a file, or of a template; null where nothing is kept. */
  readonly remembered: Remembered | null;
  /** Mapping, list and policy were taken from the import these rows were rejected in. */
  readonly retryOf?: RetryOf;
  /** Of a Google Sheet that was imported before: what is new in it. */
  readonly since?: SinceFacts;
};

/** What the screens show of the plan over every row. */
export type PlanView = {
  readonly summary: PlanSummary;
  readonly problems: readonly ProblemCount[];
  /** The first records as they will be stored. */
  readonly preview: readonly PlannedRow[];
  /** The workspace was asked who exists already; otherwise only the file was compared with itself. */
  readonly matched: boolean;
  /** Rejected rows that the policy `reachable` would keep; 0 under `reachable` and `any`. */
  readonly reachableWouldKeep: number;
  /** Phone columns whose numbers seem to be from another country than the default one. */
  readonly phoneCountries: readonly PhoneCountry[];
  /** create + update + add + auto: the number on the Import button. */
  readonly willWrite: number;
  /** What the person did to the rows so far. */
  readonly repair: { readonly canUndo: boolean; readonly canRedo: boolean; readonly steps: number };
  /** Fields that updates and additions change in stored leads, over every row; each is a row's `changes`. */
  readonly updates: number;
  /** Keys typed by hand that the workspace has not been asked about yet. */
  readonly unasked: number;
  /** Columns that can say who wants no contact, also where nobody does. */
  readonly optOuts: readonly OptOutOffer[];
};

/**
 * `count`: rows whose cell says so. `on`: they are not written, and their addresses or numbers are put on the
 * suppression list before the first row is sent.
 */
export type OptOutOffer = OptOutColumn & { readonly header: string; readonly count: number; readonly on: boolean };

/** The workspace changed between the plan and the click: what has become different, the first rows of it by line. */
export type PlanChange = {
  readonly counts: PlanDifference['counts'];
  readonly total: number;
  readonly rows: readonly ChangedDecision[];
};

/** The file holds rejected rows of an earlier import. `at` in ms; `rows` were rejected there. */
export type RetryOf = { readonly importId: string; readonly fileName: string; readonly at: number; readonly rows: number };
