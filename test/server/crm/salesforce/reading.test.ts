import { afterEach, describe, expect, test } from 'vitest';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
import { ALL, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';

const orgs: OpenOrg[] = [];
async function open(habits: Partial<OrgHabits> = {}): Promise<OpenOrg> {
  const org = await openOrg(habits);
  orgs.push(org);
  return org;
}
afterEach(async () => {
  for (const org of orgs.splice(0)) await org.fake.stop();
});

describe('reading', () => {
  test('every record once, in pages, though the org answers fewer rows than asked', async () => {
    const org = await open({ batchSize: 7 });
    const ids = Array.from({ length: 50 }, (_, index) => org.fake.people.addLead({ LastName: `L${index}` }));
    const records = await readAll((page) => org.crm.listRecords('lead', ALL, ['LastName'], page));
    expect(records.map(({ id }) => id)).toEqual(ids);
    expect(unwrap(await org.crm.countRecords('lead', ALL))).toBe(50);
  });

  test('a look-up reads a long answer to its end, and so does the one into the bin', async () => {
    const org = await open({ batchSize: 7 });
    const emails = Array.from({ length: 20 }, (_, index) => `p${index}@example.com`);
    const ids = emails.map((Email, index) => org.fake.people.addLead({ LastName: `L${index}`, Email }));
    expect(unwrap(await org.crm.findByEmail('lead', emails, [])).map(({ id }) => id)).toEqual(ids);
    for (const id of ids) org.fake.people.remove(id);
    const answers = unwrap(await org.crm.readRecords('lead', ids, []));
    expect(answers.map((one) => (one.kind === 'gone' ? one.why : one.kind))).toEqual(ids.map(() => 'archived'));
  });

  test('changes of one millisecond are all found, each once', async () => {
    const org = await open({ batchSize: 7 });
    const ids = Array.from({ length: 30 }, (_, index) => org.fake.people.addLead({ LastName: `L${index}` }));
    const found = await readAll((page) => org.crm.listChanged('lead', ALL, { from: org.now, to: org.now }, page));
    expect([...found].sort()).toEqual([...ids].sort());
  });

  test('of a window exactly what changed in it', async () => {
    const org = await open();
    org.fake.people.addLead({ LastName: 'Before' });
    org.now += 1_000;
    const inside = org.fake.people.addLead({ LastName: 'Inside' });
    org.now += 1_000;
    org.fake.people.addLead({ LastName: 'After' });
    expect(unwrap(await org.crm.listChanged('lead', ALL, { from: org.now - 1_500, to: org.now - 500 }, null)).items).toEqual([inside]);
  });

  test('by id: found, merged into another, deleted, nowhere, converted', async () => {
    const org = await open();
    const [live, winner, loser, deleted, purged, converted] = ['A', 'B', 'C', 'D', 'E', 'F'].map((LastName) =>
      org.fake.people.addLead({ LastName }),
    );
    const ids = [live, winner, loser, deleted, purged, converted].map(String);
    org.fake.people.merge(String(winner), String(loser));
    org.fake.people.remove(String(deleted));
    org.fake.people.purge(String(purged));
    const { contact } = org.fake.people.convert(String(converted));
    const answers = unwrap(await org.crm.readRecords('lead', ids, ['LastName']));
    expect(answers).toMatchObject([
      { kind: 'found', asked: live },
      { kind: 'found', asked: winner },
      { kind: 'found', asked: loser, record: { id: winner } },
      { kind: 'gone', asked: deleted, why: 'archived' },
      { kind: 'gone', asked: purged, why: 'unseen' },
      { kind: 'converted', asked: converted, to: { type: 'contact', id: contact } },
    ]);
  });

  test('our key comes with every reading, also with that of a lead that became a contact', async () => {
    const org = await open();
    const [live, converted] = ['A', 'B'].map((LastName) =>
      String(org.fake.people.addLead({ LastName, Leadline_Id__c: `key-${LastName}` })),
    );
    org.fake.people.convert(String(converted));
    expect(unwrap(await org.crm.readRecords('lead', [String(live), String(converted)], ['LastName']))).toMatchObject([
      { kind: 'found', record: { key: 'key-A' } },
      { kind: 'converted', key: 'key-B' },
    ]);
    expect(unwrap(await org.crm.listRecords('lead', ALL, ['LastName'], null)).items).toMatchObject([{ key: 'key-A' }]);
  });

  test('who was merged twice is found at the last survivor', async () => {
    const org = await open();
    const [a, b, c] = ['A', 'B', 'C'].map((LastName) => org.fake.people.addLead({ LastName }));
    org.fake.people.merge(String(b), String(a));
    org.fake.people.merge(String(c), String(b));
    expect(unwrap(await org.crm.readRecords('lead', [String(a)], []))).toMatchObject([{ kind: 'found', record: { id: c } }]);
  });

  test('fields hidden from the member are not offered, and named when they are asked for all the same', async () => {
    const org = await open({ hidden: new Set(['Lead.Region__c', 'Lead.DoNotCall']) });
    org.fake.people.addLead({ LastName: 'Lee', Region__c: 'EMEA' });
    expect(unwrap(await org.crm.describe('lead')).map(({ name }) => name)).not.toContain('Region__c');
    const asked = await org.crm.listRecords('lead', ALL, ['LastName', 'Region__c'], null);
    expect(asked).toMatchObject({ ok: false, error: { kind: 'schema_drift', field: 'Region__c' } });
    expect(await readAll((page) => org.crm.listRecords('lead', ALL, ['LastName'], page))).toHaveLength(1);
  });

  test('describe tells labels, types, choices, what is required and what is read-only', async () => {
    const org = await open();
    const fields = unwrap(await org.crm.describe('lead'));
    const field = (name: string) => fields.find((known) => known.name === name);
    expect(field('LastName')).toMatchObject({ label: 'Last Name', valueType: 'text', isRequired: true, isReadOnly: false, maxLength: 80 });
    expect(field('Region__c')).toMatchObject({
      valueType: 'choice',
      isCustom: true,
      options: [{ value: 'EMEA' }, { value: 'APAC' }, { value: 'AMER' }],
    });
    expect(field('IsConverted')).toMatchObject({ valueType: 'yesNo', isReadOnly: true });
  });

  test('opt-outs come with every record, asked for or not', async () => {
    const org = await open();
    org.fake.people.addLead({ LastName: 'Lee', HasOptedOutOfEmail: true });
    const [record] = await readAll((page) => org.crm.listRecords('lead', ALL, [], page));
    expect(record?.optOut).toEqual({ email: true, phone: false, since: null });
  });

  test('a campaign and a list view narrow what is read, counted and seen as changed', async () => {
    const org = await open();
    const [inside, outside] = [
      org.fake.people.addLead({ LastName: 'In', Region__c: 'EMEA' }),
      org.fake.people.addLead({ LastName: 'Out' }),
    ];
    org.fake.people.addMember(org.fake.people.addCampaign('Spring fair'), inside);
    const { choices } = unwrap(await org.crm.listScopes('lead', ''));
    expect(choices.map(({ scope }) => scope.kind)).toEqual(['view', 'campaign']);
    for (const { scope } of choices) {
      expect((await readAll((page) => org.crm.listRecords('lead', scope, [], page))).map(({ id }) => id)).toEqual([inside]);
      expect(unwrap(await org.crm.countRecords('lead', scope))).toBe(1);
      expect(unwrap(await org.crm.listChanged('lead', scope, { from: org.now, to: org.now }, null)).items).toEqual([inside]);
    }
    expect(outside).not.toBe(inside);
  });

  test('an expired session is renewed once and the call goes on', async () => {
    const org = await open();
    org.fake.people.addLead({ LastName: 'Lee' });
    org.fake.auth.expireSessions();
    expect(unwrap(await org.crm.countRecords('lead', ALL))).toBe(1);
    expect(org.fake.requests.filter(({ path }) => path.includes('/query'))).toHaveLength(2);
  });

  test('a read is asked again when the org is away for a moment, with growing org.waits', async () => {
    const org = await open();
    org.fake.fault('/query', { kind: 'error', error: restError(503, 'SERVER_UNAVAILABLE', 'x') }, 2);
    expect(unwrap(await org.crm.countRecords('lead', ALL))).toBe(0);
    expect(org.waits).toEqual([1_000, 2_000]);
  });

  test('the last fifth of the org’s calls of a day is left to others', async () => {
    const org = await open({ dailyLimit: 100, usedToday: 79 });
    expect((await org.crm.countRecords('lead', ALL)).ok).toBe(true);
    expect(await org.crm.countRecords('lead', ALL)).toMatchObject({ ok: false, error: { kind: 'rate_daily' } });
    expect(org.crm.usage()).toMatchObject({ calls: 1, leftToday: 20, limitToday: 100 });
  });

  test('what was deleted in a window is told, however short or old it is', async () => {
    const org = await open();
    const [before = '', inside = '', merged = '', winner = ''] = ['A', 'B', 'C', 'D'].map((LastName) =>
      org.fake.people.addLead({ LastName }),
    );
    org.fake.people.remove(before);
    org.now += 10 * 60_000;
    const from = org.now;
    org.fake.people.remove(inside);
    org.fake.people.merge(winner, merged);
    for (const window of [
      { from, to: org.now },
      { from: 0, to: org.now },
    ]) {
      const told = unwrap((await org.crm.listGone?.('lead', window)) ?? { ok: true, value: { ids: [], isWhole: true, readTo: 0 } });
      expect(told).toMatchObject({ isWhole: window.from !== 0, readTo: window.to });
      expect([...told.ids].sort()).toEqual([...(window.from === 0 ? [before] : []), inside, merged].sort());
    }
    const contacts = await org.crm.listGone?.('contact', { from, to: org.now });
    expect(contacts).toEqual({ ok: true, value: { ids: [], isWhole: true, readTo: org.now } });
    org.fake.org.busySince = from;
    expect(await org.crm.listGone?.('lead', { from, to: org.now + 60_000 })).toMatchObject({ value: { readTo: from } });
  });

  test('who has a very long address is found among as many more, in few calls', async () => {
    const org = await open();
    const addresses = Array.from(
      { length: 200 },
      (_, index) => `${String(index).padStart(3, '0')}+${"o'".repeat(20)}@${'x'.repeat(24)}.example.com`,
    );
    const ids = [0, 99, 199].map((index) => org.fake.people.addLead({ LastName: 'Lee', Email: addresses[index] ?? '' }));
    const found = unwrap(await org.crm.findByEmail('lead', addresses, []));
    expect(found.map(({ id }) => id).sort()).toEqual(ids);
    const longest = Math.max(...org.fake.requests.map(({ path }) => path.length));
    expect(longest).toBeGreaterThan(8_000);
    expect(longest).toBeLessThan(14_000);
  });
});
