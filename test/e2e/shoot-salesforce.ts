import { chooseScope } from './drive-crm.ts';
import type { Stage } from './shoot-connections.ts';

/** Pictures of a connection to Salesforce in every state, campaigns among them. */

export async function shootSalesforce(stage: Stage, setClock: (behindMs: number) => void): Promise<void> {
  const { browser, page, org, shoot, ask, goTo, press, calm } = stage;
  const { ann, bo, over, visited } = fillOrg(stage);
  setClock(9 * 60 * 1_000); // what people do there from now on is read by the next run, too
  await goTo('#/connections');
  const region = page.getByRole('region', { name: 'Salesforce' });
  await region.waitFor();
  await region.getByRole('textbox').fill('fernhill.my.salesforce.com');
  await shoot(page, 'salesforce-none');
  await region.getByRole('textbox').fill('example.com');
  await region.getByRole('button', { name: 'Authorize & Import' }).click();
  await page.getByRole('alert').waitFor();
  await shoot(page, 'salesforce-bad-host');
  await region.getByRole('textbox').fill('test.salesforce.com');
  const consent = browser.context.waitForEvent('page');
  await region.getByRole('button', { name: 'Authorize & Import' }).click();
  const tab = await consent;
  await page.getByText('Waiting for Salesforce.').waitFor();
  await shoot(page, 'salesforce-waiting');
  await tab.locator('#allow').click();
  await tab
    .getByText(/connected/i)
    .first()
    .waitFor();
  await tab.close();
  await page.getByRole('button', { name: /^Import \d/ }).waitFor();
  await shoot(page, 'salesforce-import');
  const choice = page.getByRole('combobox', { name: 'Which records of Salesforce' });
  await choice.click();
  await page.keyboard.press('ArrowDown');
  await shoot(page, 'salesforce-choices');
  await choice.fill('fair in');
  await page.getByText(/^Nothing in Salesforce has/).waitFor();
  await shoot(page, 'salesforce-choices-none');
  await page.keyboard.press('Escape');
  const place = page
    .url()
    .replace(/.*#/, '#')
    .replace(/\/import$/, '');
  const id = place.replace('#/connections/', '');
  await goTo(place);
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
  await shoot(page, 'salesforce-new');
  await goTo(`${place}/import`);
  await press(/^Import \d/);
  await page.getByText(/saved to/).waitFor();
  const { id: fairList } = await ask('POST', '/api/lists', { name: 'Visitors of the fair' });
  await ask('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'lists', listIds: [fairList] } });
  await ask('POST', `/api/connections/${id}/sync`, {});

  org.people.convert(ann, 'Pumps for the new plant');
  const boLead = (await ask('GET', '/api/leads?search=bo%40example.com')).leads[0];
  await ask('PATCH', `/api/leads/${boLead.id}`, { jobTitle: 'Head of buying', companyName: 'Fernhill Rail' });
  org.people.edit(bo, { Title: 'Managing director', Company: 'Fernhill' });
  org.org.habits.blocksDuplicates = true;
  await ask('POST', '/api/leads', {
    listId: fairList,
    leads: [
      { firstName: 'Di', lastName: 'Marsh', email: 'di.marsh@example.net', phone: '+12025550177', companyName: 'Marlow' },
      { firstName: 'Per 1', lastName: 'Holm', email: 'per.one@example.net', phone: '+12025550176', companyName: 'Marlow' },
      { firstName: 'Ed', lastName: 'Nook', email: 'ed@example.net', phone: '+12025550178', companyName: 'Marlow' },
    ],
  });
  await goTo(place);
  await press('Dry run');
  await page.getByRole('heading', { name: 'Dry run' }).waitFor();
  await shoot(page, 'salesforce-dry-run');
  await press(/^Apply/);
  await page.getByText(/^In step: /).waitFor();
  await calm();
  await ask('PATCH', `/api/connections/${id}`, { schedule: 'hourly' });
  await page.getByRole('heading', { name: 'Conflicts' }).waitFor();
  await shoot(page, 'salesforce-health');
  for (const name of ['conflicts', 'fields', 'scope', 'history', 'errors']) {
    await goTo(`${place}/${name}`);
    await page.locator('main.work').getByRole('listitem').or(page.getByText('Opt-outs')).first().waitFor();
    await shoot(page, `salesforce-${name}`);
  }
  await press('Show who');
  await shoot(page, 'salesforce-decide');
  await goTo(`${place}/campaigns`);
  await page.getByRole('region', { name: /^Add a list/ }).waitFor();
  await chooseScope(page, 'Campaign in Salesforce', 'Autumn fair for pumps, valves and pipes in Rotterdam');
  await page.getByLabel('Status of the new members').selectOption({ value: visited });
  await shoot(page, 'salesforce-campaigns-form');
  await page.getByRole('combobox', { name: 'Campaign in Salesforce' }).click();
  await shoot(page, 'salesforce-campaigns-choices');
  await page.keyboard.press('Escape');
  org.people.remove(bo);
  await page.getByLabel('People of the list').selectOption({ label: 'Salesforce leads and contacts (29 leads)' });
  await press(/^Add \d/);
  await page.getByText(/added to Autumn/).waitFor();
  await shoot(page, 'salesforce-campaigns-added');
  org.people.restore(bo);
  const { links } = await ask('GET', `/api/connections/${id}/campaigns`);
  const { listId } = links[0];
  await ask('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'lists', listIds: [fairList, listId] } });
  const made = await ask('POST', '/api/leads', {
    leads: [{ firstName: 'Flo', lastName: 'Pike', email: 'flo@example.net', phone: '+12025550179', companyName: 'Pike' }],
    listId,
  });
  await goTo('#/connections');
  await goTo(`${place}/campaigns`);
  await page.getByRole('button', { name: 'Add 1 newcomer' }).waitFor();
  await shoot(page, 'salesforce-campaigns-newcomers');
  await goTo(`#/imports/${made.importId}`);
  await page.getByText(/goes with the campaign/).waitFor();
  await shoot(page, 'salesforce-receipt-offer');
  await ask('POST', `/api/connections/${id}/sync`, {});
  await goTo(`#/imports/${made.importId}`);
  await press('Undo this import');
  await page.getByText(/made in Salesforce stays there/).waitFor();
  await shoot(page, 'salesforce-undo-import');
  await press('Keep the import');
  for (const [name, search] of [
    ['salesforce-lead', 'ann.oakes'],
    ['salesforce-lead-campaign', 'gus'],
  ] as const) {
    const [lead] = (await ask('GET', `/api/leads?search=${search}%40example.com`)).leads;
    await goTo(`#/leads/${lead.id}`);
    await page.locator('.trail li').first().waitFor();
    await shoot(page, name);
  }
  const roadshow = { kind: 'campaign', id: over, name: 'Roadshow of the year before last' };
  await ask('PATCH', `/api/connections/${id}`, { scopeIn: roadshow });
  org.people.remove(over);
  await goTo('#/connections');
  await goTo(`${place}/scope`);
  await page.getByText(/^Salesforce has no campaign/).waitFor();
  await shoot(page, 'salesforce-scope-gone');
  await goTo(`${place}/import`);
  await page.getByText(/^Salesforce has no campaign/).waitFor();
  await shoot(page, 'salesforce-import-gone');
  await ask('PATCH', `/api/connections/${id}`, { scopeIn: { kind: 'all' } });
  org.auth.revokeAll();
  org.auth.expireSessions();
  await ask('POST', `/api/connections/${id}/sync`, {});
  await goTo('#/connections');
  await page.getByRole('list', { name: 'Connections' }).waitFor();
  await shoot(page, 'connections-both');
  await goTo(place);
  await page.getByRole('button', { name: 'Connect again' }).waitFor();
  await shoot(page, 'salesforce-reconnect');
  const again = browser.context.waitForEvent('page');
  await press('Connect again');
  await (await again).locator('#allow').click();
  await page.getByRole('button', { name: 'Connect again' }).waitFor({ state: 'detached' });
  await page.bringToFront();
  org.org.habits.usedToday = org.org.habits.dailyLimit - 10;
  await ask('POST', `/api/connections/${id}/sync`, {});
  await goTo('#/connections');
  await goTo(place);
  await page.getByRole('button', { name: 'Sync now' }).waitFor();
  await shoot(page, 'salesforce-quota');
}

/** An org with leads, contacts, two campaigns and what belongs to them. */
function fillOrg({ org: { people, org } }: Stage) {
  const visited = 'Visited our stand';
  const fair = people.addCampaign('Spring fair');
  people.addCampaign('Autumn fair for pumps, valves and pipes in Rotterdam', [[visited, true]]);
  const over = people.addCampaign('Roadshow of the year before last');
  people.edit(over, { IsActive: false });
  org.views.push({ id: '00B000000000002AAA', object: 'Contact', label: 'Engineers of the north', where: null });
  const ann = people.addLead({
    FirstName: 'Ann',
    LastName: 'Oakes',
    Email: 'ann.oakes@example.com',
    Title: 'Buyer',
    Company: 'Oakes Rail',
  });
  const bo = people.addLead({ FirstName: 'Bo', LastName: 'Ray', Email: 'bo@example.com', Region__c: 'EMEA' });
  const gus = people.addLead({ FirstName: 'Gus', LastName: 'Fox', Email: 'gus@example.com' });
  people.addMember(fair, ann, 'Responded');
  people.addMember(fair, bo, 'Responded');
  people.addMember(fair, gus, 'Sent');
  people.addLead({ FirstName: 'Di', LastName: 'Marsh', Email: 'di@example.com', Company: 'Marlow' });
  people.addLead({ FirstName: 'Oda', LastName: 'Out', Email: 'oda@example.com', HasOptedOutOfEmail: true });
  for (let at = 0; at < 24; at++)
    people.addContact({ FirstName: `Per ${at}`, LastName: 'Holm', Email: `per${at}@example.com`, Title: 'Engineer' });
  const pia = people.addContact({ FirstName: 'Pia', LastName: 'Dahl', Email: 'pia@example.com' });
  people.addOpportunity({ Name: 'Valves', StageName: 'Negotiation', Amount: 40_000, Probability: 60 }, pia);
  return { ann, bo, over, visited };
}
