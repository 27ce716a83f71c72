import type { Receipt } from '#shared/api/imports.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import type { OptOut } from '#shared/plan/opt-out-column.ts';
import type { Bucket, ImportPolicy } from '#shared/plan/plan.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import type { OrderList, SheetOrder } from './sheet-records.ts';

/** The records of this browser's database. Times are ms since the epoch. */

/** A draft: `state` is the flow's own, opaque here. */
export type DraftRecord = { readonly id: string; readonly touchedAt: number; readonly state: unknown };

/** The chosen file itself, kept beside its draft: a page that dies loses nothing, and no row is stored twice. */
export type FileRecord = { readonly draft: string; readonly blob: Blob };

/** What the workspace answered about a file's keys, under the plan's basis: a plan made again is the same plan. */
export type KnownRecord = { readonly draft: string; readonly basis: string; readonly answer: string };

/** The mapping a person settled on for files with these headers. */
export type MappingRecord = {
  readonly signature: string;
  readonly headers?: readonly string[];
  readonly mapping: Mapping;
  readonly usedAt: number;
};

/** All that is needed to make an import's plan and chunks again, without any page. */
export type ImportOrder = {
  readonly source: string;
  readonly fileName: string;
  readonly list: OrderList;
  readonly read: ReadOptions;
  readonly mapping: Mapping;
  readonly policy: ImportPolicy;
  /** What was done to the rows: the steps that hold. */
  readonly repair?: readonly RepairStep[];
  /** The columns that say who wants no contact, as chosen. */
  readonly optOut?: OptOut;
  /** The import whose rejected rows these are. */
  readonly retryOf?: string;
  /** The tab of a Google Sheet the rows are from: it is linked at the receipt. */
  readonly sheet?: SheetOrder;
  /** Which of the draft's `KnownRecord` the preview was made with; null when the workspace could not be asked. */
  readonly basis: string | null;
};

/** `asked`: clicked on, and not taken up yet · `planning`: chunks are being written, nothing has been sent · `sealed`: the background sends · the others are final. */
export type ImportStage = 'asked' | 'planning' | 'sealed' | 'done' | 'stopped' | 'cancelled';

/** What can go wrong in this browser between the click and the seal. */
export type LocalFailure = {
  readonly kind: 'fileGone' | 'fileUnreadable' | 'browserStorageFull' | 'browserStorageFailed';
  readonly retry: 'reconnect' | 'never';
};
/** Why an import does not go on. */
export type SendFailure = ServerFailure | LocalFailure;

export type ImportRecord = {
  readonly id: string;
  readonly draft: string;
  readonly createdAt: number;
  readonly stage: ImportStage;
  readonly order: ImportOrder;
  /** The exact body that announces the import, from the seal on. */
  readonly body: Uint8Array<ArrayBuffer> | null;
  /** Bodies that put people on the suppression list, from the seal until they are sent: before the first chunk. */
  readonly optOuts?: readonly Uint8Array<ArrayBuffer>[];
  /** Data rows of the file; 0 until the seal. */
  readonly total: number;
  /** Rows of each chunk, by number. */
  readonly chunkRows: readonly number[];
  /** Set before the first request: from then on the server may know it. */
  readonly announced: boolean;
  readonly paused: boolean;
  readonly cancelAsked: boolean;
  readonly rowsDone: number;
  readonly counters: Counts;
  /** The last acknowledgements, for rate and time left. */
  readonly pace: readonly { readonly at: number; readonly rowsDone: number }[];
  /** Failed attempts in a row. */
  readonly attempts: number;
  /** Not before this; 0 = at once. */
  readonly nextAttemptAt: number;
  readonly failure: SendFailure | null;
  readonly receipt: Receipt | null;
};
export type Counts = { readonly [B in Bucket]: number };

/** A chunk as it will be sent, byte for byte, also after an update of the extension. */
export type ChunkRecord = {
  readonly import: string;
  readonly seq: number;
  readonly body: Uint8Array<ArrayBuffer>;
  /** SHA-256 of `body`, lower-case hex. */
  readonly sha256: string;
  readonly rows: number;
};
