import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FIREFOX_ID } from '../../extension/platform/manifest.ts';
import { countDatabase } from '../support/count-database.ts';
import { type FirefoxBrowser, launchFirefox } from '../support/firefox.ts';
import { type RunningGoogle, startGoogle } from '../support/google/start-google.ts';
import { googleEnv, makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickButton, pairFirefox, waitForText } from './drive-firefox.ts';
import { AUTUMN, SHEETS, SPRING, sheetAddress, sheetPage } from './sheet-pages.ts';

/**
 * The page of Firefox's sidebar beside pages of Google Sheets. No tool reaches into the sidebar itself, so its page stands
 * in a tab behind: what it knows of the tab in front it knows in the same way.
 */

/** Where Firefox lets Google lead back to: a form for programs on this machine (RFC 8252). */
const REDIRECT = `http://127.0.0.1/mozoauth2/${createHash('sha1').update(FIREFOX_ID).digest('hex')}`;

let data: ReturnType<typeof makeDataFolder>;
let google: RunningGoogle;
let server: SpawnedServer;
let firefox: FirefoxBrowser;
let sidebar: Page;

beforeAll(async () => {
  data = makeDataFolder();
  google = await startGoogle({ spreadsheets: SHEETS, redirects: [REDIRECT] });
  server = await spawnServer({ dataDir: data.path, env: googleEnv(google) });
  firefox = await launchFirefox();
  await pairFirefox(firefox, server.url, server.pairingCode ?? '');
  sidebar = await firefox.openPage('sidepanel.html');
});
afterAll(async () => {
  await firefox?.close();
  await Promise.all([server?.kill(), google?.stop()]);
  data.remove();
});

async function openTab(address: string): Promise<Page> {
  const page = await firefox.browser.newPage();
  await page.setRequestInterception(true);
  page.on('request', (request) => void request.respond({ status: 200, contentType: 'text/html', body: sheetPage(request.url()) }));
  await page.goto(address);
  await page.bringToFront();
  return page;
}

/** A click on a button of the sidebar's page while a sheet is in front of it. */
async function clickBehind(name: string): Promise<void> {
  await waitForText(sidebar, name);
  await sidebar.evaluate(
    (words) => [...document.querySelectorAll('button')].find(({ innerText }) => innerText.trim() === words)?.click(),
    name,
  );
}

test('without the permission the sidebar sees no sheet; after a click on the row that asks for it, every one', async () => {
  const tab = await openTab(sheetAddress(SPRING));
  await sidebar.bringToFront();
  expect(await sidebar.evaluate(() => document.body.innerText)).not.toContain('Spring roadshow');
  await clickButton(sidebar, /^Follow Google Sheets/);
  await waitForText(sidebar, 'Follows the tab in front');
  await tab.bringToFront();
  await waitForText(sidebar, 'Spring roadshow 2026');
  expect(google.sheets.requests).toEqual([]);
});

test('the sheet is signed in for, its tab read, and its rows imported; a draft stays while another sheet is in front', async () => {
  await clickBehind('Import this sheet');
  await sidebar.bringToFront(); // what lies behind is slowed down by the browser, as a sidebar never is
  await clickButton(sidebar, /^Sign in with Google$/);
  await clickButton(sidebar, /^Read this tab$/);
  await clickButton(sidebar, /^Map columns$/);
  await openTab(sheetAddress(AUTUMN));
  await waitForText(sidebar, 'Autumn fair is in front');
  await clickBehind('Stay');
  await sidebar.bringToFront();
  await clickButton(sidebar, /^Check [\d,]+ rows$/);
  await clickButton(sidebar, /^Preview$/);
  await clickButton(sidebar, /^Import [\d,]+ leads$/);
  await waitForText(sidebar, 'in the file, each counted once');
  expect(countDatabase(data.path).rows).toBe(3);
  expect(google.sheets.requests.filter((request) => request.includes(AUTUMN))).toEqual([]);
});

test('the permission is given back at a click, and no sheet is seen then', async () => {
  await clickButton(sidebar, /^Import another file$/);
  await clickButton(sidebar, /^Stop following$/);
  await openTab(sheetAddress(AUTUMN));
  await waitForText(sidebar, 'Follow Google Sheets');
  expect(await sidebar.evaluate(() => document.body.innerText)).not.toContain('Autumn fair');
});
