import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answered, ID, MOMENT } from '../../support/bodies.ts';
import { comeBack } from '../../support/sample-requests.ts';
import { addTenant } from '../../support/second-tenant.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const send = async (method: string, path: string, body: unknown, key?: string) =>
  answered(await server.send(method, path, body, key === undefined ? {} : { key }));
const get = async (path: string) => answered(await server.ask(path));
const remove = async (id: string) => answered(await server.ask(`/api/connections/${id}`, { method: 'DELETE' }));
const connections = async () => (await get('/api/connections'))[1].connections;
const visit = async (query: string) => {
  const answer = await server.ask(`/oauth/hubspot/callback?${query}`, { key: null });
  return { status: answer.status, html: await answer.text() };
};
const authorize = async (body: object = {}) => {
  const [, { url }] = await send('POST', '/api/connections/hubspot/authorize', body);
  return new URL(server.hubspot.oauth.authorize(new URL(url).searchParams).headers.get('Location') ?? '').search.slice(1);
};
const connect = async () => {
  await visit(await comeBack(server));
  return (await connections())[0];
};

describe('by consent', () => {
  test('whoever says no at HubSpot is told so by the screen that waits, and nobody in another workspace', async () => {
    const [, { id, url }] = await send('POST', '/api/connections/hubspot/authorize', {});
    const refused = async (key?: string) => (await answered(await server.ask('/api/connections', key ? { key } : {})))[1].refusedSignIns;
    expect(await refused()).toEqual([]);
    await visit(`error=access_denied&state=${new URL(url).searchParams.get('state')}`);
    expect(await refused()).toEqual([{ id, why: expect.stringMatching(/^HubSpot was told no, so nothing was connected\./) }]);
    expect(await refused((await addTenant(server)).key)).toEqual([]);
  });

  test('an admin gets an address at HubSpot, says yes there, and is told on a page that it is connected', async () => {
    const [status, begun] = await send('POST', '/api/connections/hubspot/authorize', {});
    expect([status, begun]).toEqual([200, { id: expect.any(String), url: expect.any(String), expiresAt: MOMENT }]);
    const asked = new URL(begun.url);
    expect(`${asked.origin}${asked.pathname}`).toBe(`${server.hubspot.authUrl}/oauth/authorize`);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: 'http://localhost:8787/oauth/hubspot/callback',
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      scope: 'oauth crm.objects.contacts.read crm.objects.contacts.write crm.schemas.contacts.read',
    });
    const { status: shown, html } = await visit(await comeBack(server));
    expect([shown, html]).toEqual([200, expect.stringContaining('HubSpot is connected')]);
    expect(html).toContain('demo.hubspot.example');
    expect(await connections()).toEqual([
      {
        id: ID,
        provider: 'hubspot',
        account: { id: String(server.hubspot.portal.portalId), name: 'demo.hubspot.example' },
        auth: 'oauth',
        loginHost: null,
        state: 'ok',
        pausedUntil: null,
        missingScopes: [],
        createdAt: MOMENT,
        createdBy: expect.objectContaining({ email: 'admin@localhost' }),
        settings: expect.objectContaining({ scopeIn: { kind: 'all' }, scopeOut: { kind: 'off' }, schedule: 'off', writesOptOuts: false }),
        health: expect.any(Object),
      },
    ]);
  });

  test('what it costs is four requests: consent, tokens, whose they are; and only the dated addresses are asked', async () => {
    await connect();
    expect(server.hubspot.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /oauth/2026-03/token',
      'POST /oauth/2026-03/token/introspect',
    ]);
  });

  test('who says no is told so, and nothing is connected', async () => {
    server.hubspot.oauth.habits.person = 'denies';
    const { status, html } = await visit(await comeBack(server));
    expect([status, html]).toEqual([400, expect.stringContaining('HubSpot was told no')]);
    expect(await connections()).toEqual([]);
  });

  test('rights that the account did not give are named, those that are needed apart from the others', async () => {
    server.hubspot.oauth.habits.withheld = ['crm.lists.read', 'crm.objects.deals.read'];
    const { missingScopes, state } = await connect();
    expect(state).toBe('ok');
    expect(missingScopes).toEqual([
      { scope: 'crm.objects.deals.read', isNeeded: false },
      { scope: 'crm.lists.read', isNeeded: false },
    ]);
  });

  test('without a client it is said which variables are missing and where the walk-through is', async () => {
    const bare = await startServer({ env: { LEADLINE_HUBSPOT_CLIENT_ID: '', LEADLINE_HUBSPOT_CLIENT_SECRET: '' } });
    const [status, body] = await answered(await bare.send('POST', '/api/connections/hubspot/authorize', {}));
    expect([status, body.error]).toEqual([
      404,
      expect.stringMatching(/LEADLINE_HUBSPOT_CLIENT_ID and LEADLINE_HUBSPOT_CLIENT_SECRET.*README/),
    ]);
    const [, { providers }] = await answered(await bare.ask('/api/connections'));
    expect(providers[0]).toEqual({
      provider: 'hubspot',
      name: 'HubSpot',
      canAuthorize: false,
      takesServiceKey: true,
      redirectUrl: 'http://localhost:8787/oauth/hubspot/callback',
    });
    await bare.stop();
  });

  test('a wrong client secret is told as what it is: a matter of the operator', async () => {
    const wrong = await startServer({ env: { LEADLINE_HUBSPOT_CLIENT_SECRET: 'mistyped' } });
    const answer = await wrong.ask(`/oauth/hubspot/callback?${await comeBack(wrong)}`, { key: null });
    expect(await answer.text()).toContain('LEADLINE_HUBSPOT_CLIENT_SECRET');
    await wrong.stop();
  });
});

describe('again', () => {
  test('the same account stays the same connection, with what hangs on it', async () => {
    const first = await connect();
    await send('PATCH', `/api/connections/${first.id}`, { schedule: 'hourly' });
    await visit(await comeBack(server));
    await visit(await authorize({ connectionId: first.id }));
    expect((await connections()).map(({ id, settings }: typeof first) => [id, settings.schedule])).toEqual([[first.id, 'hourly']]);
  });

  test('another account in its place is refused, its grant is given back, and the old one works on', async () => {
    const first = await connect();
    server.hubspot.oauth.habits.portalId = 999;
    const { status, html } = await visit(await authorize({ connectionId: first.id }));
    expect([status, html]).toEqual([409, expect.stringContaining('This is another HubSpot account')]);
    expect(server.hubspot.count('POST /oauth/2026-03/token/revoke')).toBe(1);
    expect((await connections()).map(({ id, state }: typeof first) => [id, state])).toEqual([[first.id, 'ok']]);
  });

  test('another account beside it is a connection of its own', async () => {
    await connect();
    server.hubspot.oauth.habits.portalId = 999;
    await visit(await comeBack(server));
    expect((await connections()).map(({ account }: { account: { id: string } }) => account.id)).toEqual([
      String(server.hubspot.portal.portalId),
      '999',
    ]);
  });

  test('one that has to be made again is in order afterwards', async () => {
    const { id } = await connect();
    const [record] = await server.backend.store.listConnections(server.home.workspace);
    await server.backend.store.needsReconnect(server.home.workspace, record?.number ?? 0, 1);
    expect((await connections())[0]).toMatchObject({ id, state: 'needs_reconnect' });
    await visit(await authorize({ connectionId: id }));
    expect((await connections())[0]).toMatchObject({ id, state: 'ok' });
  });
});

describe('with a service key', () => {
  const withKey = (key: string, more: object = {}) => send('POST', '/api/connections/hubspot/service-key', { key, ...more });

  test('is connected at once, needs no client, and tells which rights the key lacks', async () => {
    const [status, made] = await withKey(server.hubspot.oauth.serviceKey(['crm.objects.contacts.read']));
    expect([status, made.auth, made.state]).toEqual([201, 'service_key', 'ok']);
    expect(made.missingScopes).toEqual([{ scope: 'crm.schemas.contacts.read', isNeeded: true }]);
    expect(made.account.id).toBe(String(server.hubspot.portal.portalId));
  });

  test('a mistyped one is refused in words', async () => {
    expect(await withKey('pat-na1-11111111-2222-3333-4444-555555555555')).toEqual([
      400,
      expect.objectContaining({ code: 'INVALID_REQUEST', error: expect.stringContaining('did not take this service key') }),
    ]);
    expect((await withKey('short'))[0]).toBe(400);
    expect((await withKey('pat-na1-with a blank and a line\r\nend'))[0]).toBe(400);
  });

  test('takes the place of a consent, and the other way round: one account, one connection', async () => {
    const first = await connect();
    const [, second] = await withKey(server.hubspot.oauth.serviceKey());
    expect(second).toMatchObject({ id: first.id, auth: 'service_key' });
    await visit(await comeBack(server));
    expect(await connections()).toMatchObject([{ id: first.id, auth: 'oauth' }]);
  });
});

describe('disconnecting', () => {
  test('gives the grant back, wipes the tokens, and the same account comes back as the same connection', async () => {
    const { id } = await connect();
    expect(await remove(id)).toEqual([200, { deleted: true, revoked: true }]);
    expect(server.hubspot.oauth.refreshTokens.size).toBe(0);
    expect(await connections()).toEqual([]);
    expect((await remove(id))[0]).toBe(404);
    expect(await connect()).toMatchObject({ id, state: 'ok' });
  });

  test('is done here although HubSpot does not answer; the answer says so', async () => {
    const { id } = await connect();
    server.hubspot.faults.drop('/token/revoke');
    expect(await remove(id)).toEqual([200, { deleted: true, revoked: false }]);
    expect(await server.backend.store.listSealingKeys()).toEqual([]);
  });
});

describe('who may', () => {
  test('on the free plan connections can be seen and left, nothing else', async () => {
    const { id } = await connect();
    const back = await comeBack(server);
    await server.backend.store.ensureWorkspace({
      name: '',
      plan: 'free',
      adminEmail: '',
      defaultListName: '',
      defaultCountry: 'US',
      at: 1,
    });
    for (const [method, path, body] of [
      ['POST', '/api/connections/hubspot/authorize', {}],
      ['POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() }],
      ['PATCH', `/api/connections/${id}`, { paused: true }],
    ] as const)
      expect(await send(method, path, body)).toEqual([402, expect.objectContaining({ code: 'PLAN_REQUIRED' })]);
    expect((await visit(back)).status).toBe(402);
    expect((await connections()).length).toBe(1);
    expect((await remove(id))[0]).toBe(200);
  });

  test('another workspace sees nothing of it, and connects the same account on its own', async () => {
    const { id } = await connect();
    const tenant = await addTenant(server);
    const theirs = await answered(await server.ask('/api/connections', { key: tenant.key }));
    expect(theirs[1].connections).toEqual([]);
    const [, begun] = await send('POST', '/api/connections/hubspot/authorize', {}, tenant.key);
    const back = server.hubspot.oauth.authorize(new URL(begun.url).searchParams).headers.get('Location') ?? '';
    expect((await visit(new URL(back).search.slice(1))).status).toBe(200);
    const [, after] = await answered(await server.ask('/api/connections', { key: tenant.key }));
    expect(after.connections).toHaveLength(1);
    expect(after.connections[0].id).not.toBe(id);
    expect((await send('POST', '/api/connections/hubspot/authorize', { connectionId: id }, tenant.key))[0]).toBe(404);
  });

  test('the audit tells who connected, changed and left it, and nothing that opens it', async () => {
    const { id } = await connect();
    await visit(await comeBack(server));
    await send('PATCH', `/api/connections/${id}`, { paused: true });
    await remove(id);
    const [, { entries }] = await get('/api/audit');
    const told = entries.filter(({ action }: { action: string }) => action.startsWith('connection.'));
    expect(told.map(({ action, subject, key, data }: Record<string, unknown>) => [action, subject, key !== null, data])).toEqual([
      ['connection.removed', id, true, { provider: 'hubspot' }],
      ['connection.changed', id, true, { paused: true }],
      ['connection.renewed', id, true, { provider: 'hubspot', auth: 'oauth' }],
      ['connection.added', id, true, { provider: 'hubspot', auth: 'oauth' }],
    ]);
  });
});
