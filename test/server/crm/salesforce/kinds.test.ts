import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

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
    org.fake.people.edit(contact, { Title: 'CEO' });
    await org.sync();
    expect([(await org.lead('ann@example.com')).jobTitle, await emails()]).toEqual(['CEO', ['ann@example.com']]);
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
