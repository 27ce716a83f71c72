import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page, Worker } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildWithSite } from '../support/allowed-build.ts';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import { type FakeFiles, startFiles } from '../support/fake-files.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, clickWhenReady, pairBrowser, readReceipt } from './drive-import.ts';

const work = mkdtempSync(join(tmpdir(), 'leadline-link-'));
let data: ReturnType<typeof makeDataFolder>;
let server: SpawnedServer;
let files: FakeFiles;
let browser: ExtensionBrowser;
let worker: Worker;
/** A site the user has allowed, and one nobody has asked for. Both are our fake site. */
let allowed: string;
let foreign: string;

beforeAll(async () => {
  data = makeDataFolder();
  [server, files] = await Promise.all([spawnServer({ dataDir: data.path }), startFiles()]);
  allowed = `http://files.example:${files.port}`;
  foreign = `http://cdn.example:${files.port}`;
  browser = await launchChromium(join(work, 'profile'), {
    folder: buildWithSite(join(work, 'build'), 'http://files.example/*'),
    args: ['--host-resolver-rules=MAP files.example 127.0.0.1, MAP cdn.example 127.0.0.1'],
  });
  const found = browser.context.serviceWorkers()[0];
  if (!found) throw new Error('no worker');
  worker = found;
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
});
afterAll(async () => {
  await browser.close().catch(() => {});
  await Promise.all([server.kill(), files.close()]);
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

/** As the browser tells the worker of a click in the menu; no gesture, so that a tab opens in the panel's place. */
async function chooseInMenu(info: { menuItemId: string; linkUrl?: string; pageUrl?: string }): Promise<void> {
  await worker.evaluate(async (given) => {
    const [tab] = await chrome.tabs.query({ active: true });
    const clicked = chrome.contextMenus.onClicked as unknown as { dispatch(info: object, tab: object | undefined): void }; // Chromium's own, for tests
    clicked.dispatch(given, tab);
  }, info);
}
async function openLink(address: string): Promise<Page> {
  const opened = browser.context.waitForEvent('page');
  await chooseInMenu({ menuItemId: 'import-link', linkUrl: address });
  return opened;
}
/** What the screen says of a link that gives nothing. */
async function said(address: string): Promise<string> {
  const page = await openLink(address);
  const words = await page.getByRole('alert').innerText();
  await page.close();
  return words;
}
const isAllowed = (origin: string) => worker.evaluate((one) => chrome.permissions.contains({ origins: [`${one}/*`] }), origin);

describe('a link on a page', () => {
  test('from the menu to the receipt; the history says where the file came from', async () => {
    const page = await openLink(`${allowed}/as-binary`);
    await page.getByRole('heading', { name: '2 rows' }).waitFor();
    await page.getByRole('button', { name: 'Map columns' }).click();
    await page.getByRole('button', { name: 'Check 2 rows' }).click();
    await clickWhenReady(page, 'Preview');
    expect(await clickImport(page)).toBe(2);
    expect((await readReceipt(page)).total).toBe(2);
    expect(countDatabase(data.path).leads).toBe(2);
    const key = await page.evaluate(async () => (await chrome.storage.local.get('key')).key as string); // the paired browser's own
    const answer = await fetch(`${server.url}/api/imports`, { headers: { authorization: `Bearer ${key}` } });
    const { imports } = (await answer.json()) as { imports: { source: string; fileName: string }[] };
    expect(imports[0]).toMatchObject({ source: 'link', fileName: `June léads.csv (files.example:${files.port}/as-binary)` });
    await page.getByRole('button', { name: /another file/i }).click();
    await page.close();
  });

  test('is fetched with the user’s own sign-in at that site', async () => {
    expect(await said(`${allowed}/private.csv`)).toContain('wants you to sign in');
    const site = await browser.context.newPage();
    await site.goto(`${allowed}/sign-in`);
    const page = await openLink(`${allowed}/private.csv`);
    await page.getByRole('heading', { name: '2 rows' }).waitFor();
    await page.getByRole('button', { name: 'Discard this draft' }).click();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.close();
    await site.close();
  });

  test('is not fetched before its site is allowed', async () => {
    const before = files.requests.length;
    const page = await openLink(`${foreign}/leads.csv`);
    await page.getByRole('button', { name: `Allow cdn.example:${files.port}` }).waitFor();
    expect(files.requests.length).toBe(before);
    await page.getByRole('button', { name: 'Back' }).click();
    await page.getByRole('heading', { name: 'Bring in your leads' }).waitFor();
    await page.close();
  });

  test('that is sent on to another site asks for just that one', async () => {
    const page = await openLink(`${allowed}/to?${foreign}/leads.csv`);
    await page.getByText(`sends the download on to cdn.example:${files.port}`).waitFor();
    await page.getByRole('button', { name: `Allow cdn.example:${files.port}` }).waitFor();
    await page.close();
  });

  test('a download under way is cancelled', async () => {
    const page = await openLink(`${allowed}/stalls.csv`);
    await page.getByRole('heading', { name: 'Getting the file' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('heading', { name: 'Bring in your leads' }).waitFor();
    await page.close();
  });

  const troubles = [
    ['javascript:alert(1)', 'runs a script'],
    ['data:text/csv,a%2Cb', 'holds the file in itself'],
    ['file:///etc/hosts', 'on your own computer'],
    ['chrome-extension://abcdefghijklmnop/x.csv', 'another extension'],
    ['/nowhere.csv', 'no such file'],
    ['/page', 'a web page, not'],
    ['/login.csv', 'wants you to sign in'],
    ['/500.csv', 'error 500'],
    ['/bomb.csv', 'larger than 10 MB'],
    ['/said-large.csv', 'has 300 MB'],
  ] as const;
  test('that gives no file says why, each in its own words', async () => {
    for (const [link, words] of troubles) expect(await said(link.startsWith('/') ? allowed + link : link), link).toContain(words);
  });

  test('a page that only shows the file offers the file itself', async () => {
    const page = await openLink('https://github.com/acme/data/blob/main/leads.csv');
    await page.getByRole('button', { name: 'Get the file itself' }).click();
    await page.getByRole('button', { name: 'Allow github.com' }).waitFor();
    await page.close();
  });
});

test('an open panel takes what is clicked on in its window, and gets no site that was not asked for', async () => {
  const panel = await browser.openPage('sidepanel.html');
  await panel.getByRole('heading', { name: 'Bring in your leads' }).waitFor();
  await chooseInMenu({ menuItemId: 'import-page', pageUrl: `${allowed}/leads.csv` });
  await panel.getByRole('heading', { name: '2 rows' }).waitFor();
  expect(await isAllowed('http://cdn.example')).toBe(false);
  await panel.close();
});
