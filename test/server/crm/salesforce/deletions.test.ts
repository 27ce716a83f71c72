import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

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
