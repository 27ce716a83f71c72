import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionBrowser, freePort, launchChromium } from '../support/chromium.ts';
import { HUBSPOT_APP } from '../support/hubspot/hubspot-oauth.ts';
import { type RunningHubspot, startHubspot } from '../support/hubspot/start-hubspot.ts';
import { hubspotEnv, makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { pairBrowser } from './drive-import.ts';

const profile = mkdtempSync(join(tmpdir(), 'leadline-hubspot-'));
let data: ReturnType<typeof makeDataFolder>;
let hubspot: RunningHubspot;
let server: SpawnedServer;
let browser: ExtensionBrowser;
let page: Page;
let contact: string;

beforeAll(async () => {
  data = makeDataFolder();
  const port = await freePort();
  hubspot = await startHubspot({ app: { ...HUBSPOT_APP, redirects: [`http://localhost:${port}/oauth/hubspot/callback`] } });
  hubspot.oauth.habits.person = 'page';
  contact = hubspot.people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' });
  for (let index = 0; index < 11; index++)
    hubspot.people.createContact({ firstname: `Pat ${index}`, lastname: 'Fern', email: `pat${index}@example.com` });
  hubspot.people.createContact({ firstname: 'Ola', lastname: 'Out', email: 'ola@example.com', hs_email_optout: 'true' });
  server = await spawnServer({ dataDir: data.path, port, env: hubspotEnv(hubspot) });
  browser = await launchChromium(profile);
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
  page = await browser.openPage('workspace.html#/connections?connect=hubspot');
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser.close().catch(() => {});
  await server.kill();
  await hubspot.close();
  data.remove();
  rmSync(profile, { recursive: true, force: true });
});

const tab = (name: string | RegExp) => page.getByRole('navigation', { name: 'HubSpot' }).getByRole('link', { name }).click();
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

describe('HubSpot in a real browser', () => {
  test('consent at HubSpot, and the plan opens by itself with one button', async () => {
    const consent = browser.context.waitForEvent('page');
    await page.getByRole('region', { name: 'HubSpot' }).getByRole('button', { name: 'Authorize & Import' }).click();
    await (await consent).locator('#allows').click();
    await page.bringToFront();
    await page.getByRole('button', { name: 'Import 12 contacts' }).waitFor();
    expect(await page.getByText('opted out: kept off').count()).toBe(1);
    expect(await page.locator('tbody tr').first().innerText()).toContain('Ann Lee');
  });

  test('the import ends at a receipt that adds up', async () => {
    await press('Import 12 contacts');
    await page.getByText(/12 leads saved to HubSpot contacts/).waitFor();
    expect(await page.locator('.sum .num').innerText()).toBe('13');
  });

  test('an edit here goes there with the next run, and the run is told', async () => {
    await page.goto(page.url().replace(/#.*/, '#/leads?search=ann%40example.com'));
    await page.locator('.leads-row .name').first().click();
    await page.getByRole('heading', { name: 'Ann Lee' }).waitFor();
    await editLead('Company', 'Fernhill');
    await openConnection();
    await press('Sync now');
    await page.getByText(/^In step: /).waitFor();
    expect(hubspot.people.contact(contact)?.get('company')).toBe('Fernhill');
  });

  test('the same field changed on both sides is a conflict with both values, and the choice can be undone', async () => {
    await page.goto(page.url().replace(/#.*/, '#/leads?search=ann%40example.com'));
    await page.locator('.leads-row .name').first().click();
    await editLead('Job title', 'Head of buying');
    hubspot.people.editContact(contact, { jobtitle: 'Purchasing manager' });
    await openConnection();
    await press('Sync now');
    await page.getByText(/1 conflict/).waitFor();
    await tab(/^Conflicts/);
    const card = page.locator('.conflict');
    await card.waitFor();
    expect(await card.innerText()).toContain('Head of buying');
    expect(await card.innerText()).toContain('Purchasing manager');
    const kept = await card.locator('.won .strong').innerText();
    await press('Undo');
    await page.getByText(/decided/).waitFor();
    await tab('Health');
    await press('Sync now');
    await page.getByText(/^In step: /).waitFor();
    const now = hubspot.people.contact(contact)?.get('jobtitle');
    expect(['Head of buying', 'Purchasing manager']).toContain(now);
    expect(now).not.toBe(kept.trim());
  });

  test('disconnecting gives the grant back and keeps the leads', async () => {
    await press('Disconnect');
    await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('HubSpot is disconnected.').waitFor();
    expect(hubspot.count(/token\/revoke/)).toBe(1);
    await page.goto(page.url().replace(/#.*/, '#/leads'));
    await page.locator('.leads-row .name').first().waitFor();
  });
});

async function openConnection(): Promise<void> {
  await page.goto(page.url().replace(/#.*/, '#/connections'));
  await page.getByRole('main').getByRole('link', { name: 'HubSpot', exact: true }).click();
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
}

async function editLead(field: string, value: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${field}: `) }).click();
  await page.getByRole('textbox', { name: field }).fill(value);
  await page.keyboard.press('Enter');
  await page.getByText(value).first().waitFor();
}
