import type { WorkspaceAnswer } from '#shared/api/workspace.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { askWorkspace } from '../platform/ask-workspace.ts';
import { browserGoogleSetup, browserGoogleTokens, browserSheetsAccess } from '../platform/google-browser.ts';
import { googleFailure } from '../platform/google-failure.ts';
import { plannerLock, tryLock, withLock } from '../platform/locks.ts';
import { readSettings } from '../platform/settings.ts';
import { setSheetAlarm } from '../platform/sheet-alarm.ts';
import { openGoogleSheet, readGoogleSheet } from '../sources/google-sheet.ts';
import { type SheetKey, type SheetTroubleOrGoogle, withSignIn } from '../sources/sheet-access.ts';
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
    isListGone: async (listId) => {
      const lists = await (await apiNow())?.lists();
      return lists?.ok === true && !lists.value.some(({ id }) => id === listId);
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

type Cells = Result<Extract<Given, { kind: 'sheet' }>, SheetTroubleOrGoogle>;

/** Reads with the sign-in there is, or one that is renewed without a window: never is a person asked. */
function readSheet({ origin, account }: SheetLink, workspace: WorkspaceAnswer): Promise<Cells> {
  const setup = async () => {
    const found = await browserGoogleSetup(workspace);
    return found ? ok(found) : fail(googleFailure('noClient'));
  };
  return withSignIn({ setup, tokens: browserGoogleTokens() }, { interactive: false, account }, (key) =>
    readTab(key, origin, workspace.limits.fileBytes),
  );
}

async function readTab(key: SheetKey, origin: SheetLink['origin'], maxBytes: number): Promise<Cells> {
  const access = browserSheetsAccess(key, key);
  const book = await openGoogleSheet(access, { spreadsheetId: origin.spreadsheetId });
  if (!book.ok) return book;
  const cells = await readGoogleSheet(access, book.value, { gid: origin.gid, range: origin.range ?? '' }, { maxBytes });
  if (!cells.ok || key.account === null) return cells;
  return ok({ ...cells.value, sheet: { ...cells.value.sheet, account: key.account } });
}
