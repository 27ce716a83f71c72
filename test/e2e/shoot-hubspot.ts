import type { Stage } from './shoot-connections.ts';

/** Pictures of a connection to HubSpot in every state. */

const DAY_MS = 24 * 60 * 60 * 1_000;
type SetClock = (behindMs: number) => void;

export async function shootHubspot(stage: Stage, setClock: SetClock): Promise<void> {
  const { browser, page, hubspot, shoot, ask, goTo, press, calm } = stage;
  const ann = fillPortal(stage);
  setClock(0);
  await page.getByRole('region', { name: 'HubSpot' }).waitFor();
  await shoot(page, 'connections-none');
  await press('Paste a service key');
  await shoot(page, 'connections-key');
  await press('Cancel');
  hubspot.oauth.habits.withheld = ['crm.objects.deals.read'];
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
  await shoot(tab, 'connections-consented', [[1280, 860]]);
  await tab.close();
  await page.getByRole('button', { name: /^Import \d/ }).waitFor();
  await shoot(page, 'hubspot-import');
  const place = page
    .url()
    .replace(/.*#/, '#')
    .replace(/\/import$/, '');
  const id = place.replace('#/connections/', '');
  await goTo(place);
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
  await shoot(page, 'hubspot-new');
  await goTo(`${place}/conflicts`);
  await page.getByText('No conflicts').waitFor();
  await shoot(page, 'hubspot-no-conflicts', [[1280, 860]]);
  await goTo(`${place}/import`);
  await press(/^Import \d/);
  await page.getByText(/saved to/).waitFor();
  await shoot(page, 'hubspot-receipt');
  hubspot.oauth.habits.withheld = [];
  await goTo(place);
  await connectAgain(stage);
  const lead = (await ask('GET', '/api/leads?search=ann%40example.com')).leads[0];
  await ask('PATCH', `/api/leads/${lead.id}`, { jobTitle: 'Head of partnerships', companyName: 'Fernhill Freight' });
  hubspot.people.editContact(ann, { jobtitle: 'Purchasing manager for the whole of Northern Europe', company: 'Fernhill Rail' });
  const made = await ask('POST', '/api/leads', {
    leads: [{ firstName: 'Cy', lastName: 'Ray', email: 'cy@example.com', phone: '+12025550123' }],
  });
  await askByHand(stage, id);
  await ask('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' } });
  await goTo(place);
  await press('Dry run');
  await page.getByRole('heading', { name: 'Dry run' }).waitFor();
  await shoot(page, 'hubspot-dry-run');
  await press(/^Apply/);
  await page.getByText(/^In step: /).waitFor();
  await calm();
  await ask('PATCH', `/api/connections/${id}`, { schedule: 'hourly' });
  await goTo(`${place}/conflicts`);
  await page.locator('.conflict').first().waitFor();
  await shoot(page, 'hubspot-conflicts');
  await press('Undo');
  await page.getByText(/decided/).waitFor();
  await calm();
  await shoot(page, 'hubspot-conflict-undone');
  for (const name of ['fields', 'scope', 'history', 'errors']) {
    await goTo(`${place}/${name}`);
    await page.locator('main.work').getByRole('listitem').or(page.getByText('Opt-outs')).first().waitFor();
    await shoot(page, `hubspot-${name}`);
  }
  await refuseSome(stage, id);
  await goTo('#/connections');
  await goTo(`${place}/errors`);
  await page.getByText('3 leads:').waitFor();
  await press('Show who');
  await shoot(page, 'hubspot-errors');
  await goTo(place);
  await page.getByRole('heading', { name: 'Errors' }).waitFor();
  await shoot(page, 'hubspot-health');
  await press('Disconnect');
  await shoot(page, 'hubspot-disconnect', [
    [1280, 860],
    [320, 700],
  ]);
  await press('Stay connected');
  await press('Pause');
  await page.getByRole('button', { name: 'Go on' }).waitFor();
  await shoot(page, 'hubspot-paused');
  await press('Go on');

  await makeMany(stage);
  await press('Dry run');
  await page.getByRole('heading', { name: 'Dry run' }).waitFor();
  await shoot(page, 'hubspot-dry-run-many');
  await press('Discard');
  await press('Sync now');
  await page.getByText(/would make/).waitFor();
  await shoot(page, 'hubspot-typed');
  await page.getByLabel(/^Type 1/).fill('120');
  hubspot.faults.tooMany('contacts/batch/create', 'TEN_SECONDLY_ROLLING', 6);
  await press(/^Make 120/);
  await page.waitForTimeout(1_500);
  const other = await browser.openPage(`workspace.html${place}`);
  await other.getByText('Running', { exact: true }).waitFor();
  await shoot(other, 'hubspot-running');
  await other.close();
  await page.getByText(/^In step: /).waitFor();
  await calm();
  await goTo(`#/leads/${lead.id}`);
  await page.locator('.trail li').first().waitFor();
  await shoot(page, 'hubspot-lead');

  await goTo(`#/imports/${made.importId}`);
  await press('Undo this import');
  await page.getByText(/made in HubSpot stays there/).waitFor();
  await shoot(page, 'hubspot-undo-import');
  await press('Keep the import');

  hubspot.oauth.refreshTokens.clear();
  hubspot.faults.expired('crm', 20);
  await ask('POST', `/api/connections/${id}/sync`, {});
  hubspot.faults.clear();
  await goTo('#/connections');
  await page.getByRole('list', { name: 'Connections' }).waitFor();
  await shoot(page, 'connections-reconnect');
  await goTo(place);
  await page.getByRole('button', { name: 'Connect again' }).waitFor();
  await shoot(page, 'hubspot-reconnect');
  await connectAgain(stage);
  hubspot.faults.tooMany('contacts', 'DAILY', null, 50);
  await ask('POST', `/api/connections/${id}/sync`, {});
  hubspot.faults.clear();
  await goTo('#/connections');
  await goTo(place);
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
  await shoot(page, 'hubspot-quota');
}

/** Signs in again at HubSpot, from the page of the connection. */
async function connectAgain({ browser, page, press }: Stage): Promise<void> {
  const opened = browser.context.waitForEvent('page');
  await press('Connect again');
  await (await opened).locator('#allows').click();
  await page.getByRole('button', { name: 'Connect again' }).waitFor({ state: 'detached' });
  await page.bringToFront();
}

/** A portal with people, a list, a deal and activities of some days ago. Gives Ann's id. */
function fillPortal({ hubspot: { people } }: Stage): string {
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

/** One field of the map is for a person to decide. */
async function askByHand({ ask }: Stage, id: string): Promise<void> {
  const { connections } = await ask('GET', '/api/connections');
  const { settings } = connections.find((known: { readonly id: string }) => known.id === id);
  const pairs = settings.pairs.map((pair: { readonly remote: string }) => (pair.remote === 'company' ? { ...pair, rule: 'manual' } : pair));
  await ask('PATCH', `/api/connections/${id}`, { pairs });
}

/** Leads whose change HubSpot does not take. */
async function refuseSome({ ask, hubspot }: Stage, id: string): Promise<void> {
  for (const search of ['maya1@', 'maya2@', 'maya3@']) {
    const [lead] = (await ask('GET', `/api/leads?search=${encodeURIComponent(search)}`)).leads;
    await ask('PATCH', `/api/leads/${lead.id}`, { companyName: 'Nurture' });
  }
  const reason = { isValid: false, message: 'Nurture was not one of the allowed options', error: 'INVALID_OPTION', name: 'company' };
  const message = `Property values were not valid: ${JSON.stringify([reason])}`;
  const body = { status: 'error', category: 'VALIDATION_ERROR', message, correlationId: crypto.randomUUID() };
  hubspot.faults.answer('batch/update', 400, body, 6);
  await ask('POST', `/api/connections/${id}/sync`, {});
}

async function makeMany({ ask }: Stage): Promise<void> {
  const leads = Array.from({ length: 120 }, (_, at) => ({
    firstName: `New ${at}`,
    lastName: 'Person',
    email: `new${at}@example.com`,
    phone: `+1202555${String(1_000 + at)}`,
  }));
  await ask('POST', '/api/leads', { leads });
}
