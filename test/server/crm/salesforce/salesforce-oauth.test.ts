import { describe, expect, test } from 'vitest';
import { exchangeCode, refreshTokens, revokeToken } from '../../../../server/crm/access/oauth.ts';
import { readLoginHost } from '../../../../server/crm/salesforce/login-host.ts';
import { chooseVersion, readInstance, salesforceOAuth } from '../../../../server/crm/salesforce/salesforce-oauth.ts';
import { OrgError } from '../../../support/salesforce/org-errors.ts';
import { startSalesforce } from '../../../support/salesforce/start-salesforce.ts';

const HOSTS = [
  ['login.salesforce.com', 'login.salesforce.com', 'production'],
  ['https://test.salesforce.com/', 'test.salesforce.com', 'a sandbox, pasted as an address'],
  ['Acme.my.salesforce.com', 'acme.my.salesforce.com', 'a domain of one’s own'],
  ['acme--uat.sandbox.my.salesforce.com', 'acme--uat.sandbox.my.salesforce.com', 'a sandbox’s domain'],
  ['https://acme.my.salesforce-setup.com/lightning/setup/SetupOneHome/home', 'acme.my.salesforce.com', 'the same, of Setup'],
  ['https://acme.lightning.force.com/lightning/r/Lead/1/view', 'acme.my.salesforce.com', 'what stands in the address bar'],
] as const;
const FOREIGN: readonly (readonly [given: string, why: string, host?: string])[] = [
  ['evil.example', 'another site'],
  ['login.salesforce.com.evil.example', 'its name in front of another site'],
  ['evilmy.salesforce.com', 'no name of an org'],
  ['my.salesforce.com', 'no org'],
  ['-.my.salesforce.com', 'no name at all'],
  ['a.b.my.salesforce.com', 'deeper than orgs lie'],
  ['acme.free.my.salesforce.com', 'a partition that Salesforce keeps to itself'],
  ['acme.my.salesforce.com:8443', 'a port of somebody’s own'],
  ['http://acme.my.salesforce.com', 'not encrypted'],
  ['https://me:pw@acme.my.salesforce.com', 'with a name and a password'],
  ['127.0.0.1', 'this machine'],
  ['169.254.169.254', 'the cloud’s own data'],
  ['localhost', 'this machine by name'],
  ['acme.my.salesforce.com#@evil.example', 'still Salesforce, but not what it looks like', 'acme.my.salesforce.com'],
  ['acme.my.salesforce.com\\@evil.example', 'a backslash', 'acme.my.salesforce.com'],
  ['', 'nothing'],
  ['file:///etc/passwd', 'a file'],
];

describe('where people sign in', () => {
  test.each(HOSTS)('%s is %s: %s', (given, host) => expect(readLoginHost(given)).toBe(host));
  for (const [given, why, host = 'refused'] of FOREIGN)
    test(`“${given}” is ${host}: ${why}`, () => expect(readLoginHost(given)).toBe(host));
});

describe('the address a token comes with', () => {
  test('is taken where Salesforce has orgs, and nowhere else', () => {
    expect(readInstance('https://acme.my.salesforce.com', null)).toBe('https://acme.my.salesforce.com');
    expect(readInstance('https://evil.example', null)).toBe(null);
    expect(readInstance('http://acme.my.salesforce.com', null)).toBe(null);
    expect(readInstance('http://127.0.0.1:9', 'http://127.0.0.1:9')).toBe('http://127.0.0.1:9');
    expect(readInstance('http://127.0.0.1:10', 'http://127.0.0.1:9')).toBe(null);
  });
});

describe('signing in at an org', () => {
  const redirectUrl = 'http://localhost:8787/oauth/salesforce/callback';
  const verifier = 'v'.repeat(64);

  async function open() {
    const fake = await startSalesforce({ redirects: [redirectUrl] });
    const vendor = { clientId: fake.auth.clientId, clientSecret: fake.auth.clientSecret, apiUrl: fake.url, authUrl: fake.url };
    const oauth = salesforceOAuth(vendor);
    const { authorizeUrl } = await import('../../../../server/crm/access/oauth.ts');
    const client = { id: fake.auth.clientId, secret: fake.auth.clientSecret };
    const url = authorizeUrl(oauth, { client, loginHost: null, redirectUrl, state: 's', verifier });
    const answer = await fetch(url, { redirect: 'manual' });
    const code = new URL(answer.headers.get('Location') ?? 'http://x').searchParams.get('code') ?? '';
    return { fake, oauth, client, code };
  }

  test('a code with its verifier opens the org: named, with the newest version it offers', async () => {
    const { fake, oauth, client, code } = await open();
    const tokens = await exchangeCode(oauth, { client, loginHost: null, redirectUrl, verifier, code });
    if (!tokens.ok) throw new Error(tokens.error.code);
    expect(await oauth.identify(tokens.value)).toMatchObject({ ok: true, value: { account: { id: fake.org.orgId }, apiVersion: '67.0' } });
    expect(await exchangeCode(oauth, { client, loginHost: null, redirectUrl, verifier, code })).toMatchObject({ ok: false });
    await fake.stop();
  });

  test('a rotated refresh token is given on; the one before is worth nothing', async () => {
    const { fake, oauth, client, code } = await open();
    fake.auth.rotates = true;
    const tokens = await exchangeCode(oauth, { client, loginHost: null, redirectUrl, verifier, code });
    if (!tokens.ok) throw new Error(tokens.error.code);
    const first = tokens.value.refreshToken ?? '';
    const next = await refreshTokens(oauth, client, null, first);
    expect(next).toMatchObject({ ok: true });
    expect(next.ok && next.value.refreshToken).not.toBe(first);
    expect(await refreshTokens(oauth, client, null, first)).toMatchObject({ ok: false, error: { kind: 'auth', code: 'invalid_grant' } });
    expect(await revokeToken(oauth, client, null, (next.ok && next.value.refreshToken) || '')).toBe(true);
    await fake.stop();
  });

  test('of a grant that is gone already it is known that it is gone', async () => {
    const { fake, oauth, client, code } = await open();
    const tokens = await exchangeCode(oauth, { client, loginHost: null, redirectUrl, verifier, code });
    fake.auth.revokeAll();
    expect(await revokeToken(oauth, client, null, (tokens.ok && tokens.value.refreshToken) || '')).toBe(true);
    fake.fault('POST /services/oauth2/revoke', { kind: 'error', error: new OrgError(503, { error: 'invalid_token' }) });
    expect(await revokeToken(oauth, client, null, 'x')).toBe(false);
    await fake.stop();
  });

  test.each([
    [['50.0', '51.0'], { kind: 'bug', code: 'version_too_old', message: '51.0' }],
    [['68.0', '69.0'], { kind: 'bug', code: 'version_too_new', message: '68.0' }],
    [[], { kind: 'transient' }],
  ] as const)('an org that offers %s is told from one that is away', async (offered, error) => {
    const { fake } = await open();
    const list = offered.map((version) => ({ label: version, url: `/services/data/v${version}`, version }));
    fake.fault('GET /services/data ', { kind: 'error', error: new OrgError(200, list) });
    expect(await chooseVersion(fake.url)).toMatchObject({ ok: false, error });
    expect(await chooseVersion(fake.url)).toEqual({ ok: true, value: '67.0' });
    await fake.stop();
  });

  test('an org that calls itself from somewhere else is not believed', async () => {
    const { fake, oauth, client, code } = await open();
    fake.auth.instanceUrl = 'https://evil.example';
    const tokens = await exchangeCode(oauth, { client, loginHost: null, redirectUrl, verifier, code });
    if (!tokens.ok) throw new Error(tokens.error.code);
    expect(await oauth.identify(tokens.value)).toMatchObject({ ok: false, error: { code: 'UNREADABLE' } });
    await fake.stop();
  });
});
