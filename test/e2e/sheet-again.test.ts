import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { CLIENT, type RunningGoogle, startGoogle } from '../support/google/start-google.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, clickWhenReady, pairBrowser, readReceipt } from './drive-import.ts';

/** One sheet, imported again and again: each test goes on where the one before has ended. */
const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74Ogsince01';
const HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Company'];
const person = (name: string, at: number, company = 'Fern') => [
  name,
  'Lee',
  `${name.toLowerCase()}@acme.example`,
  `+1415555010${at}`,
  company,
];
const BAD = ['Eve', 'Ito', 'eve', '+14155550109', 'Fern'];

const work = mkdtempSync(join(tmpdir(), 'leadline-again-'));
let data: ReturnType<typeof makeDataFolder>;
let google: RunningGoogle;
let server: SpawnedServer;
let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  data = makeDataFolder();
  browser = await launchChromium(join(work, 'profile'));
  google = await startGoogle({ redirects: [`https://${browser.extensionId}.chromiumapp.org/`], emails: ['ann@example.com'] });
  server = await spawnServer({
    dataDir: data.path,
    env: { LEADLINE_GOOGLE_CLIENT_ID: CLIENT.id, LEADLINE_GOOGLE_API_URL: google.url, LEADLINE_GOOGLE_AUTH_URL: google.url },
  });
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
  page = await browser.openPage('importer.html');
  page.setDefaultTimeout(20_000);
});
afterAll(async () => {
  await browser.close().catch(() => {});
  await Promise.all([server.kill(), google.stop()]);
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

function put(rows: readonly (readonly string[])[], header: readonly string[] = HEADER): void {
  google.sheets.spreadsheets.set(ID, { id: ID, title: 'Spring roadshow', tabs: [{ gid: 0, title: 'Attendees', rows: [header, ...rows] }] });
}
const heading = (name: string | RegExp) => page.getByRole('heading', { name }).waitFor();
const linkedRow = () => page.getByRole('button', { name: /^Spring roadshow, Attendees/ });

type Stored = { readonly id: string; readonly email: string; readonly companyName: string };
async function ask(path: string, init: RequestInit = {}): Promise<Response> {
  const key = await page.evaluate(async () => (await chrome.storage.local.get('key')).key as string); // the paired browser's own
  return fetch(`${server.url}${path}`, { ...init, headers: { authorization: `Bearer ${key}`, 'Content-Type': 'application/json' } });
}
async function leads(): Promise<ReadonlyMap<string, Stored>> {
  const { leads: stored } = (await (await ask('/api/leads?limit=100')).json()) as { leads: Stored[] };
  return new Map(stored.map((lead) => [lead.email, lead]));
}

test('the first import of a sheet links it', async () => {
  put([person('Ann', 1), person('Bob', 2), person('Cem', 3), BAD]);
  await page.getByRole('button', { name: /^Google Sheets/ }).click();
  await page.getByLabel('Link or ID of the sheet').fill(`https://docs.google.com/spreadsheets/d/${ID}/edit#gid=0`);
  await page.getByRole('button', { name: 'Connect & Import' }).click();
  await heading('4 rows');
  await page.getByRole('button', { name: 'Map columns' }).click();
  await page.getByRole('button', { name: 'Check 4 rows' }).click();
  await clickWhenReady(page, 'Preview');
  expect(await clickImport(page)).toBe(3);
  expect((await readReceipt(page)).total).toBe(4);
  await page.getByRole('button', { name: 'Import another file' }).click();
  await heading('Sheets you imported before');
  expect(await linkedRow().innerText()).toContain('Imported on');
});

test('the second import brings only the changes; what was edited since stays, and rows that went are named', async () => {
  const bob = (await leads()).get('bob@acme.example');
  await ask(`/api/leads/${bob?.id}`, { method: 'PATCH', body: JSON.stringify({ companyName: 'By hand' }) });
  put([person('Dia', 4), person('Ann', 1, 'Alder'), person('Bob', 2, 'Alder'), [...BAD.slice(0, 2), 'eve@acme.example', ...BAD.slice(3)]]);
  await linkedRow().click();
  await heading(/^Since .+: 2 new, 2 changed, 1 removed$/);
  await page.getByText('One was left out the last time, and has changed.').waitFor();
  await page.getByRole('button', { name: 'Show 1' }).click();
  await page.getByText('Cem Lee').waitFor();
  await page.getByRole('button', { name: 'Preview 4 rows' }).click();
  await page.getByText('1 value of leads edited since is left alone.').waitFor();
  await page.getByText('The sheet says something else in Company (1).').waitFor();
  expect(await clickImport(page)).toBe(3);
  const receipt = await readReceipt(page);
  expect(receipt.total).toBe(4);
  const stored = await leads();
  expect([...stored.keys()].sort()).toEqual(['ann', 'bob', 'cem', 'dia', 'eve'].map((name) => `${name}@acme.example`));
  expect(stored.get('ann@acme.example')?.companyName).toBe('Alder');
  expect(stored.get('bob@acme.example')?.companyName).toBe('By hand');
  await page.getByRole('button', { name: 'Import another file' }).click();
});

test('the third time nothing is new', async () => {
  await linkedRow().click();
  await heading(/^Nothing new since /);
  await page.getByText('4 rows are as they were.').waitFor();
  await page.getByRole('button', { name: 'Done' }).click();
  await heading('Bring in your leads');
});

/** The hour is over: the sheet is due, and the background hears of it. */
async function hourLater(): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opened = indexedDB.open('leadline');
        opened.onerror = () => reject(opened.error);
        opened.onsuccess = () => {
          const database = opened.result;
          const sheets = database.transaction('sheets', 'readwrite').objectStore('sheets');
          const all = sheets.getAll();
          all.onsuccess = () => {
            for (const link of all.result) sheets.put({ ...link, nextAt: 1 });
          };
          sheets.transaction.oncomplete = () => {
            database.close();
            resolve();
          };
        };
      }),
  );
  await page.evaluate(() => chrome.runtime.sendMessage({ kind: 'wake' }));
}

test('looked at every hour: new rows come by themselves, with a line of history and an import of their own', async () => {
  await page.getByRole('button', { name: 'Schedule and history of Spring roadshow, Attendees' }).click();
  await page.getByLabel('Look for new rows').selectOption('Every hour');
  await page.getByText('While this browser runs').waitFor();
  put([person('Dia', 4), person('Ann', 1, 'Birch'), person('Bob', 2, 'Alder'), person('Eve', 9), person('Fay', 6)]);
  await hourLater();
  await page.getByText(/^Imported: 1 new lead, \d updated/).waitFor();
  await page
    .getByText(/^Today, .+, by itself$/)
    .first()
    .waitFor();
  const stored = await leads();
  expect(stored.has('fay@acme.example')).toBe(true);
  expect(stored.get('ann@acme.example')?.companyName).toBe('Birch');
  const { imports } = (await (await ask('/api/imports')).json()) as {
    imports: { source: string; total: number; undoableUntil: string | null }[];
  };
  expect(imports[0]).toMatchObject({ source: 'google-sheets', undoableUntil: expect.any(String) });
});

test('without a sign-in nobody is asked: the history and the toolbar say what is needed', async () => {
  await page.evaluate(() => chrome.storage.session.clear());
  for (const account of google.auth.accounts) account.consents = false;
  put([person('Gus', 7)]);
  const pages = browser.context.pages().length;
  await hourLater();
  await page.locator('li').getByText('Needs your Google sign-in').first().waitFor();
  expect(browser.context.pages().length).toBe(pages);
  await expect.poll(() => page.evaluate(() => chrome.action.getBadgeText({}))).toBe('!');
  expect((await leads()).has('gus@acme.example')).toBe(false);
});

test('other columns: the screen says so, and leads to the mapping', async () => {
  put([['Gus', 'Lee', 'gus@acme.example', '+14155550107', 'Fern', 'B7']], [...HEADER, 'Booth']);
  await linkedRow().click();
  await page.getByText('The columns of this sheet are other ones').waitFor();
  await page.getByRole('button', { name: 'Map 1 row' }).click();
  await heading('Match 6 columns to fields');
  await page.getByRole('button', { name: 'Check 1 row' }).waitFor();
});

test('a sheet can be forgotten; its leads stay', async () => {
  await page.getByRole('button', { name: 'Discard this draft' }).click();
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
  await page.getByRole('button', { name: 'Schedule and history of Spring roadshow, Attendees' }).click();
  const before = (await leads()).size;
  await page.getByRole('button', { name: 'Forget this sheet' }).click();
  await page.getByRole('button', { name: 'Forget it' }).click();
  await linkedRow().waitFor({ state: 'detached' });
  expect((await leads()).size).toBe(before);
});
