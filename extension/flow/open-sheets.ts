import { fail, ok } from '#shared/result.ts';
import { type AskServer, askServer } from '../platform/ask-server.ts';
import { browserGoogleTokens, browserSheetsAccess } from '../platform/google-browser.ts';
import { readGoogleSetup, readSheetsUrl } from '../platform/google-setup.ts';
import { browserTokenStore } from '../platform/google-token-store.ts';
import { readSettings } from '../platform/settings.ts';
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
      const setup = readGoogleSetup(flow.workspace(), (await readSettings()).googleClientId);
      return setup ? ok(setup) : fail(whoIsMissing(flow));
    },
    apiUrl: async () => {
      await whenAnswered(flow);
      return readSheetsUrl(flow.workspace());
    },
    tokens: browserGoogleTokens(pairedServer),
    lastAccount: browserTokenStore().readAccount,
    openBook: (sheetKey, place, hooks) => openGoogleSheet(browserSheetsAccess(sheetKey, sheetKey, hooks), place),
    readCells: readCellsInWorker,
    limit: flow.fileLimit,
    take: flow.chooseSheet,
  });
}

async function pairedServer(): Promise<AskServer | null> {
  const { serverAddress: address, key } = await readSettings();
  return key === null ? null : askServer({ address, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now });
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
