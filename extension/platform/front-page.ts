import { browser } from './browser.ts';

/** The page in front: its address and its title. */
export type FrontPage = { readonly address: string; readonly title: string };

/**
 * The page in front of this window, as far as the user has shown it to us: by the click on the toolbar button, or by a
 * permission for its site. Null otherwise. In a tab of our own it is that tab.
 */
export async function readFrontPage(): Promise<FrontPage | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.url ? { address: tab.url, title: tab.title ?? '' } : null;
}

/** A click on the toolbar button shows us a page, which the browser tells no page of ours that is open already. */
const SHOWN = 'leadline-page-shown';

/** Tells the panel that the toolbar button was clicked. */
export function tellPageShown(): void {
  const channel = new BroadcastChannel(SHOWN);
  channel.postMessage(null);
  channel.close();
}

/**
 * Calls `listener` when another page may be in front: another tab or window, another address or title in the same tab, a
 * click on the toolbar button, or a site that was allowed or taken back. Gives the way to stop.
 */
export function watchFrontPage(listener: () => void): () => void {
  const look = () => listener();
  // What changed is told only of pages we may see; that something did is told of every one.
  const onUpdated = (_id: number, _change: unknown, tab: { readonly active: boolean }) => {
    if (tab.active) listener();
  };
  const shown = new BroadcastChannel(SHOWN);
  shown.onmessage = look;
  browser.tabs.onActivated.addListener(look);
  browser.tabs.onUpdated.addListener(onUpdated);
  browser.windows.onFocusChanged.addListener(look);
  browser.permissions.onAdded.addListener(look);
  browser.permissions.onRemoved.addListener(look);
  return () => {
    shown.close();
    browser.tabs.onActivated.removeListener(look);
    browser.tabs.onUpdated.removeListener(onUpdated);
    browser.windows.onFocusChanged.removeListener(look);
    browser.permissions.onAdded.removeListener(look);
    browser.permissions.onRemoved.removeListener(look);
  };
}
