import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { salesforceCrm } from '../../../../server/crm/salesforce/salesforce-crm.ts';
import { ok } from '../../../../shared/result.ts';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { ALL } from '../../../support/salesforce/open-org.ts';
import { startSalesforce } from '../../../support/salesforce/start-salesforce.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());
const DAY_MS = 24 * 60 * 60_000;

describe('a connection to Salesforce over time', () => {
  test('goes on for days with tokens that rotate, one refresh for each that ran out', async () => {
    org.fake.auth.rotates = true;
    const known = org.fake.people.addLead(ANN);
    await org.post('/import');
    org.fake.auth.calls.length = 0;
    for (let day = 1; day <= 3; day++) {
      org.pass(DAY_MS);
      org.fake.people.edit(known, { Title: `Day ${day}` });
      await org.sync();
      expect((await org.lead('ann@example.com')).jobTitle).toBe(`Day ${day}`);
    }
    expect(org.fake.auth.calls).toEqual(['refresh_token', 'refresh_token', 'refresh_token']);
  });

  test('follows no token to an address that is not Salesforce’s, and asks for a new sign-in', async () => {
    const elsewhere = await startSalesforce();
    await org.post('/import');
    org.fake.auth.instanceUrl = elsewhere.url;
    org.pass(DAY_MS);
    const answer = await org.server.send('POST', `/api/connections/${org.id}/sync`, {});
    expect((await answer.json()).failure).toMatchObject({ kind: 'auth', code: 'NO_INSTANCE_URL' });
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.stop();
  });

  test('ends where it is disconnected: the token is revoked there', async () => {
    const answer = await org.server.send('DELETE', `/api/connections/${org.id}`, {});
    expect(await answer.json()).toMatchObject({ deleted: true, revoked: true });
    expect(org.fake.auth.calls.at(-1)).toBe('revoke');
  });
});

test('an org that moved is asked where its new token says', async () => {
  const [old, moved] = [await startSalesforce(), await startSalesforce()];
  const openSession = async (refused?: string | null) =>
    ok(!refused ? { accessToken: 'old', instanceUrl: old.url } : { accessToken: moved.auth.issue().accessToken, instanceUrl: moved.url });
  const crm = salesforceCrm({ apiVersion: '67.0', now: Date.now, random: () => 0, sleep: async () => {}, openSession });
  expect(await crm.countRecords('lead', ALL)).toEqual({ ok: true, value: 0 });
  expect([old.requests.length, moved.requests.length]).toEqual([1, 1]);
  await Promise.all([old.stop(), moved.stop()]);
});
