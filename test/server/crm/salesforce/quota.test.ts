import { afterEach, describe, expect, test } from 'vitest';
import { defaultPairs } from '../../../../server/crm/default-pairs.ts';
import { SALESFORCE_FIELDS } from '../../../../server/crm/salesforce/fields.ts';
import { runSync } from '../../../../server/crm/sync/run.ts';
import { NEW_SETTINGS } from '../../../../shared/crm/sync-settings.ts';
import { openMemoryBench } from '../../../contract/sync-benches.ts';
import { unwrap } from '../../../support/crm-answers.ts';
import { openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';

const LIMIT = 100;
const RECORDS = 100;
const orgs: OpenOrg[] = [];
afterEach(async () => {
  for (const org of orgs.splice(0)) await org.fake.stop();
});

/** An org of few calls a day that answers one record at a time: reading it costs more than a day has. */
async function open(habits: Partial<OrgHabits> = {}) {
  const org = await openOrg({ dailyLimit: LIMIT, batchSize: 1, ...habits });
  orgs.push(org);
  for (let index = 0; index < RECORDS; index++) org.fake.people.addLead({ LastName: `L${index}`, Email: `l${index}@example.com` });
  const bench = await openMemoryBench();
  const pairs = defaultPairs('salesforce', 'lead', SALESFORCE_FIELDS.lead, unwrap(await org.crm.describe('lead')));
  const { store, workspace, connection } = bench;
  await store.changeSettings({ workspace, member: null, at: 0 }, connection, { ...NEW_SETTINGS, pairs });
  let ids = 0;
  const run = async (crm = org.crm) => {
    const before = org.fake.org.habits.usedToday;
    const parts = { store, workspace, connection, defaultCountry: 'US', owner: 'me', now: () => org.now, newId: () => `id-${ids++}` };
    const ran = await runSync({ ...parts, crm }, { trigger: 'by_hand' });
    if (ran.kind !== 'ran') throw new Error(ran.kind);
    const calls = org.fake.org.habits.usedToday - before;
    // One that is refused as the session ended is counted here, not there.
    expect([calls, calls + 1]).toContain(ran.calls);
    return { ...ran, calls };
  };
  return { org, bench, run };
}

describe('the calls of an org’s day', () => {
  test('a run uses at most a quarter of those that are left, also the first of a new process, and the next goes on', async () => {
    const { org, bench, run } = await open();
    for (let runs = 0; runs < 3; runs++) {
      const left = LIMIT - org.fake.org.habits.usedToday;
      const ran = await run(org.reopen());
      expect(ran).toMatchObject({ failure: { kind: 'rate_daily', code: 'own_budget' } });
      expect(ran.calls).toBeGreaterThan(left / 8);
      expect(ran.calls).toBeLessThanOrEqual(left / 4);
    }
    expect((await bench.leads()).length).toBeGreaterThan(LIMIT / 4);
  });

  test('from 80 % of the day on none is used, whoever used the others; an hour later one asks how it stands', async () => {
    const { org, run } = await open({ usedToday: LIMIT * 0.8 - 1 });
    for (let runs = 0; runs < 3; runs++) expect(await run()).toMatchObject({ calls: 0, failure: { kind: 'rate_daily' } });
    expect(org.fake.org.habits.usedToday).toBe(LIMIT * 0.8);
    org.now += 61 * 60_000;
    await run();
    expect(org.fake.org.habits.usedToday).toBe(LIMIT * 0.8 + 1);
    org.now += 61 * 60_000;
    org.fake.org.habits.usedToday = 0;
    expect((await run()).calls).toBeGreaterThan(LIMIT / 8);
  });

  test('waiting for a bulk job uses no more than any other reading', async () => {
    const { org, run } = await open({ countsAs: 51_000 });
    org.fake.org.habits.bulk.takesMs = 60 * 60_000;
    const ran = await run(org.reopen());
    expect(ran).toMatchObject({ failure: { code: 'own_budget' } });
    expect(ran.calls).toBeLessThanOrEqual(LIMIT / 4);
    expect(org.waits.length).toBeGreaterThan(10);
  });
});

describe('an import of more than a quarter of the day’s calls can read', () => {
  test('stops with a sentence, also what it would do, and nothing has come in', async () => {
    const org = await openConnectedOrg({ dailyLimit: LIMIT, batchSize: 1 });
    try {
      for (let index = 0; index < RECORDS; index++) org.fake.people.addLead({ LastName: `L${index}`, Email: `l${index}@example.com` });
      for (const path of ['/preview', '/import']) {
        const left = LIMIT - org.fake.org.habits.usedToday;
        const refused = await org.server.send('POST', `/api/connections/${org.id}${path}`, {});
        expect([refused.status, (await refused.json()).error]).toEqual([
          429,
          expect.stringMatching(/more than the quarter.*Nothing was imported/),
        ]);
        expect(org.fake.org.habits.usedToday).toBeLessThanOrEqual(LIMIT - left + left / 4 + 2);
      }
      expect(await org.leads()).toEqual([]);
    } finally {
      await org.stop();
    }
  });
});
