import { isQueryValid, parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unwrap } from '../../../support/crm-answers.ts';
import { hostileText } from '../../../support/salesforce/hostile-text.ts';
import { ALL, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';

const hostile = hostileText.filter((text) => text !== '');
const id = fc.oneof(hostile, fc.constantFrom('701000000000001AAA', "701000000000001'--"));
const at = fc.integer({ min: 0, max: 4e12 });

let org: OpenOrg;
beforeAll(async () => {
  org = await openOrg({ batchSize: 1, countsAs: 51_000, hasPersonAccounts: true });
  for (const LastName of ['A', 'B']) org.fake.people.addLead({ LastName });
  // An impatient member: what is asked counts here, not what comes of it.
  org.fake.org.habits.bulk.takesMs = Number.POSITIVE_INFINITY;
});
afterAll(() => org.fake.stop());

/** Every text of SOQL that was sent, in addresses and in jobs. */
function queriesSent(): readonly string[] {
  return org.fake.requests.flatMap(({ path, body }) => {
    if (path.endsWith('/jobs/query')) return [JSON.parse(body).query];
    const asked = new URL(path, 'http://x').searchParams.get('q');
    return asked === null ? [] : [asked];
  });
}
const OBJECTS = new Set(['Lead', 'Contact', 'Campaign', 'CampaignMember', 'CampaignMemberStatus', 'OpportunityContactRole', 'ListView']);

test('every query that any call makes parses by an independent grammar and asks our objects alone, whatever ids and values hold', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, id, id, at, at, fc.constantFrom('lead', 'contact'), async (value, scopeId, lastId, from, to, type) => {
      org.fake.requests.length = 0;
      const { crm } = org;
      const campaign = { kind: 'campaign', id: scopeId, name: value } as const;
      const window = { from: Math.min(from, to), to: Math.max(from, to) };
      await crm.findByEmail(type, [value, 'ann@example.com'], []);
      await crm.findByKey(type, [value], []);
      await crm.listScopes(type, value);
      for (const scope of [ALL, campaign, { kind: 'view', id: scopeId, name: value, type } as const]) {
        await crm.countRecords(type, scope);
        for (const page of [null, lastId.replace(/^\{/, '')]) await crm.listRecords(type, scope, ['LastName'], page);
        const pages = [null, `${from} ${lastId}`, ...(scope.kind === 'campaign' ? [lastId, '00v000000000001AAA'] : [])];
        for (const page of pages) await crm.listChanged(type, scope, window, page);
      }
      await crm.readRecords(type, [lastId, '003000000000001AAA'], ['LastName']);
      await crm.updateRecords(type, [{ opId: 'a', id: lastId, values: new Map([['LastName', value]]) }]);
      for (const kind of ['campaign', 'view'] as const) await crm.findScope(type, { kind, id: scopeId, name: value });
      await crm.campaigns?.read(scopeId);
      for (const kind of crm.traits.sideKinds)
        for (const page of [null, `own ${from} ${lastId}`]) await crm.listSideItems(kind, window, page);
      const queries = queriesSent();
      expect(queries.filter((soql) => !isQueryValid(soql))).toEqual([]);
      expect(queries.filter((soql) => !OBJECTS.has(parseQuery(soql).sObject ?? ''))).toEqual([]);
      expect(queries.length).toBeGreaterThan(15);
    }),
    { numRuns: 15 },
  );
});

test('a key or an address finds exactly whoever has it', async () => {
  await fc.assert(
    fc.asyncProperty(hostile, async (key) => {
      const lead = org.fake.people.addLead({ LastName: 'Key', Leadline_Id__c: key });
      const found = unwrap(await org.crm.findByKey('lead', [key], []));
      org.fake.people.purge(lead);
      expect(found.map(({ record }) => record.id)).toEqual([lead]);
    }),
    { numRuns: 40 },
  );
});

test('a campaign and a list view are found by any part of their names, taken as it stands', async () => {
  const { org: state, people } = org.fake;
  const part = fc.oneof(hostile, fc.constantFrom('100 %', 'a_b', '\\%', '😀', '%', '_', '\\')).filter((text) => text.trim() !== '');
  people.addCampaign('Another fair');
  await fc.assert(
    fc.asyncProperty(part, async (name) => {
      const campaign = people.addCampaign(`Fair ${name} x`);
      state.views.push({ id: '00B000000000777AAA', object: 'Lead', label: `My ${name}`, where: null });
      const found = unwrap(await org.crm.listScopes('lead', name)).choices.map(({ scope }) => scope.id);
      state.views.pop();
      people.purge(campaign);
      expect(found).toEqual(expect.arrayContaining(['00B000000000777AAA', campaign]));
      if (/[%_]/.test(name)) expect(found).toEqual(['00B000000000777AAA', campaign]);
    }),
    { numRuns: 40 },
  );
});
