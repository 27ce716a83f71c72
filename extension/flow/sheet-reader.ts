import type { Result } from '#shared/result.ts';
import type { SheetBook } from '#shared/table/sheet-book.ts';
import { sheetFailure } from '#shared/table/sheet-failure.ts';
import type { SheetChoice, SheetTrouble } from '../sources/google-sheet.ts';
import type { Given } from '../sources/source.ts';
import type { SheetKey } from './sheet-access.ts';
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

/** `ReadCells` in a worker of its own, so that no sheet is too long for the page: it lives for one reading. */
export const readCellsInWorker: ReadCells = (job, { onRows, onWait, signal }) =>
  new Promise((resolve) => {
    const worker = new Worker(new URL('./sheet-reader.worker.ts', import.meta.url), { type: 'module' });
    const end = (result: Result<SheetCells, SheetTrouble>) => {
      worker.terminate();
      resolve(result);
    };
    worker.addEventListener('message', ({ data }) => {
      const word = data as SheetWord; // only our own worker speaks here
      if (word.kind === 'rows') onRows(word.rows, word.total);
      else if (word.kind === 'wait') onWait(word.wait);
      else end(word.result);
    });
    worker.addEventListener('error', () => end({ ok: false, error: sheetFailure('unexpected') }));
    signal.addEventListener('abort', () => end({ ok: false, error: sheetFailure('cancelled') }), { once: true });
    worker.postMessage(job);
  });
