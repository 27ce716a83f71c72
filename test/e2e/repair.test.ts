import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, clickWhenReady, closeReceipt, goToPreview, pairBrowser, readReceipt } from './drive-import.ts';

const HEAD = 'First Name,Last Name,Email,Phone,Other Phone';
const PEOPLE = 40;
const data = makeDataFolder();
const folder = mkdtempSync(join(tmpdir(), 'leadline-repair-'));
let server: SpawnedServer;
let browser: ExtensionBrowser;

beforeAll(async () => {
  server = await spawnServer({ dataDir: data.path });
  browser = await launchChromium(join(folder, 'profile'));
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
  writeFileSync(join(folder, 'messy.csv'), file(messy));
  writeFileSync(join(folder, 'half.csv'), file(good, PEOPLE / 2));
  writeFileSync(join(folder, 'whole.csv'), file(good));
});
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  data.remove();
  rmSync(folder, { recursive: true, force: true });
});

function file(line: (at: number) => string, count = PEOPLE): string {
  return `${[HEAD, ...Array.from({ length: count }, (_, at) => line(at))].join('\n')}\n`;
}

function good(at: number): string {
  return `Ann${'abcdefghij'[at % 10]},Lee${two(at)},good${two(at)}@example.com,+1 202 555 01${two(at)},`;
}

/** Three addresses without @, five misspelt ones, ten British numbers without a country, two people without a last name. */
function messy(at: number): string {
  const email = at < 3 ? `person${two(at)}-at-example.com` : `person${two(at)}@${at < 8 ? 'gmial.com' : 'example.com'}`;
  const phone = at >= 10 && at < 20 ? `020 7946 00${two(at)}` : `+44 20 7946 01${two(at)}`;
  const other = at >= 30 && at < 35 ? 'call me' : at > 35 ? `+44 20 7946 02${two(at)}` : '';
  return `Bob${'abcdefghij'[at % 10]},${at === 20 || at === 21 ? '' : `Ray${two(at)}`},${email},${phone},${other}`;
}

function two(at: number): string {
  return String(at).padStart(2, '0');
}

async function openCheck(page: Page, name: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(join(folder, name));
  await clickWhenReady(page, 'Map columns');
  await clickWhenReady(page, /^Check [\d,]+ rows?$/);
}

/** Chooses a problem of the list, and clicks the fix for all of its rows. */
async function fixAll(page: Page, problem: RegExp, fix: RegExp): Promise<void> {
  await page.getByRole('button', { name: problem }).click();
  await page.getByRole('button', { name: fix }).click();
  await page.getByRole('button', { name: problem }).waitFor({ state: 'detached' });
}

/** A box that is clicked is ticked, and with Shift those between; none is ticked that is not chosen. */
async function expectBoxes(page: Page): Promise<void> {
  const boxes = page.getByRole('row').getByRole('checkbox');
  const ticked = async () => (await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).slice(0, 3); // they are checkboxes
  await boxes.nth(0).click();
  await page.getByText('1 row chosen').waitFor();
  expect(await ticked()).toEqual([true, false, false]);
  await boxes.nth(2).click({ modifiers: ['Shift'] });
  await page.getByText('3 rows chosen').waitFor();
  expect(await ticked()).toEqual([true, true, true]);
  await boxes.nth(1).click({ modifiers: ['Shift'] });
  expect(await ticked()).toEqual([true, true, true]);
  for (const at of [0, 1, 2]) await boxes.nth(at).click();
  await page.getByText(/\d rows? chosen/).waitFor({ state: 'detached' });
  expect(await ticked()).toEqual([false, false, false]);
}

async function replaceByEnter(page: Page, from: string, to: string): Promise<void> {
  await page.getByRole('button', { name: 'Replace a value' }).click();
  await page.getByLabel('Column of the value').selectOption({ label: 'Email' });
  await page.getByRole('textbox', { name: 'Cells that are' }).fill(from);
  await page.getByRole('textbox', { name: 'become' }).fill(to);
  await page.keyboard.press('Enter');
  await page.getByRole('gridcell', { name: to }).first().waitFor();
}

async function expectNoErrors(page: Page): Promise<void> {
  await page
    .getByText('Every row is valid')
    .or(page.getByRole('button', { name: /^Valid 36/ }))
    .first()
    .waitFor();
  expect(await page.getByRole('button', { name: /^All invalid rows/ }).count()).toBe(0);
}

test('a messy file is repaired to zero errors, stays so when the page is closed, is imported as planned and taken back', async () => {
  const first = await browser.openPage('importer.html');
  await openCheck(first, 'messy.csv');
  await first.getByText('15 invalid', { exact: true }).first().waitFor();
  await first.getByRole('button', { name: /^Not a phone number 10/ }).click();
  await first.getByLabel('Country for these phones').selectOption('GB');
  await fixAll(first, /^Not a phone number 10/, /^Fix 10 rows$/);
  await fixAll(first, /^Email may be misspelt 5/, /^Fix 5 rows$/);
  await fixAll(first, /^Last name missing 2/, /^Exclude 2 rows$/);
  await first.getByRole('button', { name: /^Email without @ 3/ }).click();
  await expectBoxes(first);
  await replaceByEnter(first, 'person02-at-example.com', 'person02-at-example.org');
  await first.getByRole('gridcell', { name: 'person00-at-example.com' }).first().dblclick();
  await first.keyboard.press('ControlOrMeta+A');
  await first.keyboard.type('person00@example.com');
  await first.keyboard.press('Enter');
  await fixAll(first, /^Email without @ 2/, /^Exclude 2 rows$/);
  await expectNoErrors(first);
  await first.close();

  const page = await browser.openPage('importer.html');
  await expectNoErrors(page);
  await clickWhenReady(page, 'Preview');
  expect(await clickImport(page)).toBe(36);
  const receipt = await readReceipt(page);
  expect(Object.fromEntries(receipt.rows)).toEqual({ 'new leads': 36, 'taken out by you': 4 });
  expect(countDatabase(data.path)).toMatchObject({ leads: 36, rows: PEOPLE });
  const [workspace] = await Promise.all([
    browser.context.waitForEvent('page'),
    page.getByRole('button', { name: 'Undo this import' }).click(),
  ]);
  await workspace.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
  await workspace.getByRole('heading', { name: 'Import undone.' }).waitFor();
  expect(countDatabase(data.path).leads).toBe(0);
  await workspace.close();
  await closeReceipt(page);
});

test('what another person changes in the list between preview and click is shown before anything is written', async () => {
  const first = await browser.openPage('importer.html');
  await goToPreview(first, join(folder, 'half.csv'), 'Shared list');
  await clickImport(first);
  await readReceipt(first);
  await closeReceipt(first);
  const page = await browser.openPage('importer.html');
  await goToPreview(page, join(folder, 'whole.csv'), 'Shared list');
  await deleteLeads(3);
  expect(await clickImport(page)).toBe(PEOPLE / 2);
  await page.getByText('The workspace has changed: 3 rows are decided anew.').waitFor();
  expect(countDatabase(data.path).leads).toBe(PEOPLE / 2 - 3);
  expect(await clickImport(page)).toBe(PEOPLE / 2 + 3);
  const { rows, total } = await readReceipt(page);
  expect(Object.fromEntries(rows)).toEqual({ 'new leads': PEOPLE / 2 + 3, 'already there, or twice in the file': PEOPLE / 2 - 3 });
  expect(total).toBe(PEOPLE);
  expect(countDatabase(data.path)).toMatchObject({ leads: PEOPLE, doubledEmails: 0 });
});

/** Another member, with a key of their own, deletes leads of the list. */
async function deleteLeads(count: number): Promise<void> {
  const headers = { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json', 'X-Leadline-Api': '1' };
  const found = await fetch(`${server.url}/api/leads?limit=${count}`, { headers });
  const { leads } = (await found.json()) as { readonly leads: readonly { readonly id: string }[] }; // as the contract says
  const body = JSON.stringify({ ids: leads.map(({ id }) => id) });
  const answer = await fetch(`${server.url}/api/leads`, { method: 'DELETE', headers, body });
  expect(await answer.json()).toEqual({ deletedCount: count });
}
