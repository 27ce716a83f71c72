import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg, signIn } from '../../../support/salesforce/connected-org.ts';
import { OrgError, restError } from '../../../support/salesforce/org-errors.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());
const connection = async () => (await (await org.server.ask('/api/connections')).json()).connections[0];
const preview = async () => {
  const answer = await org.server.send('POST', `/api/connections/${org.id}/preview`, {});
  return [answer.status, (await answer.json()).error ?? null];
};

describe('a login server that refuses for good', () => {
  test.each(['inactive_user', 'inactive_org', 'invalid_grant', 'OAUTH_APP_ACCESS_DENIED'])(
    'with %s asks for a new sign-in, and says why',
    async (error) => {
      org.fake.people.addLead(ANN);
      await org.post('/import');
      org.fake.auth.expireSessions();
      const answer = new OrgError(400, { error, error_description: 'x' });
      org.fake.fault('POST /services/oauth2/token', { kind: 'error', error: answer }, 99);
      org.pass(20 * 60_000);
      expect((await org.post('/sync')).failure).toMatchObject({ kind: 'auth', code: error });
      expect(await connection()).toMatchObject({ state: 'needs_reconnect', health: { lastRun: { refusedAs: error } } });
    },
  );

  test.each<[number, object | string, string]>([
    [400, { error: 'temporarily_unavailable' }, 'it says itself that it passes'],
    [400, { error: 'invalid_client' }, 'the operator’s app is wrong, and can be put right'],
    [429, { error: 'too_many' }, 'too many at once'],
    [400, '<html>', 'a page of whoever stands in between'],
    [400, { error: 'AbCd1234!' }, 'no code that one could read'],
  ])('%s %j asks for none: %s', async (status, body) => {
    org.fake.people.addLead(ANN);
    await org.post('/import');
    org.fake.auth.expireSessions();
    const fault = org.fake.fault('POST /services/oauth2/token', { kind: 'error', error: new OrgError(status, body) }, 99);
    org.pass(20 * 60_000);
    await org.post('/sync');
    expect((await connection()).state).toBe('ok');
    fault.left = 0;
    await org.sync();
  });
});

describe('an org that lets nobody use its interface', () => {
  test('is told from one that hides a kind of record, with what to do', async () => {
    org.fake.people.addLead(ANN);
    await org.post('/import');
    const error = restError(403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner');
    const fault = org.fake.fault('/services/data/v67.0/', { kind: 'error', error }, 99);
    org.pass(61 * 60_000);
    expect(await preview()).toEqual([403, expect.stringContaining('“API Enabled”')]);
    expect((await org.post('/sync')).failure).toMatchObject({ kind: 'scope', code: 'API_DISABLED_FOR_ORG' });
    expect((await connection()).missingScopes).toEqual([{ scope: 'API Enabled', isNeeded: false }]);
    fault.left = 0;
    await org.sync();
    expect((await connection()).missingScopes).toEqual([]);
  });
});

describe('a version of the interface that is no longer offered', () => {
  test('is changed for the newest that both know, at once and for reads and writes', async () => {
    const ann = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    org.fake.org.habits.versions = ['60.0'];
    org.pass(61 * 60_000);
    org.fake.people.edit(ann, { Title: 'Head' });
    await org.sync();
    expect((await org.lead('ann@example.com')).jobTitle).toBe('Head');
    org.fake.org.habits.versions = ['66.0'];
    org.pass(61 * 60_000);
    await org.server.send('PATCH', `/api/leads/${(await org.lead('ann@example.com')).id}`, { jobTitle: 'Director' });
    await org.sync();
    expect(org.fake.people.read(ann).Title).toBe('Director');
  });

  test.each([
    [['80.0'], 'The oldest API version that Salesforce still offers there is 80.0'],
    [['50.0', '51.0'], 'The newest API version that Salesforce offers there is 51.0'],
  ])('where only %j are offered it is said what to do', async (versions, words) => {
    org.fake.people.addLead(ANN);
    org.fake.org.habits.versions = versions;
    expect(await preview()).toEqual([409, expect.stringContaining(words)]);
    const connected = await signIn(org.server);
    expect([connected.status, await connected.text()]).toEqual([409, expect.stringContaining(words)]);
  });
});

test('an object that may be seen again is named as missing no longer than that', async () => {
  org.fake.people.addLead(ANN);
  await org.post('/import');
  await org.sync();
  org.fake.org.habits.hidden.add('CampaignMember');
  org.pass(3 * 60 * 60_000);
  await org.post('/sync');
  expect((await connection()).missingScopes).toEqual([{ scope: 'Read on CampaignMember', isNeeded: false }]);
  org.fake.org.habits.hidden.clear();
  org.pass(3 * 60 * 60_000);
  await org.sync();
  expect((await connection()).missingScopes).toEqual([]);
});
