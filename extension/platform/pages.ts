import { browser, isFirefox } from './browser.ts';

/** Our own pages, and the ways between them. A draft goes along by its id: it is saved, not handed over. */

/** Says whether a file dialog must be opened in a tab: Firefox closes a popup as soon as the dialog shows. */
export function dialogNeedsTab(place: 'popup' | 'tab' | 'panel'): boolean {
  return isFirefox && place === 'popup';
}

/**
 * Opens the importer in a tab of its own; `draftId` null: with whatever draft waits. `choose`: the tab shows its Choose
 * file button first, ready for Enter. `link`: it takes the link that was posted.
 */
export async function openImporterTab(draftId: string | null, wish: PageHash['wish'] = null): Promise<void> {
  const hash = new URLSearchParams({ ...(draftId === null ? {} : { draft: draftId }), ...(wish === null ? {} : { [wish]: '1' }) });
  await browser.tabs.create({ url: `${browser.runtime.getURL('/importer.html')}#${hash}` });
}

/** The hand-over of the Firefox popup before the dialog; the popup closes itself afterwards. */
export async function openDialogInTab(draftId: string): Promise<void> {
  await openImporterTab(draftId, 'choose');
  globalThis.close();
}

export type PageHash = { readonly draftId: string | null; readonly wish: 'choose' | 'link' | null };

/** What an importer tab was opened with: `#draft=<id>&choose=1`. */
export function readPageHash(hash: string): PageHash {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const draftId = given.get('draft');
  const wish = (['choose', 'link'] as const).find((name) => given.get(name) === '1') ?? null;
  return { draftId: draftId && /^[\w-]{1,64}$/.test(draftId) ? draftId : null, wish };
}

/** Opens the workspace in a tab; `hash` is a place in it (`#/leads?…`), none is its first page. */
export async function openWorkspaceTab(hash = ''): Promise<void> {
  await browser.tabs.create({ url: `${browser.runtime.getURL('/workspace.html')}${hash}` });
}

/** Opens an address of the web (http or https) in a tab. */
export async function openAddress(address: string): Promise<void> {
  await browser.tabs.create({ url: address });
}

/** The options page, where pairing is. */
export async function openOptions(): Promise<void> {
  await browser.runtime.openOptionsPage();
}

/**
 * Finds out the window first, so that the function it gives can open the side panel as the first statement of a click:
 * one await before it and the browser refuses. Null where there is no panel.
 */
export async function preparePanel(): Promise<(() => Promise<void>) | null> {
  if (isFirefox) return () => sidebar().open();
  if (!browser.sidePanel?.open) return null;
  const { id } = await browser.windows.getCurrent();
  return id === undefined ? null : () => browser.sidePanel.open({ windowId: id });
}

/**
 * Opens the side panel of a window. Call it as the first statement of a click. Rejects where there is none, or where the
 * browser saw no click.
 */
export function openPanel(windowId: number | null): Promise<void> {
  if (isFirefox) return sidebar().open();
  if (windowId === null || !browser.sidePanel?.open) return Promise.reject(new Error('no side panel here'));
  return browser.sidePanel.open({ windowId });
}

function sidebar(): { open(): Promise<void> } {
  return (browser as unknown as { sidebarAction: { open(): Promise<void> } }).sidebarAction; // Firefox only; the shared types leave it out
}
