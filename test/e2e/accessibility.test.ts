import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { countDatabase } from '../support/count-database.ts';
import { findBarriers } from '../support/find-barriers.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { focusedName, pressByKeys, tabTo } from './drive-keys.ts';
import { expectNoBarriers } from './expect-no-barriers.ts';

const FILE = ['First Name,Last Name,Email,Phone', 'Una,Wrong,una-at-example.com,+12025550103', 'Fay,New,fay@example.com,+12025550105', ''];
/** As large as a popup may be. */
const POPUP = { width: 400, height: 600 };
const data = makeDataFolder();
const folder = mkdtempSync(join(tmpdir(), 'leadline-keys-'));
let server: SpawnedServer;
let browser: ExtensionBrowser;

beforeAll(async () => {
  writeFileSync(join(folder, 'fair.csv'), FILE.join('\n'));
  server = await spawnServer({ dataDir: data.path });
  browser = await launchChromium(join(folder, 'profile'));
});
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  data.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('the audit sees a button without a name, words too pale to read, and a target too small to hit', async () => {
  const page = await browser.openPage('options.html');
  await page.getByRole('button', { name: 'Pair' }).waitFor();
  await page.evaluate(() => {
    document
      .querySelector('main')
      ?.insertAdjacentHTML(
        'beforeend',
        '<p style="color: #888; background: #777">pale</p><button></button><i><a href="#a" style="display: block; width: 9px; height: 9px">a</a><a href="#b" style="display: block; width: 9px; height: 9px">b</a></i>',
      );
  });
  const rules = new Set((await findBarriers(page)).map((barrier) => barrier.split(':')[0]));
  expect([...rules].sort()).toEqual(['button-name', 'color-contrast', 'target-size']);
  await page.close();
});

test('a browser is paired, a file is imported from the popup and taken back, all without a mouse', async () => {
  const options = await browser.openPage('options.html');
  await expectNoBarriers(options);
  await tabTo(options, /^1\. Start the server/);
  await options.keyboard.press('ControlOrMeta+A');
  await options.keyboard.type(server.url);
  await tabTo(options, /^2\. Enter the code/);
  await options.keyboard.type(server.pairingCode ?? '');
  await options.keyboard.press('Enter');
  await options.getByText(/^Connected to/).waitFor();
  await expect.poll(() => focusedName(options)).toBe('Options');
  await pressByKeys(options, 'Unpair');
  await expect.poll(() => focusedName(options)).toBe('Stay paired');
  await expectNoBarriers(options);
  await options.keyboard.press('Enter');
  await expect.poll(() => focusedName(options)).toBe('Unpair');
  await options.close();

  const page = await browser.openPage('popup.html');
  await page.setViewportSize(POPUP);
  const chooser = page.waitForEvent('filechooser');
  await pressByKeys(page, 'Choose file');
  await (await chooser).setFiles(join(folder, 'fair.csv'));
  await page.getByRole('heading', { name: '2 rows, 4 columns' }).waitFor();
  await expect.poll(() => focusedName(page)).toBe('2 rows, 4 columns');
  await expectNoBarriers(page, POPUP);
  await pressByKeys(page, 'Map columns');
  await expect.poll(() => focusedName(page)).toBe('Match 4 columns to fields');
  await expectNoBarriers(page, POPUP);
  await pressByKeys(page, 'Check 2 rows');
  await page.getByRole('gridcell', { name: 'una-at-example.com' }).first().waitFor();
  await expectNoBarriers(page, POPUP);
  await tabTo(page, 'Una');
  for (const key of ['ArrowRight', 'ArrowRight', 'Enter', 'ControlOrMeta+A']) await page.keyboard.press(key);
  await page.keyboard.type('una@example.com');
  await page.keyboard.press('Enter');
  await page.getByText('2 valid').first().waitFor();
  await expect.poll(() => focusedName(page)).not.toBeNull();
  await pressByKeys(page, 'Preview');
  await expect.poll(() => focusedName(page)).toMatch(/^2 leads will be written/);
  await expectNoBarriers(page, POPUP);
  await pressByKeys(page, 'Import 2 leads');
  await expect.poll(() => focusedName(page)).toMatch(/^2 leads saved/);
  await expectNoBarriers(page, POPUP);
  expect(countDatabase(data.path).leads).toBe(2);
  await tabTo(page, 'Undo this import');
  const [workspace] = await Promise.all([
    browser.context.waitForEvent('page'),
    page.keyboard.press('Enter').catch(() => {}), // the popup closes with it
  ]);
  await expect.poll(() => focusedName(workspace)).toBe('Keep the import');
  await expectNoBarriers(workspace);
  await workspace.keyboard.press('Escape');
  await expect.poll(() => focusedName(workspace)).toBe('Undo this import');
  await workspace.keyboard.press('Enter');
  await pressByKeys(workspace, 'Undo this import');
  await workspace.getByRole('heading', { name: 'Import undone.' }).waitFor();
  await expect.poll(() => focusedName(workspace)).toBe('Imports');
  await expectNoBarriers(workspace);
  expect(countDatabase(data.path).leads).toBe(0);
});
