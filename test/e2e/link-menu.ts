import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { freePort, launchChromium } from '../support/chromium.ts';
import { startFiles } from '../support/fake-files.ts';

/**
 * What no headless browser can show: the real menu of the right mouse button opens the real side panel, and the browser's
 * own question is answered, refused once and then allowed. After a build:
 * `xvfb-run -a -s '-screen 0 1280x900x24' node test/e2e/link-menu.ts` (needs xdotool); pictures lie in dist/screenshots.
 */

const FOLDER = join(import.meta.dirname, '../../dist/screenshots');
mkdirSync(FOLDER, { recursive: true });
const work = mkdtempSync(join(tmpdir(), 'leadline-menu-'));
const files = await startFiles();
const site = `http://files.example:${files.port}`;
const other = `http://cdn.example:${files.port}`;
const port = await freePort();
const browser = await launchChromium(join(work, 'profile'), {
  headless: false,
  args: [`--remote-debugging-port=${port}`, '--host-resolver-rules=MAP files.example 127.0.0.1, MAP cdn.example 127.0.0.1'],
});
try {
  await walk();
  console.log('the menu, the panel and the question: as they should be');
} finally {
  await browser.close().catch(() => {});
  await files.close();
  rmSync(work, { recursive: true, force: true });
}

async function walk(): Promise<void> {
  const page = await browser.context.newPage();
  await page.route(`${site}/list`, (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<a id=one href="/leads.csv">Leads</a><br><br><a id=two href="/to?${other}/leads.csv">Leads elsewhere</a>`,
    }),
  );
  await page.goto(`${site}/list`);
  // A slow machine may show its menu after the keys.
  const panel = (await clickAndFind(page)) ?? (await clickAndFind(page)) ?? (await clickAndFind(page));
  if (!panel) throw new Error('the side panel did not open');
  const allow = panel.getByRole('button', { name: `Allow files.example:${files.port}` });
  await allow.waitFor();
  await panel.screenshot({ path: join(FOLDER, 'link-asking.png') });

  await allow.click();
  await keys('Return'); // the browser's question begins at No
  await panel.getByText('Permission was not given').waitFor();
  await panel.screenshot({ path: join(FOLDER, 'link-refused.png') });
  say('no loan is left after a no', (await allowedSites(panel)).length === 0);

  await allow.click();
  await keys('Tab', 'Return');
  await panel.getByRole('heading', { name: '2 rows' }).waitFor();
  await panel.screenshot({ path: join(FOLDER, 'link-read.png') });
  await until('the site is given back', async () => (await allowedSites(panel)).length === 0);

  await chooseInMenu(page, '#two');
  await panel.getByText('Keep access to this site').click();
  await allow.click(); // Chromium asks once for a site: given back and asked for again, it is granted without a question
  await panel.getByText(`sends the download on to cdn.example:${files.port}`).waitFor();
  await panel.screenshot({ path: join(FOLDER, 'link-one-more.png') });
  await panel.getByRole('button', { name: `Allow cdn.example:${files.port}` }).click();
  await keys('Tab', 'Return');
  await panel.getByRole('heading', { name: '2 rows' }).waitFor();
  await until('what is kept stays, what was lent goes', async () => {
    const sites = await allowedSites(panel);
    return sites.length === 1 && sites[0] === 'http://files.example/*';
  });
}

async function clickAndFind(page: Page): Promise<Page | null> {
  await keys('Escape');
  await chooseInMenu(page, '#one');
  return findPanel();
}

/** Right click, and the entry of ours: it stands above the last one, Inspect. */
async function chooseInMenu(page: Page, link: string): Promise<void> {
  await page.bringToFront();
  await page.click(link, { button: 'right' });
  await keys('Up', 'Up', 'Return');
}

async function keys(...names: readonly string[]): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 800));
  for (const name of names) {
    execFileSync('xdotool', ['key', name]);
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}

/** The side panel is no tab: it is found over the debugging port. */
async function findPanel(): Promise<Page | null> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const seen = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const panel = seen
      .contexts()
      .flatMap((context) => context.pages())
      .find((one) => one.url().includes('/sidepanel.html'));
    if (panel) return panel;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return null;
}

/** Sites beyond those of the manifest. */
function allowedSites(panel: Page): Promise<readonly string[]> {
  return panel.evaluate(async () => {
    const { origins = [] } = await chrome.permissions.getAll();
    const own = chrome.runtime.getManifest().host_permissions ?? [];
    return origins.filter((origin) => !own.includes(origin));
  });
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 30; attempt++) {
    if (await isTrue()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  say(what, false);
}

function say(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`not so: ${what}`);
}
