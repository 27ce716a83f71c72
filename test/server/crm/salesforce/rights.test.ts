import { afterEach, describe, expect, test } from 'vitest';
import { unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { ANN, orgsOfTests } from '../../../support/salesforce/connected-org.ts';
import { createLeads, failuresOf, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function open(habits: Partial<OrgHabits>): Promise<OpenOrg> {
  const org = await openOrg(habits);
  stops.push(org.fake.stop);
  return org;
}
const connect = orgsOfTests();

describe('what field-level security hides', () => {
  test('of opt-outs is named before anybody is imported: who opted out there cannot be recognised', async () => {
    const org = await connect({ hidden: new Set(['Lead.HasOptedOutOfEmail', 'Contact.DoNotCall']) });
    org.fake.people.addLead({ ...ANN, HasOptedOutOfEmail: true });
    const notices = [
      { kind: 'opt_out_hidden', type: 'lead', field: 'Email Opt Out' },
      { kind: 'opt_out_hidden', type: 'contact', field: 'Do Not Call' },
    ];
    expect((await org.post('/preview')).notices).toEqual(notices);
    expect((await org.post('/preview', { types: ['contact'] })).notices).toEqual(notices.slice(1));
    expect((await (await org.server.ask(`/api/connections/${org.id}/fields`)).json()).notices).toEqual(notices);
  });

  test('is nothing where everything is seen', async () => {
    const org = await open({});
    expect([unwrap(await org.crm.notices('lead')), unwrap(await org.crm.notices('contact'))]).toEqual([[], []]);
  });

  test('of conversions stops nobody: the one contact of the same address and name is followed', async () => {
    const org = await connect({ hidden: new Set(['Lead.ConvertedContactId']) });
    const [ann, bo] = [org.fake.people.addLead(ANN), org.fake.people.addLead({ ...ANN, LastName: 'Ray', Email: 'bo@example.com' })];
    await org.post('/import');
    const { contact } = org.fake.people.convert(ann);
    org.fake.people.edit(bo, { Title: 'Head' });
    await org.sync();
    expect((await org.lead('bo@example.com')).jobTitle).toBe('Head');
    await org.server.send('PATCH', `/api/leads/${(await org.lead('ann@example.com')).id}`, { jobTitle: 'Director' });
    await org.sync();
    expect(org.fake.people.read(contact).Title).toBe('Director');
    expect(await org.leads()).toHaveLength(2);
  });

  test('of conversions is told where nobody can say who it became, and what is written to it names the right', async () => {
    const org = await open({ hidden: new Set(['Lead.ConvertedContactId']) });
    const id = org.fake.people.addLead(ANN);
    const { contact } = org.fake.people.convert(id);
    expect(unwrap(await org.crm.readRecords('lead', [id], ['Title']))).toMatchObject([{ kind: 'converted', to: { id: contact } }]);
    org.fake.people.addContact(ANN); // two are like them
    expect(unwrap(await org.crm.notices('lead'))).toEqual([{ kind: 'conversion_hidden', type: 'lead', field: 'Converted Contact ID' }]);
    expect(unwrap(await org.crm.readRecords('lead', [id], ['Title']))).toMatchObject([{ kind: 'found', record: { id } }]);
    expect(await org.crm.updateRecords('lead', [{ opId: 'a', id, values: valuesOf({ Title: 'X' }) }])).toMatchObject([
      { failure: { kind: 'scope', code: 'CANNOT_UPDATE_CONVERTED_LEAD', missingScopes: ['Lead.ConvertedContactId'] } },
    ]);
  });

  test('of whether a lead was converted at all keeps leads out, and the right is named; contacts go on', async () => {
    const org = await connect({});
    const [lead, contact] = [org.fake.people.addLead(ANN), org.fake.people.addContact({ LastName: 'Kay', Email: 'cy@example.com' })];
    await org.post('/import');
    await org.sync();
    org.fake.org.habits.hidden.add('Lead.IsConverted');
    org.pass(61 * 60_000); // what describe said is not believed for longer
    for (const [path, body] of [
      ['/preview', {}],
      ['/import', { types: ['lead'] }],
    ] as const) {
      const refused = await org.server.send('POST', `/api/connections/${org.id}${path}`, body);
      expect([refused.status, (await refused.json()).error]).toEqual([403, expect.stringContaining('Lead.IsConverted')]);
    }
    for (const id of [lead, contact]) org.fake.people.edit(id, { Title: 'Head' });
    org.pass(20 * 60_000);
    const missing = { kind: 'scope', code: 'field_hidden', message: 'Lead.IsConverted' };
    expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', failure: missing, here: { updated: 1 } });
    expect((await org.lead('cy@example.com')).jobTitle).toBe('Head');
    const scope = { kind: 'view', id: '00B000000000001AAA', name: 'EMEA leads', type: 'lead' };
    expect((await org.change({ scopeIn: scope })).status).toBe(403);
    org.fake.org.habits.hidden.clear();
    await org.sync();
    expect((await org.lead('ann@example.com')).jobTitle).toBe('Head');
  });

  test('where our own field is seen and not editable, records are made without it, and it is said', async () => {
    const org = await open({ readOnly: new Set(['Lead.Leadline_Id__c']) });
    expect(unwrap(await org.crm.ensureKeyField('lead'))).toBe('not_allowed');
    expect(failuresOf(await createLeads(org.crm, 2))).toEqual([]);
    expect(unwrap(await org.crm.findByEmail('lead', ['lee1@example.com'], []))).toHaveLength(1);
    expect(unwrap(await org.crm.notices('lead'))).toEqual([{ kind: 'key_read_only', type: 'lead', field: 'Leadline Id' }]);
  });
});
