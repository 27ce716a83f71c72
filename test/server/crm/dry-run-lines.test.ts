import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectSalesforce } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
let id: string;
let now: number;
beforeEach(async () => {
  now = Date.now();
  server = await startServer({ now: () => now });
  server.salesforce.people.addLead({ FirstName: 'Ann', LastName: 'Lee', Company: 'Fernhill', Email: 'ann@example.com' });
  id = await connectSalesforce(server);
  await server.send('POST', `/api/connections/${id}/import`, {});
});
afterEach(() => server.stop());
const dryRun = async () => {
  now += 60 * 60 * 1_000;
  return (await server.send('POST', `/api/connections/${id}/dry-run`, {})).json();
};

test('a record that comes in without its phone is counted as that, not as left out', async () => {
  const { people } = server.salesforce;
  people.addLead({ FirstName: 'Bo', LastName: 'Ray', Company: 'Fernhill', Email: 'bo@example.com', Phone: 'call the desk' });
  expect(await dryRun()).toMatchObject({
    here: { created: 1 },
    errors: 1,
    left: { here: { nobody: 0, undecided: 0, withoutValue: 1 }, there: { refused: 0, withoutValue: 0 } },
  });
});

test('a lead that Salesforce requires more of is counted there, not here', async () => {
  await server.send('POST', '/api/leads', {
    leads: [{ firstName: 'Cy', lastName: 'Fox', email: 'cy@example.com', phone: '+12025550188' }],
  });
  await server.send('PATCH', `/api/connections/${id}`, { scopeOut: { kind: 'all' } });
  const { errors, left, there } = await dryRun();
  expect({ errors, left, created: there.created }).toEqual({
    errors: 1,
    left: { here: { nobody: 0, undecided: 0, withoutValue: 0 }, there: { refused: 1, withoutValue: 0 } },
    created: 0,
  });
});
