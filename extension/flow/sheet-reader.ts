import type { Result } from '#shared/result.ts';
import { sheetFailure } from '#shared/table/sheet-failure.ts';
import type { SheetTrouble } from '../sources/google-sheet.ts';
import type { ReadCells, SheetCells, SheetWord } from './sheet-job.ts';

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
