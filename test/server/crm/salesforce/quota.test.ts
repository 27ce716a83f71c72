import { afterEach, describe, expect, test } from 'vitest';
import type { Crm, WriteAnswer } from '../../../../server/crm/adapter.ts';
import { defaultPairs } from '../../../../server/crm/default-pairs.ts';
import { SALESFORCE_FIELDS } from '../../../../server/crm/salesforce/fields.ts';
import { createBudget, OWN_BUDGET } from '../../../../server/crm/sync/budget.ts';
import { SYNC_LIMITS } from '../../../../server/crm/sync/limits.ts';
import { runSync } from '../../../../server/crm/sync/run.ts';
import { NEW_SETTINGS } from '../../../../shared/crm/sync-settings.ts';
import { openMemoryBench } from '../../../contract/sync-benches.ts';
import { unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { ALL, createLeads, failuresOf, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';

const LIMIT = 100;
const RECORDS = 100;
const orgs: OpenOrg[] = [];
afterEach(async () => {
  for (const org of orgs.splice(0)) await org.fake.stop();
});

/** An org of few calls a day that answers one record at a time: reading it costs more than a day has. */
async function open(habits: Partial<OrgHabits> = {}, count = RECORDS) {
  const org = await openOrg({ dailyLimit: LIMIT, batchSize: 1, ...habits });
  orgs.push(org);
  for (let index = 0; index < count; index++) org.fake.people.addLead({ LastName: `L${index}`, Email: `l${index}@example.com` });
  const bench = await openMemoryBench();
  const pairs = defaultPairs('salesforce', 'lead', SALESFORCE_FIELDS.lead, unwrap(await org.crm.describe('lead')));
  const { store, workspace, connection } = bench;
  await store.changeSettings({ workspace, member: null, at: 0 }, connection, { ...NEW_SETTINGS, pairs });
  let ids = 0;
  const run = async (crm = org.crm) => {
    const [before, asked] = [org.fake.org.habits.usedToday, org.fake.requests.length];
    const parts = { store, workspace, connection, defaultCountry: 'US', owner: 'me', now: () => org.now, newId: () => `id-${ids++}` };
    const ran = await runSync({ ...parts, crm }, { trigger: 'by_hand' });
    if (ran.kind !== 'ran') throw new Error(ran.kind);
    // Those that the org refused count for us, not for it.
    expect(ran.calls).toBe(org.fake.requests.length - asked);
    return { ...ran, calls: org.fake.org.habits.usedToday - before };
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

  test('what is known from an hour ago is put right by the first answer: a quarter is of what is left now', async () => {
    const { org, run } = await open();
    expect((await org.crm.countRecords('lead', ALL)).ok).toBe(true);
    org.fake.org.habits.usedToday = 60;
    expect((await run()).calls).toBeLessThanOrEqual(10);
  });

  test('a run begins nothing that could take it over its share, as when each of twenty records is written by itself', async () => {
    const { org } = await open({ dailyLimit: 400 });
    const { crm } = createBudget(org.crm, SYNC_LIMITS);
    const made = await createLeads(crm, 20, (index) => ({ Email: `own${index}@example.com` }));
    const changes = made.flatMap((answer) => (answer.kind === 'written' ? [{ opId: answer.opId, id: answer.id }] : []));
    expect(changes).toHaveLength(20);
    const update = () =>
      crm.updateRecords(
        'lead',
        changes.map((change) => ({ ...change, values: valuesOf({ Title: 'Buyer' }), unmodifiedSince: org.now })),
      );
    let answers: readonly WriteAnswer[] = [];
    for (let turn = 0; turn < 10; turn++) answers = await update();
    expect(failuresOf(answers).map(({ failure }) => failure.code)).toEqual(Array(20).fill(OWN_BUDGET));
    expect(org.fake.org.habits.usedToday).toBeGreaterThan(60);
    expect(org.fake.org.habits.usedToday).toBeLessThanOrEqual(100);
  });

  test('a first import of more than a quarter goes on each time where it stopped: no page is read twice, and all come in', async () => {
    const { org, bench, run } = await open();
    let runs = 0;
    for (let outcome = ''; outcome !== 'done'; runs++) {
      const ran = await run(org.reopen());
      outcome = ran.outcome;
      expect([outcome, ran.failure?.code]).toEqual(outcome === 'done' ? ['done', undefined] : ['partly', 'own_budget']);
      org.now += 20 * 60_000;
      org.fake.org.habits.usedToday = 0;
    }
    expect([runs >= 5, (await bench.leads()).length]).toEqual([true, RECORDS]);
    const pages = org.fake.requests.map(({ path }) => path).filter((path) => /\/query\?.*LastName.*ORDER/i.test(decodeURIComponent(path)));
    expect([pages.length, new Set(pages).size]).toEqual([RECORDS, RECORDS]);
  });

  test('where calls are short, what hangs on leads waits first: all leads come in, their campaigns with the next run', async () => {
    const { org, bench, run } = await open({}, 16);
    const fair = org.fake.people.addCampaign('Spring fair');
    for (const { Id } of org.fake.people.live('Lead')) org.fake.people.addMember(fair, String(Id));
    org.now += 20 * 60_000;
    const campaigns = async () => {
      const leads = await bench.leads();
      const items = await Promise.all(leads.map(({ id }) => bench.store.listSideItems(bench.workspace, id)));
      return [leads.length, items.flat().length];
    };
    expect(await run()).toMatchObject({ outcome: 'partly', failure: { code: 'own_budget' } });
    expect(await campaigns()).toEqual([16, 0]);
    org.now += 20 * 60_000;
    org.fake.org.habits.usedToday = 0;
    for (let outcome = ''; outcome !== 'done'; org.fake.org.habits.usedToday = 0) outcome = (await run()).outcome;
    expect(await campaigns()).toEqual([16, 16]);
  });

  test('a job that is not through within a quarter is waited for by the next run, and no second one begins', async () => {
    const { org, bench, run } = await open({ countsAs: 51_000 });
    org.fake.org.habits.bulk.takesMs = 60 * 60_000;
    for (let outcome = ''; outcome !== 'done'; ) {
      outcome = (await run(org.reopen())).outcome;
      org.fake.org.habits.usedToday = 0;
    }
    expect((await bench.leads()).length).toBe(RECORDS);
    expect(org.fake.requests.filter(({ method, path }) => method === 'POST' && path.endsWith('/jobs/query'))).toHaveLength(1);
  });

  test('a sandbox with 5,000 calls a day keeps its 80 %, whatever a run would read', async () => {
    const { org, run } = await open({ dailyLimit: 5_000, usedToday: 3_985 });
    const ran = await run();
    expect(ran.failure).toMatchObject({ kind: 'rate_daily' });
    expect(org.fake.org.habits.usedToday).toBeGreaterThan(3_995);
    expect(org.fake.org.habits.usedToday).toBeLessThanOrEqual(4_000);
  });

  test('what others use counts as well, be it another server of ours: each hears of it with its next answer', async () => {
    const { org } = await open();
    const [one, other] = [org.reopen(), org.reopen()];
    const ask = (crm: Crm) => crm.countRecords('lead', ALL);
    expect([(await ask(one)).ok, (await ask(other)).ok]).toEqual([true, true]);
    let calls = 0;
    while ((await ask(one)).ok) calls += 1;
    expect([calls, org.fake.org.habits.usedToday]).toEqual([77, 80]);
    // It heard of two, of the others by one call more, and stops.
    expect([(await ask(other)).ok, (await ask(other)).ok, (await ask(other)).ok]).toEqual([true, false, false]);
    expect([other.usage().calls, org.fake.org.habits.usedToday]).toEqual([2, 81]);
  });

  test.each<[what: string, header: OrgHabits['tellsUsage'], asks: number]>([
    ['what one app may use is another limit', (used, limit) => `per-app-api-usage=79/80(appName=x), api-usage=${used}/${limit}`, 0],
    ['also when it is told second', (used, limit) => `api-usage=${used}/${limit}, per-app-api-usage=79/80(appName=x)`, 0],
    ['no header', () => null, 1],
    ['an empty one', () => '', 1],
    ['no numbers', () => 'api-usage=many/most', 1],
    ['no limit', () => 'api-usage=90', 1],
    ['a limit of none', () => 'api-usage=0/0', 1],
    ['less than none', () => 'api-usage=-5/-1', 1],
    ['half a number', (used) => `api-usage=${used}/1e5`, 1],
  ])('of a header only what can be true is believed, and else the org is asked: %s', async (_, tellsUsage, asks) => {
    const { org } = await open({ tellsUsage });
    for (let calls = 0; calls < 3; calls++) expect((await org.crm.countRecords('lead', ALL)).ok).toBe(true);
    const { habits } = org.fake.org;
    expect(org.crm.usage()).toMatchObject({ limitToday: LIMIT, leftToday: LIMIT - habits.usedToday });
    expect(org.fake.requests.filter(({ path }) => path.endsWith('/limits'))).toHaveLength(asks);
  });

  test('where no header tells, the org is asked how it stands once an hour, and our own calls count: the promises hold', async () => {
    const { org, run } = await open({ tellsUsage: () => null });
    const asked = () => org.fake.requests.filter(({ path }) => path.endsWith('/limits')).length;
    const left = LIMIT - org.fake.org.habits.usedToday;
    expect((await run()).calls).toBeLessThanOrEqual(left / 4 + 1);
    org.fake.org.habits.usedToday = 79;
    org.now += 61 * 60_000;
    expect((await run()).failure).toMatchObject({ code: 'SHARE_OF_DAY' });
    expect([asked(), org.fake.org.habits.usedToday]).toEqual([2, 80]);
  });

  test('where it does not even tell when asked, its refusal does: it is left alone for an hour', async () => {
    const { org, run } = await open({ tellsUsage: () => null });
    org.fake.fault('/limits', { kind: 'error', error: restError(403, 'INSUFFICIENT_ACCESS', 'no') }, 9);
    org.fake.org.habits.usedToday = LIMIT;
    org.now += 61 * 60_000; // what its fields are is no longer known
    expect((await run()).failure).toMatchObject({ kind: 'rate_daily', retryAfterMs: 60 * 60_000 });
    const asked = org.fake.requests.length;
    org.now += 20 * 60_000;
    expect((await run()).failure).toMatchObject({ kind: 'rate_daily', retryAfterMs: 40 * 60_000 });
    expect(org.fake.requests.length).toBe(asked);
    org.now += 41 * 60_000;
    org.fake.org.habits.dailyLimit = 1_000;
    expect((await run()).counts.createdHere).toBeGreaterThan(0);
  });

  test('too many calls at the same moment are over in a moment, though Salesforce calls them by the same name', async () => {
    const { org } = await open();
    const error = restError(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
    org.fake.fault('/query', { kind: 'error', error }, 2);
    expect(await org.crm.countRecords('lead', ALL)).toEqual({ ok: true, value: RECORDS });
    expect(org.waits).toEqual([1_000, 2_000]);
  });
});
