import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countDatabase } from '../support/count-database.ts';
import { countExpected } from '../support/count-leads.ts';
import { type FirefoxBrowser, launchFirefox } from '../support/firefox.ts';
import { makeLeadFile } from '../support/make-leads.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';

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
  const options = await firefox.openPage('options.html');
  await fill(options, '#server-address', server.url);
  await fill(options, '#pair-code', server.pairingCode ?? '');
  await clickButton(options, /^Pair$/);
  await waitForText(options, 'Connected');
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
  const page = await newPage(before);
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

/** The tab that was not there before, by its title: its address cannot be seen from outside. */
async function newPage(before: ReadonlySet<Page>): Promise<Page> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const page = (await firefox.browser.pages()).find((candidate) => !before.has(candidate));
    if (page) return page;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('no tab opened');
}

async function fill(page: Page, selector: string, text: string): Promise<void> {
  const input = await page.waitForSelector(selector);
  await page.$eval(selector, (element) => {
    (element as HTMLInputElement).value = ''; // the selector names an input
  });
  await input?.type(text);
}

/** Waits until the button is there and not busy or off, then clicks it. */
async function clickButton(page: Page, name: RegExp): Promise<void> {
  const handle = await page.waitForFunction(
    (pattern) =>
      [...document.querySelectorAll('button')].find(
        (button) =>
          new RegExp(pattern).test(button.innerText.trim()) &&
          button.getAttribute('aria-busy') !== 'true' &&
          button.getAttribute('aria-disabled') !== 'true',
      ),
    { timeout: 60_000 },
    name.source,
  );
  await (handle as unknown as { click(): Promise<void> }).click(); // the function gives a button
}

async function waitForText(page: Page, text: string): Promise<void> {
  await page.waitForFunction((wanted) => document.body.innerText.includes(wanted), { timeout: 90_000 }, text);
}
