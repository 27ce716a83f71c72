import { afterEach, describe, expect, test } from 'vitest';
import { createCallMeter } from '../../../server/crm/call-meter.ts';
import { type ConnectedOrg, openConnectedOrg } from '../../support/salesforce/connected-org.ts';
import { startServer } from '../../support/start-server.ts';

const orgs: ConnectedOrg[] = [];
afterEach(async () => {
  for (const org of orgs.splice(0)) await org.stop();
});
const LIMIT = 100_000;

async function open(): Promise<ConnectedOrg> {
  const org = await openConnectedOrg({ dailyLimit: LIMIT });
  orgs.push(org);
  for (const name of ['Ann', 'Bea', 'Cem']) org.fake.people.addLead({ LastName: name, Email: `${name}@example.com` });
  return org;
}
const callsOf = async ({ server }: ConnectedOrg) => (await (await server.ask('/api/connections')).json()).connections[0].health.calls;

describe('calls today', () => {
  test('are all that the org was asked, whatever for: signing in, looking, importing, syncing, new tokens', async () => {
    const org = await open();
    const { server, id, fake } = org;
    // Where a person says yes their own browser asks.
    const asked = () => fake.requests.filter(({ path }) => !path.startsWith('/services/oauth2/authorize')).length;
    const counted = async () => (await callsOf(org)).usedToday;
    expect([asked(), await counted()]).toEqual([2, 2]);
    const works: readonly (() => Promise<{ readonly status?: number; readonly error?: unknown } | null>)[] = [
      () => server.ask(`/api/connections/${id}/fields`),
      () => server.ask(`/api/connections/${id}/lists`),
      () => org.post('/preview'),
      () => org.post('/import'),
      () => org.post('/dry-run'),
      () => org.sync(),
      async () => {
        fake.auth.expireSessions();
        return null;
      },
      () => org.sync(),
    ];
    for (const work of works) {
      const done = await work();
      expect([done?.status ?? 200, done?.error]).toEqual([200, undefined]);
      expect([work.toString(), await counted()]).toEqual([work.toString(), asked()]);
    }
    expect(asked()).toBeGreaterThan(20);
  });

  test('beside them stands what all apps have used, when the org said so, and where Leadline stops; over a restart, too', async () => {
    const org = await open();
    expect((await callsOf(org)).account).toBeNull();
    org.fake.org.habits.usedToday = 12_344;
    await org.server.ask(`/api/connections/${org.id}/fields`);
    const said = { used: org.fake.org.habits.usedToday, limit: LIMIT, stopsAt: 80_000, saidAt: '2026-05-04T10:00:00.000Z' };
    const before = await callsOf(org);
    expect(before.account).toEqual(said);
    const { backend, crm, home } = org.server;
    await crm.meter.flush();
    const [connection] = await backend.store.listConnections(home.workspace);
    const { used, limit } = said;
    const kept = { calls: before.usedToday, told: { used, limit, at: backend.now() } };
    expect(connection && (await createCallMeter(backend).read(connection))).toMatchObject(kept);
  });

  test('are those of this day: at midnight they are none, and a day later what the org said is nobody’s word any more', async () => {
    const org = await open();
    await org.server.ask(`/api/connections/${org.id}/fields`);
    org.pass(14 * 60 * 60_000);
    expect(await callsOf(org)).toMatchObject({ usedToday: 0, account: { limit: LIMIT } });
    org.pass(10 * 60 * 60_000);
    expect(await callsOf(org)).toEqual({ usedToday: 0, account: null });
  });

  test('are the same of HubSpot: what a pasted key opens, where the portal is, lists and syncs, and what it says of the day', async () => {
    const server = await startServer();
    try {
      const { hubspot } = server;
      hubspot.people.createContact({ firstname: 'Ann', email: 'ann@example.com' });
      const body = { key: hubspot.oauth.serviceKey() };
      const { id } = await (await server.send('POST', '/api/connections/hubspot/service-key', body)).json();
      const calls = async () => (await (await server.ask('/api/connections')).json()).connections[0].health.calls;
      expect(await calls()).toEqual({ usedToday: hubspot.requests.length, account: null });
      for (const path of ['/fields', '/lists']) await server.ask(`/api/connections/${id}${path}`);
      for (const path of ['/preview', '/import', '/sync']) await server.send('POST', `/api/connections/${id}${path}`, {});
      expect(await calls()).toMatchObject({
        usedToday: hubspot.requests.length,
        account: { used: expect.any(Number), limit: 250_000, stopsAt: 200_000 },
      });
      expect(hubspot.requests.length).toBeGreaterThan(10);
    } finally {
      await server.stop();
    }
  });
});
