import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { EXTENSION_ID } from '../../shared/api/extension-id.ts';
import { launchChromium } from '../support/chromium.ts';
import { CLIENT, startGoogle } from '../support/google/start-google.ts';
import { makeLeadFile } from '../support/make-leads.ts';
import { spawnServer } from '../support/start-server.ts';
import { shootReading } from './shoot-reading.ts';
import { shootSheets } from './shoot-sheets.ts';
import { shootWorkspace } from './shoot-workspace.ts';
import { takePictures } from './take-pictures.ts';

/**
 * Pictures of every step, for looking at: the built extension in Chromium against a real server, light and dark, as a
 * tab, at the popup's size, and as narrow as a panel gets. `node test/e2e/screenshots.ts [--audit]`, after a build; the pictures
 * lie in dist/screenshots. It also says where a page would scroll sideways.
 */

const FOLDER = join(import.meta.dirname, '../../dist/screenshots');
const TAB = [1280, 860] as const;
const POPUP = [400, 600] as const;
const PANEL = [320, 700] as const;
const ROWS = 60_000;

const work = mkdtempSync(join(tmpdir(), 'leadline-pictures-'));
const shoot = takePictures(FOLDER, [TAB, POPUP, PANEL]);
const google = await startGoogle({ redirects: [`https://${EXTENSION_ID}.chromiumapp.org/`], emails: ['ana@example.com'] });
const env = { LEADLINE_GOOGLE_CLIENT_ID: CLIENT.id, LEADLINE_GOOGLE_API_URL: google.url, LEADLINE_GOOGLE_AUTH_URL: google.url };
let server = await spawnServer({ dataDir: join(work, 'data'), env });
/** Only the first start says the key; the later ones listen at the same address. */
const first = server;
const browser = await launchChromium(join(work, 'profile'));
try {
  await takeAll();
} catch (error) {
  for (const [index, page] of browser.context.pages().entries()) await page.screenshot({ path: join(FOLDER, `failed-${index}.png`) });
  throw error;
} finally {
  await browser.close();
  await server.stop();
  await google.stop();
  rmSync(work, { recursive: true, force: true });
}

async function takeAll(): Promise<void> {
  const options = await browser.openPage('options.html');
  await shoot(options, 'pairing');
  await options.getByLabel(/^2\. Enter/).fill('AAAA-BBBB');
  await options.getByLabel(/^1\. Start/).fill(server.url);
  await options.getByRole('button', { name: 'Pair' }).click();
  await options.getByRole('alert').waitFor();
  await shoot(options, 'pairing-refused', [TAB, PANEL]);
  await options.goto(options.url().replace(/#.*/, ''));
  await options.close();
  const paired = await browser.openPage(`options.html#pair=${server.pairingCode}&server=${server.url}`);
  await paired.getByText(/^Connected to/).waitFor();
  await shoot(paired, 'options');
  await paired.close();

  const page = await browser.openPage('importer.html');
  await shoot(page, 'start');
  await page.getByRole('button', { name: /^Link/ }).click();
  await shoot(page, 'start-link', [TAB, PANEL]);
  await page.getByRole('button', { name: /^Link/ }).click();
  await shootReading(page, work, shoot);
  await shootSheets(page, google, shoot);
  await chooseBadFile(page);
  await chooseSample(page);
  await importLarge(page);

  await page.close();
  await walkWorkspace();
  await shootWorkspace({ browser, server: first, work, shoot });

  const port = server.port;
  await server.stop();
  const closed = await browser.openPage('workspace.html');
  await closed.getByText(/can’t reach/).waitFor();
  await shoot(closed, 'workspace-without-server');
  await closed.close();
  const home = await browser.openPage('popup.html');
  await home.getByText(/can’t reach/).waitFor();
  await shoot(home, 'home-without-server', [POPUP]);
  server = await spawnServer({ dataDir: join(work, 'data'), port, env });
}

async function chooseBadFile(page: Page): Promise<void> {
  const file = join(work, 'leads.csv');
  writeFileSync(file, 'First Name,Email\nAnn,"ann@example.com\nBob,bob@example.com\n');
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('alert').waitFor();
  await shoot(page, 'refused');
}

async function chooseSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try a sample file' }).click();
  await page.getByRole('heading', { name: /60 rows/ }).waitFor();
  await shoot(page, 'read');
  await page.getByRole('button', { name: 'Map columns' }).click();
  await page.getByRole('heading', { name: /^Match \d/ }).waitFor();
  await shoot(page, 'map');
  await page.getByRole('button', { name: 'Templates' }).click();
  await page.getByRole('dialog', { name: 'Templates' }).getByRole('textbox').waitFor();
  await shoot(page, 'map-templates', [TAB, PANEL]);
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Check/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Preview' }).waitFor();
  await page.locator('.check-row .ln').nth(1).waitFor();
  await shoot(page, 'check');
  await page.getByRole('button', { name: 'Replace a value' }).click();
  await shoot(page, 'check-replace', [TAB, PANEL]);
  await page.getByRole('button', { name: 'Replace a value' }).click();
  await page.getByRole('button', { name: /^All rows \d/ }).click();
  await page.locator('[data-row="2"] [data-column="2"]').dblclick();
  await shoot(page, 'check-editing', [TAB]);
  await page.keyboard.press('Escape');
  const popup = await browser.openPage('popup.html');
  await popup.getByRole('button', { name: /^Continue/ }).waitFor();
  await shoot(popup, 'home-with-draft', [POPUP]);
  await popup.close();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: /^Import \d/ }).waitFor();
  await page.waitForTimeout(500);
  await shoot(page, 'preview');
  await page.getByLabel(/^Overwrite/).click();
  await page.getByText(/^Fields to overwrite/).waitFor();
  await shoot(page, 'preview-overwrite', [TAB, PANEL]);
  await page.getByLabel(/^Skip/).click();
  await page.getByRole('button', { name: /^Rejected/ }).click();
  await page.locator('.ruled-list li').first().waitFor();
  await shoot(page, 'preview-rejected', [TAB, PANEL]);
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await page.getByText('each counted once').waitFor({ timeout: 10_000 });
  await shoot(page, 'receipt');
  await page.getByRole('button', { name: 'Import another file' }).click();
}

/** A large file, so that the progress can be seen; the server goes away for a moment in the middle. */
async function importLarge(page: Page): Promise<void> {
  const file = join(work, 'conference-scans.csv');
  writeFileSync(file, makeLeadFile({ rowCount: ROWS }).bytes);
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.getByRole('button', { name: 'Map columns' }).click();
  await page
    .getByRole('button', { name: /^Check/ })
    .last()
    .click();
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await page.getByRole('heading', { name: /^[1-9][\d,]* of / }).waitFor();
  await page.getByText(/rows a second/).waitFor();
  await shoot(page, 'importing', [TAB]);
  await page.getByRole('button', { name: 'Pause' }).click();
  await page.getByRole('button', { name: 'Resume' }).waitFor();
  await shoot(page, 'paused');
  const { port } = server;
  await server.kill();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Try now' }).waitFor();
  await shoot(page, 'server-away');
  server = await spawnServer({ dataDir: join(work, 'data'), port, env });
  await page.getByRole('button', { name: 'Try now' }).click();
  await page.getByText('each counted once').waitFor({ timeout: 120_000 });
  await shoot(page, 'receipt-large');
  await page.getByRole('button', { name: 'Import another file' }).click();
  await page.getByRole('button', { name: 'Choose file' }).waitFor();
}

/** The workspace with what was imported: the table, chosen leads, a cell that cannot be stored, one lead, nothing found. */
async function walkWorkspace(): Promise<void> {
  const page = await browser.openPage('workspace.html');
  await page.locator('.leads-row .name').first().waitFor();
  await shoot(page, 'leads');
  const email = page.locator('[data-row="1"] [data-column="4"]');
  await email.dblclick();
  await page.keyboard.type('no address');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await shoot(page, 'leads-refused', [TAB]);
  await page.keyboard.press('Escape');
  for (const row of [0, 2, 3]) await page.locator(`[data-row="${row}"] input`).click();
  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await shoot(page, 'leads-chosen');
  await page.keyboard.press('Escape');
  await page.locator('.leads-row .name').first().click();
  await page.locator('.trail li').first().waitFor();
  await shoot(page, 'lead');
  await page.goBack();
  await page.getByRole('searchbox').fill('nobody of this name');
  await page.getByText(/^No lead matches/).waitFor();
  await shoot(page, 'leads-none');
  await page.close();
}
