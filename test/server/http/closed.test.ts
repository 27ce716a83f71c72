import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_IDS, ROUTES, type RouteId } from '#shared/api/contract.ts';
import { createKey, listKeys, revokeKey } from '../../../server/leads/api-keys.ts';
import { digestDatabase } from '../../support/database-digest.ts';
import { makeSampleRequests, type SampleRequests } from '../../support/sample-requests.ts';
import { addTenant } from '../../support/second-tenant.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const closed = ROUTE_IDS.filter((id) => ROUTES[id].access !== 'public');
/** Routes about one thing of somebody: to another workspace it does not exist. Lists have a code of their own. */
const aboutOneThing = closed.filter((id) => ROUTES[id].path.includes(':') && id !== 'putImport' && id !== 'authorize');

describe('every route is closed', () => {
  let server: TestServer;
  let requests: SampleRequests;
  let keys: { revoked: string; expired: string; viewer: string; member: string; tenant: string };
  let asked = 0;
  const ask = (id: RouteId, key: string | null, headers: Record<string, string> = {}) => {
    const { path, ...request } = requests[id];
    asked++; // every request from an address of its own: wrong keys are counted per address
    return server.ask(path, {
      ...request,
      headers: { ...request.headers, ...headers },
      key,
      address: `10.${asked >> 16}.${(asked >> 8) & 255}.${asked & 255}`,
    });
  };
  beforeAll(async () => {
    server = await startServer();
    requests = await makeSampleRequests(server);
    const holder = { workspace: server.home.workspace, member: server.home.admin };
    const expired = await createKey(server.backend, holder, { name: 'Old', role: 'admin', expiresAt: Date.now() - 1 });
    const revoked = await createKey(server.backend, holder, { name: 'Lost', role: 'admin', expiresAt: null });
    const { keys: known } = await listKeys(server.backend, holder);
    const id = known.find((key) => key.name === 'Lost')?.id ?? '';
    await revokeKey(server.backend, { ...holder, role: 'admin', keyId: '' }, id);
    keys = {
      expired: expired.key,
      revoked: revoked.key,
      viewer: await server.makeKey('viewer'),
      member: await server.makeKey('member'),
      tenant: (await addTenant(server)).key,
    };
  });
  afterAll(() => server.stop());

  const wrong = (key: string) => ({ Authorization: key });
  test.each(closed)('%s is closed to everybody without a valid key, and nothing is written', async (id) => {
    const before = digestDatabase(server.dataDir);
    const answers = [
      await ask(id, null),
      await ask(id, null, wrong('Bearer')),
      await ask(id, null, wrong('Bearer ')),
      await ask(id, null, wrong('Bearer nonsense')),
      await ask(id, null, wrong(`Basic ${btoa(`x:${server.adminKey}`)}`)),
      await ask(id, null, wrong(server.adminKey)),
      await ask(id, null, wrong(`Bearer ${server.adminKey} ${server.adminKey}`)),
      await ask(id, `${server.adminKey.slice(0, -1)}${server.adminKey.endsWith('A') ? 'B' : 'A'}`),
      await ask(id, `${server.adminKey}A`),
      await ask(id, keys.revoked),
      await ask(id, keys.expired),
    ];
    expect(answers.map((answer) => answer.status)).toEqual(answers.map(() => 401));
    for (const answer of answers) expect(await answer.json()).toMatchObject({ code: 'UNAUTHORIZED', error: expect.stringMatching(/key/) });
    expect(digestDatabase(server.dataDir)).toBe(before);
  });

  test.each(closed.filter((id) => ROUTES[id].access !== 'viewer'))(
    '%s is closed to a role that is too small, and nothing is written',
    async (id) => {
      const before = digestDatabase(server.dataDir);
      const small = ROUTES[id].access === 'admin' ? [keys.viewer, keys.member] : [keys.viewer];
      for (const key of small) {
        const answer = await ask(id, key);
        expect(answer.status).toBe(403);
        expect(await answer.json()).toMatchObject({ code: 'FORBIDDEN', error: expect.stringContaining(ROUTES[id].access) });
      }
      expect(digestDatabase(server.dataDir)).toBe(before);
    },
  );

  test.each(aboutOneThing)('%s: what belongs to another workspace does not exist, and stays as it is', async (id) => {
    const before = digestDatabase(server.dataDir);
    const answer = await ask(id, keys.tenant);
    expect(answer.status).toBe(404);
    const body = await answer.text();
    expect(body).toMatch(/"code":"(NOT_FOUND|LIST_NOT_FOUND)"/);
    expect(digestDatabase(server.dataDir)).toBe(before);
  });

  test.each(['saveLeads', 'findLeads', 'exportLeads', 'importFile', 'match', 'putImport'] as const)(
    '%s: the list of another workspace does not exist',
    async (id) => {
      const before = digestDatabase(server.dataDir);
      const answer = await ask(id, keys.tenant);
      expect([answer.status, (await answer.json()).code]).toEqual([404, 'LIST_NOT_FOUND']);
      expect(digestDatabase(server.dataDir)).toBe(before);
    },
  );

  test('leads of another workspace are neither deleted nor changed nor found', async () => {
    expect(await (await ask('deleteLeads', keys.tenant)).json()).toEqual({ deletedCount: 0 });
    expect(await (await ask('changeLeads', keys.tenant)).json()).toEqual({ changedCount: 0, foundCount: 0 });
    const { totalCount } = (await (await server.ask('/api/leads', { key: keys.tenant })).json()).pagination;
    expect(totalCount).toBe(0);
  });

  test('a path nobody knows is closed like any other, and open it does not exist', async () => {
    for (const path of [
      '/nowhere',
      '/api',
      '/api/leads/',
      '//api/lists',
      '/api%2Flists',
      '/API/lists',
      '/api/lists/../lists/x',
      '/health/',
      '/pair/x',
      '/api/imports/x/undo',
      '/api/connections/',
      '/oauth/hubspot/callback/x',
      '/oauth/callback',
    ]) {
      expect([path, (await server.ask(path, { key: null })).status]).toEqual([path, 401]);
      const open = await server.ask(path);
      expect([path, open.status]).toEqual([path, 404]);
      expect(await open.json()).toMatchObject({ code: 'NOT_FOUND' });
    }
    expect((await server.ask('/health', { method: 'DELETE', key: null })).status).toBe(401);
  });
});
