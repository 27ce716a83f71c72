import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startServer, type TestServer } from '../support/start-server.ts';
import { sayYes } from './crm-room.ts';

/** What the customer's page promises of HubSpot and Salesforce: a whole server, the CRMs on this machine. */

let server: TestServer;
let connection: string;
let clock: number;
beforeEach(async () => {
  clock = Date.now();
  server = await startServer({ now: () => clock });
});
afterEach(() => server.stop());

const read = async (path: string) => (await server.ask(path)).json();
const post = async (path: string, body: unknown = {}) => (await server.send('POST', `/api/connections/${path}`, body)).json();
const leads = async (): Promise<Record<string, unknown>[]> => (await read('/api/leads?limit=100')).leads;
const health = async () => (await read('/api/connections')).connections[0].health;

/** What the screen does: to the consent, then the plan, then the import. Gives how many would come in by the plan. */
async function authorizeAndImport(crm: 'hubspot' | 'salesforce'): Promise<number> {
  await sayYes(server, (await post(`${crm}/authorize`)).url);
  connection = (await read('/api/connections')).connections[0].id;
  const plan = await post(`${connection}/preview`);
  await post(`${connection}/import`);
  return plan.summary.valid;
}
/** A run, once what has just changed there can be found there. */
async function sync(): Promise<void> {
  clock += 10 * 60_000;
  expect((await post(`${connection}/sync`)).outcome).toBe('done');
}
async function timeline() {
  const [lead] = await leads();
  return (await read(`/api/leads/${lead?.id}/timeline`)).side as { title: string; facts: { name: string; value: string }[] }[];
}

describe('HubSpot', () => {
  test('contacts and their properties come over', async () => {
    const { people } = server.hubspot;
    people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' });
    people.createContact({ firstname: 'Bo', email: 'bo@example.com' });
    expect(await authorizeAndImport('hubspot')).toBe(2);
    expect(await leads()).toHaveLength(2);
    expect(await leads()).toContainEqual(expect.objectContaining({ firstName: 'Ann', email: 'ann@example.com', jobTitle: 'Buyer' }));
  });

  test('changes go both ways', async () => {
    const { people } = server.hubspot;
    const contact = people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Buyer' });
    await authorizeAndImport('hubspot');
    clock += 10 * 60_000;
    people.editContact(contact, { jobtitle: 'Head of buying' });
    const [ann] = await leads();
    await server.send('PATCH', `/api/leads/${ann?.id}`, { companyName: 'Fernhill' });
    await sync();
    expect(await leads()).toMatchObject([{ jobTitle: 'Head of buying', companyName: 'Fernhill' }]);
    expect(people.contact(contact)?.get('company')).toBe('Fernhill');
  });

  test('deals are tracked, and activities are logged', async () => {
    const { people } = server.hubspot;
    const ann = people.createContact({ firstname: 'Ann', email: 'ann@example.com' });
    const closing = { pipeline: 'default', dealstage: 'contractsent', amount: '1200', closedate: '2026-12-01' };
    people.createItem('deals', { dealname: 'Ten seats', ...closing }, [ann]);
    people.createItem('calls', { hs_timestamp: String(clock), hs_call_title: 'First call' }, [ann]);
    await authorizeAndImport('hubspot');
    await sync();
    const side = await timeline();
    expect(side.map(({ title }) => title).sort()).toEqual(['First call', 'Ten seats']);
    expect(side.find(({ title }) => title === 'Ten seats')?.facts).toContainEqual({ name: 'stage', value: 'Contract Sent' });
  });
});

describe('Salesforce', () => {
  test('leads and contacts come over with their custom fields', async () => {
    server.salesforce.people.addLead({ LastName: 'Lee', Email: 'lee@example.com', Region__c: 'EMEA' });
    server.salesforce.people.addContact({ LastName: 'Ray', Email: 'ray@example.com' });
    expect(await authorizeAndImport('salesforce')).toBe(2);
    expect((await leads()).map(({ lastName }) => lastName).sort()).toEqual(['Lee', 'Ray']);
    const lee = (await leads()).find(({ lastName }) => lastName === 'Lee');
    expect(lee?.customFields).toContainEqual({ label: 'Region', value: 'EMEA' });
  });

  test('leads stay in step, both ways', async () => {
    const lead = server.salesforce.people.addLead({ FirstName: 'Ann', LastName: 'Lee', Email: 'lee@example.com' });
    await authorizeAndImport('salesforce');
    clock += 10 * 60_000;
    server.salesforce.people.edit(lead, { Title: 'Head of buying' });
    const [ann] = await leads();
    await server.send('PATCH', `/api/leads/${ann?.id}`, { companyName: 'Marlow' });
    await sync();
    expect(await leads()).toMatchObject([{ jobTitle: 'Head of buying' }]);
    expect(server.salesforce.people.read(lead).Company).toBe('Marlow');
  });

  test('campaigns are tracked, and opportunities come over', async () => {
    const ray = server.salesforce.people.addContact({ LastName: 'Ray', Email: 'ray@example.com' });
    server.salesforce.people.addMember(server.salesforce.people.addCampaign('Spring fair'), ray, 'Responded');
    server.salesforce.people.addOpportunity({ Name: 'Pumps', Amount: 900 }, ray);
    await authorizeAndImport('salesforce');
    await sync();
    expect((await timeline()).map(({ title }) => title).sort()).toEqual(['Pumps', 'Spring fair']);
  });
});

describe('good practice', () => {
  test.each(['hubspot', 'salesforce'] as const)('syncs with %s can be scheduled', async (crm) => {
    await authorizeAndImport(crm);
    expect((await health()).nextRunAt).toBeNull();
    await server.send('PATCH', `/api/connections/${connection}`, { schedule: 'hourly' });
    expect((await health()).nextRunAt).not.toBeNull();
  });
});
