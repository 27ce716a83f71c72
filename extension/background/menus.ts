import { onLinkMenu } from '../platform/link-menu.ts';
import { postLink } from '../platform/link-slot.ts';
import { openImporterTab, openPanel } from '../platform/pages.ts';

/** Registers the menu of links: a click opens the panel of its window, and posts the link for it. */
export function startMenus(): void {
  onLinkMenu(({ address, windowId }) => {
    const opened = openPanel(windowId); // first: with one await before it the browser refuses
    void handOver(address, windowId, opened);
  });
}

async function handOver(address: string, windowId: number | null, opened: Promise<void>): Promise<void> {
  await postLink({ kind: 'file', address, windowId });
  try {
    await opened;
  } catch {
    // No panel here, or the browser saw no click: a tab does the same.
    await openImporterTab(null, 'link');
  }
}
