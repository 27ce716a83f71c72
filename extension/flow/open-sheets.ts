import { fail, ok } from '#shared/result.ts';
import { browserGoogleSetup, browserGoogleTokens, browserSheetsAccess } from '../platform/google-browser.ts';
import { readSheetsUrl } from '../platform/google-setup.ts';
import { browserTokenStore } from '../platform/google-token-store.ts';
import { openGoogleSheet } from '../sources/google-sheet.ts';
import type { ImportFlow } from './import-flow.ts';
import { createSheetFlow, type SheetFlow } from './sheet-flow.ts';
import { readCellsInWorker } from './sheet-reader.ts';
import type { NoClient } from './sheet-state.ts';

/** The Google Sheets of this page; the cells that come of one go into the draft of `flow`. */
export function openSheets(flow: ImportFlow): SheetFlow {
  return createSheetFlow({
    setup: async () => {
      await whenAnswered(flow);
      const setup = await browserGoogleSetup(flow.workspace());
      return setup ? ok(setup) : fail(whoIsMissing(flow));
    },
    apiUrl: async () => {
      await whenAnswered(flow);
      return readSheetsUrl(flow.workspace());
    },
    tokens: browserGoogleTokens(),
    lastAccount: browserTokenStore().readAccount,
    openBook: (sheetKey, place, hooks) => openGoogleSheet(browserSheetsAccess(sheetKey, sheetKey, hooks), place),
    readCells: readCellsInWorker,
    limit: flow.fileLimit,
    take: flow.chooseSheet,
  });
}

/** The server was just asked, as always when a page opens. */
function whenAnswered(flow: ImportFlow): Promise<void> {
  const isAnswered = () => flow.view().server.kind !== 'checking';
  if (isAnswered()) return Promise.resolve();
  return new Promise((resolve) => {
    const stop = flow.subscribe(() => {
      if (!isAnswered()) return;
      stop();
      resolve();
    });
  });
}

function whoIsMissing(flow: ImportFlow): NoClient {
  const { kind } = flow.view().server;
  if (kind === 'unpaired') return { kind: 'notPaired', retry: 'never' };
  return kind === 'failed' ? { kind: 'noServer', retry: 'now' } : { kind: 'noClient', retry: 'never' };
}
