import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { salesforceCrm } from '../../../../server/crm/salesforce/salesforce-crm.ts';
import { ok } from '../../../../shared/result.ts';
import { readAll, unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { NOBODY } from '../../../support/nobody-counts.ts';
import { ALL, createLeads, failuresOf, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';

let org: OpenOrg;
beforeEach(async () => {
  org = await openOrg();
});
afterEach(() => org.fake.stop());
const sent = (what: RegExp) => org.fake.requests.filter(({ method, path }) => what.test(`${method} ${path}`));

describe('jsforce only carries what we say', () => {
  test('it never refreshes by itself: a session that is refused is renewed once by us, and then it is said', async () => {
    org.fake.fault('/services/data', { kind: 'error', error: restError(401, 'INVALID_SESSION_ID', 'Session expired or invalid') }, 99);
    expect(await org.crm.countRecords('lead', ALL)).toMatchObject({ ok: false, error: { kind: 'auth', code: 'INVALID_SESSION_ID' } });
    expect([sent(/services\/data/).length, sent(/oauth2/).length]).toEqual([2, 0]);
  });

  test.each([
    [401, 'any other 401'],
    [403, 'a 403'],
  ])('%i with a text that is no JSON is told by its status (%s)', async (status) => {
    org.fake.fault('/query', { kind: 'error', error: restError(status, '', '') }, 9);
    const answer = await org.crm.countRecords('lead', ALL);
    expect(answer.ok).toBe(false);
  });

  test('every call is of the version of the connection, none of the library’s own', async () => {
    const { accessToken } = org.fake.auth.issue();
    const openSession = async () => ok({ accessToken, instanceUrl: org.fake.url });
    const crm = salesforceCrm({
      apiVersion: '66.0',
      now: () => org.now,
      random: () => 0,
      sleep: async () => {},
      openSession,
      listener: NOBODY,
    });
    const campaign = org.fake.people.addCampaign('Fair');
    const [made] = await createLeads(crm, 1);
    const id = made?.kind === 'written' ? made.id : '';
    org.fake.org.habits.countsAs = 51_000;
    org.fake.org.habits.batchSize = 1;
    org.fake.people.addLead({ LastName: 'Ray' });
    await readAll((page) => crm.listRecords('lead', ALL, ['LastName'], page));
    await crm.readRecords('lead', [id], ['LastName']);
    await crm.updateRecords('lead', [{ opId: 'a', id, values: valuesOf({ Title: 'x' }), unmodifiedSince: org.now }]);
    await crm.listScopes('lead', '');
    await crm.campaigns?.addMembers(campaign, null, [{ type: 'lead', id }]);
    await crm.archiveRecords('lead', [id]);
    expect(new Set(org.fake.requests.map(({ path }) => path.split('/').slice(0, 4).join('/')))).toEqual(new Set(['/services/data/v66.0']));
    expect(org.fake.requests.length).toBeGreaterThan(10);
  });

  test('a list view that no condition of ours can say, of more than the 10,000 rows it would fetch, is read to its end, its ids once for all pages', async () => {
    const count = 10_050;
    org.fake.org.views.push({ id: '00B000000000002AAA', object: 'Lead', label: 'Our team', where: null, scope: 'team' });
    for (let index = 0; index < count; index++) org.fake.people.addLead({ LastName: 'Lee', Region__c: 'EMEA' });
    const scope = { kind: 'view', id: '00B000000000002AAA', name: 'Our team', type: 'lead' } as const;
    const records = await readAll((page) => org.crm.listRecords('lead', scope, [], page));
    expect(new Set(records.map(({ id }) => id)).size).toBe(count);
    // Six answers with the ids, six with the records.
    expect([sent(/listviews/).length, sent(/GET .*\/query/).length, sent(/POST/).length]).toEqual([1, 6, 6]);
  });

  test('our key never stands in an address, whatever signs it has: records are made and found in the body', async () => {
    for (const key of ['a/b', 'a?b=c', '../x', '%2F', "O'Neil#1"]) {
      await org.crm.createRecords('lead', [{ opId: 'op', key, values: valuesOf({ LastName: 'Lee', Company: 'Fernhill' }) }]);
      expect(unwrap(await org.crm.findByKey('lead', [key], [])).map((found) => found.key)).toEqual([key]);
    }
    expect(sent(/sobjects\/Lead\/Leadline_Id__c/)).toEqual([]);
    expect(sent(/^(POST|PATCH)/).filter(({ path }) => !/\/composite\/sobjects(\/Lead)?$/.test(path))).toEqual([]);
  });

  test('only we try again: a read four times, a write once', async () => {
    await org.crm.describe('lead');
    const away = { kind: 'error', error: restError(503, 'SERVER_UNAVAILABLE', 'x') } as const;
    org.fake.fault('/query', away, 99);
    expect(await org.crm.countRecords('lead', ALL)).toMatchObject({ ok: false, error: { kind: 'transient' } });
    expect([sent(/\/query/).length, org.waits]).toEqual([4, [1_000, 2_000, 4_000]]);
    org.fake.fault('/composite', away, 99);
    expect(failuresOf(await createLeads(org.crm, 1))).toHaveLength(1);
    expect(sent(/\/composite/)).toHaveLength(1);
  });
});
