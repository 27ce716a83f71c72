import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { trimText } from '#shared/lead/text.ts';
import { writeCsv } from '#shared/table/write-csv.ts';
import { NAUGHTY } from '../fixtures/naughty-strings/read-strings.ts';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { clickImport, goToPreview, pairBrowser, readReceipt } from './drive-import.ts';

const LIST = '<img src=x onerror=alert(1)> "Q4" =1+1';
const HEADER = '<script>alert(document.domain)</script>';
const data = makeDataFolder();
const folder = mkdtempSync(join(tmpdir(), 'leadline-naughty-'));
let server: SpawnedServer;
let browser: ExtensionBrowser;

beforeAll(async () => {
  server = await spawnServer({ dataDir: data.path });
  browser = await launchChromium(join(folder, 'profile'));
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
  const rows = NAUGHTY.map((text, at) => [`First ${text}`, 'Last', `n${at}@example.com`, phoneOf(at), text, text]);
  const csv = writeCsv(['First Name', 'Last Name', 'Email', 'Phone', 'Notes', HEADER], rows, { guard: true });
  writeFileSync(join(folder, 'naughty.csv'), csv);
});
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  data.remove();
  rmSync(folder, { recursive: true, force: true });
});

function phoneOf(at: number): string {
  return `+1202555${String(at).padStart(4, '0')}`;
}

test('515 naughty strings in cells, a header and a list name go through every screen and come back byte by byte; none runs', async () => {
  const trouble: string[] = [];
  browser.context.on('page', (page) => {
    page.on('dialog', (dialog) => trouble.push(dialog.message()));
    page.on('pageerror', (error) => trouble.push(error.message));
  });
  const page = await browser.openPage('importer.html');
  await goToPreview(page, join(folder, 'naughty.csv'), LIST);
  expect(await clickImport(page)).toBe(NAUGHTY.length);
  const receipt = await readReceipt(page);
  expect(receipt.headline).toContain(LIST);
  await page.goto(page.url().replace(/importer\.html.*/, 'workspace.html'));
  await page
    .getByRole('row', { name: /n0@example\.com|First/ })
    .first()
    .waitFor();
  expect(await page.locator('main img, main script').count()).toBe(0);

  const stored = new Map((await allLeads()).map((lead) => [lead.email, lead]));
  for (const [at, text] of NAUGHTY.entries()) {
    const lead = stored.get(`n${at}@example.com`);
    const clean = trimText(text);
    expect(lead?.notes ?? '').toBe(clean === '' ? '' : text);
    expect(lead?.firstName).toBe(trimText(`First ${text}`));
    expect(lead?.customFields.find(({ label }) => label === HEADER)?.value ?? '').toBe(clean);
  }
  expect(trouble).toEqual([]);
});

type StoredLead = {
  readonly email: string;
  readonly firstName: string;
  readonly notes?: string;
  readonly customFields: readonly { readonly label: string; readonly value: string }[];
};

async function allLeads(): Promise<readonly StoredLead[]> {
  const headers = { Authorization: `Bearer ${server.apiKey}`, 'X-Leadline-Api': '1' };
  const found: StoredLead[] = [];
  for (const page of [1, 2]) {
    const answer = await fetch(`${server.url}/api/leads?limit=500&page=${page}`, { headers });
    found.push(...((await answer.json()) as { readonly leads: readonly StoredLead[] }).leads); // as the contract says
  }
  return found;
}
