import type { Receipt } from '#shared/api/imports.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { FieldId } from '#shared/lead/fields.ts';
import type { CustomFieldType, Lead } from '#shared/lead/lead.ts';
import type { GroupRow } from '#shared/plan/find-rows.ts';
import type { Bucket, Decision, FieldChange, PlannedRow } from '#shared/plan/plan.ts';
import type { Answer } from '#shared/plan/repair.ts';
import type { UnknownValues } from '#shared/plan/unknown-values.ts';
import type { ProblemCode, Severity } from '#shared/problems.ts';
import type { SendFailure } from '../storage/records.ts';
import type { DraftState } from './draft.ts';
import type { Who } from './table-view.ts';

/** What the screens render: the draft, and the things around it that are not part of it. */
export type ImportView = {
  readonly draft: DraftState;
  readonly server: ServerView;
  /**
   * This draft's import from the click on Import on. At the source step: another draft's import that is still under way
   * in the background, or null.
   */
  readonly sending: SendingView | null;
  /** Work under way: reading or planning, with rows done where known. */
  readonly busy: { readonly kind: 'reading' | 'planning' | 'sealing'; readonly rows: number; readonly total: number } | null;
  /** The workspace's templates, as far as it can be asked; `server` says why it cannot. */
  readonly templates: TemplatesView;
  /** Something of our own failed (storage full, a worker that died): shown with "Try again" → `retry()`. */
  readonly failure: FlowFailure | null;
};

export type FlowFailure = { readonly kind: 'storageFull' | 'storageFailed' | 'workerFailed' | 'fileGone'; readonly message: string };

export type ListInfo = { readonly id: string; readonly name: string; readonly leadCount: number; readonly isDefault: boolean };

/** A custom field that the workspace has. */
export type CustomFieldInfo = { readonly label: string; readonly type: CustomFieldType; readonly choices?: readonly string[] };

export type TemplatesView =
  | { readonly kind: 'asking' }
  | { readonly kind: 'ready'; readonly templates: readonly TemplateInfo[] }
  | { readonly kind: 'failed'; readonly failure: ServerFailure };
/** A named mapping, by whoever saved it last, and when (ms). */
export type TemplateInfo = { readonly id: string; readonly name: string; readonly by: Who; readonly at: number };

export type ServerView =
  | { readonly kind: 'checking'; readonly address: string }
  | {
      readonly kind: 'ready';
      readonly address: string;
      readonly lists: readonly ListInfo[];
      readonly customFields: readonly CustomFieldInfo[];
      /** What admins keep for themselves and this person is none; absent = nothing. */
      readonly withheld?: { readonly overwrite: boolean; readonly undo: boolean };
    }
  /** No key yet: "Connect" opens the options page. */
  | { readonly kind: 'unpaired'; readonly address: string }
  | { readonly kind: 'failed'; readonly address: string; readonly failure: ServerFailure };

/** Where an import stands. Everything here is read from the outbox, so it is the same in popup, tab and panel. */
export type SendingView = {
  readonly importId: string;
  readonly fileName: string;
  readonly listName: string;
  readonly kind: 'sealing' | 'sending' | 'waiting' | 'paused' | 'needsYou' | 'stopped' | 'done' | 'cancelled';
  readonly total: number;
  /** Rows the server has acknowledged. */
  readonly rowsDone: number;
  /** null until it can be said. */
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
  /** What became of the acknowledged rows so far. */
  readonly counters: ReadonlyArray<readonly [Bucket, number]>;
  /** The wish to cancel is on its way to the server. */
  readonly cancelling: boolean;
  /** In ms since the epoch; only while `waiting`. */
  readonly nextAttemptAt: number | null;
  /** Why it waits, needs you or stopped. */
  readonly failure: SendFailure | null;
  /** Only when `done` or `cancelled`. */
  readonly receipt: Receipt | null;
};

/**
 * Rows of the plan: those all of this is true of. A problem has to have the code, severity and column together; beside a
 * text alone, a column says where to look for it.
 */
export type RowQuery = {
  readonly show?: 'all' | 'invalid' | 'warnings' | 'duplicates' | 'valid';
  readonly decisions?: readonly Decision[];
  readonly code?: ProblemCode;
  readonly severity?: Severity;
  readonly column?: number;
  /** Part of a cell as it is now or as it was read, whatever its case. */
  readonly text?: string;
  /** Rows whose cells were changed. */
  readonly changed?: boolean;
  readonly offset: number;
  readonly limit: number;
};
/** At most 500 rows; `total` match. */
export type RowPage = { readonly rows: readonly GridRow[]; readonly total: number };
/** A row as the grid shows it. Cells over 300 characters are cut: `flow.cell` gives the whole one. */
export type GridRow = PlannedRow & {
  /** As they are now. */
  readonly cells: readonly string[];
  /** As they were read; absent where they are the same. */
  readonly original?: readonly string[];
  /** Columns whose cell is not as it was read. */
  readonly changedColumns?: readonly number[];
  /** Columns whose cell is cut here. */
  readonly cutColumns?: readonly number[];
  /** The user's own answer to the row, while it asks. */
  readonly answer?: Answer;
  /** What an update or an addition writes in the stored lead: old → new. */
  readonly changes?: readonly FieldChange[];
  /** Rows of the file that share an email, a phone, a profile or a stored lead with it, itself among them; absent where there are none. */
  readonly group?: readonly GroupRow[];
  /** Stored leads that a row in review may be about. */
  readonly candidates?: readonly Candidate[];
};
export type Candidate = { readonly id: string; readonly lead: Lead; readonly inList: boolean };

/** Values of one column that are not in the workspace's list of them; `step` to map one: `replaceValue`. */
export type UnknownColumn = UnknownValues & {
  readonly kind: 'choice' | 'owner';
  /** Of the custom field, or "Owner email". */
  readonly label: string;
  /** What can be chosen: the field's choices, or the members' emails. */
  readonly known: readonly string[];
};

/** A live sample for the map step: what the column's first values become in a field. */
export type MappedSample = {
  readonly column: number;
  readonly field: FieldId;
  readonly was: readonly string[];
  readonly will: readonly string[];
};

/** The server's receipt; `total` is the sum of the ten buckets. `list` is null when nothing was stored. */
export type ReceiptView = Receipt;
