import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { freePort, launchChromium } from '../support/chromium.ts';
import { HUBSPOT_APP } from '../support/hubspot/hubspot-oauth.ts';
import { startHubspot } from '../support/hubspot/start-hubspot.ts';
import { hubspotEnv, spawnServer } from '../support/start-server.ts';
import { pairBrowser } from './drive-import.ts';

/**
 * Pictures of everything about a connection to a CRM, light and dark, wide and narrow, on a loopback HubSpot.
 * `node test/e2e/shoot-connections.ts`, after a build; the pictures lie in dist/screenshots.
 */

const FOLDER = join(import.meta.dirname, '../../dist/screenshots');
const SIZES = [
  [1280, 860],
  [600, 800],
  [320, 700],
] as const;
const DAY_MS = 24 * 60 * 60 * 1_000;

const work = mkdtempSync(join(tmpdir(), 'leadline-connections-'));
mkdirSync(FOLDER, { recursive: true });
const port = await freePort();
/** The portal lives in the past while it is filled: a run reads only what has settled there. */
let behindMs = 10 * 60 * 1_000;
const hubspot = await startHubspot({
  now: () => Date.now() - behindMs,
  app: { ...HUBSPOT_APP, redirects: [`http://localhost:${port}/oauth/hubspot/callback`] },
});
hubspot.oauth.habits.person = 'page';
const server = await spawnServer({ dataDir: join(work, 'data'), port, env: hubspotEnv(hubspot) });
const browser = await launchChromium(join(work, 'profile'));
try {
  await takeAll();
} catch (error) {
  for (const [index, page] of browser.context.pages().entries()) await page.screenshot({ path: join(FOLDER, `failed-${index}.png`) });
  throw error;
} finally {
  await browser.close();
  await server.stop();
  await hubspot.close();
  rmSync(work, { recursive: true, force: true });
}

async function takeAll(): Promise<void> {
  const ann = fillPortal();
  behindMs = 0;
  const options = await browser.openPage('options.html');
  await pairBrowser(options, server.url, server.pairingCode ?? '');
  await options.close();
  const page = await browser.openPage('workspace.html#/connections?connect=hubspot');
  page.setDefaultTimeout(20_000);
  const press = (name: string | RegExp) => page.getByRole('button', { name }).first().click();
  const goTo = (place: string) => page.goto(page.url().replace(/#.*/, place));

  await page.getByRole('region', { name: 'HubSpot' }).waitFor();
  await shoot(page, 'connections-none');
  await press('Paste a service key');
  await shoot(page, 'connections-key');
  await press('Cancel');
  const consent = browser.context.waitForEvent('page');
  await press('Authorize & Import');
  const tab = await consent;
  await page.getByText('Waiting for HubSpot.').waitFor();
  await shoot(page, 'connections-waiting');
  await tab.locator('#allows').click();
  await tab
    .getByText(/connected/i)
    .first()
    .waitFor();
  await shoot(tab, 'connections-consented', [SIZES[0]]);
  await tab.close();
  await page.getByRole('button', { name: /^Import \d/ }).waitFor();
  await shoot(page, 'connection-import');
  const place = page
    .url()
    .replace(/.*#/, '#')
    .replace(/\/import$/, '');
  await goTo(place);
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
  await shoot(page, 'connection-new');
  await goTo(`${place}/import`);
  await press(/^Import \d/);
  await page.getByText(/saved to/).waitFor();

  const id = place.replace('#/connections/', '');
  const lead = (await ask('GET', '/api/leads?search=ann%40example.com')).leads[0];
  await ask('PATCH', `/api/leads/${lead.id}`, { jobTitle: 'Head of partnerships', companyName: 'Fernhill Freight' });
  hubspot.people.editContact(ann, { jobtitle: 'Purchasing manager for the whole of Northern Europe' });
  await ask('POST', '/api/leads', { leads: [{ firstName: 'Cy', lastName: 'Ray', email: 'cy@example.com', phone: '+12025550123' }] });
  await ask('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' }, schedule: 'hourly' });
  await goTo(place);
  await press('Dry run');
  await page.getByRole('heading', { name: 'Dry run' }).waitFor();
  await shoot(page, 'connection-dry-run');
  await press(/^Apply/);
  await page.getByText(/^In step: /).waitFor();
  await shoot(page, 'connection-health');
  await goTo(`${place}/conflicts`);
  await page.locator('.conflict').first().waitFor();
  await shoot(page, 'connection-conflicts');
  await goTo(`${place}/fields`);
  await page.getByRole('button', { name: 'Save the map' }).waitFor();
  await shoot(page, 'connection-fields');
  await goTo(`${place}/scope`);
  await page.getByText('Opt-outs').last().waitFor();
  await shoot(page, 'connection-scope');
  await goTo(`${place}/history`);
  await page.getByRole('list', { name: 'Runs' }).waitFor();
  await shoot(page, 'connection-history');

  await refuseSome(id);
  await goTo(`${place}/errors`);
  await page.getByRole('list', { name: 'Errors by cause' }).waitFor();
  await press('Show who');
  await shoot(page, 'connection-errors');
  await goTo(place);
  await press('Disconnect');
  await shoot(page, 'connection-disconnect', [SIZES[0], SIZES[2]]);
  await press('Stay connected');

  await makeMany();
  await press('Sync now');
  await page.getByText(/would make/).waitFor();
  await shoot(page, 'connection-creates');
  await goTo('#/connections');
  await page.getByRole('list', { name: 'Connections' }).waitFor();
  await shoot(page, 'connections');
  await goTo(`#/leads/${lead.id}`);
  await page.locator('.trail li').first().waitFor();
  await shoot(page, 'lead-in-crm');

  hubspot.oauth.refreshTokens.clear();
  hubspot.oauth.habits.person = 'page';
  const start = await browser.openPage('importer.html');
  await start.getByRole('button', { name: /^HubSpot/ }).waitFor();
  await shoot(start, 'start-crm');
}

/** A portal with people, a list, a deal and activities of some days ago. Gives Ann's id. */
function fillPortal(): string {
  const { people } = hubspot;
  const ann = people.createContact({
    firstname: 'Ann',
    lastname: 'Lee',
    email: 'ann@example.com',
    jobtitle: 'Buyer',
    phone: '+12025550110',
    company: 'Fernhill',
  });
  const others = Array.from({ length: 40 }, (_, at) =>
    people.createContact({
      firstname: `Maya ${at}`,
      lastname: 'Lindqvist-Bergström',
      email: `maya${at}@example.com`,
      company: 'Brightwater Labs',
    }),
  );
  people.createContact({ firstname: 'Ola', email: 'ola@example.com', hs_email_optout: 'true' });
  people.createContact({ company: 'Nobody Ltd' });
  people.createList('Q4 Webinar', [ann, ...others.slice(0, 12)]);
  const at = (days: number) => String(Date.now() - days * DAY_MS);
  const deal = { pipeline: 'default', dealstage: 'contractsent', amount: '12000', closedate: '2026-12-01', deal_currency_code: 'USD' };
  people.createItem('deals', { dealname: 'Ten seats for the Rotterdam office', ...deal }, [ann]);
  people.createItem(
    'calls',
    { hs_timestamp: at(2), hs_call_title: 'Intro call', hs_call_direction: 'OUTBOUND', hs_call_body: '<p>Asked for a quote.</p>' },
    [ann],
  );
  const body = 'Spoke about terms. '.repeat(30);
  people.createItem('notes', { hs_timestamp: at(5), hs_note_body: `<p>${body}</p>` }, [ann]);
  people.createItem('meetings', { hs_timestamp: at(9), hs_meeting_title: 'Demo at their office' }, [ann]);
  people.createItem('tasks', { hs_timestamp: at(-3), hs_task_subject: 'Send the contract', hs_task_status: 'NOT_STARTED' }, [ann]);
  people.createItem('emails', { hs_timestamp: at(12), hs_email_subject: 'Your question about seats', hs_email_direction: 'EMAIL' }, [ann]);
  return ann;
}

/** Leads whose change HubSpot does not take. */
async function refuseSome(id: string): Promise<void> {
  for (const search of ['maya1@', 'maya2@', 'maya3@']) {
    const [lead] = (await ask('GET', `/api/leads?search=${encodeURIComponent(search)}`)).leads;
    await ask('PATCH', `/api/leads/${lead.id}`, { companyName: 'Nurture' });
  }
  const reason = { isValid: false, message: 'Nurture was not one of the allowed options', error: 'INVALID_OPTION', name: 'company' };
  const message = `Property values were not valid: ${JSON.stringify([reason])}`;
  hubspot.faults.answer(
    'batch/update',
    400,
    { status: 'error', category: 'VALIDATION_ERROR', message, correlationId: crypto.randomUUID() },
    6,
  );
  await ask('POST', `/api/connections/${id}/sync`, {});
}

async function makeMany(): Promise<void> {
  const leads = Array.from({ length: 120 }, (_, at) => ({
    firstName: `New ${at}`,
    lastName: 'Person',
    email: `new${at}@example.com`,
    phone: `+1202555${String(1_000 + at)}`,
  }));
  await ask('POST', '/api/leads', { leads });
}

// biome-ignore lint/suspicious/noExplicitAny: answers of our own server, read for pictures only
async function ask(method: string, path: string, body?: unknown): Promise<any> {
  const answer = await fetch(`${server.url}${path}`, {
    method,
    headers: { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const value = await answer.json();
  if (!answer.ok) console.log(`${method} ${path}: ${answer.status} ${JSON.stringify(value)}`);
  return value;
}

async function shoot(page: Page, name: string, sizes: readonly (readonly [number, number])[] = SIZES): Promise<void> {
  for (const [width, height] of sizes) {
    await page.setViewportSize({ width, height });
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join(FOLDER, `${name}-${width}-${colorScheme}.png`) });
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (overflow > 0) console.log(`${name} at ${width}: scrolls sideways by ${overflow} px`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 860 });
}
