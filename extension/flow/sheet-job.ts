import type { Result } from '#shared/result.ts';
import type { SheetBook } from '#shared/table/sheet-book.ts';
import type { SheetChoice, SheetTrouble } from '../sources/google-sheet.ts';
import type { SheetKey } from '../sources/sheet-access.ts';
import type { Given } from '../sources/source.ts';
import type { SheetWait } from './sheet-state.ts';

/** A tab to read. `maxBytes` of the text of all cells. */
export type SheetJob = {
  readonly key: Pick<SheetKey, 'apiUrl' | 'accessToken'>;
  readonly book: SheetBook;
  readonly choice: SheetChoice;
  readonly maxBytes: number;
};
export type SheetCells = Extract<Given, { kind: 'sheet' }>;
export type SheetHooks = {
  readonly onRows: (rows: number, total: number) => void;
  readonly onWait: (wait: SheetWait | null) => void;
  readonly signal: AbortSignal;
};
/** Reads a tab away from the page; cancelled by the signal. */
export type ReadCells = (job: SheetJob, hooks: SheetHooks) => Promise<Result<SheetCells, SheetTrouble>>;

/** What the worker says. */
export type SheetWord =
  | { readonly kind: 'rows'; readonly rows: number; readonly total: number }
  | { readonly kind: 'wait'; readonly wait: SheetWait | null }
  | { readonly kind: 'done'; readonly result: Result<SheetCells, SheetTrouble> };
