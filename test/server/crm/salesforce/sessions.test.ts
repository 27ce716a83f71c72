import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { salesforceCrm } from '../../../../server/crm/salesforce/salesforce-crm.ts';
import { fail, ok } from '../../../../shared/result.ts';
import { NOBODY } from '../../../support/nobody-counts.ts';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { ALL } from '../../../support/salesforce/open-org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';
import { startSalesforce } from '../../../support/salesforce/start-salesforce.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  await org.stop();
  for (const stop of stops.splice(0)) await stop();
});
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

describe('a passing trouble is no reason to connect again', () => {
  const SESSION_OVER = { kind: 'error', error: restError(401, 'INVALID_SESSION_ID', 'Session expired or invalid') } as const;
  const AWAY = { kind: 'error', error: restError(503, 'SERVER_UNAVAILABLE', 'x') } as const;

  /** The login server is away for the first times a new token is asked for. */
  async function openAway(times: number) {
    const fake = await startSalesforce();
    stops.push(fake.stop);
    const waits: number[] = [];
    let token = fake.auth.issue().accessToken;
    let left = times;
    const openSession = async (refused?: string | null) => {
      if (refused === token && left-- > 0) return fail({ kind: 'transient', code: 'HTTP_503', message: '' } as const);
      if (refused === token) token = fake.auth.issue().accessToken;
      return ok({ accessToken: token, instanceUrl: fake.url });
    };
    const sleep = async (ms: number) => void waits.push(ms);
    return {
      fake,
      waits,
      crm: salesforceCrm({ apiVersion: '67.0', now: Date.now, random: () => 0.5, sleep, openSession, listener: NOBODY }),
    };
  }
  const NEW_LEAD = {
    opId: 'a',
    key: 'k',
    values: new Map([
      ['LastName', 'Lee'],
      ['Company', 'Fernhill'],
    ]),
  };

  test('a login server that is away once is asked again, for reads and for writes', async () => {
    const { fake, crm, waits } = await openAway(1);
    fake.fault('/query', SESSION_OVER);
    expect(await crm.countRecords('lead', ALL)).toEqual({ ok: true, value: 0 });
    expect(waits).toEqual([6_000]);
    fake.fault('POST', SESSION_OVER);
    expect(await crm.createRecords('lead', [NEW_LEAD])).toMatchObject([{ kind: 'written' }]);
  });

  test('one that stays away is told as away, not as a connection that is over', async () => {
    const { fake, crm } = await openAway(9);
    fake.fault('/query', SESSION_OVER, 9);
    expect(await crm.countRecords('lead', ALL)).toMatchObject({ ok: false, error: { kind: 'transient', code: 'HTTP_503' } });
    expect(fake.requests).toHaveLength(1);
  });

  test('but a new session that is refused as well is one', async () => {
    await org.post('/import');
    org.fake.fault('/services/data/', SESSION_OVER, 1_000);
    const answer = await org.server.send('POST', `/api/connections/${org.id}/sync`, {});
    expect((await answer.json()).failure).toMatchObject({ kind: 'auth', code: 'REFUSED_AGAIN' });
    const { connections } = await (await org.server.ask('/api/connections')).json();
    expect(connections[0].state).toBe('needs_reconnect');
  });

  test('a session that ends between two tries of a read is renewed', async () => {
    const { fake, crm } = await openAway(0);
    fake.fault('/query', AWAY);
    fake.fault('/query', SESSION_OVER);
    expect(await crm.countRecords('lead', ALL)).toEqual({ ok: true, value: 0 });
  });

  test('a session that ends while a row is locked is renewed', async () => {
    const { fake, crm } = await openAway(0);
    await crm.describe('lead');
    fake.fault('POST', { kind: 'error', error: restError(400, 'UNABLE_TO_LOCK_ROW', 'x') });
    fake.fault('POST', SESSION_OVER);
    expect(await crm.createRecords('lead', [NEW_LEAD])).toMatchObject([{ kind: 'written' }]);
  });
});

describe('an org that is not where it was', () => {
  test('is found where a new token says, once the old address answers nobody', async () => {
    const gone = await startSalesforce();
    await gone.stop();
    await org.post('/import');
    org.fake.auth.instanceUrl = '';
    const moved = org.fake.url;
    let asked = 0;
    let url = gone.url;
    const openSession = async (stale: string | null = null, isElsewhere = false) => {
      asked += isElsewhere ? 1 : 0;
      if (stale !== null && isElsewhere) url = moved;
      return ok({ accessToken: org.fake.auth.issue().accessToken, instanceUrl: url });
    };
    const crm = salesforceCrm({ apiVersion: '67.0', now: Date.now, random: () => 0, sleep: async () => {}, openSession, listener: NOBODY });
    expect(await crm.countRecords('lead', ALL)).toEqual({ ok: true, value: 0 });
    expect(asked).toBe(1);
  });

  test('and is nowhere is asked for once, and told as away', async () => {
    const gone = await startSalesforce();
    await gone.stop();
    let asked = 0;
    const openSession = async (_: string | null = null, isElsewhere = false) => {
      asked += isElsewhere ? 1 : 0;
      return ok({ accessToken: 'x', instanceUrl: gone.url });
    };
    const crm = salesforceCrm({ apiVersion: '67.0', now: Date.now, random: () => 0, sleep: async () => {}, openSession, listener: NOBODY });
    for (let call = 0; call < 2; call++)
      expect(await crm.countRecords('lead', ALL)).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect(asked).toBe(1);
  });

  test('whose address was refused is asked for again with the next run, and goes on', async () => {
    const elsewhere = await startSalesforce();
    stops.push(elsewhere.stop);
    await org.post('/import');
    org.fake.auth.instanceUrl = elsewhere.url;
    org.pass(DAY_MS);
    expect((await org.post('/sync')).failure).toMatchObject({ kind: 'auth', code: 'NO_INSTANCE_URL' });
    org.fake.auth.instanceUrl = '';
    org.fake.people.addLead(ANN);
    await org.sync();
    expect(await org.lead('ann@example.com')).toMatchObject({ firstName: 'Ann' });
    expect(elsewhere.requests).toEqual([]);
  });
});

test('an org that moved is asked where its new token says', async () => {
  const [old, moved] = [await startSalesforce(), await startSalesforce()];
  const openSession = async (refused?: string | null) =>
    ok(!refused ? { accessToken: 'old', instanceUrl: old.url } : { accessToken: moved.auth.issue().accessToken, instanceUrl: moved.url });
  const crm = salesforceCrm({ apiVersion: '67.0', now: Date.now, random: () => 0, sleep: async () => {}, openSession, listener: NOBODY });
  expect(await crm.countRecords('lead', ALL)).toEqual({ ok: true, value: 0 });
  expect([old.requests.length, moved.requests.length]).toEqual([1, 1]);
  await Promise.all([old.stop(), moved.stop()]);
});
