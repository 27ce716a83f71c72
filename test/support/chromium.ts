import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

export type ExtensionBrowser = {
  readonly context: BrowserContext;
  readonly extensionId: string;
  /** Opens a page of the extension in a tab. */
  openPage(path: string): Promise<Page>;
  /** Opens the real toolbar popup by the action and returns it as a page. */
  openPopup(): Promise<Page>;
  /** A real click on the toolbar button over a tab, which shows that page to the extension; the popup it opens. */
  clickAction(tab: Page): Promise<Page>;
  /** The real side panel, which is no tab: it is found over the debugging port. */
  findPanel(): Promise<Page>;
  /** Stops the service worker as the browser does, over raw protocol, without attaching to it. */
  stopServiceWorkers(): Promise<void>;
  close(): Promise<void>;
};

export type LaunchOptions = {
  readonly colorScheme?: 'light' | 'dark';
  /** Another build than `CHROMIUM_BUILD`. */
  readonly folder?: string;
  readonly args?: readonly string[];
  /** False needs a display. */
  readonly headless?: boolean;
  /** Another browser than the one `findChromium` finds. */
  readonly executablePath?: string;
  /** A person uses it: a page is as large as its window, and the sandbox is on where the browser allows it. */
  readonly forPerson?: boolean;
  /** Whoever starts it hears of Ctrl-C and closes it; otherwise Playwright ends the whole process then. */
  readonly closedByUs?: boolean;
};

/** Where the unpacked Chromium build lies. */
export const CHROMIUM_BUILD = join(import.meta.dirname, '../../dist/extension/chrome-mv3');

/** The browser's binary: the system's Chromium, else the one Playwright knows. Null when there is none. */
export function findChromium(): string | null {
  for (const name of ['chromium', 'chromium-browser']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // not under this name
    }
  }
  return null;
}

/** Starts Chromium with the built extension. The same profile folder keeps drafts and outbox over a restart. */
export async function launchChromium(profileDir: string, options: LaunchOptions = {}): Promise<ExtensionBrowser> {
  const executablePath = options.executablePath ?? findChromium();
  const { folder = CHROMIUM_BUILD } = options;
  const isSandboxed = options.forPerson === true && process.getuid?.() !== 0; // Chromium does not start for root otherwise
  const port = await freePort();
  const context = await chromium.launchPersistentContext(profileDir, {
    ...(executablePath ? { executablePath } : { channel: 'chromium' }),
    headless: options.headless ?? true,
    acceptDownloads: true,
    viewport: options.forPerson ? null : { width: 1280, height: 860 },
    chromiumSandbox: isSandboxed,
    ...(options.closedByUs ? { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false } : {}),
    ...(options.colorScheme ? { colorScheme: options.colorScheme } : {}),
    args: [
      ...(isSandboxed ? [] : ['--no-sandbox']),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--remote-debugging-port=${port}`,
      '--enable-unsafe-extension-debugging', // without it nobody but a person can click the toolbar button
      `--disable-extensions-except=${folder}`,
      `--load-extension=${folder}`,
      ...(options.args ?? []),
    ],
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  const extensionId = worker.url().split('/')[2] ?? '';
  return {
    context,
    extensionId,
    openPage: (path) => openPage(context, `chrome-extension://${extensionId}/${path}`),
    openPopup: async () => {
      await worker.evaluate(() => chrome.action.openPopup());
      return findPage(port, extensionId, 'popup.html');
    },
    clickAction: async (tab) => {
      await triggerAction(context, tab, extensionId);
      return findPage(port, extensionId, 'popup.html');
    },
    findPanel: () => findPage(port, extensionId, 'sidepanel.html'),
    stopServiceWorkers: () => stopServiceWorkers(context),
    close: () => context.close(),
  };
}

async function openPage(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** By the browser's own protocol: what is asked of a tab counts as the click of a person. */
async function triggerAction(context: BrowserContext, tab: Page, extensionId: string): Promise<void> {
  await tab.bringToFront();
  const session = await context.browser()?.newBrowserCDPSession();
  if (!session) throw new Error('no browser to ask');
  const { targetInfos } = await session.send('Target.getTargets', { filter: [{ type: 'tab' }] });
  const target = targetInfos.find(({ url }) => url === tab.url());
  // Newer than the protocol's types.
  await session.send('Extensions.triggerAction' as 'Target.getTargets', { id: extensionId, targetId: target?.targetId } as object);
  await session.detach();
}

/** A page that is no tab: popup and panel, in whatever window. */
async function findPage(port: number, extensionId: string, path: string): Promise<Page> {
  for (let attempt = 0; attempt < 30; attempt++) {
    // Whoever is connected already is not told of a page that is no tab.
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const pages = browser.contexts().flatMap((context) => context.pages());
    const found = pages.find((page) => page.url().startsWith(`chrome-extension://${extensionId}/${path}`));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${path} did not open`);
}

async function stopServiceWorkers(context: BrowserContext): Promise<void> {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await session.detach();
}

/** A port nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
