import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionBrowser, freePort, launchChromium } from '../support/chromium.ts';
import { HUBSPOT_APP } from '../support/hubspot/hubspot-oauth.ts';
import { type RunningHubspot, startHubspot } from '../support/hubspot/start-hubspot.ts';
import { hubspotEnv, makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { authorizeCrm, editLead, goTo, openConnection, openConnectionTab, openLead, syncNow } from './drive-crm.ts';
import { pairBrowser } from './drive-import.ts';
import { focusedName, pressByKeys, tabTo } from './drive-keys.ts';
import { expectNoBarriers } from './expect-no-barriers.ts';

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

const tab = (name: string | RegExp) => openConnectionTab(page, 'HubSpot', name);
const press = (name: string | RegExp) => page.getByRole('button', { name }).click();

describe('HubSpot in a real browser', () => {
  test('consent at HubSpot, and the plan opens by itself with one button', async () => {
    await authorizeCrm(browser.context, page, 'HubSpot');
    await page.getByRole('button', { name: 'Import 12 contacts' }).waitFor();
    expect(await page.getByText('opted out: kept off').count()).toBe(1);
    expect(await page.locator('tbody tr').first().innerText()).toContain('Ann Lee');
    await expectNoBarriers(page);
  });

  test('the import ends at a receipt that adds up', async () => {
    await press('Import 12 contacts');
    await page.getByText(/12 leads saved to HubSpot contacts/).waitFor();
    expect(await page.locator('.sum .num').innerText()).toBe('13');
  });

  test('an edit here goes there with the next run, and the run is told', async () => {
    await openLead(page, 'ann@example.com', 'Ann Lee');
    await editLead(page, 'Company', 'Fernhill');
    await openConnection(page, 'HubSpot');
    expect(await syncNow(page)).toMatch(/^In step: /);
    expect(hubspot.people.contact(contact)?.get('company')).toBe('Fernhill');
  });

  test('the same field changed on both sides is a conflict with both values, and the choice can be undone', async () => {
    await openLead(page, 'ann@example.com', 'Ann Lee');
    await editLead(page, 'Job title', 'Head of buying');
    hubspot.people.editContact(contact, { jobtitle: 'Purchasing manager' });
    await openConnection(page, 'HubSpot');
    expect(await syncNow(page)).toContain('1 conflict');
    await tab(/^Conflicts/);
    const card = page.locator('.conflict');
    await card.waitFor();
    expect(await card.innerText()).toContain('Head of buying');
    expect(await card.innerText()).toContain('Purchasing manager');
    expect(await card.innerText()).toMatch(/Leadline, \d+:\d\d/);
    await expectNoBarriers(page);
    const kept = await card.locator('.won .strong').innerText();
    await pressByKeys(page, 'Undo');
    await page.getByText(/decided/).waitFor();
    await expect.poll(() => focusedName(page)).toContain('Ann Lee');
    await tab('Health');
    expect(await syncNow(page)).toMatch(/^In step: /);
    const now = hubspot.people.contact(contact)?.get('jobtitle');
    expect(['Head of buying', 'Purchasing manager']).toContain(now);
    expect(now).not.toBe(kept.trim());
  });

  test('more than 100 new records there: their number has to be typed before one is made', async () => {
    const leads = Array.from({ length: 101 }, (_, at) => ({
      firstName: `New ${at}`,
      lastName: 'Person',
      email: `new${at}@example.com`,
      phone: `+1202555${String(1_000 + at)}`,
    }));
    const headers = { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json' };
    await fetch(`${server.url}/api/leads`, { method: 'POST', headers, body: JSON.stringify({ leads }) });
    await openConnection(page, 'HubSpot');
    await tab('Scope');
    await page.getByLabel('Leads that may be made in HubSpot').selectOption('all');
    await page.getByText('A dry run says how many that is.').waitFor();
    await tab('Health');
    await press('Sync now');
    await page.getByText('This would make 101 new records in HubSpot.').waitFor();
    const before = hubspot.people.contactIds().length;
    await expectNoBarriers(page);
    await tabTo(page, 'Type 101 to allow it');
    await page.keyboard.type('101');
    await page.keyboard.press('Enter');
    await page
      .getByText(/^In step: .*101 in HubSpot/)
      .first()
      .waitFor();
    expect(hubspot.people.contactIds().length).toBe(before + 101);
  });

  test('disconnecting gives the grant back and keeps the leads', async () => {
    await pressByKeys(page, 'Disconnect');
    await expect.poll(() => focusedName(page)).toBe('Stay connected');
    await page.keyboard.press('Escape');
    await page.locator('dialog').waitFor({ state: 'detached' });
    await expect.poll(() => focusedName(page)).toBe('Disconnect');
    await page.keyboard.press('Enter');
    await expect.poll(() => focusedName(page)).toBe('Stay connected');
    await pressByKeys(page, 'Disconnect');
    await page.getByText('HubSpot is disconnected.').waitFor();
    await expect.poll(() => focusedName(page)).toContain('Connections');
    expect(hubspot.count(/token\/revoke/)).toBe(1);
    await goTo(page, '/leads');
    await page.locator('.leads-row .name').first().waitFor();
  });
});
