import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import { makeDataFolder, spawnServer } from '../support/start-server.ts';
import { pairBrowser } from './drive-import.ts';

/** The alarm of the click rings after half a minute; the rest is for a slow machine. */
const LATEST_MS = 60_000;
const IMPORT = /^Import 48 leads$/;

async function sampleToPreview(popup: Page): Promise<void> {
  await popup.getByRole('button', { name: 'Try a sample file' }).click();
  await popup.getByRole('button', { name: 'Map columns' }).click();
  await popup.getByRole('button', { name: 'Check 60 rows' }).click();
  await popup.locator('button.primary:not([aria-busy=true])', { hasText: 'Preview' }).click();
  await popup.locator('button.primary:not([aria-busy=true])', { hasText: IMPORT }).waitFor();
}

/** How many leads the server has in the end, with no page of ours open. */
async function leadsLater(dataDir: string): Promise<number> {
  const end = Date.now() + LATEST_MS;
  while (Date.now() < end && countDatabase(dataDir).leads < 48) await new Promise((resolve) => setTimeout(resolve, 250));
  return countDatabase(dataDir).leads;
}

const CLOSINGS: readonly (readonly [string, (popup: Page) => Promise<void>])[] = [
  [
    'closed right after the click',
    async (popup) => {
      await popup.getByRole('button', { name: IMPORT }).click({ noWaitAfter: true });
      await popup.close();
    },
  ],
  [
    'closed in the very turn after the one of the click',
    (popup) =>
      popup
        .getByRole('button', { name: IMPORT })
        .evaluate((button: HTMLElement) => {
          button.click();
          setTimeout(() => window.close(), 0);
        })
        // The answer may not come through any more.
        .catch(() => {}),
  ],
];

describe('a popup that is gone after the click on Import', () => {
  test.concurrent.each(CLOSINGS)('%s: the background finishes the import by itself', async (_, close) => {
    const data = makeDataFolder();
    const profile = mkdtempSync(join(tmpdir(), 'leadline-profile-'));
    const server = await spawnServer({ dataDir: data.path });
    const browser = await launchChromium(profile);
    try {
      const options = await browser.openPage('options.html');
      await pairBrowser(options, server.url, server.pairingCode ?? '');
      await options.close();
      const popup = await browser.openPopup();
      await sampleToPreview(popup);
      await close(popup);
      expect(await leadsLater(data.path)).toBe(48);
      const open = browser.context.pages().map((page) => page.url());
      expect(open.filter((url) => url.startsWith('chrome-extension:'))).toEqual([]);
    } finally {
      await browser.close().catch(() => {});
      await server.kill();
      data.remove();
      rmSync(profile, { recursive: true, force: true });
    }
  });
});
