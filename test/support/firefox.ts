import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page, TimeoutError } from 'puppeteer-core';

/** Where the unpacked Firefox build lies. */
export const FIREFOX_BUILD = join(import.meta.dirname, '../../dist/extension/firefox-mv3');
const UUID = '11111111-2222-4333-8444-555555555555';

export type FirefoxBrowser = {
  readonly browser: Browser;
  /** Opens a page of the extension in a tab. */
  openPage(path: string): Promise<Page>;
  close(): Promise<void>;
};

/** The binary of Firefox, null when there is none. */
export function findFirefox(): string | null {
  for (const name of ['firefox-esr', 'firefox']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // not under this name
    }
  }
  return null;
}

/** Starts Firefox with the built extension under a known internal id. */
export async function launchFirefox(): Promise<FirefoxBrowser> {
  const addonId = readAddonId();
  const executablePath = findFirefox();
  if (!executablePath) throw new Error('no Firefox on this machine');
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath,
    headless: true,
    args: ['--remote-allow-system-access'], // without it pages of the extension cannot be opened from outside
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [addonId]: UUID }),
      'extensions.webextOptionalPermissionPrompts': false,
    },
  });
  await browser.installExtension(FIREFOX_BUILD);
  return {
    browser,
    openPage: async (path) => {
      const page = await browser.newPage();
      // The promise of this navigation never settles: the page changes its process.
      page.goto(`moz-extension://${UUID}/${path}`).catch(() => {});
      await waitUntilThere(page);
      return page;
    },
    close: () => browser.close(),
  };
}

/** A question that is asked in the moment of that change finds no page, and fails at once: it is asked again. */
async function waitUntilThere(page: Page): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await page.waitForFunction(() => document.title.startsWith('Leadline'));
      return;
    } catch (error) {
      if (error instanceof TimeoutError || attempt === MOST_ATTEMPTS) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
const MOST_ATTEMPTS = 20;

function readAddonId(): string {
  const manifest = JSON.parse(readFileSync(join(FIREFOX_BUILD, 'manifest.json'), 'utf8')) as {
    browser_specific_settings: { gecko: { id: string } };
  }; // our own build; a missing id fails here
  return manifest.browser_specific_settings.gecko.id;
}
