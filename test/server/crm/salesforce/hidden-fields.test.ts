import { afterEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});
async function connect(habits: Partial<OrgHabits> = {}): Promise<ConnectedOrg> {
  const org = await openConnectedOrg(habits);
  stops.push(org.stop);
  return org;
}
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
    expect(notices.filter(({ kind }: { kind: string }) => kind === 'field_vanished')).toMatchObject([
      { type: 'lead', field: 'Phone' },
      { type: 'lead', field: 'Title' },
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
