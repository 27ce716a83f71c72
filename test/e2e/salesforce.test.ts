import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ExtensionBrowser, freePort, launchChromium } from '../support/chromium.ts';
import { type FakeSalesforce, startSalesforce } from '../support/salesforce/start-salesforce.ts';
import { makeDataFolder, type SpawnedServer, salesforceEnv, spawnServer } from '../support/start-server.ts';
import {
  authorizeCrm,
  chooseScope,
  editLead,
  goTo,
  importButton,
  openConnection,
  openConnectionTab,
  openLead,
  syncNow,
} from './drive-crm.ts';
import { pairBrowser } from './drive-import.ts';
import { expectNoBarriers } from './expect-no-barriers.ts';

const profile = mkdtempSync(join(tmpdir(), 'leadline-salesforce-'));
let data: ReturnType<typeof makeDataFolder>;
let org: FakeSalesforce;
let server: SpawnedServer;
let browser: ExtensionBrowser;
let page: Page;
let ann: string;
let bo: string;
let autumn: string;
/** What has just changed in an org is read by a later run; here it changed a while ago, so that the first one reads it all. */
const behindMs = 10 * 60 * 1_000;

beforeAll(async () => {
  data = makeDataFolder();
  const port = await freePort();
  org = await startSalesforce({
    now: () => Date.now() - behindMs,
    clock: Date.now,
    redirects: [`http://localhost:${port}/oauth/salesforce/callback`],
  });
  org.auth.consent = 'ask';
  org.auth.tokenLifeMs = 24 * 60 * 60 * 1_000;
  // Behind more campaigns than Salesforce is asked to tell of: it is found by its name.
  for (let at = 0; at < 1_200; at++) org.people.addCampaign(`Fair ${at}`);
  const fair = org.people.addCampaign('Spring fair');
  ann = org.people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com', Title: 'Buyer' });
  bo = org.people.addLead({ FirstName: 'Bo', LastName: 'Ray', Email: 'bo@example.com' });
  for (const lead of [ann, bo]) org.people.addMember(fair, lead, 'Responded');
  autumn = org.people.addCampaign('Autumn fair', [['Visited our stand', true]]);
  org.people.addLead({ FirstName: 'Cy', LastName: 'Fox', Email: 'cy@example.com' });
  server = await spawnServer({ dataDir: data.path, port, env: salesforceEnv(org) });
  browser = await launchChromium(profile);
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
  page = await browser.openPage('workspace.html#/connections?connect=salesforce');
  page.setDefaultTimeout(15_000);
});
afterAll(async () => {
  await browser.close().catch(() => {});
  await server.kill();
  await org.stop();
  data.remove();
  rmSync(profile, { recursive: true, force: true });
});

describe('Salesforce in a real browser', () => {
  test('a sandbox is authorized, and the leads of a campaign are imported', async () => {
    await page.getByLabel(/^Your Salesforce address/).fill('test.salesforce.com');
    await authorizeCrm(browser.context, page, 'Salesforce');
    await page.getByLabel('Leads, contacts or both').selectOption({ label: 'Leads' });
    await chooseScope(page, 'Which records of Salesforce', 'Spring fair');
    await page.getByText(/^2 records in the campaign Spring fair/).waitFor();
    await importButton(page).click();
    await page.getByText(/2 leads saved to Spring fair/).waitFor();
  });

  test('edits go both ways, while another lead is converted', async () => {
    await openLead(page, 'bo@example.com', 'Bo Ray');
    await editLead(page, 'Company', 'Fernhill Freight');
    org.people.edit(bo, { Title: 'Managing director' });
    org.people.convert(ann, 'Pumps for the new plant');
    await openConnection(page, 'Salesforce');
    expect(await syncNow(page)).toMatch(/^In step: /);
    expect(org.people.read(bo).Company).toBe('Fernhill Freight');
    await openLead(page, 'bo@example.com', 'Bo Ray');
    await page.getByText('Managing director').first().waitFor();
    await page.getByText('Salesforce sync').first().waitFor();
  });

  test('the lead that was converted stays one lead here, with its opportunity and campaign on the timeline', async () => {
    await openLead(page, 'ann@example.com', 'Ann Lee');
    await page.getByText('Pumps for the new plant').waitFor();
    await page.locator('.trail').getByText('Spring fair', { exact: true }).waitFor();
    await page.getByText('Salesforce contact').waitFor();
    await expectNoBarriers(page);
    await goTo(page, '/leads?search=ann%40example.com');
    await page.locator('.leads-row .name').first().waitFor();
    expect(await page.locator('.leads-row .name').count()).toBe(1);
  });

  test('a list’s people become members of another campaign on a click, with the status chosen', async () => {
    await openConnection(page, 'Salesforce');
    await openConnectionTab(page, 'Salesforce', 'Campaigns');
    await chooseScope(page, 'Campaign in Salesforce', 'Autumn fair');
    await page.getByLabel('People of the list').selectOption({ label: 'Spring fair (2 leads)' });
    await page.getByLabel('Status of the new members').selectOption({ label: 'Visited our stand (has responded)' });
    await page.getByRole('button', { name: 'Add 2 people' }).click();
    await page.getByText('2 people added to Autumn fair.').waitFor();
    await expectNoBarriers(page);
    const members = [...(org.org.records.get('CampaignMember')?.values() ?? [])].filter(
      ({ values }) => values.get('CampaignId') === autumn,
    );
    expect(members.map(({ values }) => [values.get('Status'), values.get('HasResponded')])).toEqual([
      ['Visited our stand', true],
      ['Visited our stand', true],
    ]);
  });
});
