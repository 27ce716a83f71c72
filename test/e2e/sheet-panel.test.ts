import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXTENSION_ID } from '#shared/api/extension-id.ts';
import { buildWithSite } from '../support/allowed-build.ts';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import { type RunningGoogle, startGoogle } from '../support/google/start-google.ts';
import { googleEnv, makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, clickWhenReady, pairBrowser, readReceipt } from './drive-import.ts';
import { AUTUMN, personRow, SHEETS, SPRING, sheetAddress, sheetPage } from './sheet-pages.ts';

/**
 * The real side panel, found over the debugging port, beside pages of Google Sheets. The pages are ours under Google's
 * address; sign-in and cells come from the loopback Google; the rows go to the real server.
 */

const work = mkdtempSync(join(tmpdir(), 'leadline-panel-'));
let data: ReturnType<typeof makeDataFolder>;
let google: RunningGoogle;
let server: SpawnedServer;

beforeAll(async () => {
  data = makeDataFolder();
  google = await startGoogle({ spreadsheets: SHEETS, redirects: [`https://${EXTENSION_ID}.chromiumapp.org/`] });
  server = await spawnServer({ dataDir: data.path, env: googleEnv(google) });
});
afterAll(async () => {
  await Promise.all([server?.kill(), google?.stop()]);
  data.remove();
  rmSync(work, { recursive: true, force: true });
});

async function serveSheets({ context }: ExtensionBrowser): Promise<void> {
  await context.route('https://docs.google.com/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: sheetPage(route.request().url()) }),
  );
}

async function openTab({ context }: ExtensionBrowser, address: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function pair(browser: ExtensionBrowser, code: string): Promise<void> {
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, code);
  await options.close();
}

/** From the columns to the receipt. */
async function importIt(panel: Page): Promise<Awaited<ReturnType<typeof readReceipt>>> {
  await clickWhenReady(panel, 'Map columns');
  await panel.getByRole('button', { name: /^Check [\d,]+ rows?$/ }).click();
  await clickWhenReady(panel, 'Preview');
  await clickImport(panel);
  return readReceipt(panel);
}

describe('after a click on the toolbar button, with no permission for any site', () => {
  let browser: ExtensionBrowser;
  let tab: Page;
  let panel: Page;
  beforeAll(async () => {
    browser = await launchChromium(join(work, 'clicked'));
    await serveSheets(browser);
    await pair(browser, server.pairingCode ?? '');
    tab = await openTab(browser, sheetAddress(SPRING));
  });
  afterAll(() => browser.close());

  test('the popup offers the sheet first, and hands it to the side panel; nothing is read before somebody asks', async () => {
    const popup = await browser.clickAction(tab);
    expect(await popup.locator('main h1').innerText()).toBe('Spring roadshow 2026');
    await popup.getByRole('button', { name: 'Import this sheet' }).click();
    panel = await browser.findPanel();
    await panel.getByRole('heading', { name: 'Import from this sheet' }).waitFor();
    expect(await panel.locator('.waiting-head').innerText()).toContain('Spring roadshow 2026');
    expect(google.sheets.requests).toEqual([]);
    expect(google.auth.requests).toEqual([]);
  });

  test('another tab of the same spreadsheet, looked at in the page, is the one that is offered', async () => {
    await tab.evaluate(() => {
      location.hash = '#gid=7';
    });
    await panel.getByRole('button', { name: 'Sign in with Google' }).click();
    await panel.getByRole('heading', { name: 'Choose what to read' }).waitFor();
    expect(await panel.getByLabel('Tab', { exact: true }).inputValue()).toBe('7');
    expect(google.auth.requests.some((request) => request.includes('/o/oauth2/v2/auth'))).toBe(true);
    expect(google.sheets.requests.filter((request) => request.includes('values'))).toEqual([]);
  });

  test('once its tabs are named the panel still goes along with the page', async () => {
    await tab.evaluate(() => {
      location.hash = '#gid=0';
    });
    await panel.waitForFunction(() => (document.querySelector('main select') as HTMLSelectElement | null)?.value === '0');
    await tab.evaluate(() => {
      location.hash = '#gid=7';
    });
    await panel.waitForFunction(() => (document.querySelector('main select') as HTMLSelectElement | null)?.value === '7');
  });

  test('the tab is read, its header found below the title, and its rows are imported, each counted once', async () => {
    await panel.getByRole('button', { name: 'Read this tab' }).click();
    await panel.getByRole('heading', { name: '2 rows' }).waitFor();
    const receipt = await importIt(panel);
    expect(receipt.total).toBe(2);
    expect(countDatabase(data.path).rows).toBe(2);
    expect(server.output()).not.toContain('ya29.');
  });

  test('the next time only what is new is imported', async () => {
    const spring = google.sheets.spreadsheets.get(SPRING);
    if (!spring) throw new Error('no such sheet');
    spring.tabs = spring.tabs.map((one) => (one.gid === 7 ? { ...one, rows: [...one.rows, personRow('Leila', 49)] } : one));
    await panel.getByRole('button', { name: 'Import another file' }).click();
    await panel.getByRole('button', { name: 'Import this sheet' }).click();
    await panel.getByRole('button', { name: 'Read this tab' }).click();
    await panel.getByRole('heading', { name: /: 1 new, 0 changed, 0 removed$/ }).waitFor();
    await clickWhenReady(panel, 'Preview 1 row');
    expect(await clickImport(panel)).toBe(1);
    expect((await readReceipt(panel)).total).toBe(1);
    expect(countDatabase(data.path).rows).toBe(3);
  });
});

describe('once the panel may follow the tabs', () => {
  let browser: ExtensionBrowser;
  let panel: Page;
  const main = () => panel.locator('main');
  beforeAll(async () => {
    browser = await launchChromium(join(work, 'follows'), { folder: buildWithSite(join(work, 'allowed'), 'https://docs.google.com/*') });
    await serveSheets(browser);
    await pair(browser, server.apiKey ?? '');
    const page = await browser.openPage('importer.html');
    await page.getByRole('button', { name: 'Open in side panel' }).click();
    panel = await browser.findPanel();
    await panel.getByText('Follows the tab in front').waitFor();
  });
  afterAll(() => browser.close());

  test('it knows the sheet of every tab that comes to the front, in whatever shape its address is', async () => {
    const shapes = ['edit?gid=7#gid=7', 'htmlview', 'edit?usp=sharing'];
    for (const shape of shapes) {
      const tab = await openTab(browser, sheetAddress(SPRING, shape));
      await main().getByRole('heading', { name: 'Spring roadshow 2026' }).waitFor();
      await tab.goto(`https://docs.google.com/spreadsheets/u/1/d/${AUTUMN}/edit#gid=0`);
      await main().getByRole('heading', { name: 'Autumn fair' }).waitFor();
      await tab.close();
      await main().getByRole('heading', { name: 'Bring in your leads' }).waitFor();
    }
    expect(google.sheets.requests.filter((request) => request.includes(AUTUMN))).toEqual([]);
  });

  test('a draft stays where it is while another sheet comes to the front, and one can begin with that', async () => {
    const spring = await openTab(browser, sheetAddress(SPRING));
    await main().getByRole('button', { name: 'Import this sheet' }).click();
    await panel.getByRole('button', { name: 'Sign in with Google' }).click();
    await panel.getByRole('button', { name: 'Read this tab' }).click();
    await clickWhenReady(panel, 'Map columns');
    const match = panel.getByRole('heading', { name: /^Match \d/ });
    await match.waitFor();

    const autumn = await openTab(browser, sheetAddress(AUTUMN));
    await panel.getByText('Autumn fair is in front').waitFor();
    expect(await match.isVisible()).toBe(true);
    await spring.bringToFront();
    await panel.getByText('Autumn fair is in front').waitFor({ state: 'detached' });
    await autumn.bringToFront();
    await panel.getByRole('button', { name: 'Start with it' }).click();
    await panel.getByText(/^It takes the place of Spring roadshow 2026/).waitFor();
    await panel.getByRole('button', { name: 'Back' }).click();
    await match.waitFor();
    await panel.getByRole('button', { name: 'Start with it' }).click();
    await panel.getByRole('button', { name: 'Read this tab' }).click();
    await panel.getByRole('heading', { name: '1 row' }).waitFor();
    expect((await importIt(panel)).total).toBe(1);
  });
});
