import { browser } from './browser.ts';

/**
 * The address of the page in front, as far as the user has shown it to us: by the click on the toolbar button, or by a
 * permission for its site. Null otherwise. In a tab of our own it is that tab.
 */
export async function readFrontPage(): Promise<string | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.url ?? null;
}

/** Calls `listener` when another page is in front; gives the way to stop. */
export function watchFrontPage(listener: () => void): () => void {
  browser.tabs.onActivated.addListener(listener);
  return () => browser.tabs.onActivated.removeListener(listener);
}
