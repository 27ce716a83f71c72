import { browser } from '../platform/browser.ts';
import { makeLinkMenu } from '../platform/link-menu.ts';
import { onMessage } from '../platform/messages.ts';
import { watchSettings } from '../platform/settings.ts';
import { onSheetAlarm } from '../platform/sheet-alarm.ts';
import { returnLoans } from '../platform/site-loan.ts';
import { onOutboxAlarm } from '../platform/wake.ts';
import { openDatabase } from '../storage/database.ts';
import { expireDrafts } from '../storage/drafts.ts';
import { forgiveReconnects } from '../storage/outbox.ts';
import { startMenus } from './menus.ts';
import { createRunner } from './run-outbox.ts';
import { createSheetRunner } from './run-sheets.ts';

/**
 * Registers every listener in the first turn, as a worker that was woken gets its event only then. Whatever woke it, the
 * answer is the same: look into the outbox and go on. Nothing that matters is held in memory.
 */
export function startBackground(): void {
  const database = openDatabase();
  const run = createRunner(database);
  const runSheets = createSheetRunner(database, run);
  browser.runtime.onInstalled.addListener(() => {
    void makeLinkMenu();
    void tidyAndRun();
  });
  browser.runtime.onStartup.addListener(() => void tidyAndRun());
  onOutboxAlarm(() => void run());
  onSheetAlarm(() => void runSheets());
  onMessage(() => {
    void run();
    void runSheets();
    void returnLoans();
  });
  watchSettings(() => void reconnect());
  globalThis.addEventListener?.('online', () => void run());
  startMenus();
  void run();
  void returnLoans();

  async function tidyAndRun(): Promise<void> {
    await expireDrafts(database, Date.now());
    await Promise.all([run(), runSheets()]);
  }

  /** Another key or address: what waited for a person may go on. */
  async function reconnect(): Promise<void> {
    await forgiveReconnects(database);
    await run();
  }
}
