import { createHash } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DATABASE_FILE } from '../../../../server/store/sqlite/open.ts';
import { type QuirkyVendor, startQuirkyVendor } from '../../../support/crm-oauth.ts';
import { HUBSPOT_APP, HUBSPOT_SCOPES } from '../../../support/hubspot/hubspot-oauth.ts';
import { comeBack } from '../../../support/sample-requests.ts';
import { addTenant } from '../../../support/second-tenant.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

const MINUTE_MS = 60_000;
const clock = { now: Date.UTC(2026, 4, 1, 12) };
let server: TestServer;
let vendor: QuirkyVendor;
/** The same server, but its HubSpot answers what an attacker wants. */
let deceived: TestServer;
beforeAll(async () => {
  server = await startServer({ now: () => clock.now });
  vendor = await startQuirkyVendor();
  deceived = await startServer({ now: () => clock.now, env: { LEADLINE_HUBSPOT_API_URL: vendor.url } });
});
afterAll(async () => {
  await server.stop();
  await deceived.stop();
  await vendor.close();
});
beforeEach(() => {
  vendor.requests.length = 0;
  server.hubspot.requests.length = 0;
});

type Back = { readonly state: string; readonly code: string };
const begin = async (key = server.adminKey): Promise<Back> => {
  const { url } = await (await server.send('POST', '/api/connections/hubspot/authorize', {}, { key })).json();
  const back = server.hubspot.oauth.authorize(new URL(url).searchParams).headers.get('Location') ?? '';
  const { state = '', code = '' } = Object.fromEntries(new URL(back).searchParams);
  return { state, code };
};
const visit = (query: Readonly<Record<string, string>>, provider = 'hubspot', on = server) =>
  on.ask(`/oauth/${provider}/callback?${new URLSearchParams(query)}`, { key: null });
/** A member with a key of their own. */
const member = async (role: string) => {
  const invite = await (await server.send('POST', '/api/invites', { role })).json();
  const { key } = await (await server.send('POST', '/pair', { code: invite.code }, { key: null })).json();
  const { members } = await (await server.ask('/api/members')).json();
  return { key, id: members.at(-1).id };
};
const ofDatabase = (sql: string, ...values: unknown[]) => {
  const client = new Database(join(server.dataDir, DATABASE_FILE));
  const statement = client.prepare(sql);
  const rows = statement.reader ? statement.all(...values) : [statement.run(...values)];
  client.close();
  return rows as Record<string, string>[]; // what the statement names
};
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

/** Each gives what comes back to the server; `codeGoesOut`: the attack reaches the CRM, which refuses it. */
type Attack = readonly [what: string, comesBack: () => Promise<Record<string, string>>, provider?: string, codeGoesOut?: 'codeGoesOut'];
const ATTACKS: readonly Attack[] = [
  ['no state', async () => ({ code: (await begin()).code })],
  ['an empty state', async () => ({ ...(await begin()), state: '' })],
  ['a state that was made up', async () => ({ ...(await begin()), state: 'A'.repeat(43) })],
  ['a state without its last letter', async () => begin().then((back) => ({ ...back, state: back.state.slice(0, -1) }))],
  ['a state with a letter more', async () => begin().then((back) => ({ ...back, state: `${back.state}A` }))],
  ['a state in other case', async () => begin().then((back) => ({ ...back, state: swapCase(back.state) }))],
  ['the hash of a state, out of a stolen database', async () => begin().then((back) => ({ ...back, state: hash(back.state) }))],
  [
    'a state that was used before',
    async () => {
      const back = await begin();
      await visit({ state: back.state, error: 'access_denied' });
      return back;
    },
  ],
  [
    'a state that a wrong try has used up',
    async () => {
      const back = await begin();
      await visit({ state: back.state, code: 'wrong' });
      server.hubspot.requests.length = 0;
      return back;
    },
  ],
  [
    'a state that is ten minutes old',
    async () => {
      const back = await begin();
      clock.now += 10 * MINUTE_MS;
      return back;
    },
  ],
  [
    'a sign-in of a key that was revoked meanwhile',
    async () => {
      const { key, id } = await (await server.send('POST', '/api/keys', { name: 'Thief', role: 'admin' })).json();
      const back = await begin(key);
      await server.ask(`/api/keys/${id}`, { method: 'DELETE' });
      return back;
    },
  ],
  [
    'a sign-in of a key that has ended meanwhile',
    async () => {
      const ends = { name: 'Guest', role: 'admin', expiresAt: new Date(clock.now + MINUTE_MS).toISOString() };
      const { key } = await (await server.send('POST', '/api/keys', ends)).json();
      const back = await begin(key);
      clock.now += 2 * MINUTE_MS;
      return back;
    },
  ],
  [
    'a sign-in of an admin who is none any more',
    async () => {
      const { key, id } = await member('admin');
      const back = await begin(key);
      await server.send('PATCH', `/api/members/${id}`, { role: 'member' });
      return back;
    },
  ],
  [
    'a sign-in of somebody who was removed meanwhile',
    async () => {
      const { key, id } = await member('admin');
      const back = await begin(key);
      await server.ask(`/api/members/${id}`, { method: 'DELETE' });
      return back;
    },
  ],
  ['a sign-in at HubSpot that comes back as one at Salesforce', begin, 'salesforce'],
  ['a sign-in that comes back to a CRM nobody knows', begin, '__proto__'],
  ['an answer of another issuer', async () => ({ ...(await begin()), iss: 'https://login.evil.example' })],
  ['an issuer that only begins alike', async () => ({ ...(await begin()), iss: `${server.hubspot.authUrl}.evil.example` })],
  ['an issuer that is none', async () => ({ ...(await begin()), iss: 'HubSpot' })],
  ['no code', async () => begin().then(({ state }) => ({ state }))],
  ['an empty code', async () => ({ ...(await begin()), code: '' })],
  ['a code with a line end, to slip something in', async () => ({ ...(await begin()), code: 'a\r\nX-Evil: 1' })],
  ['a code longer than any', async () => ({ ...(await begin()), code: 'a'.repeat(5_000) })],
  ['a refusal and a code at once', async () => ({ ...(await begin()), error: 'access_denied' })],
  [
    'a verifier that was swapped in the database',
    async () => {
      const [one, other] = [await begin(), await begin()];
      ofDatabase(
        'UPDATE oauth_state SET verifier = (SELECT verifier FROM oauth_state WHERE hash = ?) WHERE hash = ?',
        hash(other.state),
        hash(one.state),
      );
      return one;
    },
  ],
  ['a code that was made up', async () => ({ ...(await begin()), code: 'e9c2f1d4-0000' }), 'hubspot', 'codeGoesOut'],
  ['a code of somebody else’s sign-in', async () => ({ ...(await begin()), code: (await begin()).code }), 'hubspot', 'codeGoesOut'],
  [
    'a code that was used before',
    async () => {
      const first = await begin();
      await visit(first);
      await server.ask(`/api/connections/${(await live())[0]}`, { method: 'DELETE' });
      server.hubspot.requests.length = 0;
      return { ...(await begin()), code: first.code };
    },
    'hubspot',
    'codeGoesOut',
  ],
  [
    'what HubSpot says to a redirect that its app does not have',
    async () => {
      const back = await begin();
      const elsewhere = 'http://localhost:8787/oauth/hubspot/callback/';
      const query = new URLSearchParams({ client_id: HUBSPOT_APP.clientId, redirect_uri: elsewhere, scope: 'oauth', state: back.state });
      const refused = server.hubspot.oauth.authorize(query);
      return { state: back.state, code: refused.headers.get('Location') ?? 'none' };
    },
    'hubspot',
    'codeGoesOut',
  ],
];
const live = async (on = server): Promise<string[]> =>
  (await (await on.ask('/api/connections')).json()).connections.map(({ id }: { id: string }) => id);
const swapCase = (text: string) => text.replace(/[a-z]/gi, (one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase()));

describe('what comes back with', () => {
  test.each(ATTACKS.map((attack) => ({ attack, what: attack[0] })))('$what connects nothing', async ({ attack }) => {
    const [, comesBack, provider, codeGoesOut] = attack;
    const answer = await visit(await comesBack(), provider);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(await answer.text()).toContain('Not connected');
    expect(await live()).toEqual([]);
    expect(server.hubspot.count('POST /oauth/2026-03/token')).toBe(codeGoesOut ? 1 : 0);
  });

  test('what it should connects: the attacks above fail for their own reasons', async () => {
    const back = { ...(await begin()), iss: server.hubspot.authUrl };
    expect((await visit(back)).status).toBe(200);
    const [id] = await live();
    expect((await server.ask(`/api/connections/${id}`, { method: 'DELETE' })).status).toBe(200);
  });
});

describe('a CRM that answers', () => {
  const TOKENS = { token_type: 'bearer', access_token: 'a', refresh_token: 'r', expires_in: 1_800, hub_id: 1, scopes: HUBSPOT_SCOPES };
  const ABOUT = { active: true, client_id: HUBSPOT_APP.clientId, hub_id: 1, hub_domain: 'fernhill.example', scopes: HUBSPOT_SCOPES };
  const answers =
    (tokens: unknown, about: unknown = ABOUT, status = 200): QuirkyVendor['answer'] =>
    (route) =>
      route.endsWith('/introspect') ? { status: 200, body: about } : { status, body: tokens };

  test.each<[string, QuirkyVendor['answer']]>([
    ['with the tokens of another app', answers(TOKENS, { ...ABOUT, client_id: 'another' })],
    ['with the tokens of another account than it says', answers(TOKENS, { ...ABOUT, hub_id: 2 })],
    ['with tokens that are not in force', answers(TOKENS, { ...ABOUT, active: false })],
    ['without saying whose they are', answers({ ...TOKENS, hub_id: undefined }, { ...ABOUT, hub_id: undefined })],
    ['with an account that is no number', answers({ ...TOKENS, hub_id: '<b>' }, { ...ABOUT, hub_id: '<b>' })],
    ['without a refresh token', answers({ ...TOKENS, refresh_token: undefined })],
    ['with another kind of token', answers({ ...TOKENS, token_type: 'mac' })],
    ['with a token that ends a header', answers({ ...TOKENS, access_token: 'a\r\nb' })],
    ['with a page', answers('<html>')],
    ['with more than anybody needs', answers({ ...TOKENS, padding: 'x'.repeat(100_000) })],
    ['that somebody else has the tokens', () => ({ status: 307, body: {}, location: 'http://127.0.0.1:9/oauth/2026-03/token' })],
  ])('%s connects nothing', async (_, answer) => {
    vendor.answer = answer;
    const back = Object.fromEntries(new URLSearchParams(await comeBack(deceived)));
    const answered = await visit(back, 'hubspot', deceived);
    expect(answered.status).toBeGreaterThanOrEqual(400);
    expect(await live(deceived)).toEqual([]);
  });

  test('a redirect is not followed: code, secret and verifier go to the CRM alone', async () => {
    const thief = await startQuirkyVendor();
    vendor.answer = () => ({ status: 307, body: {}, location: `${thief.url}/oauth/2026-03/token` });
    await visit(Object.fromEntries(new URLSearchParams(await comeBack(deceived))), 'hubspot', deceived);
    expect([vendor.requests.length, thief.requests.length]).toEqual([1, 0]);
    await thief.close();
  });

  test('with a name that would run shows its letters', async () => {
    vendor.answer = answers(TOKENS, { ...ABOUT, hub_domain: '<img src=x onerror=alert(1)>' });
    const answered = await visit(Object.fromEntries(new URLSearchParams(await comeBack(deceived))), 'hubspot', deceived);
    expect(await answered.text()).toContain('&#60;img src=x');
    const [id] = await live(deceived);
    await deceived.ask(`/api/connections/${id}`, { method: 'DELETE' });
  });
});

describe('the way there', () => {
  test.each(['member', 'viewer'])('is not open to a %s', async (role) => {
    const { key } = await member(role);
    expect((await server.send('POST', '/api/connections/hubspot/authorize', {}, { key })).status).toBe(403);
  });

  test('leads to no host that a request names', async () => {
    const asked = await server.send('POST', '/api/connections/hubspot/authorize', { loginHost: 'login.evil.example' });
    expect([asked.status, (await asked.json()).error]).toEqual([400, expect.stringContaining('login.evil.example')]);
    const named = await server.send(
      'POST',
      '/api/connections/hubspot/authorize',
      {},
      { headers: { 'X-Forwarded-Host': 'evil.example', Forwarded: 'host=evil.example' } },
    );
    expect(new URL((await named.json()).url).searchParams.get('redirect_uri')).toBe('http://localhost:8787/oauth/hubspot/callback');
    const foreign = await server.ask('/oauth/hubspot/callback', { key: null, headers: { Host: 'evil.example' } });
    expect(foreign.status).toBe(403);
  });

  test('is not open to a page of somebody else', async () => {
    const asked = await server.send('POST', '/api/connections/hubspot/authorize', {}, { headers: { Origin: 'https://evil.example' } });
    expect(asked.status).toBe(403);
  });

  test('renews no connection of another workspace', async () => {
    await visit(await begin());
    const [connectionId] = await live();
    const { key } = await addTenant(server);
    expect((await server.send('POST', '/api/connections/hubspot/authorize', { connectionId }, { key })).status).toBe(404);
    await server.ask(`/api/connections/${connectionId}`, { method: 'DELETE' });
  });

  test('keeps neither state nor verifier in clear, and forgets both when they are used or over', async () => {
    const { state } = await begin();
    const rows = ofDatabase('SELECT hash, hex(verifier) AS verifier FROM oauth_state');
    expect(rows.some((row) => row.hash === hash(state))).toBe(true);
    expect(JSON.stringify(rows)).not.toContain(state);
    clock.now += 11 * MINUTE_MS;
    const { state: next } = await begin();
    expect(ofDatabase('SELECT hash FROM oauth_state')).toEqual([{ hash: hash(next) }]);
  });
});

test('what is shown of a refusal holds nothing that was sent', async () => {
  const evil = '<script>alert(1)</script>';
  const { state } = await begin();
  const answer = await visit({ state, error: evil, error_description: evil, code: evil });
  const html = await answer.text();
  expect(html).not.toContain('script');
  expect(html).not.toContain(state);
  expect(answer.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/);
  expect(answer.headers.get('Referrer-Policy')).toBe('no-referrer');
});
