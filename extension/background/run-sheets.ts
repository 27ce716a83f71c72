import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { fail, type Result } from '#shared/result.ts';
import { type AskServer, askServer } from '../platform/ask-server.ts';
import { askWorkspace } from '../platform/ask-workspace.ts';
import { browserGoogleTokens, browserSheetsAccess } from '../platform/google-browser.ts';
import { type GoogleFailure, googleFailure } from '../platform/google-failure.ts';
import { readGoogleSetup } from '../platform/google-setup.ts';
import type { GoogleToken } from '../platform/google-token-store.ts';
import { plannerLock, tryLock, withLock } from '../platform/locks.ts';
import { readSettings } from '../platform/settings.ts';
import { setSheetAlarm } from '../platform/sheet-alarm.ts';
import { openGoogleSheet, readGoogleSheet, type SheetTrouble } from '../sources/google-sheet.ts';
import type { Given } from '../sources/source.ts';
import type { Database } from '../storage/database.ts';
import type { SheetLink } from '../storage/sheet-records.ts';
import { apiNow, showState } from './run-outbox.ts';
import { type RefreshEffects, refreshDueSheets } from './sheet-refresh.ts';
import { staysAlive } from './stay-alive.ts';

const LOCK = 'leadline-sheets';

/**
 * Gives the function that looks at the linked sheets that are due and sets the alarm for the next one. Safe to call at
 * any time: one looks in the whole browser. `send` brings the outbox forward.
 */
export function createSheetRunner(database: Database, send: () => Promise<void>): () => Promise<void> {
  const effects: RefreshEffects = {
    database,
    now: Date.now,
    newId: () => crypto.randomUUID(),
    workspace: async () => {
      const answer = await (await apiNow())?.workspace();
      return answer?.ok ? answer.value : null;
    },
    isUndone: async (importIds) => {
      const api = await apiNow();
      const states = await Promise.all(importIds.map((id) => api?.importState(id)));
      return states.some((state) => state?.ok && state.value.state === 'undone');
    },
    readSheet,
    ask: async (listId, keys) => {
      const { serverAddress: address, key } = await readSettings();
      return key === null ? null : askWorkspace({ address, key, listId }, keys);
    },
    withPlannerLock: (importId, work) => withLock(plannerLock(importId), work),
  };
  return async () => {
    const looked = await tryLock(LOCK, async () => {
      const { looked: count, next } = await staysAlive(() => refreshDueSheets(effects));
      await setSheetAlarm(next);
      return count;
    });
    if (!looked) return;
    await send();
    await showState(database);
  };
}

type Cells = Result<Extract<Given, { kind: 'sheet' }>, GoogleFailure | SheetTrouble>;

/** Reads with the sign-in there is, or one that is renewed without a window: never is a person asked. */
async function readSheet(link: SheetLink, workspace: WorkspaceAnswer): Promise<Cells> {
  const setup = readGoogleSetup(workspace);
  if (!setup) return fail(googleFailure('noClient'));
  const tokens = browserGoogleTokens(serverNow);
  const wish = { interactive: false, account: link.account };
  const token = await tokens.get(setup, wish);
  if (!token.ok) return token;
  const read = (with_: GoogleToken) => readTab(setup.apiUrl, with_, link, workspace.limits.fileBytes);
  const cells = await read(token.value);
  if (cells.ok || cells.error.kind !== 'signedOut') return cells;
  await tokens.refused(token.value);
  const again = await tokens.get(setup, wish);
  return again.ok ? read(again.value) : again;
}

async function serverNow(): Promise<AskServer | null> {
  const { serverAddress: address, key } = await readSettings();
  return key === null ? null : askServer({ address, key, fetch: globalThis.fetch.bind(globalThis), now: Date.now });
}

async function readTab(apiUrl: string, token: GoogleToken, { origin }: SheetLink, maxBytes: number): Promise<Cells> {
  const access = browserSheetsAccess({ apiUrl }, token);
  const book = await openGoogleSheet(access, { spreadsheetId: origin.spreadsheetId });
  if (!book.ok) return book;
  const cells = await readGoogleSheet(access, book.value, { gid: origin.gid, range: origin.range ?? '' }, { maxBytes });
  return cells.ok && token.account !== null
    ? { ok: true, value: { ...cells.value, sheet: { ...cells.value.sheet, account: token.account } } }
    : cells;
}
