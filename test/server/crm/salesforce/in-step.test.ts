import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

describe('Salesforce', () => {
  test('leads and contacts, custom fields by their labels, opt-outs as suppressions', async () => {
    org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    org.fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    org.fake.people.addContact({ FirstName: 'Di', LastName: 'Out', Email: 'di@example.com', HasOptedOutOfEmail: true });
    expect(await org.post('/import')).toMatchObject({ created: 2, suppressed: 1, total: 3 });
    expect((await org.lead('ann@example.com')).customFields).toContainEqual({ label: 'Region', value: 'EMEA' });
    const { suppressions } = await (await org.server.ask('/api/suppressions')).json();
    expect(suppressions).toMatchObject([{ value: 'di@example.com', source: 'salesforce' }]);
  });

  test('who is not to be called there is not called from here, and nothing takes that back', async () => {
    const known = org.fake.people.addContact({
      FirstName: 'Ed',
      LastName: 'Hush',
      Email: 'ed@example.com',
      Phone: '+12025550177',
      DoNotCall: true,
    });
    await org.post('/import');
    const held = async () => (await (await org.server.ask('/api/suppressions')).json()).suppressions;
    expect(await held()).toMatchObject([{ kind: 'phone', value: '+12025550177', source: 'salesforce' }]);
    org.fake.people.edit(known, { DoNotCall: false });
    await org.sync();
    expect(await held()).toHaveLength(1);
    expect(org.fake.people.read(known).DoNotCall).toBe(false);
  });

  test('edits travel both ways, and when all is said nothing is sent any more', async () => {
    const known = org.fake.people.addLead(ANN);
    await org.post('/import');
    const ann = await org.lead('ann@example.com');
    await org.server.send('PATCH', `/api/leads/${ann.id}`, { notes: 'Met at the fair' });
    org.fake.people.edit(known, { Title: 'Head of buying' });
    expect(await org.sync()).toMatchObject({ here: { updated: 1 }, there: { updated: 1 }, conflicts: 0 });
    expect(org.fake.people.read(known).Description).toBe('Met at the fair');
    expect((await org.lead('ann@example.com')).jobTitle).toBe('Head of buying');
    expect(await org.sync()).toMatchObject({ here: { updated: 0 }, there: { updated: 0 } });
  });

  test('a choice that a restricted picklist has not stays here, and the rest of the record goes', async () => {
    const known = org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    await org.post('/import');
    const ann = await org.lead('ann@example.com');
    await org.server.send('PATCH', `/api/leads/${ann.id}`, { jobTitle: 'CTO', customFields: [{ label: 'Region', value: 'Mars' }] });
    expect(await org.sync()).toMatchObject({ there: { updated: 1 }, errors: 1 });
    expect(org.fake.people.read(known)).toMatchObject({ Title: 'CTO', Region__c: 'EMEA' });
    const { errors } = await (await org.server.ask(`/api/connections/${org.id}/errors`)).json();
    expect(errors).toMatchObject([{ leadId: ann.id, failure: { kind: 'validation', code: 'value_unsaid', field: 'Region' } }]);
  });

  test('a field that both changed is a conflict with both values', async () => {
    const known = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.server.send('PATCH', `/api/leads/${(await org.lead('ann@example.com')).id}`, { jobTitle: 'Ours' });
    org.fake.people.edit(known, { Title: 'Theirs' });
    expect(await org.sync()).toMatchObject({ conflicts: 1 });
    const { conflicts } = await (await org.server.ask(`/api/connections/${org.id}/conflicts`)).json();
    expect(conflicts).toMatchObject([{ field: 'Title', ours: 'Ours', theirs: 'Theirs', winner: 'theirs', theirsBy: null }]);
    const { members } = await (await org.server.ask('/api/members')).json();
    expect([conflicts[0].oursBy, Date.parse(conflicts[0].oursAt) <= Date.parse(conflicts[0].at)]).toEqual([members[0].name, true]);
    expect(Date.parse(conflicts[0].theirsAt)).toBe(Date.UTC(2026, 4, 4, 10));
  });

  test('a converted lead is followed to its contact: the link moves, edits go on, the opportunity stands on the timeline', async () => {
    const known = org.fake.people.addLead(ANN);
    await org.post('/import');
    const { contact } = org.fake.people.convert(known, 'Pumps for Fernhill');
    await org.sync();
    const ann = await org.lead('ann@example.com');
    await org.server.send('PATCH', `/api/leads/${ann.id}`, { jobTitle: 'Director' });
    await org.sync();
    expect(org.fake.people.read(contact).Title).toBe('Director');
    expect((await org.leads()).length).toBe(1);
    const { side } = await (await org.server.ask(`/api/leads/${ann.id}/timeline`)).json();
    expect(side).toMatchObject([{ kind: 'opportunity', title: 'Pumps for Fernhill' }]);
  });

  test('who is a lead there and a contact too is one lead here, and both are kept in step', async () => {
    const [asLead, asContact] = [org.fake.people.addLead(ANN), org.fake.people.addContact(ANN)];
    await org.post('/import');
    expect(await (await org.server.ask(`/api/connections/${org.id}/errors`)).json()).toMatchObject({ errors: [] });
    await org.sync();
    const ann = await org.lead('ann@example.com');
    await org.server.send('PATCH', `/api/leads/${ann.id}`, { jobTitle: 'Director' });
    await org.sync();
    expect([asLead, asContact].map((id) => org.fake.people.read(id).Title)).toEqual(['Director', 'Director']);
    expect((await org.leads()).length).toBe(1);
  });

  test.each([
    ['', false],
    [', nor where the lead was deleted afterwards', true],
  ])('a lead without an address that became a contact is no second lead%s', async (_, isDeleted) => {
    const known = org.fake.people.addLead({ FirstName: 'Bo', LastName: 'Lane' });
    await org.post('/import');
    const { contact } = org.fake.people.convert(known);
    if (isDeleted) org.fake.people.remove(known);
    await org.sync();
    const [bo, ...others] = await org.leads();
    expect(others).toEqual([]);
    org.fake.people.edit(contact, { Title: 'Director' });
    await org.sync();
    expect((await org.leads())[0]).toMatchObject({ id: bo?.id, jobTitle: 'Director' });
  });

  test('a merge there leaves one lead here for the survivor', async () => {
    const [winner, loser] = [org.fake.people.addLead(ANN), org.fake.people.addLead({ ...ANN, Email: 'ann.lee@example.com' })];
    await org.post('/import');
    org.fake.people.merge(winner, loser);
    org.pass(25 * 60 * 60_000);
    await org.sync();
    await org.server.send('PATCH', `/api/leads/${(await org.lead('ann@example.com')).id}`, { jobTitle: 'One' });
    await org.sync();
    expect(org.fake.people.read(winner).Title).toBe('One');
  });

  test('new leads here are made there once an admin lets them, each with our key, and once only', async () => {
    await org.post('/import');
    await org.change({ scopeOut: { kind: 'all' } });
    await org.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    expect(await org.sync()).toMatchObject({ there: { created: 1 } });
    expect(await org.sync()).toMatchObject({ there: { created: 0 } });
    expect(org.fake.people.live('Lead')).toMatchObject([{ Email: 'eve@example.com', Company: 'Fernhill' }]);
  });

  test('what the org requires and a lead has not is explained by its label, and stops nobody else', async () => {
    await org.post('/import');
    await org.change({ scopeOut: { kind: 'all' } });
    const person = { firstName: 'Eve', lastName: 'New', phone: '2025550123' };
    await org.server.send('POST', '/api/leads', {
      leads: [
        { ...person, email: 'eve@example.com' },
        { ...person, email: 'fay@example.com', phone: '2025550124', companyName: 'Fernhill' },
      ],
    });
    // A dry run says the same.
    expect(await org.post('/dry-run')).toMatchObject({ there: { created: 1 }, errors: 1 });
    expect(await org.sync()).toMatchObject({ there: { created: 1 }, errors: 1 });
    const { errors } = await (await org.server.ask(`/api/connections/${org.id}/errors`)).json();
    expect(errors).toMatchObject([{ failure: { kind: 'validation', code: 'REQUIRED_FIELD_MISSING', field: 'Company' } }]);
  });

  test('a custom field that the org requires and that is mapped to nothing is named by its label, too', async () => {
    org.fake.org.habits.required.add('Lead.Region__c');
    await org.post('/import');
    const { settings } = (await (await org.server.ask('/api/connections')).json()).connections[0];
    const pairs = settings.pairs.filter(({ remote }: { remote: string }) => remote !== 'Region__c');
    await org.change({ scopeOut: { kind: 'all' }, pairs });
    await org.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    expect(await org.sync()).toMatchObject({ there: { created: 0 }, errors: 1 });
    const { errors } = await (await org.server.ask(`/api/connections/${org.id}/errors`)).json();
    expect(errors).toMatchObject([{ failure: { kind: 'validation', code: 'REQUIRED_FIELD_MISSING', field: 'Region' } }]);
  });

  test('a duplicate rule asks for a decision: the record it found is linked', async () => {
    await org.post('/import');
    org.fake.org.habits.blocksDuplicates = true;
    const contact = org.fake.people.addContact({ FirstName: 'Eve', LastName: 'New', Email: 'eve@other.example' });
    org.fake.people.edit(contact, { Email: 'eve@example.com' });
    await org.change({
      scopeOut: { kind: 'all' },
      scopeIn: { kind: 'campaign', id: org.fake.people.addCampaign('Nobody'), name: 'Nobody' },
    });
    await org.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    await org.sync();
    expect(org.fake.people.live('Lead')).toEqual([]);
  });

  describe('a duplicate rule that stops a new lead', () => {
    let known: string;
    const retry = async (body: unknown) => {
      const { errors } = await (await org.server.ask(`/api/connections/${org.id}/errors`)).json();
      expect(errors).toMatchObject([{ failure: { code: 'DUPLICATES_DETECTED', matches: [{ type: 'contact', id: known }] } }]);
      return org.server.send('POST', `/api/connections/${org.id}/errors/${errors[0].id}/retry`, body);
    };
    beforeEach(async () => {
      org.fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
      await org.post('/import');
      org.fake.org.habits.blocksDuplicates = true;
      const scopeIn = { kind: 'campaign', id: org.fake.people.addCampaign('Nobody'), name: 'Nobody' };
      await org.change({ scopeOut: { kind: 'all' }, scopeIn });
      known = org.fake.people.addContact({ FirstName: 'Eve', LastName: 'New', Email: 'eve@other.example' });
      await org.server.send('POST', '/api/leads', {
        leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
      });
      expect(await org.sync()).toMatchObject({ errors: 1 });
    });

    test('is passed by once a person says "make anyway"', async () => {
      expect((await retry({ how: 'make_anyway' })).status).toBe(200);
      expect(await org.sync()).toMatchObject({ there: { created: 1 }, errors: 0 });
      expect(org.fake.people.live('Lead')).toMatchObject([{ Email: 'eve@example.com' }]);
      expect((await (await org.server.ask(`/api/connections/${org.id}/errors`)).json()).errors).toEqual([]);
    });

    test('gives way to the record that a person says it is, of whatever kind', async () => {
      expect((await retry({ how: 'link', remoteId: known })).status).toBe(200);
      await org.sync();
      const eve = (await org.leads()).find((one: { lastName: string }) => one.lastName === 'New');
      await org.server.send('PATCH', `/api/leads/${eve.id}`, { jobTitle: 'Director' });
      await org.sync();
      expect(org.fake.people.read(known).Title).toBe('Director');
      expect(org.fake.people.live('Lead')).toEqual([]);
      expect((await (await org.server.ask(`/api/connections/${org.id}/errors`)).json()).errors).toEqual([]);
    });

    test('is not decided by a record that is not there, or is another lead', async () => {
      const missing = await retry({ how: 'link', remoteId: '003000000000999AAA' });
      expect([missing.status, (await missing.json()).error]).toEqual([404, expect.stringContaining('no such record')]);
      const [cy] = org.fake.people.live('Contact');
      const taken = await retry({ how: 'link', remoteId: cy?.Id });
      expect([taken.status, (await taken.json()).error]).toEqual([409, expect.stringContaining('another lead')]);
    });
  });

  test.each([
    { which: 'leads and contacts', keeps: ['lead', 'contact'], title: 'Director' },
    { which: 'leads only', keeps: ['lead'], title: 'Buyer' },
  ])('nobody who is a contact there becomes a second person as a lead (mapped: $which)', async ({ keeps, title }) => {
    await org.post('/import');
    const { settings } = (await (await org.server.ask('/api/connections')).json()).connections[0];
    const pairs = settings.pairs.filter(({ type }: { type: string }) => keeps.includes(type));
    const scopeIn = { kind: 'campaign', id: org.fake.people.addCampaign('Nobody'), name: 'Nobody' };
    await org.change({ scopeOut: { kind: 'all' }, scopeIn, pairs });
    const contact = org.fake.people.addContact(ANN);
    await org.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    expect(await org.sync()).toMatchObject({ there: { created: 0 }, errors: 0 });
    await org.server.send('PATCH', `/api/leads/${(await org.lead('ann@example.com')).id}`, { jobTitle: 'Director' });
    await org.sync();
    expect(org.fake.people.live('Lead')).toEqual([]);
    expect(org.fake.people.read(contact).Title).toBe(title);
  });

  test('a connection that was revoked in the org says so', async () => {
    org.fake.auth.revokeAll();
    const answer = await org.server.send('POST', `/api/connections/${org.id}/sync`, {});
    expect(answer.status).toBe(409);
  });
});
