import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

test('who is deleted or merged away there is known with the next run, not with the nightly look only', async () => {
  const people = ['ann', 'bo', 'cy', 'di'].map((name) => org.fake.people.addLead({ ...ANN, LastName: name, Email: `${name}@example.com` }));
  const [ann = '', bo = '', cy = '', di = ''] = people;
  await org.post('/import');
  await org.sync();
  org.fake.people.remove(ann);
  org.fake.people.merge(bo, cy);
  org.fake.people.remove(di);
  org.fake.people.purge(di);
  expect(await org.sync()).toMatchObject({ errors: 1, here: { created: 0 } });
  const told = async () => (await (await org.server.ask(`/api/connections/${org.id}/runs`)).json()).runs[0].counts;
  expect(await told()).toMatchObject({ gone: 2 });
  const { errors } = await (await org.server.ask(`/api/connections/${org.id}/errors`)).json();
  expect(errors).toMatchObject([{ failure: { code: 'two_leads' } }]);
  expect((await org.sync()).here).toEqual({ created: 0, updated: 0, removed: 0 });
  expect(await told()).toMatchObject({ gone: 0 });
  expect(await org.leads()).toHaveLength(4);
});

test('who was deleted there before the log of deletions was cleared is found by looking at all, in the same run', async () => {
  const known = org.fake.people.addLead(ANN);
  org.fake.people.addLead({ ...ANN, LastName: 'Ray', Email: 'bo@example.com' });
  await org.post('/import');
  await org.sync();
  org.pass(2 * 60 * 60_000);
  org.fake.people.remove(known);
  org.pass(60_000);
  org.fake.org.logClearedAt = org.fake.org.now();
  await org.sync();
  const { runs } = await (await org.server.ask(`/api/connections/${org.id}/runs`)).json();
  expect(runs[0].counts).toMatchObject({ gone: 1 });
});

test('what a long transaction deletes is known with the next run once it is over', async () => {
  const ann = org.fake.people.addLead(ANN);
  const bo = org.fake.people.addLead({ ...ANN, LastName: 'Ray', Email: 'bo@example.com' });
  await org.post('/import');
  await org.sync();
  org.fake.org.busySince = org.fake.org.now() + 60_000;
  org.fake.people.edit(bo, { Title: 'Director' });
  await org.sync();
  expect((await org.lead('bo@example.com')).jobTitle).toBe('Director');
  // Told with the moment at which it was deleted, not with that at which it is seen to be.
  org.fake.people.remove(ann);
  org.fake.org.deleteLog.splice(0, 1, { object: 'Lead', id: ann, at: org.fake.org.busySince + 60_000 });
  org.fake.org.busySince = null;
  await org.sync();
  const { runs } = await (await org.server.ask(`/api/connections/${org.id}/runs`)).json();
  expect(runs[0].counts).toMatchObject({ gone: 1 });
});
