import { afterEach, beforeEach, expect, test } from 'vitest';
import { startServer, type TestServer } from '../../../support/start-server.ts';

/** The day's calls of a portal are new at its own midnight; that of the tests is in New York. */
let now: number;
let server: TestServer;
let id: string;
beforeEach(async () => {
  now = Date.UTC(2027, 6, 10, 20, 20);
  server = await startServer({ now: () => now });
  id = (await (await server.send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() })).json()).id;
});
afterEach(() => server.stop());

const post = async (path: string) => (await server.send('POST', `/api/connections/${id}${path}`, {})).json();
async function pausedUntil() {
  const [connection] = (await (await server.ask('/api/connections')).json()).connections;
  return [connection.state, connection.pausedUntil];
}

test.each([
  ['at the portal’s midnight', () => {}, '2027-07-11T04:00:00.000Z'],
  [
    'at the next full hour, where the portal does not say where it is',
    () => server.hubspot.faults.answer('account-info', 403, { category: 'MISSING_SCOPES', message: 'no' }, 9),
    '2027-07-10T21:00:00.000Z',
  ],
  [
    'by the offset it has today, where its zone is unknown to this machine',
    () => {
      server.hubspot.portal.timeZone = 'Moon/Tycho';
    },
    '2027-07-11T05:00:00.000Z',
  ],
])('used up, a connection goes on %s', async (_, plan, until) => {
  plan();
  server.hubspot.people.createContact({ firstname: 'Ann', email: 'ann@example.com' });
  await post('/import');
  server.hubspot.faults.tooMany(/crm\//, 'DAILY', null, 99);
  now += 60_000;
  expect(await post('/sync')).toMatchObject({ outcome: 'stopped', failure: { kind: 'rate_daily' } });
  expect(await pausedUntil()).toEqual(['paused_quota', until]);
});

test('used up, a preview says so and when to try again', async () => {
  server.hubspot.faults.tooMany(/crm\//, 'DAILY', null, 99);
  expect((await post('/preview')).error).toMatch(/HubSpot allows a day.*Nothing was written\. Try again in about 8 hours\./);
});

test('where it is, is asked once a day and not with every call', async () => {
  const before = server.hubspot.count('account-info');
  await post('/import');
  await post('/sync');
  now += 60 * 60_000;
  await post('/sync');
  expect(server.hubspot.count('account-info') - before).toBeLessThanOrEqual(2); // once for the clock, once for the currency of deals
});
