import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FakeSalesforce, startSalesforce } from '../../../support/salesforce/start-salesforce.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

const BACK = 'http://localhost:8787/oauth/salesforce/callback';
let now: number;
let fake: FakeSalesforce;
let server: TestServer;
let id: string;

beforeEach(async () => {
  now = Date.UTC(2026, 4, 4, 10);
  fake = await startSalesforce({ now: () => now, redirects: [BACK] });
  server = await startServer({
    now: () => now,
    env: {
      LEADLINE_SALESFORCE_CLIENT_ID: fake.auth.clientId,
      LEADLINE_SALESFORCE_CLIENT_SECRET: fake.auth.clientSecret,
      LEADLINE_SALESFORCE_API_URL: fake.url,
      LEADLINE_SALESFORCE_AUTH_URL: fake.url,
    },
  });
  id = await connect();
});
afterEach(async () => {
  await server.stop();
  await fake.stop();
});

async function connect(): Promise<string> {
  const { url } = await (await server.send('POST', '/api/connections/salesforce/authorize', {})).json();
  const consent = await fetch(url, { redirect: 'manual' });
  const back = new URL(consent.headers.get('Location') ?? '');
  expect((await server.ask(back.pathname + back.search, { key: null })).status).toBe(200);
  return (await (await server.ask('/api/connections')).json()).connections[0].id;
}
const post = async (path: string, body: unknown = {}) => (await server.send('POST', `/api/connections/${id}${path}`, body)).json();
const sync = async () => {
  now += 20 * 60_000;
  const ran = await post('/sync');
  expect(ran).toMatchObject({ outcome: 'done', failure: null });
  return ran;
};
const leads = async () => (await (await server.ask('/api/leads?limit=100')).json()).leads;
const lead = async (email: string) => (await leads()).find((one: { email: string }) => one.email === email);
const ANN = { FirstName: 'Ann', LastName: 'Lee', Email: 'ann@example.com', Title: 'Buyer' };

describe('Salesforce', () => {
  test('the leads of a campaign come in, and nobody else', async () => {
    const campaign = fake.people.addCampaign('Spring fair');
    fake.people.addMember(campaign, fake.people.addLead(ANN));
    fake.people.addLead({ FirstName: 'Bo', LastName: 'Ray', Email: 'bo@example.com' });
    const scope = { kind: 'campaign', id: campaign, name: 'Spring fair' };
    expect((await post('/preview', { scope })).recordCount).toBe(1);
    expect(await post('/import', { scope })).toMatchObject({ created: 1, total: 1 });
    expect((await leads()).map(({ email }: { email: string }) => email)).toEqual(['ann@example.com']);
  });

  test('leads and contacts, custom fields by their labels, opt-outs as suppressions', async () => {
    fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    fake.people.addContact({ FirstName: 'Di', LastName: 'Out', Email: 'di@example.com', HasOptedOutOfEmail: true });
    expect(await post('/import')).toMatchObject({ created: 2, suppressed: 1, total: 3 });
    expect((await lead('ann@example.com')).customFields).toContainEqual({ label: 'Region', value: 'EMEA' });
    const { suppressions } = await (await server.ask('/api/suppressions')).json();
    expect(suppressions).toMatchObject([{ value: 'di@example.com', source: 'salesforce' }]);
  });

  test('a list view is of one kind: its leads come in, contacts that are linked stay in step, and no new contact comes', async () => {
    fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    const linked = fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    await post('/import');
    const { scopes } = await (await server.ask(`/api/connections/${id}/lists`)).json();
    const { scope } = scopes.find((each: { scope: { name: string } }) => each.scope.name === 'EMEA leads');
    expect(scope).toMatchObject({ kind: 'view', type: 'lead' });
    await server.send('PATCH', `/api/connections/${id}`, { scopeIn: scope });
    await sync();
    fake.people.edit(linked, { Title: 'Chief' });
    fake.people.addContact({ FirstName: 'Di', LastName: 'New', Email: 'di@example.com' });
    fake.people.addLead({ FirstName: 'Ed', LastName: 'New', Email: 'ed@example.com', Region__c: 'EMEA' });
    await sync();
    expect((await lead('cy@example.com')).jobTitle).toBe('Chief');
    expect((await leads()).map(({ email }: { email: string }) => email).sort()).toEqual([
      'ann@example.com',
      'cy@example.com',
      'ed@example.com',
    ]);
  });

  test.each([{ type: 'lead' }, {}])('a list view comes in without naming kinds of records (%o)', async (type) => {
    fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    const scope = { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', ...type };
    expect(await post('/import', { scope })).toMatchObject({ created: 1, total: 1 });
    await sync();
  });

  test('a list view that nobody knows is said', async () => {
    const scope = { kind: 'view', id: '00B000000000009AAA', name: 'Old view' };
    const answer = await server.send('POST', `/api/connections/${id}/preview`, { scope });
    expect(answer.status).toBe(404);
  });

  test('a scope of a kind that the CRM has not is refused, and one that went away later is named by the run', async () => {
    fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    await post('/import');
    const list = await server.send('PATCH', `/api/connections/${id}`, { scopeIn: { kind: 'list', id: '7', name: 'Fair' } });
    expect([list.status, (await list.json()).error]).toEqual([400, expect.stringContaining('Salesforce cannot be narrowed to a list')]);
    const scopeIn = { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', type: 'lead' };
    expect((await server.send('PATCH', `/api/connections/${id}`, { scopeIn })).status).toBe(200);
    fake.org.views.splice(0);
    now += 20 * 60_000;
    expect(await post('/sync')).toMatchObject({ outcome: 'partly', failure: { code: 'scope_gone', message: 'EMEA leads' } });
  });

  test('edits travel both ways, and when all is said nothing is sent any more', async () => {
    const known = fake.people.addLead(ANN);
    await post('/import');
    const ann = await lead('ann@example.com');
    await server.send('PATCH', `/api/leads/${ann.id}`, { notes: 'Met at the fair' });
    fake.people.edit(known, { Title: 'Head of buying' });
    expect(await sync()).toMatchObject({ here: { updated: 1 }, there: { updated: 1 }, conflicts: 0 });
    expect(fake.people.read(known).Description).toBe('Met at the fair');
    expect((await lead('ann@example.com')).jobTitle).toBe('Head of buying');
    expect(await sync()).toMatchObject({ here: { updated: 0 }, there: { updated: 0 } });
  });

  test('a field that both changed is a conflict with both values', async () => {
    const known = fake.people.addLead(ANN);
    await post('/import');
    await server.send('PATCH', `/api/leads/${(await lead('ann@example.com')).id}`, { jobTitle: 'Ours' });
    fake.people.edit(known, { Title: 'Theirs' });
    expect(await sync()).toMatchObject({ conflicts: 1 });
    const { conflicts } = await (await server.ask(`/api/connections/${id}/conflicts`)).json();
    expect(conflicts).toMatchObject([{ field: 'Title', ours: 'Ours', theirs: 'Theirs', winner: 'theirs' }]);
  });

  test('a converted lead is followed to its contact: the link moves, edits go on, the opportunity stands on the timeline', async () => {
    const known = fake.people.addLead(ANN);
    await post('/import');
    const { contact } = fake.people.convert(known, 'Pumps for Fernhill');
    await sync();
    const ann = await lead('ann@example.com');
    await server.send('PATCH', `/api/leads/${ann.id}`, { jobTitle: 'Director' });
    await sync();
    expect(fake.people.read(contact).Title).toBe('Director');
    expect((await leads()).length).toBe(1);
    const { side } = await (await server.ask(`/api/leads/${ann.id}/timeline`)).json();
    expect(side).toMatchObject([{ kind: 'opportunity', title: 'Pumps for Fernhill' }]);
  });

  test('a merge there leaves one lead here for the survivor', async () => {
    const [winner, loser] = [fake.people.addLead(ANN), fake.people.addLead({ ...ANN, Email: 'ann.lee@example.com' })];
    await post('/import');
    fake.people.merge(winner, loser);
    now += 25 * 60 * 60_000;
    await sync();
    await server.send('PATCH', `/api/leads/${(await lead('ann@example.com')).id}`, { jobTitle: 'One' });
    await sync();
    expect(fake.people.read(winner).Title).toBe('One');
  });

  test('new leads here are made there once an admin lets them, each with our key, and once only', async () => {
    await post('/import');
    await server.send('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' } });
    await server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    expect(await sync()).toMatchObject({ there: { created: 1 } });
    expect(await sync()).toMatchObject({ there: { created: 0 } });
    expect(fake.people.live('Lead')).toMatchObject([{ Email: 'eve@example.com', Company: 'Fernhill' }]);
  });

  test('what the org requires and a lead has not is explained by its label, and stops nobody else', async () => {
    await post('/import');
    await server.send('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' } });
    const person = { firstName: 'Eve', lastName: 'New', phone: '2025550123' };
    await server.send('POST', '/api/leads', {
      leads: [
        { ...person, email: 'eve@example.com' },
        { ...person, email: 'fay@example.com', phone: '2025550124', companyName: 'Fernhill' },
      ],
    });
    expect(await sync()).toMatchObject({ there: { created: 1 }, errors: 1 });
    const { errors } = await (await server.ask(`/api/connections/${id}/errors`)).json();
    expect(errors).toMatchObject([{ failure: { kind: 'validation', code: 'REQUIRED_FIELD_MISSING', field: 'Company' } }]);
  });

  test('a duplicate rule asks for a decision: the record it found is linked', async () => {
    await post('/import');
    fake.org.habits.blocksDuplicates = true;
    const contact = fake.people.addContact({ FirstName: 'Eve', LastName: 'New', Email: 'eve@other.example' });
    fake.people.edit(contact, { Email: 'eve@example.com' });
    await server.send('PATCH', `/api/connections/${id}`, {
      scopeOut: { kind: 'all' },
      scopeIn: { kind: 'campaign', id: 'none', name: 'Nobody' },
    });
    await server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    await sync();
    expect(fake.people.live('Lead')).toEqual([]);
  });

  describe('a duplicate rule that stops a new lead', () => {
    let known: string;
    const retry = async (body: unknown) => {
      const { errors } = await (await server.ask(`/api/connections/${id}/errors`)).json();
      expect(errors).toMatchObject([{ failure: { code: 'DUPLICATES_DETECTED', matches: [{ type: 'contact', id: known }] } }]);
      return server.send('POST', `/api/connections/${id}/errors/${errors[0].id}/retry`, body);
    };
    beforeEach(async () => {
      fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
      await post('/import');
      fake.org.habits.blocksDuplicates = true;
      const scopeIn = { kind: 'campaign', id: 'none', name: 'Nobody' };
      await server.send('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' }, scopeIn });
      known = fake.people.addContact({ FirstName: 'Eve', LastName: 'New', Email: 'eve@other.example' });
      await server.send('POST', '/api/leads', {
        leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
      });
      expect(await sync()).toMatchObject({ errors: 1 });
    });

    test('is passed by once a person says "make anyway"', async () => {
      expect((await retry({ how: 'make_anyway' })).status).toBe(200);
      expect(await sync()).toMatchObject({ there: { created: 1 }, errors: 0 });
      expect(fake.people.live('Lead')).toMatchObject([{ Email: 'eve@example.com' }]);
      expect((await (await server.ask(`/api/connections/${id}/errors`)).json()).errors).toEqual([]);
    });

    test('gives way to the record that a person says it is, of whatever kind', async () => {
      expect((await retry({ how: 'link', remoteId: known })).status).toBe(200);
      await sync();
      const eve = (await leads()).find((one: { lastName: string }) => one.lastName === 'New');
      await server.send('PATCH', `/api/leads/${eve.id}`, { jobTitle: 'Director' });
      await sync();
      expect(fake.people.read(known).Title).toBe('Director');
      expect(fake.people.live('Lead')).toEqual([]);
      expect((await (await server.ask(`/api/connections/${id}/errors`)).json()).errors).toEqual([]);
    });

    test('is not decided by a record that is not there, or is another lead', async () => {
      const missing = await retry({ how: 'link', remoteId: '003000000000999AAA' });
      expect([missing.status, (await missing.json()).error]).toEqual([404, expect.stringContaining('no such record')]);
      const [cy] = fake.people.live('Contact');
      const taken = await retry({ how: 'link', remoteId: cy?.Id });
      expect([taken.status, (await taken.json()).error]).toEqual([409, expect.stringContaining('another lead')]);
    });
  });

  test.each([
    { which: 'leads and contacts', keeps: ['lead', 'contact'], title: 'Director' },
    { which: 'leads only', keeps: ['lead'], title: 'Buyer' },
  ])('nobody who is a contact there becomes a second person as a lead (mapped: $which)', async ({ keeps, title }) => {
    await post('/import');
    const { settings } = (await (await server.ask('/api/connections')).json()).connections[0];
    const pairs = settings.pairs.filter(({ type }: { type: string }) => keeps.includes(type));
    const scopeIn = { kind: 'campaign', id: 'none', name: 'Nobody' };
    await server.send('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' }, scopeIn, pairs });
    const contact = fake.people.addContact(ANN);
    await server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    expect(await sync()).toMatchObject({ there: { created: 0 }, errors: 0 });
    await server.send('PATCH', `/api/leads/${(await lead('ann@example.com')).id}`, { jobTitle: 'Director' });
    await sync();
    expect(fake.people.live('Lead')).toEqual([]);
    expect(fake.people.read(contact).Title).toBe(title);
  });

  test('a connection that was revoked in the org says so', async () => {
    fake.auth.revokeAll();
    const answer = await server.send('POST', `/api/connections/${id}/sync`, {});
    expect(answer.status).toBe(409);
  });
});
