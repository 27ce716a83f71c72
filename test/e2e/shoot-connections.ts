import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type ExtensionBrowser, freePort, launchChromium } from '../support/chromium.ts';
import { HUBSPOT_APP } from '../support/hubspot/hubspot-oauth.ts';
import { type RunningHubspot, startHubspot } from '../support/hubspot/start-hubspot.ts';
import { type FakeSalesforce, startSalesforce } from '../support/salesforce/start-salesforce.ts';
import { hubspotEnv, salesforceEnv, spawnServer } from '../support/start-server.ts';
import { pairBrowser } from './drive-import.ts';
import { shootHubspot } from './shoot-hubspot.ts';
import { shootSalesforce } from './shoot-salesforce.ts';
import { type Shoot, takePictures } from './take-pictures.ts';

/**
 * Pictures of everything about connections to CRMs, light and dark, wide and narrow, on a loopback HubSpot and a loopback
 * Salesforce. `node test/e2e/shoot-connections.ts [hubspot | salesforce] [--audit]`, after a build; the pictures lie in dist/screenshots.
 */

const FOLDER = join(import.meta.dirname, '../../dist/screenshots');
const ONLY = process.argv.slice(2).find((word) => !word.startsWith('-'));

/** What pictures are taken of. */
export type Stage = {
  readonly browser: ExtensionBrowser;
  readonly page: Page;
  readonly hubspot: RunningHubspot;
  readonly org: FakeSalesforce;
  readonly shoot: Shoot;
  /** Asks our own server as an admin's script does. */
  // biome-ignore lint/suspicious/noExplicitAny: answers of our own server, read for pictures only
  readonly ask: (method: string, path: string, body?: unknown) => Promise<any>;
  /** Goes to an address of the workspace, as `#/connections`. */
  readonly goTo: (place: string) => Promise<unknown>;
  readonly press: (name: string | RegExp) => Promise<void>;
  /** Closes what tells of the last deed. */
  readonly calm: () => Promise<void>;
};

const work = mkdtempSync(join(tmpdir(), 'leadline-connections-'));
const port = await freePort();
/** The CRMs live in the past while they are filled: a run reads only what has settled there. */
let behindMs = 10 * 60 * 1_000;
const now = () => Date.now() - behindMs;
const redirect = (provider: string) => `http://localhost:${port}/oauth/${provider}/callback`;
const hubspot = await startHubspot({ now, clock: Date.now, app: { ...HUBSPOT_APP, redirects: [redirect('hubspot')] } });
hubspot.oauth.habits.person = 'page';
const org = await startSalesforce({ now, clock: Date.now, redirects: [redirect('salesforce')] });
org.auth.consent = 'ask';
org.auth.tokenLifeMs = 24 * 60 * 60 * 1_000;
const env = { ...hubspotEnv(hubspot), ...salesforceEnv(org) };
const shoot = takePictures(FOLDER);
try {
  if (ONLY === undefined) await withBrowser('free', shootFreePlan);
  await withBrowser('premium', shootAll);
} finally {
  await hubspot.close();
  await org.stop();
  rmSync(work, { recursive: true, force: true });
}

async function withBrowser(profile: string, act: (browser: ExtensionBrowser) => Promise<void>): Promise<void> {
  const browser = await launchChromium(join(work, profile));
  try {
    await act(browser);
  } catch (error) {
    for (const [index, page] of browser.context.pages().entries()) await page.screenshot({ path: join(FOLDER, `failed-${index}.png`) });
    throw error;
  } finally {
    await browser.close();
  }
}

/** Without the premium plan: said before anything is begun. */
async function shootFreePlan(browser: ExtensionBrowser): Promise<void> {
  const server = await spawnServer({ dataDir: join(work, 'free'), port: await freePort(), env: { ...env, LEADLINE_PLAN: 'free' } });
  await pair(browser, server.url, server.pairingCode);
  const page = await browser.openPage('workspace.html#/connections');
  await page.getByText('need the premium plan').waitFor();
  await shoot(page, 'connections-free');
  await page.close();
  const start = await browser.openPage('importer.html');
  await start.getByRole('button', { name: /^HubSpot/ }).waitFor();
  await shoot(start, 'start-crm-free');
  await start.close();
  await server.stop();
}

async function shootAll(browser: ExtensionBrowser): Promise<void> {
  const server = await spawnServer({ dataDir: join(work, 'data'), port, env });
  await pair(browser, server.url, server.pairingCode);
  const page = await browser.openPage('workspace.html#/connections?connect=hubspot');
  page.setDefaultTimeout(20_000);
  const stage: Stage = {
    browser,
    page,
    hubspot,
    org,
    shoot,
    goTo: (place) => page.goto(page.url().replace(/#.*/, place)),
    press: (name) => page.getByRole('button', { name }).first().click(),
    calm: async () => {
      const close = page.locator('.toast').getByRole('button', { name: 'Close' });
      if ((await close.count()) > 0) await close.click();
    },
    ask: async (method, path, body) => {
      const answer = await fetch(`${server.url}${path}`, {
        method,
        headers: { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const value = await answer.json();
      if (!answer.ok) console.log(`${method} ${path}: ${answer.status} ${JSON.stringify(value)}`);
      return value;
    },
  };
  const setClock = (ms: number) => {
    behindMs = ms;
  };
  try {
    if (ONLY !== 'salesforce') await shootHubspot(stage, setClock);
    setClock(10 * 60 * 1_000);
    if (ONLY !== 'hubspot') await shootSalesforce(stage, setClock);
    const start = await browser.openPage('importer.html');
    await start.getByRole('button', { name: /^HubSpot/ }).waitFor();
    await shoot(start, 'start-crm');
  } finally {
    await server.stop();
  }
}

async function pair(browser: ExtensionBrowser, url: string, code: string | null): Promise<void> {
  const options = await browser.openPage('options.html');
  await pairBrowser(options, url, code ?? '');
  await options.close();
}
