import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import type { FakeTab } from '../support/google/fake-sheets.ts';
import { ERRORS, type GoogleError } from '../support/google/google-errors.ts';
import { CLIENT, type RunningGoogle, startGoogle } from '../support/google/start-google.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, clickWhenReady, closeReceipt, pairBrowser, readReceipt } from './drive-import.ts';

const HEADER = ['First name', 'Last name', 'Email', 'Phone'];
const person = (at: number) => [`Ann${at}`, 'Lee', `ann${at}@acme.example`, `+1415${5_550_000 + at}`];
const people = (count: number, from = 0) => Array.from({ length: count }, (_, at) => person(from + at));
const CHART: FakeTab = { gid: 7, title: 'Chart 1', sheetType: 'OBJECT', rows: [] };

const work = mkdtempSync(join(tmpdir(), 'leadline-sheet-'));
let data: ReturnType<typeof makeDataFolder>;
let google: RunningGoogle;
let server: SpawnedServer;
let browser: ExtensionBrowser;
let page: Page;
/** Each test has a spreadsheet of its own: one that was imported before is known again. */
let id = '';
let tests = 0;

beforeAll(async () => {
  data = makeDataFolder();
  browser = await launchChromium(join(work, 'profile'));
  google = await startGoogle({
    redirects: [`https://${browser.extensionId}.chromiumapp.org/`],
    emails: ['ann@example.com', 'bob@example.com'],
  });
  server = await spawnServer({
    dataDir: data.path,
    env: { LEADLINE_GOOGLE_CLIENT_ID: CLIENT.id, LEADLINE_GOOGLE_API_URL: google.url, LEADLINE_GOOGLE_AUTH_URL: google.url },
  });
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
});
afterAll(async () => {
  await browser.close().catch(() => {});
  await Promise.all([server.kill(), google.stop()]);
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

/** Nobody is signed in, and the sheet is as given. */
beforeEach(async () => {
  tests++;
  id = `1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2u${String(tests).padStart(3, '0')}`;
  page = await browser.openPage('importer.html');
  page.setDefaultTimeout(15_000);
  await page.evaluate(async () => {
    await chrome.storage.session.clear();
    await chrome.storage.local.remove('googleAccount');
  });
  await page.reload();
  await page.locator('main h1').first().waitFor();
  const discard = page.getByRole('button', { name: 'Discard this draft' });
  if (await discard.isVisible()) await discardDraft();
  google.auth.person = 'allows';
  for (const account of google.auth.accounts) account.consents = false;
  google.sheets.before = () => null;
  put([{ gid: 0, title: 'Leads', rows: [HEADER, ...people(3)] }]);
  return () => page.close().catch(() => {});
});

function put(tabs: readonly FakeTab[], more: object = {}): void {
  google.sheets.spreadsheets.set(id, { id, title: 'Spring roadshow', tabs, ...more });
}
function answerWith(error: GoogleError): void {
  google.sheets.before = () => error;
}
async function connect(link = `https://docs.google.com/spreadsheets/d/${id}/edit#gid=0`): Promise<void> {
  await page.getByRole('button', { name: /^Google Sheets/ }).click();
  await page.getByLabel('Link or ID of the sheet').fill(link);
  await page.getByRole('button', { name: 'Connect & Import' }).click();
}
/** From the cells that were read to the receipt. */
async function importAll(rows: number): Promise<void> {
  await page.getByRole('heading', { name: `${rows} rows` }).waitFor();
  await page.getByRole('button', { name: 'Map columns' }).click();
  await page.getByRole('button', { name: `Check ${rows} rows` }).click();
  await clickWhenReady(page, 'Preview');
  expect(await clickImport(page)).toBe(rows);
  expect((await readReceipt(page)).total).toBe(rows);
}
async function discardDraft(): Promise<void> {
  await page.getByRole('button', { name: 'Discard this draft' }).click();
  await page.getByRole('button', { name: 'Discard', exact: true }).click();
}
const heading = (name: string | RegExp) => page.getByRole('heading', { name }).waitFor();

test('from a link to the receipt: the person says yes on Google’s own page, and the history knows the sheet', async () => {
  google.auth.person = 'page';
  const consent = browser.context.waitForEvent('page');
  await connect();
  await heading('Waiting for Google');
  await (await consent).locator('#allows').click();
  await importAll(3);
  expect(countDatabase(data.path).leads).toBe(3);
  const key = await page.evaluate(async () => (await chrome.storage.local.get('key')).key as string); // the paired browser's own
  const answer = await fetch(`${server.url}/api/imports`, { headers: { authorization: `Bearer ${key}` } });
  const { imports } = (await answer.json()) as { imports: { source: string; fileName: string }[] };
  expect(imports[0]).toMatchObject({ source: 'google-sheets', fileName: 'Spring roadshow - Leads' });
  await closeReceipt(page);
});

test('the token stays in this browser’s session and is never written down for longer', async () => {
  await connect();
  await heading('3 rows');
  const kept = await page.evaluate(async () => [
    JSON.stringify(await chrome.storage.session.get()),
    JSON.stringify(await chrome.storage.local.get()),
  ]);
  expect(kept[0]).toContain('ya29.');
  expect(kept[1]).not.toContain('ya29.');
  await discardDraft();
});

test('tabs are named: hidden ones are off until wanted, charts cannot be chosen, and a range can be given', async () => {
  put([
    { gid: 0, title: 'Leads', rows: [HEADER, ...people(3)] },
    { gid: 5, title: 'Old', hidden: true, rows: [HEADER, ...people(8, 100)] },
    CHART,
  ]);
  await connect();
  await heading('Choose what to read');
  await page.getByText('1 hidden tab is left out: “Old”.').waitFor();
  await page.getByText('“Chart 1” is a chart, without rows.').waitFor();
  const tabs = page.getByLabel('Tab', { exact: true });
  expect(await tabs.locator('option').allInnerTexts()).toEqual(['Leads']);
  await page.getByRole('button', { name: 'Include it' }).click();
  await tabs.selectOption('Old (hidden)');
  await page.getByLabel('Range').fill('A to F');
  await page.getByRole('button', { name: 'Read this tab' }).click();
  await page.getByRole('alert').getByText('This is no range').waitFor();
  await page.getByLabel('Range').fill('A1:D6');
  await page.getByRole('button', { name: 'Read this tab' }).click();
  await heading('5 rows');
  await discardDraft();
});

test('hidden and filtered rows are named and left out, errors of formulas are named', async () => {
  const rows = [[...HEADER, 'Company'], [...person(0), 'Acme'], ...people(3, 1), ['Bea', 'Lee', '#N/A', '+14155559999']];
  const merges = [{ sheetId: 0, startRowIndex: 1, endRowIndex: 3, startColumnIndex: 4, endColumnIndex: 5 }];
  put([{ gid: 0, title: 'Leads', rows, merges, hiddenRows: [2], filteredRows: [3] }]);
  await connect();
  await page.getByText('2 hidden rows are left out.').waitFor();
  await page.getByRole('button', { name: 'Include them' }).click();
  await page.getByText('2 hidden rows are included.').waitFor();
  await page.getByText('1 cell shows an error, as “#N/A”').waitFor();
  await page.getByText('1 blank cell under merged ones has the text of the cell above.').waitFor();
  await discardDraft();
});

test('with a token: token, ID and name are all it needs, and nobody signs in', async () => {
  put([
    { gid: 0, title: 'Other', rows: [HEADER] },
    { gid: 3, title: 'Leads', rows: [HEADER, ...people(2, 500)] },
  ]);
  const signIns = google.auth.requests.length;
  await page.getByRole('button', { name: /^Google Sheets/ }).click();
  await page.getByRole('button', { name: 'Use an access token instead' }).click();
  await page.getByLabel('Access token').fill(google.auth.grant('ann@example.com'));
  await page.getByLabel('Spreadsheet ID').fill(id);
  await page.getByLabel('Sheet name').fill('Leads');
  await page.getByLabel('Sheet name').press('Enter');
  await importAll(2);
  expect(google.auth.requests.length).toBe(signIns);
  const stored = await page.evaluate(async () => JSON.stringify([await chrome.storage.session.get(), await chrome.storage.local.get()]));
  expect(stored).not.toContain('ya29.');
  await closeReceipt(page);
});

test('a sign-in that is closed, then another account, then the sheet', async () => {
  google.auth.person = 'page';
  put([{ gid: 0, title: 'Leads', rows: [HEADER, ...people(3)] }], { readers: ['bob@example.com'] });
  const opened = browser.context.waitForEvent('page');
  await connect();
  await (await opened).close();
  await page.getByRole('alert').getByText('window was closed').waitFor();
  google.auth.person = 'denies';
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('alert').getByText('not to let Leadline in').waitFor();
  google.auth.person = 'allows';
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await page.getByRole('alert').getByText('ann@example.com can’t open this sheet').waitFor();
  google.auth.accounts.reverse();
  await page.getByRole('button', { name: 'Use another account' }).click();
  await heading('3 rows');
  google.auth.accounts.reverse();
  await discardDraft();
});

test('a token that Google took back in the middle is renewed without a question', async () => {
  let refusals = 1;
  google.sheets.before = (url) => (url.search.includes('UNFORMATTED') && refusals-- > 0 ? ERRORS.noToken : null);
  await connect();
  await heading('3 rows');
  await discardDraft();
});

test('Google’s wish to wait is shown in seconds, and reading can be stopped', async () => {
  google.sheets.before = (url) => (url.pathname.includes('values') ? ERRORS.quota : null);
  await connect();
  await page.getByText(/Google asks us to wait (?:30|29|28) seconds/).waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await heading('Choose what to read');
  google.sheets.before = () => null;
  await page.getByRole('button', { name: 'Read this tab' }).click();
  await heading('3 rows');
  await discardDraft();
});

describe('a sheet that cannot be read says why, each in its own words', () => {
  const tab = (more: Partial<FakeTab>): FakeTab => ({ gid: 0, title: 'Leads', rows: [HEADER, ...people(1)], ...more });
  const TROUBLES: readonly (readonly [string, () => void, string])[] = [
    ['deleted', () => google.sheets.spreadsheets.delete(id), 'Google has no such sheet'],
    ['private', () => put([tab({})], { readers: ['zoe@example.com'] }), 'can’t open this sheet'],
    ['not a spreadsheet', () => put([tab({})], { isOffice: true }), 'an Excel file in Google Drive'],
    ['an empty tab', () => put([tab({ rows: [] })]), 'nothing in these cells of “Leads”'],
    ['no tab of this number', () => put([tab({ gid: 9 }), tab({ gid: 8, title: 'B' })]), 'tab of this link is not there'],
    ['the API is off', () => answerWith(ERRORS.apiDisabled), 'Sheets API is switched off'],
    ['a missing scope', () => answerWith(ERRORS.scopeMissing), 'doesn’t cover reading sheets'],
    ['over the limit', () => put([tab({ rows: [HEADER, ['x'.repeat(11 * 1024 * 1024)]] })]), 'more than 10 MB of text'],
  ];
  test.each(TROUBLES)('%s', async (_what, arrange, words) => {
    arrange();
    await connect();
    await page.getByRole('alert').getByText(words).waitFor();
    await page.getByRole('button', { name: 'Back' }).click();
    await heading('Bring in your leads');
  });
  test('a published page is got as a CSV link', async () => {
    await connect(`https://docs.google.com/spreadsheets/d/e/2PACX-${'a'.repeat(60)}/pubhtml?gid=4`);
    await page.getByRole('button', { name: 'Get the CSV file' }).click();
    await page.getByRole('button', { name: 'Allow docs.google.com' }).waitFor();
  });
  test('what is no link to a sheet is told in the field', async () => {
    await connect('https://docs.google.com/document/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit');
    await page.getByRole('alert').getByText('another kind of Google document').waitFor();
  });
});

test('70,000 rows are read and put together away from the page, which shows how far it is', async () => {
  put([{ gid: 0, title: 'Leads', rows: [HEADER, ...people(70_000)] }]);
  await connect();
  await page.getByText(/^[1-9][\d,]* of 70,001 rows/).waitFor();
  await heading('70,000 rows');
  // What a worker asks for is not among what its page asks for.
  const asked = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  expect(asked.filter((name) => name.includes('/v4/spreadsheets/'))).toHaveLength(1);
  expect(google.sheets.requests.filter((line) => line.includes('values:batchGet')).length).toBeGreaterThan(5);
  await discardDraft();
});
