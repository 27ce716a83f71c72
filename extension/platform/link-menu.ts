import { browser } from './browser.ts';

/** What of the right mouse button's menu is ours. */

const ON_LINK = 'import-link';
const ON_PAGE = 'import-page';
/** Pages that are a file of rows, by their address; the browser compares path and query together, and case counts. */
const TABLE_PAGES = ['csv', 'CSV', 'tsv', 'tab', 'txt', 'xlsx', 'xlsm'].flatMap((ending) => [`*://*/*.${ending}`, `*://*/*.${ending}?*`]);
const CSV_EXPORTS = ['*://*/*format=csv*', '*://*/*output=csv*', '*://*/*out:csv*'];

/** What was clicked on: the link, or the open page itself, and the window. */
export type MenuClick = { readonly address: string; readonly windowId: number | null };

/** Puts the two entries into the menu, in the place of those of an older version. */
export async function makeLinkMenu(): Promise<void> {
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: ON_LINK, title: 'Import leads from this link', contexts: ['link'] });
  browser.contextMenus.create({
    id: ON_PAGE,
    title: 'Import leads from this page',
    contexts: ['page', 'selection'],
    documentUrlPatterns: [...TABLE_PAGES, ...CSV_EXPORTS],
  });
}

/** Calls `listener` in the click itself: what a browser allows to a click only has to be its first statement. */
export function onLinkMenu(listener: (click: MenuClick) => void): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const address = info.menuItemId === ON_LINK ? info.linkUrl : info.menuItemId === ON_PAGE ? info.pageUrl : undefined;
    if (address !== undefined) listener({ address, windowId: tab?.windowId ?? null });
  });
}
