import type { ServerFailure } from '#shared/api/server-failure.ts';
import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import type { RepairStep } from '#shared/plan/repair.ts';
import type { Given, OpenedSource } from '../sources/source.ts';
import type { UserEvent } from './draft.ts';
import type { ImportView, RowPage, RowQuery, UnknownColumn } from './view.ts';

/**
 * What a screen holds of an import. Popup, tab and panel each open one over the same saved draft; what one does, the
 * others show. Read `view()`, render, and render again when `subscribe` calls.
 */
export type ImportFlow = {
  view(): ImportView;
  /** Calls `listener` after every change of the view; gives the way to stop. `view()` is a new object after each change. */
  subscribe(listener: () => void): () => void;
  /** A choice on a screen: changes the draft, saves it, starts the work it asks for. */
  send(event: UserEvent): Promise<void>;
  /** A file from the dialog, a drop, or the sample: stores it and starts to read. */
  chooseFile(file: File): Promise<void>;
  /** Rows pasted from a spreadsheet: the clipboard's plain text, stored and read like a file. */
  choosePaste(text: string): Promise<void>;
  /** A file that was fetched by a link. */
  chooseFetched(file: OpenedSource): Promise<void>;
  /** Cells that were read from a Google Sheet. */
  chooseSheet(given: Extract<Given, { kind: 'sheet' }>): Promise<void>;
  /** What the workspace last said of itself; null before, and without a server. */
  workspace(): WorkspaceAnswer | null;
  /** How large a file may be, in bytes: the workspace's own limit once it is known. */
  fileLimit(): number;
  /** The bundled 60 messy rows. */
  chooseSample(): Promise<void>;
  /** Import: seals the chunks in this browser, then the background sends them. */
  confirm(): Promise<void>;
  pause(): Promise<void>;
  /** After a pause, or "Try now" while waiting. */
  resume(): Promise<void>;
  /** Stops the import; rows already stored stay and are in the receipt, the rest count as cancelled. */
  cancel(): Promise<void>;
  /** "Import another file": puts the receipt away and starts a new draft. Also discards an unfinished draft. */
  startOver(): Promise<void>;
  /** Asks the server again (after pairing, or a server that was off) and repeats work that failed. */
  retry(): Promise<void>;
  /** The workspace's named mappings. */
  readonly templates: TemplateActions;
  /** Rows of the plan, for lists and filters; ask again when `draft.plan` is another one. */
  rows(query: RowQuery): Promise<RowPage>;
  /** One cell as it is now, however long. */
  cell(line: number, column: number): Promise<string>;
  /** How many rows a step would change as the plan stands. */
  wouldMend(step: RepairStep): Promise<number>;
  /** One thing done to the rows: saved, and worked into the plan. */
  repair(step: RepairStep): Promise<void>;
  undoRepair(): Promise<void>;
  redoRepair(): Promise<void>;
  /** Values of choice fields and owners that the workspace does not know, the most frequent first. */
  unknownValues(): Promise<readonly UnknownColumn[]>;
  /** The cleaned rows as a CSV file, made in the worker; needs no server. */
  cleanedFile(): Promise<File>;
  /** The rejected rows with their reasons: from the server once imported, from the plan before. */
  rejectedFile(): Promise<File>;
  /** Lets go of worker and subscriptions; everything is saved already. */
  close(): void;
};

/** Each gives what went wrong, or null; `conflict` = another template has that name. */
export type TemplateActions = {
  /** Keeps the mapping on the screen under a name. */
  save(name: string): Promise<ServerFailure | null>;
  /** Puts the mapping on the screen in the place of a template's. */
  replace(id: string): Promise<ServerFailure | null>;
  rename(id: string, name: string): Promise<ServerFailure | null>;
  remove(id: string): Promise<ServerFailure | null>;
  /** Maps the file on the screen as the template says. */
  use(id: string): Promise<void>;
};

/** Where the screen is shown: a popup may close at any moment. */
export type Place = 'popup' | 'tab' | 'panel';
