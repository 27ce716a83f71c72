import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, closeReceipt, goToPreview, pairBrowser, readReceipt } from './drive-import.ts';
import { expectNoBarriers } from './expect-no-barriers.ts';

const HEAD = 'First Name,Last Name,Email,Phone';
const KNOWN = [HEAD, 'Ann,Lee,ann@example.com,+12025550101', ''].join('\n');
/** Ann's phone under another name; an address without @; two people who are new. */
const FAIR = [
  HEAD,
  'Pia,Other,pia@example.com,+12025550101',
  'Una,Wrong,una-at-example.com,+12025550103',
  'Fay,New,fay@example.com,+12025550105',
  'Kim,Kay,kim@example.com,+12025550106',
  '',
].join('\n');

const data = makeDataFolder();
const folder = mkdtempSync(join(tmpdir(), 'leadline-imports-'));
let server: SpawnedServer;
let admin: ExtensionBrowser;
let viewer: ExtensionBrowser;

beforeAll(async () => {
  server = await spawnServer({ dataDir: data.path });
  writeFileSync(join(folder, 'known.csv'), KNOWN);
  writeFileSync(join(folder, 'fair.csv'), FAIR);
  [admin, viewer] = await Promise.all([launchChromium(join(folder, 'admin')), launchChromium(join(folder, 'viewer'))]);
  const options = await admin.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
});
afterAll(async () => {
  await Promise.all([admin?.close(), viewer?.close()]);
  await server?.kill();
  data.remove();
  rmSync(folder, { recursive: true, force: true });
});

const leads = () => countDatabase(data.path).leads;

/** Imports a file, as far as its receipt. */
async function importFile(name: string, list: string): Promise<void> {
  const page = await admin.openPage('importer.html');
  await goToPreview(page, join(folder, name), list);
  await clickImport(page);
  await readReceipt(page);
  await closeReceipt(page);
}

test('an import is found again with its rows, decided, taken back, and can be made anew', async () => {
  await importFile('known.csv', 'Customers');
  await importFile('fair.csv', 'Fair');
  expect(leads()).toBe(3);
  const page = await admin.openPage('workspace.html');
  await page.getByRole('link', { name: 'Imports', exact: true }).click();
  await page.getByRole('link', { name: 'fair.csv' }).click();
  await page.getByRole('link', { name: 'Show why 1 row' }).click();
  await page.getByText('An email needs an @: “una-at-example.com” has none.').waitFor();
  await page.goBack();
  await page.getByRole('link', { name: 'Decide 1 row' }).click();
  await page.getByRole('columnheader', { name: 'Ann Lee' }).waitFor();
  await expectNoBarriers(page);
  await page.getByRole('button', { name: 'Another person: import' }).click();
  await page.getByText('Nothing is left to decide').waitFor();
  expect(leads()).toBe(4);
  await page.goBack();
  await page.getByRole('heading', { name: '3 leads saved to Fair.' }).waitFor();
  await page.getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click();
  await page.getByRole('heading', { name: 'Import undone.' }).waitFor();
  expect(leads()).toBe(1);
  await page.close();
  await importFile('fair.csv', 'Fair');
  expect(leads()).toBe(3);
});

test('who is invited as a viewer pairs with the one text, and sees everything without a way to change it', async () => {
  const people = await admin.openPage('workspace.html#/people');
  await people.getByLabel('As', { exact: true }).selectOption('viewer');
  await people.getByRole('button', { name: 'Make invitation' }).click();
  const invitation = await people.getByLabel('Invitation', { exact: true }).inputValue();
  await expectNoBarriers(people);
  await people.close();
  const options = await viewer.openPage('options.html');
  await options.getByLabel(/^2\. Enter the code/).fill(invitation);
  await options.getByRole('button', { name: 'Pair' }).click();
  await options.getByText(/as viewer/).waitFor();
  const page = await viewer.openPage('workspace.html#/imports');
  await page.getByRole('link', { name: 'fair.csv' }).first().click();
  await page.getByRole('link', { name: /^Show why/ }).waitFor();
  expect(await page.getByRole('button', { name: /Undo/ }).count()).toBe(0);
  await page.getByRole('link', { name: 'Lists', exact: true }).click();
  await page.getByRole('main').getByText('Customers').waitFor();
  expect(await page.getByRole('main').getByRole('button').count()).toBe(0);
  expect(await page.getByRole('link', { name: 'Audit' }).count()).toBe(0);
});
