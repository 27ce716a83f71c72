import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

describe('where only leads were chosen', () => {
  const importLeads = async () => {
    const lead = org.fake.people.addLead(ANN);
    org.fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    org.fake.people.addContact({ FirstName: '', LastName: '' });
    expect(await org.post('/import', { types: ['lead'] })).toMatchObject({ created: 1, total: 1 });
    return lead;
  };
  const emails = async () => (await org.leads()).map(({ email }) => email).toSorted();
  const scopeIn = async () => (await (await org.server.ask('/api/connections')).json()).connections[0].settings.scopeIn;

  test('no contact comes in, and none is told as an error', async () => {
    await importLeads();
    expect(await scopeIn()).toEqual({ kind: 'all', types: ['lead'] });
    expect(await org.sync()).toMatchObject({ here: { created: 0 }, errors: 0 });
    org.fake.people.addContact({ FirstName: 'Di', LastName: 'Late', Email: 'di@example.com' });
    org.fake.people.addLead({ ...ANN, FirstName: 'Bo', Email: 'bo@example.com' });
    await org.sync();
    await org.sync();
    expect(await emails()).toEqual(['ann@example.com', 'bo@example.com']);
  });

  test('one of them who becomes a contact stays in step', async () => {
    const known = await importLeads();
    await org.sync();
    const { contact } = org.fake.people.convert(known);
    await org.sync();
    await org.server.send('PATCH', `/api/leads/${(await org.lead('ann@example.com')).id}`, { jobTitle: 'CTO' });
    await org.sync();
    expect(org.fake.people.read(contact).Title).toBe('CTO');
    org.fake.people.edit(contact, { Title: 'Chief' });
    await org.sync();
    expect([(await org.lead('ann@example.com')).jobTitle, await emails()]).toEqual(['Chief', ['ann@example.com']]);
  });

  test('a contact who was a lead that never came in is left out', async () => {
    await importLeads();
    await org.sync();
    org.fake.people.convert(org.fake.people.addLead({ ...ANN, FirstName: 'Eve', Email: 'eve@example.com' }));
    await org.sync();
    await org.sync();
    expect(await emails()).toEqual(['ann@example.com']);
  });

  test('contacts come in once an admin chooses both', async () => {
    await importLeads();
    await org.sync();
    const { settings } = await (await org.server.ask('/api/connections')).json().then(({ connections }) => connections[0]);
    const leadsOnly = settings.pairs.filter(({ type }: { type: string }) => type === 'lead');
    expect((await org.change({ pairs: leadsOnly })).status).toBe(200);
    expect((await org.change({ scopeIn: { kind: 'all' } })).status).toBe(200);
    expect(await org.sync()).toMatchObject({ here: { created: 1 } });
    expect(await emails()).toEqual(['ann@example.com', 'cy@example.com']);
  });
});

describe('where whoever connected may see no contacts at all', () => {
  const hideContacts = () => {
    const gone = restError(404, 'NOT_FOUND', 'The requested resource does not exist');
    const noType = restError(400, 'INVALID_TYPE', "sObject type 'Contact' is not supported.");
    org.fake.fault('/sobjects/Contact', { kind: 'error', error: gone }, 999);
    org.fake.fault('FROM%20Contact', { kind: 'error', error: noType }, 999);
  };
  const connection = async () => (await (await org.server.ask('/api/connections')).json()).connections[0];
  const HIDDEN = { kind: 'kind_hidden', type: 'contact' };

  test('leads come in and stay in step, and that contacts are left out is said', async () => {
    const known = org.fake.people.addLead(ANN);
    hideContacts();
    const fields = await (await org.server.ask(`/api/connections/${org.id}/fields`)).json();
    expect(fields.types.map(({ type }: { type: string }) => type)).toEqual(['lead']);
    expect(fields.notices).toMatchObject([HIDDEN]);
    expect((await (await org.server.ask(`/api/connections/${org.id}/lists`)).json()).scopes).not.toEqual([]);
    expect((await org.post('/preview')).notices).toMatchObject([HIDDEN]);
    expect((await org.post('/preview', { types: ['lead'] })).notices).toEqual([]);
    expect(await org.post('/import')).toMatchObject({ created: 1, total: 1 });
    expect((await connection()).settings.scopeIn).toEqual({ kind: 'all', types: ['lead'] });
    org.fake.people.edit(known, { Title: 'Boss' });
    org.fake.people.convert(org.fake.people.addLead({ ...ANN, FirstName: 'Bo', Email: 'bo@example.com' }));
    await org.change({ scopeOut: { kind: 'all' } });
    await org.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Eve', lastName: 'New', email: 'eve@example.com', phone: '2025550123', companyName: 'Fernhill' }],
    });
    expect(await org.sync()).toMatchObject({ here: { updated: 1 }, there: { created: 1 }, errors: 0 });
  });

  test('that they alone were asked for is refused with the reason', async () => {
    hideContacts();
    const refused = await org.server.send('POST', `/api/connections/${org.id}/preview`, { types: ['contact'] });
    expect([refused.status, (await refused.json()).error]).toEqual([
      403,
      expect.stringContaining('does not let whoever connected see contacts'),
    ]);
  });

  test('who was converted meanwhile holds nobody up', async () => {
    const [gone, stays] = [org.fake.people.addLead(ANN), org.fake.people.addLead({ ...ANN, FirstName: 'Bo', Email: 'bo@example.com' })];
    hideContacts();
    await org.post('/import');
    org.fake.people.convert(gone);
    org.fake.people.edit(stays, { Title: 'Boss' });
    await org.sync();
    expect((await org.lead('bo@example.com')).jobTitle).toBe('Boss');
  });

  test('later, the connection says what is missing, and the leads go on', async () => {
    const known = org.fake.people.addLead(ANN);
    org.fake.people.addContact({ FirstName: 'Cy', LastName: 'Kay', Email: 'cy@example.com' });
    await org.post('/import');
    await org.sync();
    expect((await connection()).health.lastRun.hiddenKind).toBeUndefined();
    hideContacts();
    org.fake.people.edit(known, { Title: 'Boss' });
    org.pass(20 * 60_000);
    expect(await org.post('/sync')).toMatchObject({
      outcome: 'partly',
      failure: { code: 'kind_hidden', message: 'contact' },
      here: { updated: 1 },
    });
    expect((await connection()).health.lastRun).toMatchObject({ outcome: 'partly', hiddenKind: 'contact' });
    await org.change({ scopeIn: { kind: 'all', types: ['lead'] } });
    await org.sync();
  });
});
