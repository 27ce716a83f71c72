import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_FILE_BYTES } from '#shared/limits.ts';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import { countExpected } from '../support/count-leads.ts';
import { type LeadFile, makeLeadFile } from '../support/make-leads.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, goToPreview, pairBrowser, readReceipt, type ShownReceipt } from './drive-import.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'leadline-e2e-'));
let big: LeadFile;
let bigPath: string;

beforeAll(() => {
  big = makeLeadFile({ maxBytes: MAX_FILE_BYTES });
  bigPath = join(FOLDER, 'leads.csv');
  writeFileSync(bigPath, big.bytes);
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

/** A paired browser and a server of its own, taken down after the work. */
async function withImporter(
  work: (at: { browser: ExtensionBrowser; server: SpawnedServer; dataDir: string }) => Promise<void>,
): Promise<void> {
  const data = makeDataFolder();
  const profile = mkdtempSync(join(tmpdir(), 'leadline-profile-'));
  const server = await spawnServer({ dataDir: data.path });
  const browser = await launchChromium(profile);
  try {
    const options = await browser.openPage('options.html');
    await pairBrowser(options, server.url, server.pairingCode ?? '');
    await options.close();
    await work({ browser, server, dataDir: data.path });
  } finally {
    await browser.close().catch(() => {});
    await server.kill();
    data.remove();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** The receipt on the screen, the generator's own count and the database say the same. */
function expectTruth(shown: ShownReceipt, file: LeadFile, dataDir: string): void {
  const expected = countExpected(file.rows);
  const database = countDatabase(dataDir);
  expect(Object.fromEntries(shown.rows)).toEqual({
    'new leads': expected.created,
    'already there, or twice in the file': expected.duplicate,
    'for you to decide, not written': expected.review,
    'invalid, not written': expected.rejected,
  });
  expect(shown.total).toBe(expected.total);
  expect([...shown.rows.values()].reduce((sum, count) => sum + count, 0)).toBe(shown.total);
  expect(Object.fromEntries(database.buckets)).toEqual({
    created: expected.created,
    duplicate: expected.duplicate,
    review: expected.review,
    rejected: expected.rejected,
  });
  expect(database).toMatchObject({ leads: expected.created, rows: expected.total, doubledEmails: 0, isIntact: true });
}

/** Waits until the server holds rows of an import, so that the next step happens in the middle of it. */
async function waitForRows(dataDir: string, most: number): Promise<number> {
  for (let attempt = 0; attempt < 2_000; attempt++) {
    const { rows } = countDatabase(dataDir);
    if (rows > 0) {
      expect(rows, 'the import had ended before it was disturbed').toBeLessThan(most);
      return rows;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('no row arrived');
}

describe('a 10 MB file goes from the extension to the server, every row counted once', () => {
  test('in a tab, from choosing the file to the receipt and the rejected rows', async () => {
    await withImporter(async ({ browser, dataDir }) => {
      const page = await browser.openPage('importer.html');
      await goToPreview(page, bigPath, 'Big file');
      const number = await clickImport(page);
      const shown = await readReceipt(page);
      expectTruth(shown, big, dataDir);
      expect(number).toBe(countExpected(big.rows).created);
      expect(shown.headline).toContain('saved to Big file');
      expect(await downloadedLines(page)).toBe(countExpected(big.rows).rejected);
    });
  });

  test('through the real toolbar popup, closed half-way', async () => {
    await withImporter(async ({ browser, dataDir }) => {
      const popup = await browser.openPopup();
      await goToPreview(popup, bigPath, 'From the popup');
      await clickImport(popup);
      await waitForRows(dataDir, big.rows.length);
      await popup.close();
      const page = await browser.openPage('importer.html');
      expectTruth(await readReceipt(page), big, dataDir);
    });
  });

  test('with the service worker stopped half-way', async () => {
    await withImporter(async ({ browser, dataDir }) => {
      const page = await browser.openPage('importer.html');
      await goToPreview(page, bigPath, 'Worker stopped');
      await clickImport(page);
      const before = await waitForRows(dataDir, big.rows.length);
      await browser.stopServiceWorkers();
      expect(before).toBeGreaterThan(0);
      expectTruth(await readReceipt(page), big, dataDir);
    });
  });

  test('with the server killed half-way and started again', async () => {
    await withImporter(async ({ browser, server, dataDir }) => {
      const page = await browser.openPage('importer.html');
      await goToPreview(page, bigPath, 'Server killed');
      await clickImport(page);
      await waitForRows(dataDir, big.rows.length);
      await server.kill();
      const again = await spawnServer({ dataDir, port: server.port });
      try {
        expectTruth(await readReceipt(page), big, dataDir);
      } finally {
        await again.kill();
      }
    });
  });
});

/** Downloads the rejected rows from the receipt and counts the data records. */
async function downloadedLines(page: Page): Promise<number> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /^Download [\d,]+ rejected/ }).click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  // Each record ends with our own columns; line breaks inside quotes belong to notes.
  return text.split(/\r\n/).filter((line) => line !== '').length - 1;
}
