import type { Mapping } from '#shared/mapping/mapping.ts';
import type { OptOutChoice } from '#shared/plan/opt-out-column.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import type { Repair, RepairStep } from '#shared/plan/repair.ts';
import type { SinceChoice } from '#shared/plan/since-rows.ts';
import type { FileError } from '#shared/problems.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import type { SheetPlace } from '../sources/source.ts';
import type { Found, PlanChange, PlanView, TableView } from './table-view.ts';

/** What is saved of an import, and what can happen to it. */

export const STEPS = ['source', 'read', 'map', 'check', 'preview', 'importing', 'receipt'] as const;
export type Step = (typeof STEPS)[number];

export type ListChoice =
  | { readonly kind: 'existing'; readonly id: string; readonly name: string }
  /** `name` as typed; the server finds or makes the list by its case-folded name. */
  | { readonly kind: 'new'; readonly name: string };

/** The chosen file. Its bytes are stored beside the draft, under the draft's id. */
export type ChosenFile = {
  /** Id of the source it came from, as in `extension/sources/index.ts`. */
  readonly source: string;
  readonly name: string;
  readonly bytes: number;
  /** In ms; tells two files of one draft apart. */
  readonly chosenAt: number;
  /** The link it came by. It stays in this browser: its query may hold what opens the file. */
  readonly from?: string;
  /** The tab of a Google Sheet it was read from, and by which account. */
  readonly sheet?: SheetPlace;
};

export type Common = {
  readonly id: string;
  readonly createdAt: number;
  /** Last transition, in ms; 14 days without one and the draft goes. */
  readonly touchedAt: number;
  readonly policy: ImportPolicy;
};
export type WithFile = Common & {
  readonly file: ChosenFile;
  readonly read: ReadOptions;
  readonly list: ListChoice;
  /** What was done to the rows, by line and column; absent = nothing. It holds under another mapping, too. */
  readonly repair?: Repair;
  /** What was done to the rows while the file was read in another way: it holds again when `read` is chosen again. */
  readonly setAside?: { readonly repair: Repair; readonly read: ReadOptions };
  /** Columns of opt-outs that count other than by default. */
  readonly optOuts?: readonly OptOutChoice[];
  /** Of a sheet that was imported before: which rows are wanted. */
  readonly since?: SinceChoice | 'all';
};
export type WithTable = WithFile & { readonly table: TableView; readonly mapping: Mapping };

/** Nothing chosen yet, or the last choice was refused. */
export type SourceDraft = Common & { readonly step: 'source' };
export type ReadDraft = WithFile & {
  readonly step: 'read';
  readonly reading:
    | { readonly kind: 'waiting' }
    | { readonly kind: 'failed'; readonly error: FileError }
    | { readonly kind: 'ready'; readonly table: TableView; readonly mapping: Mapping };
};
/** `plan` is null until it is made, and again after every change it depends on. */
export type TableDraft = WithTable & {
  readonly step: 'map' | 'check' | 'preview';
  readonly plan: PlanView | null;
  /** The click on Import found another workspace: `plan` is the new plan, and waits for a second click. */
  readonly planChanged?: PlanChange;
  /** The workspace holds more than it was asked about. */
  readonly grown?: true;
};
/** From the click on Import on, the outbox holds the truth under `importId`. */
export type ImportingDraft = WithTable & { readonly step: 'importing'; readonly plan: PlanView; readonly importId: string };
export type ReceiptDraft = WithTable & { readonly step: 'receipt'; readonly plan: PlanView; readonly importId: string };
export type DraftState = SourceDraft | ReadDraft | TableDraft | ImportingDraft | ReceiptDraft;

/** What a person does on a screen. */
export type UserEvent =
  | { readonly kind: 'readOptionsChosen'; readonly options: ReadOptions }
  | { readonly kind: 'listChosen'; readonly list: ListChoice }
  /** `from`: the mapping on the screen. Only what differs from it is changed, whoever changed the rest by then. */
  | { readonly kind: 'mappingChanged'; readonly mapping: Mapping; readonly from?: Mapping }
  | { readonly kind: 'policyChanged'; readonly policy: Partial<ImportPolicy> }
  | { readonly kind: 'repaired'; readonly step: RepairStep }
  | { readonly kind: 'repairUndone' | 'repairRedone' }
  | ({ readonly kind: 'optOutsChosen' } & OptOutChoice)
  | { readonly kind: 'sinceChosen'; readonly since: SinceChoice | 'all' }
  /** The mapping that was offered is used, or the suggestions are kept; either can be chosen again. */
  | { readonly kind: 'memoryAnswered'; readonly use: boolean }
  | { readonly kind: 'templateUsed'; readonly found: Found }
  /** To a step that is done, or to the next one. */
  | { readonly kind: 'wentTo'; readonly step: 'source' | 'read' | 'map' | 'check' | 'preview' };

/** What the flow reports after doing the work a state asks for. */
export type WorkEvent =
  | {
      readonly kind: 'fileChosen';
      readonly file: ChosenFile;
      readonly list: ListChoice;
      readonly read: ReadOptions;
      /** Why it is refused unread; nothing of it is kept then, and nothing read. */
      readonly refused?: FileError;
    }
  | {
      readonly kind: 'tableRead';
      readonly read: ReadOptions;
      readonly table: TableView;
      readonly mapping: Mapping;
      /** List and policy of the import whose rejected rows these are, or of the sheet's last one. */
      readonly first?: { readonly list: ListChoice; readonly policy: Partial<ImportPolicy> };
      /** Which rows of a sheet are wanted, unless the person has said so. */
      readonly since?: SinceChoice;
    }
  /** A mapping kept for files with these headers: offered, unless somebody has answered already. */
  | { readonly kind: 'recalled'; readonly chosenAt: number; readonly read: ReadOptions; readonly found: Found }
  | { readonly kind: 'readFailed'; readonly read: ReadOptions; readonly error: FileError }
  /** `basis` is `planBasis` of the state the plan was made for: an overtaken plan is dropped. */
  | { readonly kind: 'planned'; readonly basis: string; readonly plan: PlanView }
  /** The workspace holds more than when the plan was made. */
  | { readonly kind: 'workspaceGrew' }
  | { readonly kind: 'confirmed'; readonly importId: string }
  /** Between the plan and the click the workspace changed: what was confirmed is no longer what would be written. */
  | { readonly kind: 'planDiffers'; readonly importId: string; readonly plan: PlanView; readonly change: PlanChange }
  | { readonly kind: 'finished'; readonly importId: string }
  /** The import was called off before anything was stored: back to the preview. */
  | { readonly kind: 'calledOff'; readonly importId: string };
export type DraftEvent = UserEvent | WorkEvent;
