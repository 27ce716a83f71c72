import { afterEach, expect, test } from 'vitest';
import { salesforceOAuth } from '../../../../server/crm/salesforce/salesforce-oauth.ts';
import { type ConnectedOrg, openConnectedOrg, signIn } from '../../../support/salesforce/connected-org.ts';
import type { FakeSalesforce } from '../../../support/salesforce/start-salesforce.ts';

const HOST = 'acme--uat.sandbox.my.salesforce.com';
const ofSandboxes = ({ auth }: FakeSalesforce) => ({
  LEADLINE_SALESFORCE_SANDBOX_CLIENT_ID: auth.sandbox.clientId,
  LEADLINE_SALESFORCE_SANDBOX_CLIENT_SECRET: auth.sandbox.clientSecret,
});
let org: ConnectedOrg;
afterEach(async () => org?.stop());
const connections = async () => (await (await org.server.ask('/api/connections')).json()).connections;

test('a sandbox is connected beside production by its own app, and each is kept open, and ended, by its own', async () => {
  org = await openConnectedOrg({}, ofSandboxes);
  expect((await signIn(org.server, { loginHost: HOST })).status).toBe(200);
  const both = await connections();
  expect(both.map(({ account, loginHost }: { account: { id: string }; loginHost: string }) => [account.id, loginHost])).toEqual(
    expect.arrayContaining([
      [org.fake.org.orgId, 'login.salesforce.com'],
      [org.fake.auth.sandbox.orgId, HOST],
    ]),
  );
  org.fake.auth.expireSessions();
  org.pass(24 * 60 * 60_000);
  for (const { id } of both) {
    expect((await org.server.send('POST', `/api/connections/${id}/preview`, {})).status).toBe(200);
    expect(await (await org.server.send('DELETE', `/api/connections/${id}`, {})).json()).toMatchObject({ deleted: true, revoked: true });
  }
  expect(org.fake.auth.calls.filter((call) => call !== 'authorization_code')).toEqual([
    'refresh_token',
    'revoke',
    'refresh_token',
    'revoke',
  ]);
});

test('whose app is wrong is told by the names of the variables that hold it', async () => {
  org = await openConnectedOrg({}, (fake) => ({ ...ofSandboxes(fake), LEADLINE_SALESFORCE_SANDBOX_CLIENT_SECRET: 'mistyped' }));
  const refused = await signIn(org.server, { loginHost: HOST });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('LEADLINE_SALESFORCE_SANDBOX_CLIENT_SECRET')]);
  expect(await connections()).toHaveLength(1);
});

test.each([
  ['login.salesforce.com', 'main'],
  ['acme.my.salesforce.com', 'main'],
  ['acme.develop.my.salesforce.com', 'main'],
  ['test.salesforce.com', 'sandbox'],
  [HOST, 'sandbox'],
  [null, 'main'],
])('who signs in at %s is asked by the %s app, and by the main one where there is no other', (host, id) => {
  const main = { clientId: 'main', clientSecret: 'x', apiUrl: null, authUrl: null };
  expect(salesforceOAuth({ ...main, sandbox: { clientId: 'sandbox', clientSecret: 'y' } }).clientAt(host)?.id).toBe(id);
  expect(salesforceOAuth({ ...main, sandbox: { clientId: null, clientSecret: null } }).clientAt(host)?.id).toBe('main');
});
