import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

test('a word for "no phone" is blank to an import and to a run, and is no error of either', async () => {
  const known = org.fake.people.addLead({ ...ANN, Phone: 'n/a' });
  expect(await org.post('/import')).toMatchObject({ created: 1 });
  expect(await org.sync()).toMatchObject({ errors: 0, here: { updated: 0 }, there: { updated: 0 } });
  org.fake.people.addLead({ ...ANN, FirstName: 'Bo', Email: 'bo@example.com', MobilePhone: 'none', Phone: '-' });
  expect(await org.sync()).toMatchObject({ errors: 0, here: { created: 1 } });
  const leads = await org.leads();
  expect(leads.map(({ phone, altPhone1 }) => [phone ?? '', altPhone1 ?? ''])).toEqual(leads.map(() => ['', '']));
  const ann = await org.lead('ann@example.com');
  await org.server.send('PATCH', `/api/leads/${ann.id}`, { notes: 'Met' });
  await org.sync();
  expect(org.fake.people.read(known)).toMatchObject({ Phone: 'n/a', Description: 'Met' });
  await org.server.send('PATCH', `/api/leads/${ann.id}`, { phone: '+12025550123' });
  expect(await org.sync()).toMatchObject({ errors: 0, conflicts: 0, there: { updated: 1 } });
  expect(org.fake.people.read(known).Phone).toBe('+12025550123');
});

test('a text too long for a lead is named in the row it came with, and stays in Salesforce whatever is changed here', async () => {
  const long = 'ä'.repeat(30_000);
  const known = org.fake.people.addLead({ ...ANN, Description: long });
  const left = { code: 'value_left_out', severity: 'warning', column: 8, data: { bytes: 60_000, limit: 32 * 1024 } };
  const preview = await org.post('/preview');
  expect(preview).toMatchObject({ summary: { warnings: 1 }, preview: [{ problems: [left] }] });
  const { importId, created } = await org.post('/import');
  const { rows } = await (await org.server.ask(`/api/imports/${importId}/rows`)).json();
  expect([created, rows]).toMatchObject([1, [{ problems: [left] }]]);
  const ann = await org.lead('ann@example.com');
  await org.server.send('PATCH', `/api/leads/${ann.id}`, { jobTitle: 'CTO' });
  for (let runs = 0; runs < 3; runs++) {
    await org.sync();
    org.pass(25 * 60 * 60_000);
  }
  expect(org.fake.people.read(known)).toMatchObject({ Description: long, Title: 'CTO' });
});
