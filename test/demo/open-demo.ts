import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../server/launch/browser-choice.mjs';
import { SERVER_BUNDLE } from '../../server/launch/build.mjs';
import { pairBrowser } from '../e2e/drive-import.ts';
import { ensureBrowsers } from '../run/browsers.ts';
import { CHROMIUM_BUILD, type ExtensionBrowser, freePort, launchChromium } from '../support/chromium.ts';
import { googleEnv, hubspotEnv, type SpawnedServer, salesforceEnv, spawnServer } from '../support/start-server.ts';
import { type Accounts, SHEET_ID, SHEET_TITLE, startAccounts } from './invented-accounts.ts';
import { DEMO_WORDS, markBuild, STRIP } from './mark-build.ts';

/** The product as it is shipped, on a folder that goes with it, with invented accounts for Google, HubSpot and Salesforce. */
export type Demo = {
  readonly browser: ExtensionBrowser;
  readonly server: SpawnedServer;
  readonly accounts: Accounts;
  /** Ends all of it and removes the folder. Can be called twice. */
  readonly close: () => Promise<void>;
};

/** `headless`: without a window. The browser is paired with the server when this is done. */
export async function openDemo({ headless }: { readonly headless: boolean }): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'leadline-demo-'));
  const endings: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true, maxRetries: 10 })];
  const close = async () => {
    for (let end = endings.pop(); end; end = endings.pop()) await end().catch(() => {}); // it has ended by itself
  };
  try {
    const found = findBrowser(process.platform, process.env, existsSync);
    if (!found?.loadsExtensions) await fetchChromium();
    const port = await freePort();
    const accounts = await startAccounts(`http://localhost:${port}`);
    endings.push(accounts.close);
    const { google, hubspot, salesforce } = accounts;
    const env = { ...googleEnv(google), ...hubspotEnv(hubspot), ...salesforceEnv(salesforce), LEADLINE_URL: `http://localhost:${port}` };
    const server = await spawnServer({ dataDir: join(folder, 'data'), port, bundle: SERVER_BUNDLE, env });
    endings.push(server.stop);
    const browser = await launchChromium(join(folder, 'profile'), {
      folder: markBuild(CHROMIUM_BUILD, join(folder, 'extension')),
      headless,
      forPerson: !headless,
      closedByUs: true,
      ...(found?.loadsExtensions ? { executablePath: found.path } : {}),
    });
    endings.push(browser.close);
    await showSheet(browser);
    await markServerPages(browser, server.url);
    const options = await browser.openPage('options.html');
    await pairBrowser(options, server.url, server.pairingCode ?? '');
    await options.close();
    return { browser, server, accounts, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Pages of the server, as the one after a consent, say it too; the consent pages of the stand-ins do by themselves. */
async function markServerPages({ context }: ExtensionBrowser, serverUrl: string): Promise<void> {
  await context.addInitScript(
    ([origin, css]) => {
      if (location.origin !== origin) return;
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      document.adoptedStyleSheets.push(sheet);
    },
    [serverUrl, STRIP] as const,
  );
}

/** The tests' own way to a Chromium, where the machine has none. */
async function fetchChromium(): Promise<void> {
  const missing = await ensureBrowsers(console.log);
  if (missing.includes('Chromium')) throw new Error('The demo needs Chromium: install it and run the same command again.');
}

/** A page of ours under Google's address, so that popup and panel have a sheet in front. */
async function showSheet({ context }: ExtensionBrowser): Promise<void> {
  await context.route('https://docs.google.com/**', (route) => {
    const title = route.request().url().includes(SHEET_ID) ? `${SHEET_TITLE} - Google Sheets` : 'Google Sheets';
    return route.fulfill({ contentType: 'text/html', body: `<!doctype html><title>${title}</title><h1>${DEMO_WORDS}</h1><p>${title}` });
  });
}
