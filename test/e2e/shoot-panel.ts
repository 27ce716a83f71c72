import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXTENSION_ID } from '../../shared/api/extension-id.ts';
import { buildWithSite } from '../support/allowed-build.ts';
import { launchChromium } from '../support/chromium.ts';
import { findFirefox, launchFirefox } from '../support/firefox.ts';
import { startGoogle } from '../support/google/start-google.ts';
import { googleEnv, spawnServer } from '../support/start-server.ts';
import { clickButton, waitForText } from './drive-firefox.ts';
import { pairBrowser } from './drive-import.ts';
import { AUTUMN, SHEETS, SPRING, sheetAddress, sheetPage } from './sheet-pages.ts';
import { takePictures } from './take-pictures.ts';

/**
 * Pictures of the real side panel beside Google Sheets, and of the page of Firefox's sidebar, light and dark, at each of
 * its widths: `node test/e2e/shoot-panel.ts [--audit]` after a build; they lie in dist/screenshots.
 */

const FOLDER = join(import.meta.dirname, '../../dist/screenshots');
const WIDTHS = [320, 360, 600];
const HEIGHT = 720;
const THEMES = ['light', 'dark'] as const;

const work = mkdtempSync(join(tmpdir(), 'leadline-panel-pictures-'));
mkdirSync(FOLDER, { recursive: true });
const shoot = takePictures(
  FOLDER,
  WIDTHS.map((width) => [width, HEIGHT] as const),
);
const google = await startGoogle({
  spreadsheets: SHEETS,
  redirects: [`https://${EXTENSION_ID}.chromiumapp.org/`],
  emails: ['ana@example.com'],
});
const server = await spawnServer({ dataDir: join(work, 'data'), env: googleEnv(google) });
try {
  await shootChromium();
  if (findFirefox() && !process.argv.includes('--audit')) await shootFirefox();
} finally {
  await server.kill();
  await google.stop();
  rmSync(work, { recursive: true, force: true });
}

async function shootChromium(): Promise<void> {
  const folder = buildWithSite(join(work, 'build'), 'https://docs.google.com/*');
  const browser = await launchChromium(join(work, 'profile'), { folder });
  try {
    await browser.context.route('https://docs.google.com/**', (route) =>
      route.fulfill({ contentType: 'text/html', body: sheetPage(route.request().url()) }),
    );
    const page = await browser.openPage('options.html');
    await pairBrowser(page, server.url, server.pairingCode ?? '');
    await page.goto(page.url().replace('options', 'importer'));
    await page.getByRole('button', { name: 'Open in side panel' }).click();
    const panel = await browser.findPanel();
    await panel.getByText('Follows the tab in front').waitFor();
    await shoot(panel, 'panel-no-sheet');
    const tab = await browser.context.newPage();
    await tab.goto(sheetAddress(SPRING));
    await panel.getByRole('button', { name: 'Import this sheet' }).waitFor();
    await shoot(panel, 'panel-sheet');
    const popup = await browser.clickAction(tab);
    await popup.getByRole('button', { name: 'Import this sheet' }).waitFor();
    await popup.screenshot({ path: join(FOLDER, 'popup-on-sheet-light.png') });
    await panel.getByRole('button', { name: 'Import this sheet' }).click();
    await panel.getByRole('button', { name: 'Sign in with Google' }).waitFor();
    await shoot(panel, 'panel-offered');
    await panel.getByRole('button', { name: 'Sign in with Google' }).click();
    await panel.getByRole('button', { name: 'Read this tab' }).waitFor();
    await shoot(panel, 'panel-tabs');
    await panel.getByRole('button', { name: 'Read this tab' }).click();
    await panel.getByRole('button', { name: 'Map columns' }).click();
    await panel.getByRole('heading', { name: /^Match \d/ }).waitFor();
    await tab.goto(sheetAddress(AUTUMN));
    await panel.getByRole('button', { name: 'Start with it' }).waitFor();
    await shoot(panel, 'panel-other-sheet');
  } finally {
    await browser.close();
  }
}

/** Without a sign-in: what differs from Chromium is how the page is drawn, and the permission, which is really asked for. */
async function shootFirefox(): Promise<void> {
  const firefox = await launchFirefox();
  try {
    const sidebar = await firefox.openPage('sidepanel.html');
    const shootIt = async (name: string) => {
      for (const width of WIDTHS) {
        await sidebar.setViewport({ width, height: HEIGHT });
        for (const theme of THEMES) {
          await sidebar.evaluate((one) => document.documentElement.setAttribute('data-theme', one), theme);
          await sidebar.screenshot({ path: join(FOLDER, `${name}-${width}-${theme}.png`) as `${string}.png` });
        }
      }
    };
    await waitForText(sidebar, 'Follow Google Sheets');
    await shootIt('sidebar-asks');
    await clickButton(sidebar, /^Follow Google Sheets/);
    await waitForText(sidebar, 'Follows the tab in front');
    const tab = await firefox.browser.newPage();
    await tab.setRequestInterception(true);
    tab.on('request', (request) => void request.respond({ status: 200, contentType: 'text/html', body: sheetPage(request.url()) }));
    await tab.goto(sheetAddress(SPRING));
    await tab.bringToFront();
    await waitForText(sidebar, 'Import this sheet');
    await shootIt('sidebar-sheet');
  } finally {
    await firefox.close();
  }
}
