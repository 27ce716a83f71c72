import { afterEach, describe, expect, test } from 'vitest';
import { ok } from '#shared/result.ts';
import type { Crm, WriteAnswer } from '../../../../server/crm/adapter.ts';
import { salesforceCrm } from '../../../../server/crm/salesforce/salesforce-crm.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';
import { type FakeSalesforce, startSalesforce } from '../../../support/salesforce/start-salesforce.ts';

let fake: FakeSalesforce;
let now = Date.UTC(2026, 4, 4, 10);
const waits: number[] = [];

async function open(habits: Partial<OrgHabits> = {}): Promise<Crm> {
  now = Date.UTC(2026, 4, 4, 10);
  waits.length = 0;
  fake = await startSalesforce({ now: () => now, habits });
  let { accessToken } = fake.auth.issue();
  return salesforceCrm({
    apiVersion: '67.0',
    now: () => now,
    random: () => 0.5,
    sleep: async (ms) => void waits.push(ms),
    openSession: async (refused) => {
      if (refused) accessToken = fake.auth.issue().accessToken;
      return ok({ accessToken, instanceUrl: fake.url });
    },
  });
}
afterEach(() => fake.stop());

const all = { kind: 'all' } as const;
const values = (entries: Record<string, string>) => new Map(Object.entries(entries));
const create = (crm: Crm, count: number, change: (index: number) => Record<string, string> = () => ({})) =>
  crm.createRecords(
    'lead',
    Array.from({ length: count }, (_, index) => ({
      opId: `op-${index}`,
      key: `lead-${index}`,
      values: values({ LastName: `Lee ${index}`, Company: 'Fernhill', Email: `lee${index}@example.com`, ...change(index) }),
    })),
  );
const failures = (answers: readonly WriteAnswer[]) => answers.flatMap((answer) => (answer.kind === 'failed' ? [answer] : []));
const unwrap = <T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
async function readAll<T>(
  ask: (page: string | null) => Promise<{ ok: true; value: { items: readonly T[]; next: string | null } } | { ok: false; error: unknown }>,
) {
  const items: T[] = [];
  let page: string | null = null;
  do {
    const answer: { items: readonly T[]; next: string | null } = unwrap(await ask(page));
    items.push(...answer.items);
    page = answer.next;
  } while (page !== null);
  return items;
}

describe('writing', () => {
  test('200 records with one bad among them: 199 land, one is explained by its field', async () => {
    const crm = await open();
    const answers = await create(crm, 200, (index) => (index === 77 ? { Email: 'no address' } : {}));
    expect(fake.people.live('Lead')).toHaveLength(199);
    expect(failures(answers)).toEqual([
      {
        kind: 'failed',
        opId: 'op-77',
        failure: expect.objectContaining({ kind: 'validation', code: 'INVALID_EMAIL_ADDRESS', field: 'Email' }),
      },
    ]);
    expect(fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('our own key stands in the admin’s unique field, and a second record of it is refused', async () => {
    const crm = await open();
    await create(crm, 1);
    const [again] = await create(crm, 1);
    expect(again).toMatchObject({ kind: 'failed', failure: { kind: 'duplicate', code: 'DUPLICATE_VALUE' } });
    expect(unwrap(await crm.findByKey('lead', ['lead-0', 'lead-9'], ['LastName']))).toMatchObject([
      { key: 'lead-0', record: { type: 'lead' } },
    ]);
  });

  test('without the field records are made all the same, and nothing is found by key', async () => {
    const crm = await open({ hasKeyField: false });
    expect(unwrap(await crm.ensureKeyField('lead'))).toBe('not_allowed');
    expect(failures(await create(crm, 1))).toEqual([]);
    expect(unwrap(await crm.findByKey('lead', ['lead-0'], []))).toEqual([]);
    expect(unwrap(await crm.findByEmail('lead', ['LEE0@example.com'], ['Email']))).toHaveLength(1);
  });

  test('a duplicate rule is not bypassed: its matches come back to be decided', async () => {
    const crm = await open({ blocksDuplicates: true });
    const known = fake.people.addContact({ LastName: 'Lee', FirstName: 'Ann', Email: 'lee0@example.com' });
    const [answer] = await create(crm, 1);
    expect(answer).toMatchObject({
      failure: { kind: 'duplicate', matches: [{ type: 'contact', id: known, title: 'Ann Lee, lee0@example.com' }] },
    });
    expect(fake.people.live('Lead')).toEqual([]);
  });

  test('a locked row is tried again, apart from the others and with growing waits', async () => {
    const crm = await open();
    fake.org.locked.set('lee1@example.com', 2);
    expect(failures(await create(crm, 3))).toEqual([]);
    expect(waits).toEqual([500, 1_000]);
    expect(fake.people.live('Lead')).toHaveLength(3);
  });

  test('a row that stays locked is told as such', async () => {
    const crm = await open();
    fake.org.locked.set('lee1@example.com', 99);
    expect(failures(await create(crm, 3))).toMatchObject([{ opId: 'op-1', failure: { kind: 'lock' } }]);
  });

  test('an answer that is lost on its way is ambiguous, and the write is not sent again', async () => {
    const crm = await open();
    await crm.describe('lead');
    fake.fault('POST /services/data/v67.0/composite/sobjects', { kind: 'lost_reply' });
    expect(failures(await create(crm, 2)).map(({ failure }) => failure.kind)).toEqual(['ambiguous', 'ambiguous']);
    expect(fake.people.live('Lead')).toHaveLength(2);
    expect(fake.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('a gateway that gave up on a write is ambiguous too', async () => {
    const crm = await open();
    await crm.describe('lead');
    fake.fault('POST', { kind: 'error', error: restError(503, 'ERROR_HTTP_503', 'x') });
    expect(failures(await create(crm, 1))).toMatchObject([{ failure: { kind: 'ambiguous' } }]);
  });

  test('few changes are refused when somebody wrote in between', async () => {
    const crm = await open();
    const id = fake.people.addLead({ LastName: 'Lee', Title: 'Buyer' });
    const readAt = now;
    now += 5_000;
    fake.people.edit(id, { Title: 'Head of buying' });
    const change = { opId: 'a', id, values: values({ Title: 'Manager' }), unmodifiedSince: readAt };
    expect(await crm.updateRecords('lead', [change])).toMatchObject([{ kind: 'failed', failure: { kind: 'changed' } }]);
    expect(fake.people.read(id).Title).toBe('Head of buying');
    expect(await crm.updateRecords('lead', [{ ...change, unmodifiedSince: now }])).toMatchObject([{ kind: 'written', id }]);
  });

  test('a converted lead cannot be written: it has moved', async () => {
    const crm = await open();
    const id = fake.people.addLead({ LastName: 'Lee' });
    fake.people.convert(id);
    expect(await crm.updateRecords('lead', [{ opId: 'a', id, values: values({ Title: 'X' }) }])).toMatchObject([
      { failure: { kind: 'moved' } },
    ]);
  });

  test('values go out typed, and an empty text clears', async () => {
    const crm = await open();
    const id = fake.people.addLead({ LastName: 'Lee', Title: 'Buyer' });
    const sent = values({ Title: '', Budget__c: '1200.5', DoNotCall: 'true', Interests__c: 'Pumps;Pipes' });
    expect(failures(await crm.updateRecords('lead', [{ opId: 'a', id, values: sent }]))).toEqual([]);
    expect(fake.people.read(id)).toMatchObject({ Title: null, Budget__c: 1200.5, DoNotCall: true, Interests__c: 'Pumps;Pipes' });
  });

  test('a choice the org does not know is explained', async () => {
    const crm = await open();
    const [answer] = await create(crm, 1, () => ({ Region__c: 'Moon' }));
    expect(answer).toMatchObject({ failure: { kind: 'validation', field: 'Region__c' } });
  });
});

describe('reading', () => {
  test('every record once, in pages, though the org answers fewer rows than asked', async () => {
    const crm = await open({ batchSize: 7 });
    const ids = Array.from({ length: 50 }, (_, index) => fake.people.addLead({ LastName: `L${index}` }));
    const records = await readAll((page) => crm.listRecords('lead', all, ['LastName'], page));
    expect(records.map(({ id }) => id)).toEqual(ids);
    expect(unwrap(await crm.countRecords('lead', all))).toBe(50);
  });

  test('changes of one millisecond are all found, each once', async () => {
    const crm = await open({ batchSize: 7 });
    const ids = Array.from({ length: 30 }, (_, index) => fake.people.addLead({ LastName: `L${index}` }));
    const found = await readAll((page) => crm.listChanged('lead', all, { from: now, to: now }, page));
    expect([...found].sort()).toEqual([...ids].sort());
  });

  test('of a window exactly what changed in it', async () => {
    const crm = await open();
    fake.people.addLead({ LastName: 'Before' });
    now += 1_000;
    const inside = fake.people.addLead({ LastName: 'Inside' });
    now += 1_000;
    fake.people.addLead({ LastName: 'After' });
    expect(unwrap(await crm.listChanged('lead', all, { from: now - 1_500, to: now - 500 }, null)).items).toEqual([inside]);
  });

  test('by id: found, merged into another, deleted, purged, converted', async () => {
    const crm = await open();
    const [live, winner, loser, deleted, purged, converted] = ['A', 'B', 'C', 'D', 'E', 'F'].map((LastName) =>
      fake.people.addLead({ LastName }),
    );
    const ids = [live, winner, loser, deleted, purged, converted].map(String);
    fake.people.merge(String(winner), String(loser));
    fake.people.remove(String(deleted));
    fake.people.purge(String(purged));
    const { contact } = fake.people.convert(String(converted));
    const answers = unwrap(await crm.readRecords('lead', ids, ['LastName']));
    expect(answers).toMatchObject([
      { kind: 'found', asked: live },
      { kind: 'found', asked: winner },
      { kind: 'found', asked: loser, record: { id: winner } },
      { kind: 'gone', asked: deleted, why: 'archived' },
      { kind: 'gone', asked: purged, why: 'purged' },
      { kind: 'converted', asked: converted, to: { type: 'contact', id: contact } },
    ]);
  });

  test('who was merged twice is found at the last survivor', async () => {
    const crm = await open();
    const [a, b, c] = ['A', 'B', 'C'].map((LastName) => fake.people.addLead({ LastName }));
    fake.people.merge(String(b), String(a));
    fake.people.merge(String(c), String(b));
    expect(unwrap(await crm.readRecords('lead', [String(a)], []))).toMatchObject([{ kind: 'found', record: { id: c } }]);
  });

  test('fields hidden from the member are not offered and not asked for', async () => {
    const crm = await open({ hidden: new Set(['Lead.Region__c', 'Lead.DoNotCall']) });
    fake.people.addLead({ LastName: 'Lee', Region__c: 'EMEA' });
    expect(unwrap(await crm.describe('lead')).map(({ name }) => name)).not.toContain('Region__c');
    const [record] = await readAll((page) => crm.listRecords('lead', all, ['LastName', 'Region__c'], page));
    expect([...(record?.values.keys() ?? [])]).not.toContain('Region__c');
  });

  test('describe tells labels, types, choices, what is required and what is read-only', async () => {
    const crm = await open();
    const fields = unwrap(await crm.describe('lead'));
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
    const crm = await open();
    fake.people.addLead({ LastName: 'Lee', HasOptedOutOfEmail: true });
    const [record] = await readAll((page) => crm.listRecords('lead', all, [], page));
    expect(record?.optOut).toEqual({ email: true, phone: false, since: null });
  });

  test('a campaign and a list view narrow what is read, counted and seen as changed', async () => {
    const crm = await open();
    const [inside, outside] = [fake.people.addLead({ LastName: 'In', Region__c: 'EMEA' }), fake.people.addLead({ LastName: 'Out' })];
    fake.people.addMember(fake.people.addCampaign('Spring fair'), inside);
    const choices = unwrap(await crm.listScopes('lead'));
    expect(choices.map(({ scope }) => scope.kind)).toEqual(['view', 'campaign']);
    for (const { scope } of choices) {
      expect((await readAll((page) => crm.listRecords('lead', scope, [], page))).map(({ id }) => id)).toEqual([inside]);
      expect(unwrap(await crm.countRecords('lead', scope))).toBe(1);
      expect(unwrap(await crm.listChanged('lead', scope, { from: now, to: now }, null)).items).toEqual([inside]);
    }
    expect(outside).not.toBe(inside);
  });

  test('an expired session is renewed once and the call goes on', async () => {
    const crm = await open();
    fake.people.addLead({ LastName: 'Lee' });
    fake.auth.expireSessions();
    expect(unwrap(await crm.countRecords('lead', all))).toBe(1);
    expect(fake.requests.filter(({ path }) => path.includes('/query'))).toHaveLength(2);
  });

  test('a read is asked again when the org is away for a moment, with growing waits', async () => {
    const crm = await open();
    fake.fault('/query', { kind: 'error', error: restError(503, 'SERVER_UNAVAILABLE', 'x') }, 2);
    expect(unwrap(await crm.countRecords('lead', all))).toBe(0);
    expect(waits).toEqual([1_000, 2_000]);
  });

  test('the last fifth of the org’s calls of a day is left to others', async () => {
    const crm = await open({ dailyLimit: 100, usedToday: 79 });
    expect((await crm.countRecords('lead', all)).ok).toBe(true);
    expect(await crm.countRecords('lead', all)).toMatchObject({ ok: false, error: { kind: 'rate_daily' } });
    expect(crm.usage()).toEqual({ calls: 1, leftToday: 20, limitToday: 100 });
  });
});

describe('campaigns and opportunities', () => {
  test('memberships with status and response; a converted lead’s belong to the contact', async () => {
    const crm = await open();
    const lead = fake.people.addLead({ LastName: 'Lee' });
    fake.people.addMember(fake.people.addCampaign('Spring fair'), lead, 'Responded');
    const { contact } = fake.people.convert(lead);
    const [item] = unwrap(await crm.listSideItems('campaign_member', { from: now, to: now }, null)).items;
    expect(item).toMatchObject({
      title: 'Spring fair',
      facts: [{ name: 'status', value: 'Responded' }, { name: 'responded' }],
      of: [{ type: 'contact', id: contact }],
    });
  });

  test('an opportunity comes again when it changes, though its contact role does not', async () => {
    const crm = await open();
    const contact = fake.people.addContact({ LastName: 'Lee' });
    const { deal } = fake.people.addOpportunity({ Name: 'Pumps', Amount: 900 }, contact);
    const before = now;
    now += 60_000;
    fake.people.edit(deal, { StageName: 'Closed Won' });
    const items = await readAll((page) => crm.listSideItems('opportunity', { from: before + 1, to: now }, page));
    expect(items).toMatchObject([{ title: 'Pumps', modifiedAt: now, of: [{ type: 'contact', id: contact }] }]);
    expect(items[0]?.facts).toContainEqual({ name: 'stage', value: 'Closed Won' });
  });

  test('a membership that was taken away is told as gone', async () => {
    const crm = await open();
    const member = fake.people.addMember(fake.people.addCampaign('Fair'), fake.people.addLead({ LastName: 'Lee' }));
    fake.people.remove(member);
    expect(unwrap(await crm.listSideItems('campaign_member', { from: now, to: now }, null)).items).toMatchObject([{ isGone: true }]);
  });
});
