import { browser } from './browser.ts';
import { patternOf } from './host-access.ts';
import { shareLock, tryLock } from './locks.ts';
import { isLoopback } from './server-address.ts';
import { readSettings } from './settings.ts';

/**
 * Permissions for one site, lent for one file. What is lent is written down before it is asked for, so that whoever
 * wakes next gives it back when the page is gone that asked. A page that needs a loan holds a lock for as long.
 */

const LOANS = 'siteLoans';
const LOCK = 'leadline-site-loan';

/**
 * Asks for one site. Call it as the first thing of a click. `keep`: it is not given back. False when the user said no.
 */
export async function borrowSite(address: string, keep: boolean): Promise<boolean> {
  if (isLoopback(address)) return true;
  const pattern = patternOf(address);
  // Both begin in the click; the answer comes when a person has read the question, so the note is long written.
  const asked = browser.permissions.request({ origins: [pattern] });
  if (!keep) await changeLoans((loans) => [...loans.filter((one) => one !== pattern), pattern]);
  const granted = await asked;
  if (!granted || keep) await changeLoans((loans) => loans.filter((one) => one !== pattern));
  return granted;
}

/** Holds back every return until the function it gives is called (which settles when that is so), or the page is gone. */
export function holdLoans(): () => Promise<void> {
  let letGo = () => {};
  const wish = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const held = shareLock(LOCK, () => wish);
  return () => {
    letGo();
    return held;
  };
}

/** Gives back every loan, unless a page still needs one. The site of the user's own server stays. */
export async function returnLoans(): Promise<void> {
  await tryLock(LOCK, async () => {
    const loans = readLoans((await browser.storage.local.get(LOANS))[LOANS]);
    if (loans.length === 0) return;
    const own = patternOf((await readSettings()).serverAddress);
    const origins = loans.filter((pattern) => pattern !== own);
    if (origins.length > 0) await browser.permissions.remove({ origins });
    await browser.storage.local.remove(LOANS);
  });
}

async function changeLoans(change: (loans: readonly string[]) => readonly string[]): Promise<void> {
  const loans = readLoans((await browser.storage.local.get(LOANS))[LOANS]);
  await browser.storage.local.set({ [LOANS]: [...change(loans)] });
}

function readLoans(raw: unknown): readonly string[] {
  return Array.isArray(raw) ? raw.filter((item): item is string => typeof item === 'string') : [];
}
