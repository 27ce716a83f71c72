import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTokens } from '../../../../server/crm/access/seal-tokens.ts';
import { addConnection, MINUTE_MS, type OpenConnection, openConnection } from '../open-connections.ts';

let open: OpenConnection;
beforeEach(async () => {
  open = await openConnection();
});
afterEach(() => open.end());

const session = (broker = open.newBroker()) => broker.sessionOf(open.server.actor.workspace, open.connection.number);
const refreshes = () => open.hubspot.count('POST /oauth/2026-03/token');
const state = async () => (await open.server.store.listConnections(open.server.actor.workspace))[0]?.state;
const stored = async () => {
  const record = await open.server.store.readTokens(open.server.actor.workspace, open.connection.number);
  const tokens = record && openTokens(open.vault, record);
  return tokens?.ok ? tokens.value : null;
};
const later = (minutes: number) => {
  open.server.clock.now += minutes * MINUTE_MS;
};

describe('a token', () => {
  test('is used as long as it is good for more than five minutes', async () => {
    later(24);
    expect(await session()()).toMatchObject({ ok: true, value: { accessToken: open.first.access } });
    expect(refreshes()).toBe(0);
  });

  test('is replaced five minutes before it ends, and what comes is saved before it is used', async () => {
    later(25);
    const got = await session()();
    expect(refreshes()).toBe(1);
    expect(got).toMatchObject({ ok: true, value: { accessToken: (await stored())?.access } });
    expect((await stored())?.access).not.toBe(open.first.access);
  });

  test('two at once, and twenty, make one call', async () => {
    later(25);
    const broker = open.newBroker();
    const all = await Promise.all(Array.from({ length: 20 }, () => session(broker)()));
    expect(refreshes()).toBe(1);
    expect(new Set(all.map((one) => one.ok && one.value.accessToken))).toEqual(new Set([(await stored())?.access]));
  });

  test('the refresh token that comes with it replaces the old one', async () => {
    open.hubspot.oauth.habits.rotates = true;
    for (let round = 0; round < 3; round++) {
      later(30);
      expect(await session()()).toMatchObject({ ok: true });
    }
    expect((await stored())?.refresh).not.toBe(open.first.refresh);
    expect(open.hubspot.oauth.refreshTokens.has((await stored())?.refresh ?? '')).toBe(true);
    expect(await state()).toBe('ok');
  });
});

describe('a session whose address answers nobody', () => {
  test('is replaced once, however often it is asked for, and the connection stays', async () => {
    const ask = session();
    const got = await ask(open.first.access, true);
    expect(got.ok && got.value.accessToken).not.toBe(open.first.access);
    for (let time = 0; time < 3; time++) expect(await ask((await stored())?.access, true)).toEqual(got);
    expect([refreshes(), await state()]).toEqual([1, 'ok']);
    later(2);
    await ask((await stored())?.access, true);
    expect([refreshes(), await state()]).toEqual([2, 'ok']);
  });

  test('is said to be away where nobody can be asked, and the connection stays', async () => {
    open.hubspot.faults.drop('POST /oauth/2026-03/token');
    expect(await session()(open.first.access, true)).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(await state()).toBe('ok');
  });
});

describe('two processes, a refresh token that is good once', () => {
  test.each([1, 2, 3, 4, 5])('whoever is slower harms nothing, and both go on with what the quicker one got (%s)', async () => {
    open.hubspot.oauth.habits.rotates = true;
    later(30);
    const [one, other] = [session(), session()];
    const raced = await Promise.all([one(), other()]);
    expect(raced.some(({ ok }) => ok)).toBe(true);
    expect(await state()).toBe('ok');
    expect(open.hubspot.oauth.refreshTokens.has((await stored())?.refresh ?? '')).toBe(true);
    const token = (await stored())?.access;
    expect(await Promise.all([one(), other()])).toMatchObject([{ value: { accessToken: token } }, { value: { accessToken: token } }]);
  });

  test('one that is taken for lost while the other saves lives again', async () => {
    const { workspace } = open.server.actor;
    const { number } = open.connection;
    const tokens = await open.server.store.readTokens(workspace, number);
    if (!tokens) throw new Error('no tokens');
    await open.server.store.needsReconnect(workspace, number, 1);
    expect(await state()).toBe('needs_reconnect');
    expect(await open.server.store.replaceTokens(workspace, number, 1, tokens)).toBe(true);
    expect(await state()).toBe('ok');
    expect(await open.server.store.needsReconnect(workspace, number, 1)).toBe(false);
  });
});

describe('a grant that is over', () => {
  test('needs a person; nothing is asked any more until they have come', async () => {
    open.hubspot.oauth.revokeAll();
    later(30);
    expect(await session()()).toMatchObject({ ok: false, error: { kind: 'auth', code: 'invalid_grant' } });
    expect(await state()).toBe('needs_reconnect');
    for (let again = 0; again < 3; again++) expect(await session()()).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(refreshes()).toBe(1);
  });

  test('a token the CRM refuses is replaced once; the next refusal at once is the end', async () => {
    const ask = session();
    const second = await ask(open.first.access);
    expect(refreshes()).toBe(1);
    expect(second).toMatchObject({ ok: true });
    expect(await ask(second.ok ? second.value.accessToken : '')).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect([refreshes(), await state()]).toEqual([1, 'needs_reconnect']);
  });

  test('ten calls that were refused the same token replace it once', async () => {
    const ask = session();
    const all = await Promise.all(Array.from({ length: 10 }, () => ask(open.first.access)));
    expect(all.filter((one) => one.ok)).toHaveLength(10);
    expect([refreshes(), await state()]).toEqual([1, 'ok']);
  });

  test('a token that was refused hours after the last refusal has only run out', async () => {
    const ask = session();
    let token: string | null = open.first.access;
    for (let hour = 0; hour < 3; hour++) {
      const got = await ask(token);
      token = got.ok ? got.value.accessToken : null;
      later(20);
    }
    expect(token).not.toBeNull();
    expect(await state()).toBe('ok');
  });

  test('a service key that is refused is over; it is never refreshed', async () => {
    const key = await addConnection(open.server, open.vault, { access: 'pat-na1-key', refresh: null, expiresAt: null });
    const ask = open.newBroker().sessionOf(key.workspace, key.number);
    later(100_000);
    expect(await ask()).toMatchObject({ ok: true, value: { accessToken: 'pat-na1-key' } });
    expect(await ask('pat-na1-key')).toMatchObject({ ok: false, error: { kind: 'auth' } });
    expect(refreshes()).toBe(0);
  });

  test('what was disconnected opens nothing', async () => {
    const { actor, clock, store } = open.server;
    await store.disconnect({ workspace: actor.workspace, member: actor.member, at: clock.now }, open.connection.id);
    expect(await session()()).toMatchObject({ ok: false, error: { kind: 'auth', code: 'DISCONNECTED' } });
  });

  test('tokens that were put into its row from another one open nothing', async () => {
    const other = await addConnection(open.server, open.vault, { access: 'theirs', refresh: 'theirs', expiresAt: null });
    const { workspace } = open.server.actor;
    const theirs = await open.server.store.readTokens(workspace, other.number);
    if (!theirs) throw new Error('no tokens');
    await open.server.store.replaceTokens(workspace, open.connection.number, 1, theirs);
    expect(await session()()).toMatchObject({ ok: false, error: { kind: 'auth', code: 'SEAL_BROKEN' } });
    expect(await state()).toBe('needs_reconnect');
  });
});

describe('a token endpoint that cannot now', () => {
  const TOKEN = 'POST /oauth/2026-03/token';
  test.each<[string, (faults: OpenConnection['hubspot']['faults']) => void, string, number]>([
    ['is busy for two minutes', (faults) => faults.tooMany(TOKEN, 'TEN_SECONDLY_ROLLING', 120), 'rate_burst', 2],
    ['answers with the page of a gateway', (faults) => faults.badGateway(TOKEN), 'transient', 1],
    ['does not answer', (faults) => faults.drop(TOKEN), 'transient', 1],
  ])('%s: the token serves on, nobody asks again too soon, and no person is called', async (_, goWrong, kind, minutes) => {
    goWrong(open.hubspot.faults);
    later(26);
    const ask = session();
    for (let again = 0; again < 3; again++) expect(await ask()).toMatchObject({ ok: true, value: { accessToken: open.first.access } });
    expect(await ask(open.first.access)).toMatchObject({ ok: false, error: { kind } });
    expect([refreshes(), await state()]).toEqual([1, 'ok']);
    later(minutes);
    expect(await ask()).toMatchObject({ ok: true, value: { accessToken: (await stored())?.access } });
    expect((await stored())?.access).not.toBe(open.first.access);
  });

  test('a token that has ended serves nobody', async () => {
    open.hubspot.faults.badGateway(TOKEN);
    later(30);
    expect(await session()()).toMatchObject({ ok: false, error: { kind: 'transient' } });
  });

  test('a client secret that the operator changed is told as such, and no person is called', async () => {
    open.hubspot.faults.answer(TOKEN, 400, { status: 'BAD_CLIENT_SECRET', error: 'invalid_client', message: open.first.refresh });
    later(30);
    const got = await session()();
    expect(got).toMatchObject({ ok: false, error: { kind: 'auth', code: 'invalid_client' } });
    expect(JSON.stringify(got)).not.toContain(open.first.refresh);
    expect(await state()).toBe('ok');
  });

  test.each([
    ['no JSON', '<p>fine</p>'],
    ['no token', { token_type: 'bearer', expires_in: 1_800 }],
    ['another kind of token', { token_type: 'mac', access_token: 'x', expires_in: 1_800 }],
    ['a token with a line end', { token_type: 'bearer', access_token: 'x\r\ny', expires_in: 1_800 }],
    ['more than anybody would send', { token_type: 'bearer', access_token: 'x', padding: 'x'.repeat(70_000) }],
  ])('an answer with %s is no token', async (_, body) => {
    open.hubspot.faults.answer(TOKEN, 200, body);
    later(30);
    expect(await session()()).toMatchObject({ ok: false });
    expect((await stored())?.access).toBe(open.first.access);
    expect(await state()).toBe('ok');
  });
});
