import { sleep } from '../platform/google-sheets.ts';
import { readGoogleSheet } from '../sources/google-sheet.ts';
import type { SheetJob, SheetWord } from './sheet-job.ts';

/** Our own module worker: reads one tab of a sheet and says how it goes, as `sheet-reader.ts` has it. */
const scope = globalThis as unknown as DedicatedWorkerGlobalScope; // a worker's global
const say = (word: SheetWord) => scope.postMessage(word);

scope.addEventListener('message', ({ data }) => {
  const { key, book, choice, maxBytes } = data as SheetJob; // only our own page talks to our worker
  const access = {
    ...key,
    fetch: globalThis.fetch.bind(globalThis),
    now: Date.now,
    random: Math.random,
    sleep,
    onWait: (wait: Extract<SheetWord, { kind: 'wait' }>['wait']) => say({ kind: 'wait', wait }),
  };
  const onRows = (rows: number, total: number) => say({ kind: 'rows', rows, total });
  void readGoogleSheet(access, book, choice, { maxBytes, onRows }).then((result) => say({ kind: 'done', result }));
});
