import { afterEach, describe, expect, test } from 'vitest';
import type { Page } from '../../../../server/crm/adapter.ts';
import type { CrmRecord } from '../../../../shared/crm/record.ts';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
import { ALL, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';
import type { BulkHabits } from '../../../support/salesforce/org-bulk.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';

const MANY = 51_000;
const orgs: OpenOrg[] = [];
async function open(bulk: Partial<BulkHabits> = {}, count: number, habits: Partial<OrgHabits> = {}): Promise<OpenOrg> {
  const org = await openOrg({ dailyLimit: 100_000, ...habits });
  Object.assign(org.fake.org.habits.bulk, bulk);
  orgs.push(org);
  for (let index = 0; index < count; index++) org.fake.people.addLead({ LastName: `L${index}` });
  return org;
}
afterEach(async () => {
  for (const org of orgs.splice(0)) await org.fake.stop();
});
const list = (org: OpenOrg, page: string | null, fields: readonly string[] = ['LastName']) =>
  org.crm.listRecords('lead', ALL, fields, page);
const calls = (org: OpenOrg, what: RegExp) => org.fake.requests.filter(({ method, path }) => what.test(`${method} ${path}`)).length;
const JOB = /POST .*\/jobs\/query$/;
/** Everything from a page on, until the reading stops by itself or was cut off. */
async function readOn(org: OpenOrg, from: string | null) {
  const records: CrmRecord[] = [];
  let page = from;
  for (;;) {
    const answer = await list(org, page);
    if (!answer.ok) return { records, page, failure: answer.error };
    records.push(...answer.value.items);
    if (answer.value.next === null) return { records, page: null, failure: null };
    page = answer.value.next;
  }
}
const namesOf = (records: readonly CrmRecord[]) => new Set(records.map(({ values }) => values.get('LastName')));

/** Few records count as many here, and answers are small: what goes wrong does not depend on the numbers. */
const FEW = 200;
const FIRST = 20;
const openFew = (bulk: Partial<BulkHabits> = {}) => open({ maxRows: 50, ...bulk }, FEW, { batchSize: FIRST, countsAs: MANY });

describe('very many records', () => {
  test('more than 50,000 are read by one job: each once, none left out', async () => {
    const org = await openFew();
    const { records } = await readOn(org, null);
    expect([records.length, namesOf(records).size]).toEqual([FEW, FEW]);
    // Describing, the first page, the job, two looks at it, four parts of its results.
    expect(org.crm.usage().calls).toBe(9);
    expect(org.waits).toEqual([5_000, 10_000]);
  });

  test.each([
    [50_000, 0],
    [50_001, 1],
  ])('%i records: %i jobs', async (all, jobs) => {
    const org = await open({}, FEW, { batchSize: FIRST, countsAs: all });
    expect((await readOn(org, null)).records).toHaveLength(FEW);
    expect([calls(org, JOB), calls(org, /COUNT/)]).toEqual([jobs, 0]);
  });
});

test('after a crash the reading goes on where the last page ended, by another process, without a second job', async () => {
  const all = 2_300;
  const org = await open({ maxRows: 1_500 }, all, { batchSize: FIRST, countsAs: MANY });
  const before: CrmRecord[] = [];
  let page: string | null = null;
  // In the middle of waiting, and in the middle of a part of the results.
  for (const turns of [2, 1]) {
    const crm = org.reopen();
    for (let turn = 0; turn < turns; turn++) {
      const answer: Page<CrmRecord> = unwrap(await crm.listRecords('lead', ALL, ['LastName'], page));
      before.push(...answer.items);
      page = answer.next;
    }
  }
  expect(before.length).toBe(FIRST + 1_000);
  const { records } = await readOn({ ...org, crm: org.reopen() }, page);
  expect([before.length + records.length, namesOf([...before, ...records]).size]).toEqual([all, all]);
  // The part that was begun is loaded anew.
  expect([calls(org, JOB), calls(org, /results/)]).toEqual([1, 3]);
});

describe('a job that comes to nothing', () => {
  test.each([
    ['the member may not use it', { works: 'off' }],
    ['the day’s jobs are used up', { works: 'full' }],
    ['it fails', { works: 'fails' }],
    ['it never ends', { takesMs: Number.POSITIVE_INFINITY }],
  ] as const)('everybody is read all the same: %s', async (_, bulk) => {
    const org = await openFew(bulk);
    const { records } = await readOn(org, null);
    expect([records.length, namesOf(records).size]).toEqual([FEW, FEW]);
    // Nothing of it is left there, and no second one is tried.
    expect([org.fake.org.jobs.size, calls(org, JOB)]).toEqual([0, 1]);
  });

  test('it was aborted or deleted in the org while we waited: everybody is read all the same', async () => {
    for (const gone of [true, false]) {
      const org = await openFew();
      const { next } = unwrap(await list(org, null));
      const [job] = org.fake.org.jobs.values();
      if (gone) org.fake.org.jobs.clear();
      else if (job) job.aborted = true;
      expect((await readOn(org, next)).records.length + FIRST).toBe(FEW);
    }
  });

  test('fields that were mapped meanwhile are read of everybody who is left', async () => {
    const org = await openFew();
    const { next } = unwrap(await list(org, null));
    const answer = unwrap(await list(org, next, ['LastName', 'Company']));
    expect([answer.items.length, org.fake.org.jobs.size]).toEqual([0, 0]);
    const rest = await readAll((page) => list(org, page ?? answer.next, ['LastName', 'Company']));
    expect(rest).toHaveLength(FEW - FIRST);
    expect(rest.every(({ values }) => values.get('Company') === 'Fernhill')).toBe(true);
  });

  test('while the org is away the job waits, and its results are read once it is back', async () => {
    const org = await openFew();
    const { next } = unwrap(await list(org, null));
    org.fake.fault('/jobs/query', { kind: 'error', error: restError(503, 'SERVER_UNAVAILABLE', 'x') }, 4);
    const { failure, page } = await readOn(org, next);
    expect([failure?.kind, page]).toEqual(['transient', next]);
    expect((await readOn(org, next)).records.length).toBe(FEW - FIRST);
    expect(calls(org, JOB)).toBe(1);
  });

  test('a session that ends while a part is loaded is renewed once, and an error of a file is read as one', async () => {
    const org = await openFew({ takesMs: 0 });
    const { next } = unwrap(await list(org, null));
    org.fake.fault('/results', { kind: 'error', error: restError(401, 'INVALID_SESSION_ID', 'Session expired or invalid') });
    expect((await readOn(org, next)).records.length).toBe(FEW - FIRST);
    const other = await openFew({ takesMs: 0 });
    const begun = unwrap(await list(other, null));
    other.fake.fault('/results', { kind: 'error', error: restError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.') });
    expect((await readOn(other, begun.next)).failure).toMatchObject({ kind: 'rate_daily', code: 'REQUEST_LIMIT_EXCEEDED' });
  });

  test('a part that was cut off on its way is no end: it is read again', async () => {
    const org = await openFew({ takesMs: 0 });
    const { next } = unwrap(await list(org, null));
    org.fake.org.habits.bulk.cutsOff = true;
    expect((await readOn(org, next)).failure).toMatchObject({ kind: 'transient', code: 'CUT_OFF' });
    org.fake.org.habits.bulk.cutsOff = false;
    expect((await readOn(org, next)).records.length).toBe(FEW - FIRST);
  });

  test.each([true, false])('the last fifth of the day is not used for waiting (names repeated: %s)', async (repeatsHeader) => {
    const org = await openFew({ takesMs: 60 * 60_000, repeatsHeader, maxRows: 30 });
    const { next } = unwrap(await list(org, null));
    org.fake.org.habits.usedToday = 79_999;
    const { failure, page } = await readOn(org, next);
    expect(failure).toMatchObject({ kind: 'rate_daily' });
    expect(org.fake.org.habits.usedToday).toBe(80_000);
    // Tomorrow it goes on with the same job.
    org.now += 24 * 60 * 60_000;
    org.fake.org.habits.usedToday = 0;
    expect((await readOn(org, page)).records.length).toBe(FEW - FIRST);
    expect(calls(org, JOB)).toBe(1);
  });
});

test('what a job says of a record is what a plain reading says of it, to the letter', async () => {
  const org = await openOrg({ batchSize: 5 });
  orgs.push(org);
  const odd = { FirstName: 'Ann "Bee"', LastName: "O'Neil,\nJr", Title: ' , ', Budget__c: 1_200, Email: 'ann@example.com' };
  const yes = { DoNotCall: true, HasOptedOutOfEmail: true, Interests__c: 'Pumps;Pipes', Description: 'a\n\n"b"\r\nc' };
  for (let index = 0; index < 12; index++) org.fake.people.addLead(index % 2 ? odd : { ...yes, LastName: 'Id', Budget__c: 0.5 });
  const fields = unwrap(await org.crm.describe('lead')).map(({ name }) => name);
  const plain = await readAll((page) => org.crm.listRecords('lead', ALL, fields, page));
  org.fake.org.habits.countsAs = MANY;
  const bulk = await readAll((page) => org.crm.listRecords('lead', ALL, fields, page));
  expect(org.fake.org.jobs.size).toBe(1);
  const byId = (a: CrmRecord, b: CrmRecord) => (a.id < b.id ? -1 : 1);
  expect([...bulk].sort(byId)).toEqual([...plain].sort(byId));
});
