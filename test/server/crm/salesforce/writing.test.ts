import { afterEach, describe, expect, test } from 'vitest';
import { toTicks } from '../../../../server/crm/salesforce/opt-outs.ts';
import { unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { createLeads, failuresOf, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
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

describe('writing', () => {
  test('200 records with one bad among them: 199 land, one is explained by its field', async () => {
    const org = await open();
    const answers = await createLeads(org.crm, 200, (index) => (index === 77 ? { Email: 'no address' } : {}));
    expect(org.fake.people.live('Lead')).toHaveLength(199);
    expect(failuresOf(answers)).toEqual([
      {
        kind: 'failed',
        opId: 'op-77',
        failure: expect.objectContaining({ kind: 'validation', code: 'INVALID_EMAIL_ADDRESS', field: 'Email' }),
      },
    ]);
    expect(org.fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('our own key stands in the admin’s unique field, and a second record of it is refused', async () => {
    const org = await open();
    await createLeads(org.crm, 1);
    const [again] = await createLeads(org.crm, 1);
    expect(again).toMatchObject({ kind: 'failed', failure: { kind: 'duplicate', code: 'DUPLICATE_VALUE' } });
    expect(unwrap(await org.crm.findByKey('lead', ['lead-0', 'lead-9'], ['LastName']))).toMatchObject([
      { key: 'lead-0', record: { type: 'lead' } },
    ]);
  });

  test('without the field records are made all the same, and nothing is found by key', async () => {
    const org = await open({ hasKeyField: false });
    expect(unwrap(await org.crm.ensureKeyField('lead'))).toBe('not_allowed');
    expect(failuresOf(await createLeads(org.crm, 1))).toEqual([]);
    expect(unwrap(await org.crm.findByKey('lead', ['lead-0'], []))).toEqual([]);
    expect(unwrap(await org.crm.findByEmail('lead', ['LEE0@example.com'], ['Email']))).toHaveLength(1);
  });

  test('a duplicate rule is not bypassed: its matches come back to be decided', async () => {
    const org = await open({ blocksDuplicates: true });
    const known = org.fake.people.addContact({ LastName: 'Lee', FirstName: 'Ann', Email: 'lee0@example.com' });
    const [answer] = await createLeads(org.crm, 1);
    expect(answer).toMatchObject({
      failure: { kind: 'duplicate', matches: [{ type: 'contact', id: known, title: 'Ann Lee, lee0@example.com' }] },
    });
    expect(org.fake.people.live('Lead')).toEqual([]);
  });

  test('a locked row is tried again, apart from the others and with growing org.waits', async () => {
    const org = await open();
    org.fake.org.locked.set('lee1@example.com', 2);
    expect(failuresOf(await createLeads(org.crm, 3))).toEqual([]);
    expect(org.waits).toEqual([500, 1_000]);
    expect(org.fake.people.live('Lead')).toHaveLength(3);
  });

  test('a row that stays locked is told as such', async () => {
    const org = await open();
    org.fake.org.locked.set('lee1@example.com', 99);
    expect(failuresOf(await createLeads(org.crm, 3))).toMatchObject([{ opId: 'op-1', failure: { kind: 'lock' } }]);
  });

  test('an answer that is lost on its way is ambiguous, and the write is not sent again', async () => {
    const org = await open();
    await org.crm.describe('lead');
    org.fake.fault('POST /services/data/v67.0/composite/sobjects', { kind: 'lost_reply' });
    expect(failuresOf(await createLeads(org.crm, 2)).map(({ failure }) => failure.kind)).toEqual(['ambiguous', 'ambiguous']);
    expect(org.fake.people.live('Lead')).toHaveLength(2);
    expect(org.fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('a gateway that gave up on a write is ambiguous too', async () => {
    const org = await open();
    await org.crm.describe('lead');
    org.fake.fault('POST', { kind: 'error', error: restError(503, 'ERROR_HTTP_503', 'x') });
    expect(failuresOf(await createLeads(org.crm, 1))).toMatchObject([{ failure: { kind: 'ambiguous' } }]);
  });

  test('few changes are refused when somebody wrote in between', async () => {
    const org = await open();
    const id = org.fake.people.addLead({ LastName: 'Lee', Title: 'Buyer' });
    const readAt = org.now;
    org.now += 5_000;
    org.fake.people.edit(id, { Title: 'Head of buying' });
    const change = { opId: 'a', id, values: valuesOf({ Title: 'Manager' }), unmodifiedSince: readAt };
    expect(await org.crm.updateRecords('lead', [change])).toMatchObject([{ kind: 'failed', failure: { kind: 'changed' } }]);
    expect(org.fake.people.read(id).Title).toBe('Head of buying');
    expect(await org.crm.updateRecords('lead', [{ ...change, unmodifiedSince: org.now }])).toMatchObject([{ kind: 'written', id }]);
  });

  test('a converted lead cannot be written: it has moved', async () => {
    const org = await open();
    const id = org.fake.people.addLead({ LastName: 'Lee' });
    org.fake.people.convert(id);
    expect(await org.crm.updateRecords('lead', [{ opId: 'a', id, values: valuesOf({ Title: 'X' }) }])).toMatchObject([
      { failure: { kind: 'moved' } },
    ]);
  });

  test('values go out typed, and an empty text clears', async () => {
    const org = await open();
    const id = org.fake.people.addLead({ LastName: 'Lee', Title: 'Buyer' });
    const sent = valuesOf({ Title: '', Budget__c: '1200.5', HasOptedOutOfFax: 'true', Interests__c: 'Pumps;Pipes' });
    expect(failuresOf(await org.crm.updateRecords('lead', [{ opId: 'a', id, values: sent }]))).toEqual([]);
    expect(org.fake.people.read(id)).toMatchObject({ Title: null, Budget__c: 1200.5, HasOptedOutOfFax: true, Interests__c: 'Pumps;Pipes' });
  });

  test('a rule against duplicates is not asked about a refusal: nobody new is made by it', () => {
    expect(toTicks([{ id: '1', kinds: ['email', 'phone'] }])).toEqual([
      { opId: '1', id: '1', values: valuesOf({ HasOptedOutOfEmail: 'true', DoNotCall: 'true' }), savesAnyway: true },
    ]);
  });

  test('a choice the org does not know is explained', async () => {
    const org = await open();
    const [answer] = await createLeads(org.crm, 1, () => ({ Region__c: 'Moon' }));
    expect(answer).toMatchObject({ failure: { kind: 'validation', field: 'Region__c' } });
  });

  test.each([
    ['Budget__c', 'a lot', 'no number'],
    ['Budget__c', '9007199254740993', 'a number with more figures than are sent'],
    ['HasOptedOutOfFax', 'gold', 'neither yes nor no'],
  ])('a value that %s cannot hold (%s: %s) is refused by itself, before it is sent', async (field, value) => {
    const org = await open();
    const answers = await createLeads(org.crm, 200, (index) => (index === 77 ? { [field]: value } : {}));
    expect(failuresOf(answers)).toMatchObject([{ opId: 'op-77', failure: { kind: 'validation', code: 'WRONG_TYPE', field } }]);
    expect(org.fake.people.live('Lead')).toHaveLength(199);
    const id = org.fake.people.addLead({ LastName: 'Lee', [field]: null });
    const change = { opId: 'a', id, values: valuesOf({ [field]: value }), unmodifiedSince: org.now };
    expect(await org.crm.updateRecords('lead', [change])).toMatchObject([{ failure: { kind: 'validation', code: 'WRONG_TYPE' } }]);
    expect(org.fake.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  test.each([
    ['2026-02-28', 'written', 'a day'],
    ['2026-02-30', 'failed', 'no day of that month'],
    ['tomorrow', 'failed', 'no day'],
    ['', 'written', 'blank clears'],
  ])('the day “%s” is %s: %s', async (day, kind) => {
    const org = await open();
    const id = org.fake.people.addContact({ LastName: 'Lee', Birthdate: '2000-01-01' });
    expect((await org.crm.updateRecords('contact', [{ opId: 'a', id, values: valuesOf({ Birthdate: day }) }]))[0]?.kind).toBe(kind);
  });

  test('a call that is refused as a whole for one record is halved until that one is alone', async () => {
    const org = await open({ hidden: new Set(['Lead.Budget__c']) });
    await org.crm.describe('lead');
    org.fake.org.habits.hidden.clear(); // its type is not known here yet
    const answers = await createLeads(org.crm, 200, (index) => (index === 77 ? { Budget__c: 'a lot' } : {}));
    expect(answers.map(({ opId }) => opId)).toEqual(Array.from({ length: 200 }, (_, index) => `op-${index}`));
    expect(failuresOf(answers)).toMatchObject([{ opId: 'op-77', failure: { kind: 'validation', code: 'JSON_PARSER_ERROR' } }]);
    expect(org.fake.people.live('Lead')).toHaveLength(199);
    expect(org.fake.requests.filter(({ method }) => method === 'POST').length).toBeLessThan(20);
  });

  test('a call that is refused for all alike, or of which nobody knows, is not sent in parts', async () => {
    for (const error of [
      restError(400, 'API_DISABLED_FOR_ORG', 'x'),
      restError(404, 'NOT_FOUND', 'x'),
      restError(503, 'SERVER_UNAVAILABLE', 'x'),
    ]) {
      const org = await open();
      await org.crm.describe('lead');
      org.fake.fault('POST', { kind: 'error', error }, 99);
      expect(failuresOf(await createLeads(org.crm, 8))).toHaveLength(8);
      expect(org.fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    }
  });

  test('a field that nobody may fill in any more stops those that hold it alone', async () => {
    const org = await open();
    await org.crm.describe('lead');
    const error = restError(400, 'INVALID_FIELD', "No such column 'Title' on sobject of type Lead");
    org.fake.fault('POST', { kind: 'error', error });
    const answers = await createLeads(org.crm, 8, (index): Record<string, string> => (index < 3 ? { Title: 'Buyer' } : {}));
    expect(failuresOf(answers).map(({ opId, failure }) => [opId, failure.kind])).toEqual(
      [0, 1, 2].map((at) => [`op-${at}`, 'schema_drift']),
    );
    expect(org.fake.people.live('Lead')).toHaveLength(5);
  });

  test('what Salesforce says of fields it says by their labels, and what a library says of a page is not told', async () => {
    const org = await open({ required: new Set(['Lead.Region__c']) });
    const [answer] = await createLeads(org.crm, 1, () => ({ Company: '' }));
    expect(answer).toMatchObject({ failure: { message: 'Required fields are missing: Company, Region', fieldLabel: 'Company' } });
    const id = org.fake.people.addLead({ LastName: 'Lee' });
    const change = { opId: 'a', id, values: valuesOf({ Title: 'X' }), unmodifiedSince: 0 };
    expect(await org.crm.updateRecords('lead', [change])).toMatchObject([
      { failure: { kind: 'changed', code: 'ERROR_HTTP_412', message: '' } },
    ]);
  });
});
