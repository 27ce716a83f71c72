import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

describe('what a connection is narrowed to', () => {
  test('the leads of a campaign come in, and nobody else', async () => {
    const campaign = org.fake.people.addCampaign('Spring fair');
    org.fake.people.addMember(campaign, org.fake.people.addLead(ANN));
    org.fake.people.addLead({ FirstName: 'Bo', LastName: 'Ray', Email: 'bo@example.com' });
    const scope = { kind: 'campaign', id: campaign, name: 'Spring fair' };
    expect((await org.post('/preview', { scope })).recordCount).toBe(1);
    expect(await org.post('/import', { scope })).toMatchObject({ created: 1, total: 1 });
    expect((await org.leads()).map(({ email }: { email: string }) => email)).toEqual(['ann@example.com']);
  });

  test('a list view is of one kind: its leads come in, contacts that are linked stay in step, and no new contact comes', async () => {
    org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    const linked = org.fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    await org.post('/import');
    const { scopes } = await (await org.server.ask(`/api/connections/${org.id}/lists`)).json();
    const { scope } = scopes.find((each: { scope: { name: string } }) => each.scope.name === 'EMEA leads');
    expect(scope).toMatchObject({ kind: 'view', type: 'lead' });
    await org.change({ scopeIn: scope });
    await org.sync();
    org.fake.people.edit(linked, { Title: 'Chief' });
    org.fake.people.addContact({ FirstName: 'Di', LastName: 'New', Email: 'di@example.com' });
    org.fake.people.addLead({ FirstName: 'Ed', LastName: 'New', Email: 'ed@example.com', Region__c: 'EMEA' });
    await org.sync();
    expect((await org.lead('cy@example.com')).jobTitle).toBe('Chief');
    expect((await org.leads()).map(({ email }: { email: string }) => email).sort()).toEqual([
      'ann@example.com',
      'cy@example.com',
      'ed@example.com',
    ]);
  });

  test.each([{ type: 'lead' }, {}])('a list view comes in without naming kinds of records (%o)', async (type) => {
    org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    org.fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    const scope = { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', ...type };
    expect(await org.post('/import', { scope })).toMatchObject({ created: 1, total: 1 });
    await org.sync();
  });

  test('a list view that nobody knows is said', async () => {
    const scope = { kind: 'view', id: '00B000000000009AAA', name: 'Old view' };
    const answer = await org.server.send('POST', `/api/connections/${org.id}/preview`, { scope });
    expect(answer.status).toBe(404);
  });

  test('a scope of a kind that the CRM has not is refused, and one that went away later is named by the run', async () => {
    org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    await org.post('/import');
    const list = await org.change({ scopeIn: { kind: 'list', id: '7', name: 'Fair' } });
    expect([list.status, (await list.json()).error]).toEqual([400, expect.stringContaining('Salesforce cannot be narrowed to a list')]);
    const scopeIn = { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', type: 'lead' };
    expect((await org.change({ scopeIn })).status).toBe(200);
    org.fake.org.views.splice(0);
    org.pass(20 * 60_000);
    expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', failure: { code: 'scope_gone', message: 'EMEA leads' } });
  });

  test('a campaign that was deleted is named, and whoever came of it stays and stays in step', async () => {
    const fair = org.fake.people.addCampaign('Spring fair');
    const known = org.fake.people.addLead(ANN);
    org.fake.people.addMember(fair, known);
    const scope = { kind: 'campaign', id: fair, name: 'Spring fair' };
    await org.post('/import', { scope });
    await org.change({ scopeIn: scope, whenGoneThere: 'remove_lead' });
    await org.sync();
    org.fake.people.remove(fair);
    org.fake.people.edit(known, { Title: 'Head of buying' });
    for (const wait of [20 * 60_000, 25 * 60 * 60_000]) {
      org.pass(wait);
      expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', failure: { code: 'scope_gone', message: 'Spring fair' } });
    }
    expect(await org.lead('ann@example.com')).toMatchObject({ jobTitle: 'Head of buying' });
    const refused = await org.server.send('POST', `/api/connections/${org.id}/preview`, { scope });
    expect(refused.status).toBe(404);
    await org.change({ scopeIn: { kind: 'all' } });
    await org.sync();
  });

  test.each([{ kind: 'view' }, { kind: 'campaign' }])(
    'whoever came of a $kind stays in step with every run after it is gone, and once it is back',
    async ({ kind }) => {
      const known = org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
      const deleted = org.fake.people.addLead({ ...ANN, LastName: 'Ray', Email: 'bo@example.com', Region__c: 'EMEA' });
      const fair = org.fake.people.addCampaign('Spring fair');
      for (const id of [known, deleted]) org.fake.people.addMember(fair, id);
      const view = { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', type: 'lead' };
      const scope = kind === 'view' ? view : { kind: 'campaign', id: fair, name: 'Spring fair' };
      await org.post('/import', { scope });
      await org.change({ scopeIn: scope });
      for (let runs = 0; runs < 2; runs++) await org.sync();
      const views = org.fake.org.views.splice(0);
      org.fake.people.remove(fair);
      const counts = async () => (await (await org.server.ask(`/api/connections/${org.id}/runs`)).json()).runs[0].counts;
      const syncWithout = async () => {
        org.pass(20 * 60_000);
        expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', failure: { code: 'scope_gone' } });
      };
      for (const title of ['Director', 'Chair', 'Advisor']) {
        org.fake.people.edit(known, { Title: title });
        await syncWithout();
        expect((await org.lead('ann@example.com')).jobTitle).toBe(title);
      }
      org.fake.people.remove(deleted);
      await syncWithout();
      expect(await counts()).toMatchObject({ gone: 1 });
      // Also what no list of changes or deletions tells: the nightly look goes on.
      org.fake.org.habits.unshared.add(known);
      org.pass(25 * 60 * 60_000);
      await syncWithout();
      expect(await counts()).toMatchObject({ errors: 1 });
      org.fake.org.habits.unshared.clear();

      org.fake.org.views.push(...views);
      org.fake.people.restore(fair);
      for (const member of org.fake.org.records.get('CampaignMember')?.values() ?? []) org.fake.people.restore(member.id);
      const joined = org.fake.people.addLead({ ...ANN, LastName: 'New', Email: 'cy@example.com', Region__c: 'EMEA' });
      org.fake.people.addMember(fair, joined);
      org.fake.people.edit(known, { Title: 'Head of buying' });
      await org.sync();
      expect((await org.lead('ann@example.com')).jobTitle).toBe('Head of buying');
      expect((await org.lead('cy@example.com')).lastName).toBe('New');
    },
  );

  test.each(['lead', 'contact'] as const)(
    'a %s who joins a campaign comes in with the next run, by one question for each kind',
    async (type) => {
      const people = org.fake.people;
      const add = (values: typeof ANN) => (type === 'lead' ? people.addLead(values) : people.addContact(values));
      const fair = people.addCampaign('Spring fair');
      people.addMember(fair, add(ANN));
      const [long, never] = ['bo', 'di'].map((name) => add({ ...ANN, LastName: name, Email: `${name}@example.com` }));
      const scope = { kind: 'campaign', id: fair, name: 'Spring fair' };
      await org.post('/import', { scope });
      await org.change({ scopeIn: scope });
      for (let runs = 0; runs < 2; runs++) await org.sync();
      people.edit(add({ ...ANN, LastName: 'Outside', Email: 'out@example.com' }), { Title: 'Director' });
      org.pass(60 * 60_000);
      people.addMember(fair, long ?? '');
      people.addMember(people.addCampaign('Other'), never ?? '');
      const before = org.fake.requests.length;
      await org.sync();
      expect(await org.lead('bo@example.com')).toMatchObject({ lastName: 'bo' });
      expect(await org.leads()).toHaveLength(2);
      const asked = org.fake.requests.slice(before).map(({ path }) => decodeURIComponent(path));
      expect(asked.filter((path) => path.includes("CampaignId = '"))).toHaveLength(2);
      // Whoever is in it and changes still comes in by the change.
      people.edit(long ?? '', { Title: 'Chair' });
      await org.sync();
      expect((await org.lead('bo@example.com')).jobTitle).toBe('Chair');
    },
  );

  test('a campaign without members is no deleted one', async () => {
    const scope = { kind: 'campaign', id: org.fake.people.addCampaign('Spring fair'), name: 'Spring fair' };
    expect(await org.post('/preview', { scope })).toMatchObject({ recordCount: 0 });
  });

  test.each([
    [{ types: ['lead'] }, 'Salesforce leads'],
    [{ types: ['contact'] }, 'Salesforce contacts'],
    [{}, 'Salesforce leads and contacts'],
    [{ scope: { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', type: 'lead' } }, 'EMEA leads'],
    [{ listName: 'Mine' }, 'Mine'],
  ])('a new list is called by what comes in (%o → %s)', async (body, name) => {
    org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    org.fake.people.addContact({ LastName: 'Kay', Email: 'cy@example.com' });
    expect(await org.post('/import', body)).toMatchObject({ list: { name } });
  });

  test('a campaign gives its name to the list', async () => {
    const campaign = org.fake.people.addCampaign('Spring fair');
    org.fake.people.addMember(campaign, org.fake.people.addLead(ANN));
    const scope = { kind: 'campaign', id: campaign, name: 'Spring fair' };
    expect(await org.post('/import', { scope })).toMatchObject({ list: { name: 'Spring fair' } });
  });
});
