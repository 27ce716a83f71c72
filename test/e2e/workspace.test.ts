import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionBrowser, launchChromium } from '../support/chromium.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { pairBrowser } from './drive-import.ts';
import { expectNoBarriers } from './expect-no-barriers.ts';
import { callServer, storePeople } from './store-people.ts';

const PEOPLE = 2_000;
const profile = mkdtempSync(join(tmpdir(), 'leadline-workspace-'));
const data = makeDataFolder();
let server: SpawnedServer;
let browser: ExtensionBrowser;
let page: Page;

beforeAll(async () => {
  server = await spawnServer({ dataDir: data.path });
  await storePeople(server, PEOPLE);
  browser = await launchChromium(profile);
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
  page = await browser.openPage('workspace.html');
});
afterAll(async () => {
  await browser?.close();
  await server?.kill();
  data.remove();
  rmSync(profile, { recursive: true, force: true });
});

const row = (name: string) => page.getByRole('row').filter({ has: page.getByRole('link', { name, exact: true }) });
const leadsAt = async (query: string) => (await callServer(server, 'GET', `/api/leads?${query}`)).pagination.totalCount;

describe('the workspace page over 2,000 leads', () => {
  test('all are counted, and the last is one key away', async () => {
    await page.getByRole('heading', { name: 'Leads 2,000' }).waitFor();
    await row('Person 1999').getByRole('gridcell').nth(2).click();
    await page.keyboard.press('Control+End');
    await row('Person 0').waitFor();
    expect(await page.getByRole('row').count()).toBeLessThan(60);
    await page.keyboard.press('Control+Home');
    await row('Person 1999').waitFor();
  });

  test('searched, opened and back by the browser’s own button; a reload changes nothing', async () => {
    await page.getByRole('searchbox').fill('person12');
    await page.getByRole('heading', { name: 'Leads 111' }).waitFor();
    await row('Person 1299').getByRole('link').click();
    await page.getByRole('heading', { name: 'Person 1299' }).waitFor();
    await page.getByText('+12025551299').waitFor();
    await expectNoBarriers(page);
    await page.goBack();
    await page.getByRole('heading', { name: 'Leads 111' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Leads 111' }).waitFor();
    expect(await page.getByRole('searchbox').inputValue()).toBe('person12');
    await page.goBack();
    await page.getByRole('heading', { name: 'Leads 2,000' }).waitFor();
  });

  test('a cell is changed, refused where it must be, and taken back', async () => {
    const email = row('Person 1998').getByRole('gridcell').nth(4);
    await email.dblclick();
    await page.keyboard.type('not an address');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('needs an @').waitFor();
    expect(await page.getByRole('textbox', { name: 'Email' }).inputValue()).toBe('not an address');
    await page.getByRole('textbox', { name: 'Email' }).fill('changed@example.com');
    await page.keyboard.press('Enter');
    await email.getByText('changed@example.com').waitFor();
    expect(await leadsAt('search=changed@example.com')).toBe(1);
    await page.getByRole('button', { name: 'Undo' }).click();
    await email.getByText('person1998@example.com').waitFor();
  });

  test('a box that is clicked is ticked, and with Shift those between; a second click takes it out', async () => {
    const box = (name: string) => row(name).getByRole('checkbox');
    const ticked = (names: readonly string[]) => Promise.all(names.map((name) => box(name).isChecked()));
    await box('Person 1997').click();
    await page.getByText('1 chosen').waitFor();
    expect(await ticked(['Person 1998', 'Person 1997'])).toEqual([false, true]);
    await box('Person 1994').click({ modifiers: ['Shift'] });
    await page.getByText('4 chosen').waitFor();
    expect(await ticked(['Person 1997', 'Person 1996', 'Person 1995', 'Person 1994'])).toEqual([true, true, true, true]);
    await box('Person 1995').click({ modifiers: ['Shift'] });
    expect(await ticked(['Person 1995', 'Person 1994'])).toEqual([true, true]);
    for (const name of ['Person 1997', 'Person 1996', 'Person 1995', 'Person 1994']) await box(name).click();
    await page.getByText(/\d chosen/).waitFor({ state: 'detached' });
    expect(await ticked(['Person 1997', 'Person 1994'])).toEqual([false, false]);
  });

  test('all that a filter finds but one are tagged, and the filter by that tag finds them', async () => {
    await page.getByRole('button', { name: 'Filter' }).click();
    await page.getByRole('combobox', { name: 'List' }).selectOption('Spring fair');
    await page.getByRole('heading', { name: 'Leads 500' }).waitFor();
    await page.getByRole('checkbox', { name: 'Choose all 500 leads' }).click();
    await row('Person 499').getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Tag', exact: true }).click();
    await expectNoBarriers(page);
    await page.getByRole('combobox', { name: 'Tag' }).last().fill('met there');
    await page.getByRole('button', { name: 'Add tag' }).click();
    await page.getByText('499 leads tagged “met there”.').first().waitFor();
    expect(await leadsAt('tag=met%20there')).toBe(499);
    await page.getByRole('combobox', { name: 'Tag' }).first().selectOption('met there');
    await page.getByRole('heading', { name: 'Leads 499' }).waitFor();
  });

  test('exactly what is on the screen is exported', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export these' }).click()]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(lines).toHaveLength(500);
    expect(lines[1]).toContain('person0@example.com');
  });

  test('an opt-out that is typed is on the list with Enter, from either field', async () => {
    await page.getByRole('link', { name: 'Opt-outs' }).click();
    await page.getByRole('textbox', { name: 'Address, domain or phone' }).fill('nobody@example.com');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'nobody@example.com' }).waitFor();
    await page.getByRole('textbox', { name: 'Address, domain or phone' }).fill('fernhill.example');
    await page.getByRole('textbox', { name: 'Reason, if you like' }).fill('asked by phone');
    await page.keyboard.press('Enter');
    await page.getByRole('listitem').filter({ hasText: 'fernhill.example' }).filter({ hasText: 'asked by phone' }).waitFor();
  });
});
