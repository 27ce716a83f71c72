import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countDatabase } from '../support/count-database.ts';
import { countExpected } from '../support/count-leads.ts';
import { type FirefoxBrowser, launchFirefox } from '../support/firefox.ts';
import { makeLeadFile } from '../support/make-leads.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickButton, newPage, pairFirefox, waitForText } from './drive-firefox.ts';

const FOLDER = mkdtempSync(join(tmpdir(), 'leadline-firefox-'));
const data = makeDataFolder();
const leads = makeLeadFile({ rowCount: 1_000 });
const file = join(FOLDER, 'leads.csv');
let server: SpawnedServer;
let firefox: FirefoxBrowser;

beforeAll(async () => {
  writeFileSync(file, leads.bytes);
  server = await spawnServer({ dataDir: data.path });
  firefox = await launchFirefox();
  await pairFirefox(firefox, server.url, server.pairingCode ?? '');
});
afterAll(async () => {
  await firefox?.close();
  await server?.kill();
  data.remove();
  rmSync(FOLDER, { recursive: true, force: true });
});

test('in Firefox the popup hands over to a tab before the file dialog, and 1,000 rows are imported there, each counted once', async () => {
  const popup = await firefox.openPage('popup.html');
  const before = new Set(await firefox.browser.pages());
  await clickButton(popup, /^Choose file$/);
  const page = await newPage(firefox, before);
  const input = await page.waitForSelector('input[type=file]');
  await (input as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(file); // the selector names an input
  await clickButton(page, /^Map columns$/);
  await clickButton(page, /^Check [\d,]+ rows$/);
  await clickButton(page, /^Preview$/);
  await clickButton(page, /^Import [\d,]+ leads$/);
  await waitForText(page, 'in the file, each counted once');
  const expected = countExpected(leads.rows);
  const database = countDatabase(data.path);
  expect(Object.fromEntries(database.buckets)).toEqual({
    created: expected.created,
    duplicate: expected.duplicate,
    review: expected.review,
    rejected: expected.rejected,
  });
  expect(database.rows).toBe(1_000);
  expect(await page.$eval('.sum .num', (element) => element.textContent)).toMatch(/^1.?000$/);
});
