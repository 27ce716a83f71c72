import type { Mapping } from '#shared/mapping/mapping.ts';
import type { OptOutChoice } from '#shared/plan/opt-out-column.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import type { Repair, RepairStep } from '#shared/plan/repair.ts';
import type { SinceChoice } from '#shared/plan/since-rows.ts';
import type { ChoiceColumn, UnknownValues } from '#shared/plan/unknown-values.ts';
import type { FileError } from '#shared/problems.ts';
import type { Result } from '#shared/result.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import type { PlanChange, PlanView, TableView } from './table-view.ts';
import type { RowPage, RowQuery } from './view.ts';

/** A stored file and how to read it. `chosenAt` tells two files of one draft apart. */
export type ReadJob = {
  readonly draft: string;
  readonly chosenAt: number;
  readonly read: ReadOptions;
  /** The linked sheet it is compared with. */
  readonly link?: string;
};

/** Everything a plan is made of, so that whoever is asked can make it again. */
export type PlanJob = ReadJob & {
  readonly mapping: Mapping;
  readonly policy: ImportPolicy;
  readonly repair: Repair;
  /** Columns of opt-outs that count other than by default. */
  readonly optOuts?: readonly OptOutChoice[];
  /** Only these of the rows that were found new when the file was read so; all rows unless given. */
  readonly since?: SinceChoice;
  /** Names file, mapping, list and policy, as `groundBasis` says: the workspace's answers are kept under it. */
  readonly ground: string;
  /** Whom the workspace is asked about; all unless given. kept: nobody, what it said is kept · new: keys that were typed since. */
  readonly ask?: 'all' | 'new' | 'kept';
  /** The workspace to ask who exists already; null when it cannot be asked. */
  readonly workspace: { readonly address: string; readonly key: string; readonly listId: string | null } | null;
};

/** `rejectedOf`: the import that put these rows aside, as a column of the file says. */
export type TableAsRead = Omit<TableView, 'remembered' | 'retryOf'> & { readonly rejectedOf: string | null };

export type Progress = (rows: number, total: number) => void;

/**
 * Reads and plans files away from the page, which gets only what it shows. Files are taken from the database and chunks
 * put there: no row crosses the page. Rejects with `PlannerFailure` when the machinery itself fails.
 */
export type Planner = {
  /** The table as the screens show it; the mapping is chosen by the flow. */
  read(job: ReadJob): Promise<Result<TableAsRead, FileError>>;
  /** Null when a newer plan was asked for meanwhile. */
  plan(job: PlanJob, onProgress: Progress): Promise<PlanView | null>;
  rows(job: PlanJob, query: RowQuery): Promise<RowPage>;
  /** One cell as it is now. */
  cell(job: PlanJob, line: number, column: number): Promise<string>;
  /** How many rows a step would change. */
  wouldMend(job: PlanJob, step: RepairStep): Promise<number>;
  /** Values that are not in the lists of these columns. */
  unknown(job: PlanJob, columns: readonly ChoiceColumn[]): Promise<readonly UnknownValues[]>;
  /**
   * Asks the workspace of the job once more, then writes and seals the chunks of an import that is in the outbox. When
   * rows become something else by now nothing is written, and what has changed is given.
   */
  seal(job: PlanJob, importId: string, onProgress: Progress): Promise<SealRefused | null>;
  /** Keeps the answers that `seal` came back with: the new plan is the one that counts. */
  keepAnswers(job: PlanJob): Promise<void>;
  /** The rows that would be written, cleaned, as CSV. */
  cleaned(job: PlanJob): Promise<Blob>;
  /** The rejected rows with their reasons, as CSV. */
  rejected(job: PlanJob): Promise<Blob>;
  close(): void;
};

export type SealRefused = { readonly plan: PlanView; readonly change: PlanChange };

export type PlannerFailureKind = 'fileGone' | 'storageFull' | 'storageFailed' | 'workerFailed';
/** A failure of the machinery, not of the file. */
export class PlannerFailure extends Error {
  readonly kind: PlannerFailureKind;
  constructor(kind: PlannerFailureKind, message: string) {
    super(message);
    this.kind = kind;
  }
}
