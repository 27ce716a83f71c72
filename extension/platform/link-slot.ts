import { browser } from './browser.ts';

/** What was clicked on in one page and waits for the panel of its window. One slot: the last click counts. */
export type PostedLink = TakenLink & {
  /** The window it was clicked in; null when the browser does not say. */
  readonly windowId: number | null;
};
/** A link to a file, or the address of a Google Sheet that is to be read as one. */
export type TakenLink = {
  readonly kind: 'file' | 'sheet';
  /** As the page has it: whatever people put in a link. */
  readonly address: string;
};

const SLOT = 'postedLink';

/** Posts a link. It lies in memory until it is taken or the browser closes. */
export async function postLink(link: PostedLink): Promise<void> {
  // Posted twice it is another click: the time makes the browser tell of it again.
  await browser.storage.session.set({ [SLOT]: { ...link, at: Date.now() } });
}

/** The window of this page; null when the browser does not say. Known beforehand, a link can be posted in a click itself. */
export async function findWindow(): Promise<number | null> {
  return (await browser.windows.getCurrent()).id ?? null;
}

/** Takes the link that waits for this window, if there is one. */
export async function takeLink(): Promise<TakenLink | null> {
  const waiting = readPosted((await browser.storage.session.get(SLOT))[SLOT]);
  if (!waiting || !(await isForThisWindow(waiting))) return null;
  await browser.storage.session.remove(SLOT);
  return { kind: waiting.kind, address: waiting.address };
}

/** Calls `listener` with each link that is posted for this window from now on; gives the way to stop. */
export function watchLinks(listener: (link: TakenLink) => void): () => void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>) => {
    if (changes[SLOT]?.newValue === undefined) return;
    void takeLink().then((link) => {
      if (link) listener(link);
    });
  };
  browser.storage.session.onChanged.addListener(onChanged);
  return () => browser.storage.session.onChanged.removeListener(onChanged);
}

async function isForThisWindow({ windowId }: PostedLink): Promise<boolean> {
  return windowId === null || (await findWindow()) === windowId;
}

function readPosted(raw: unknown): PostedLink | null {
  if (typeof raw !== 'object' || raw === null || !('address' in raw) || typeof raw.address !== 'string') return null;
  const kind = 'kind' in raw && raw.kind === 'sheet' ? 'sheet' : 'file';
  return { kind, address: raw.address, windowId: 'windowId' in raw && typeof raw.windowId === 'number' ? raw.windowId : null };
}
