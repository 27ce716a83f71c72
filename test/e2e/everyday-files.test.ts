import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EverydayFile, everydayFiles } from '../fixtures/everyday-files.ts';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { clickWhenReady } from './drive-import.ts';

/** From the drop to the preview, in a real browser, without a server and without touching the mapping. */

const FOLDER = mkdtempSync(join(tmpdir(), 'leadline-everyday-'));
let browser: ExtensionBrowser;

beforeAll(async () => {
  browser = await launchChromium(join(FOLDER, 'profile'));
});
afterAll(async () => {
  await browser.close();
  rmSync(FOLDER, { recursive: true, force: true });
});

async function give(page: Page, { name, content }: EverydayFile): Promise<void> {
  if (typeof content === 'string') {
    await page.getByRole('button', { name: /paste/i }).first().click();
    await page.getByRole('textbox', { name: 'Rows to paste' }).fill(content);
    await page.getByRole('button', { name: 'Read these rows' }).click();
    return;
  }
  const path = join(FOLDER, name);
  writeFileSync(path, content);
  await page.locator('input[type=file]').first().setInputFiles(path);
}

async function goToPreview(page: Page, file: EverydayFile): Promise<void> {
  await clickWhenReady(page, 'Map columns');
  if (file.isIncomplete) await page.getByRole('button', { name: 'Use Reachable' }).click();
  await clickWhenReady(page, /^Check [\d,]+ rows?$/);
  await clickWhenReady(page, 'Preview');
  await page.locator('.stacks-preview tbody tr').first().waitFor();
}

describe('files that everybody has open right, map themselves and show the right first person', () => {
  test.each(everydayFiles().map((file) => [file.title, file] as const))('%s', async (_, file) => {
    const page = await browser.openPage('importer.html');
    await give(page, file);
    await goToPreview(page, file);
    const heads = await page.locator('.stacks-preview thead th').allTextContents();
    const cells = await page.locator('.stacks-preview tbody tr').first().locator('td').allTextContents();
    const under = (head: string) => cells[heads.indexOf(head)];
    const { more, ...first } = file.first;
    expect({ name: under('Name'), email: under('Email'), phone: under('Phone'), company: under('Company') }).toEqual(first);
    for (const value of more) expect(cells.map((text) => text.trim())).toContain(value);
    expect(await page.locator('h1').innerText()).toContain(`${file.people} leads will be written`);
    await page.getByRole('button', { name: 'Discard this draft' }).click();
    await page.getByRole('button', { name: 'Discard', exact: true }).click();
    await page.locator('input[type=file]').first().waitFor({ state: 'attached' });
    await page.close();
  });
});
