import { describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, orgsOfTests } from '../../../support/salesforce/connected-org.ts';

const connect = orgsOfTests();
const hide = ({ fake, pass }: ConnectedOrg, ...fields: string[]) => {
  for (const field of fields) fake.org.habits.hidden.add(field);
  pass(61 * 60_000); // what describe said is not believed for longer
};
const pairsIn = async ({ server }: ConnectedOrg) => (await (await server.ask('/api/connections')).json()).connections[0].settings.pairs;
const troubled = async (org: ConnectedOrg) => (await pairsIn(org)).filter(({ trouble }: { trouble: string | null }) => trouble !== null);
const edit = async (org: ConnectedOrg, email: string, values: object) =>
  org.server.send('PATCH', `/api/leads/${(await org.lead(email)).id}`, values);

describe('fields that are hidden from whoever connected after the first import', () => {
  const FIVE = ['Phone', 'MobilePhone', 'Region__c', 'Interests__c', 'Budget__c'].map((name) => `Lead.${name}`);
  const NAMED = { kind: 'schema_drift', code: 'fields_vanished', message: 'Phone, Mobile Phone, Region, Interests, Budget' };

  test('are found, switched off and named together, and all else comes in with the same run', async () => {
    const org = await connect();
    const ann = org.fake.people.addLead({ ...ANN, Phone: '+12025550101' });
    await org.post('/import');
    await org.sync();
    hide(org, ...FIVE);
    org.fake.people.edit(ann, { Title: 'Head' });
    org.pass(20 * 60_000);
    expect(await org.post('/dry-run')).toMatchObject({ outcome: 'partly', failure: NAMED, here: { updated: 1 } });
    expect(await troubled(org)).toEqual([]);
    expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', failure: NAMED, here: { updated: 1 } });
    expect((await troubled(org)).map(({ remote, trouble }: Record<string, string>) => `Lead.${remote} ${trouble}`)).toEqual(
      FIVE.map((field) => `${field} vanished`),
    );
    await org.sync();
    expect(await org.lead('ann@example.com')).toMatchObject({ jobTitle: 'Head', phone: '+12025550101' });
  });

  test('are kept in step again by themselves once they are seen again: blanks are filled, and two values ask', async () => {
    const org = await connect();
    const [ann, bo] = [
      org.fake.people.addLead({ ...ANN, Phone: '+12025550101' }),
      org.fake.people.addLead({ ...ANN, Email: 'bo@example.com' }),
    ];
    await org.post('/import');
    await org.sync();
    hide(org, 'Lead.Phone', 'Lead.Region__c');
    org.fake.people.edit(ann, { Title: 'Head' });
    org.pass(20 * 60_000);
    await org.post('/sync');
    org.fake.people.edit(bo, { Phone: '+12025550102' });
    await edit(org, 'ann@example.com', { phone: '+12025550103' });
    await org.sync();
    org.fake.org.habits.hidden.delete('Lead.Phone');
    expect(await org.sync()).toMatchObject({ here: { updated: 2 }, conflicts: 1 });
    expect((await troubled(org)).map(({ remote }: { remote: string }) => remote)).toEqual(['Region__c']);
    expect((await org.lead('bo@example.com')).phone).toBe('+12025550102');
    expect([(await org.lead('ann@example.com')).phone, org.fake.people.read(ann).Phone]).toEqual(['+12025550101', '+12025550101']);
    const { conflicts } = await (await org.server.ask(`/api/connections/${org.id}/conflicts`)).json();
    expect(conflicts).toMatchObject([{ field: 'Phone', ours: '+12025550103', theirs: '+12025550101' }]);
  });

  test('of one kind keep the same field of the other kind from nobody', async () => {
    const org = await connect();
    org.fake.people.addLead({ ...ANN, Phone: '+12025550101' });
    await org.post('/import');
    hide(org, 'Lead.Phone', 'Lead.Title');
    org.fake.people.addContact({ LastName: 'Kay', Email: 'cy@example.com', Phone: '+12025550102' });
    const { notices } = await org.post('/preview');
    expect(notices).toEqual([
      { kind: 'field_hidden', type: 'lead', field: 'Phone' },
      { kind: 'field_hidden', type: 'lead', field: 'Title' },
    ]);
    await org.post('/import');
    expect((await org.lead('cy@example.com')).phone).toBe('+12025550102');
  });

  test('and made anew there, empty, empty no lead here', async () => {
    const org = await connect();
    const ann = org.fake.people.addLead({ ...ANN, Region__c: 'EMEA' });
    await org.post('/import');
    await org.sync();
    hide(org, 'Lead.Region__c');
    org.fake.people.edit(ann, { Title: 'Head' });
    org.pass(20 * 60_000);
    await org.post('/sync');
    org.fake.people.edit(ann, { Region__c: '' });
    org.fake.org.habits.hidden.clear();
    await org.sync();
    expect([(await org.lead('ann@example.com')).customFields, org.fake.people.read(ann).Region__c]).toEqual([
      expect.arrayContaining([{ label: 'Region', value: 'EMEA' }]),
      'EMEA',
    ]);
  });
});

const NEW = { firstName: 'New', lastName: 'One', email: 'new@example.com', phone: '2025550123', companyName: 'Co' };
const OTHER = { ...NEW, firstName: 'Other', email: 'other@example.com', phone: '2025550124' };
const TITLE_AND_EMAIL = [
  { kind: 'email_hidden', type: 'lead', field: 'Email' },
  { kind: 'field_hidden', type: 'lead', field: 'Title' },
];

describe('fields that were hidden all along', () => {
  test('are named before the first import, in the field map and by a dry run', async () => {
    const org = await connect({ hidden: new Set(['Lead.Email', 'Lead.Title']) });
    org.fake.people.addLead({ ...ANN, Phone: '+12025550101' });
    expect((await org.post('/preview')).notices).toEqual(TITLE_AND_EMAIL);
    await org.post('/import');
    expect((await (await org.server.ask(`/api/connections/${org.id}/fields`)).json()).notices).toEqual(TITLE_AND_EMAIL);
    expect((await org.post('/dry-run')).notices).toEqual(TITLE_AND_EMAIL);
    expect(await org.post('/sync')).not.toHaveProperty('notices');
  });

  test('where it is the email of leads, nobody is made there a second time: making waits, says why, and goes on once it is seen and mapped', async () => {
    const org = await connect({ hidden: new Set(['Lead.Email']) });
    org.fake.people.addLead({ FirstName: 'New', LastName: 'One', Email: 'new@example.com' });
    const campaign = { kind: 'campaign', id: org.fake.people.addCampaign('Nobody'), name: 'Nobody' };
    await org.post('/import', { types: ['lead'], scope: campaign });
    await org.change({ scopeOut: { kind: 'all' } });
    await org.server.send('POST', '/api/leads', { leads: [NEW, OTHER] });
    for (let run = 0; run < 2; run++) {
      org.pass(20 * 60_000);
      const failure = { kind: 'scope', code: 'email_hidden', message: 'lead' };
      expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', failure, there: { created: 0 }, errors: 0 });
    }
    const [{ missingScopes }] = (await (await org.server.ask('/api/connections')).json()).connections;
    expect(missingScopes).toEqual([{ scope: 'Lead.Email', isNeeded: false }]);
    org.fake.org.habits.hidden.clear();
    org.pass(61 * 60_000);
    expect(await org.post('/sync')).toMatchObject({ failure: { code: 'email_unmapped', message: 'lead' }, there: { created: 0 } });
    const { suggested } = (await (await org.server.ask(`/api/connections/${org.id}/fields`)).json()).types.at(0);
    await org.change({ pairs: [...(await pairsIn(org)), suggested.find(({ remote }: { remote: string }) => remote === 'Email')] });
    expect(await org.sync()).toMatchObject({ there: { created: 1 } });
    const emails = org.fake.people.live('Lead').map(({ Email }) => Email);
    expect(emails.toSorted()).toEqual(['new@example.com', 'other@example.com']);
  });

  test('where it is the email of contacts, leads are made all the same, and it is named', async () => {
    const org = await connect({ hidden: new Set(['Contact.Email']) });
    org.fake.people.addLead(ANN);
    expect((await org.post('/preview')).notices).toEqual([{ kind: 'email_hidden', type: 'contact', field: 'Email' }]);
    await org.post('/import');
    await org.change({ scopeOut: { kind: 'all' } });
    await org.server.send('POST', '/api/leads', { leads: [NEW] });
    expect(await org.sync()).toMatchObject({ there: { created: 1 }, errors: 0 });
    expect(org.fake.people.live('Lead')).toHaveLength(2);
  });

  test('also where it is hidden only after the import, and nobody has described it since', async () => {
    const org = await connect();
    org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    await org.change({ scopeOut: { kind: 'all' } });
    org.fake.org.habits.hidden.add('Contact.Email');
    await org.server.send('POST', '/api/leads', { leads: [NEW] });
    org.pass(20 * 60_000);
    expect(await org.post('/sync')).toMatchObject({ failure: null, there: { created: 1 }, errors: 0 });
    await org.sync();
    org.fake.org.habits.hidden.add('Lead.Email');
    await org.server.send('POST', '/api/leads', { leads: [OTHER] });
    org.pass(20 * 60_000);
    expect(await org.post('/sync')).toMatchObject({ failure: { code: 'email_hidden', message: 'lead' }, there: { created: 0 } });
    org.fake.org.habits.hidden.clear();
    expect(await org.sync()).toMatchObject({ there: { created: 1 }, errors: 0 });
    expect(org.fake.people.live('Lead').map(({ Email }) => Email)).toContain('other@example.com');
  });
});
