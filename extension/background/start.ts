import { browser } from '../platform/browser.ts';
import { makeLinkMenu } from '../platform/link-menu.ts';
import { onMessage } from '../platform/messages.ts';
import { watchSettings } from '../platform/settings.ts';
import { returnLoans } from '../platform/site-loan.ts';
import { onOutboxAlarm } from '../platform/wake.ts';
import { openDatabase } from '../storage/database.ts';
import { expireDrafts } from '../storage/drafts.ts';
import { forgiveReconnects } from '../storage/outbox.ts';
import { startMenus } from './menus.ts';
import { createRunner } from './run-outbox.ts';

/**
 * Registers every listener in the first turn, as a worker that was woken gets its event only then. Whatever woke it, the
 * answer is the same: look into the outbox and go on. Nothing that matters is held in memory.
 */
export function startBackground(): void {
  const database = openDatabase();
  const run = createRunner(database);
  browser.runtime.onInstalled.addListener(() => {
    void makeLinkMenu();
    void tidyAndRun();
  });
  browser.runtime.onStartup.addListener(() => void tidyAndRun());
  onOutboxAlarm(() => void run());
  onMessage(() => {
    void run();
    void returnLoans();
  });
  watchSettings(() => void reconnect());
  globalThis.addEventListener?.('online', () => void run());
  startMenus();
  void run();
  void returnLoans();

  async function tidyAndRun(): Promise<void> {
    await expireDrafts(database, Date.now());
    await run();
  }

  /** Another key or address: what waited for a person may go on. */
  async function reconnect(): Promise<void> {
    await forgiveReconnects(database);
    await run();
  }
}
