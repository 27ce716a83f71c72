import { afterEach, describe, expect, test } from 'vitest';
import { readAll, unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';

let world: HubspotWorld;
const open = async (...setup: Parameters<typeof openHubspotCrm>) => {
  world = await openHubspotCrm(...setup);
  return world;
};
afterEach(() => world.hubspot.close());

const all = { kind: 'all' } as const;
const newContact = (opId: string, values: Record<string, string>) => ({ opId, key: `lead-${opId}`, values: valuesOf(values) });

describe('writes', () => {
  test('every new contact carries our key, and a lost reply is found again by it', async () => {
    const { crm, hubspot } = await open();
    expect(unwrap(await crm.ensureKeyField('contact'))).toBe('made');
    hubspot.faults.loseReply('batch/create');
    const [answer] = await crm.createRecords('contact', [newContact('1', { email: 'ann@x.io' })]);
    expect(answer).toMatchObject({ kind: 'failed', failure: { kind: 'ambiguous' } });
    expect(hubspot.count('batch/create')).toBe(1);
    const [found] = unwrap(await crm.findByKey('contact', ['lead-1', 'lead-2'], ['email']));
    expect([found?.key, found?.record.values.get('email')]).toEqual(['lead-1', 'ann@x.io']);
  });

  test.each([false, true])('one bad record never stops 99 others, also where the whole batch fails (%s)', async (wholeBatchFails) => {
    const { crm, hubspot } = await open({ habits: { wholeBatchFails } });
    hubspot.people.createContact({ email: 'taken@x.io' });
    const items = Array.from({ length: 130 }, (_, index) =>
      newContact(String(index), { email: index === 7 ? 'taken@x.io' : index === 66 ? 'no address' : `p${index}@x.io` }),
    );
    const answers = await crm.createRecords('contact', items);
    expect(answers.map(({ opId }) => opId)).toEqual(items.map(({ opId }) => opId));
    const failed = answers.flatMap((answer) =>
      answer.kind === 'failed' ? [[answer.opId, answer.failure.kind, answer.failure.field]] : [],
    );
    expect(failed).toEqual([
      ['7', 'duplicate', undefined],
      ['66', 'validation', 'email'],
    ]);
    expect(hubspot.people.contactIds()).toHaveLength(129);
  });

  test('a change for a contact that was merged away names the survivor; for one archived it says gone', async () => {
    const { crm, hubspot } = await open();
    const [ann, bob, cid] = ['ann', 'bob', 'cid'].map((name) => hubspot.people.createContact({ email: `${name}@x.io` }));
    const survivor = hubspot.people.mergeContacts(ann ?? '', bob ?? '');
    hubspot.people.archiveContact(cid ?? '');
    const change = (id = '') => ({ opId: id, id, values: valuesOf({ firstname: 'New' }) });
    const answers = await crm.updateRecords('contact', [change(bob), change(cid), change(survivor)]);
    expect(answers.map((one) => (one.kind === 'failed' ? [one.failure.kind, one.failure.matches?.[0]?.id] : one.id))).toEqual([
      ['moved', survivor],
      ['gone', undefined],
      survivor,
    ]);
  });

  test('one bad change among many stands alone, although the portal refuses all of them together', async () => {
    const { crm, hubspot } = await open();
    const ids = Array.from({ length: 20 }, (_, index) => hubspot.people.createContact({ email: `p${index}@x.io` }));
    const changes = ids.map((id, index) => ({ opId: id, id, values: valuesOf({ hs_lead_status: index === 13 ? 'Warm' : 'OPEN' }) }));
    const answers = await crm.updateRecords('contact', changes);
    expect(answers.flatMap((one) => (one.kind === 'failed' ? [[one.opId, one.failure.code, one.failure.field]] : []))).toEqual([
      [ids[13], 'INVALID_OPTION', 'hs_lead_status'],
    ]);
    expect(ids.filter((id) => hubspot.people.contact(id)?.get('hs_lead_status') === 'OPEN')).toHaveLength(19);
  });

  test('two changes for one contact both land, in their order', async () => {
    const { crm, hubspot } = await open();
    const id = hubspot.people.createContact({ email: 'ann@x.io' });
    const answers = await crm.updateRecords('contact', [
      { opId: 'a', id, values: valuesOf({ firstname: 'A', phone: '' }) },
      { opId: 'b', id, values: valuesOf({ firstname: 'B' }) },
    ]);
    expect(answers.map(({ kind }) => kind)).toEqual(['written', 'written']);
    expect(hubspot.people.contact(id)?.get('firstname')).toBe('B');
  });

  test.each([
    ['hs_email_optout', 'true'],
    ['hs_email_optout', 'false'],
    ['lifecyclestage', 'lead'],
    ['hubspot_owner_id', '1'],
  ])('what is not ours to write (%s) refuses its own change, and the others go', async (field, value) => {
    const { crm, hubspot } = await open();
    const [ann = '', bob = ''] = ['ann@x.io', 'bob@x.io'].map((email) => hubspot.people.createContact({ email }));
    const before = hubspot.people.contact(ann)?.get(field);
    const refused = { kind: 'failed', failure: { kind: 'scope', code: 'READ_ONLY_VALUE', field } };
    const changes = [
      { opId: 'b', id: bob, values: valuesOf({ firstname: 'B' }) },
      { opId: 'a', id: ann, values: valuesOf({ [field]: value, firstname: 'A' }) },
    ];
    expect(await crm.updateRecords('contact', changes)).toMatchObject([{ kind: 'written', opId: 'b' }, refused]);
    expect(await crm.createRecords('contact', [newContact('1', { email: 'cy@x.io', [field]: value })])).toMatchObject([refused]);
    expect([hubspot.people.contact(ann)?.get(field), hubspot.people.contact(bob)?.get('firstname')]).toEqual([before, 'B']);
    expect(hubspot.people.contactIds()).toHaveLength(2);
  });

  test('without the traces it was sent, an answer is matched by record, by our key, and one alone by being alone', async () => {
    const { crm, hubspot } = await open({ habits: { forgetsTraces: true } });
    const kinds = (answers: readonly { readonly kind: string }[]) => answers.map(({ kind }) => kind);
    expect(kinds(await crm.createRecords('contact', [newContact('0', { email: 'abe@x.io' })]))).toEqual(['written']);
    const keyless = await crm.createRecords('contact', [newContact('1', { email: 'ann@x.io' }), newContact('2', { email: 'bob@x.io' })]);
    expect(keyless).toMatchObject([1, 2].map(() => ({ kind: 'failed', failure: { kind: 'ambiguous' } }))); // to be looked up
    unwrap(await crm.ensureKeyField('contact'));
    expect(kinds(await crm.createRecords('contact', [newContact('3', { lastname: 'C' }), newContact('4', { lastname: 'D' })]))).toEqual([
      'written',
      'written',
    ]);
    const changes = hubspot.people.contactIds().map((id) => ({ opId: id, id, values: valuesOf({ firstname: 'X' }) }));
    expect(new Set(kinds(await crm.updateRecords('contact', changes)))).toEqual(new Set(['written']));
  });

  test('what a portal answers for something made is read, whether it says 201 or just 200', async () => {
    const { crm } = await open({ habits: { plainSuccess: true } });
    expect(unwrap(await crm.ensureKeyField('contact'))).toBe('made');
    expect(await crm.createRecords('contact', [newContact('1', { firstname: 'Ann' })])).toMatchObject([{ kind: 'written', opId: '1' }]);
  });

  test.each<[string, (faults: HubspotWorld['hubspot']['faults'], route: string) => void, string]>([
    ['a connection that breaks', (faults, route) => faults.drop(route), 'ambiguous'],
    ['a gateway that gives up', (faults, route) => faults.gatewayAfter(route), 'ambiguous'],
    ['a gateway that lets nothing through', (faults, route) => faults.badGateway(route), 'ambiguous'],
    ['a lock', (faults, route) => faults.locked(route), 'lock'],
    ['a portal on the move', (faults, route) => faults.migrating(route), 'transient'],
    ['a burst', (faults, route) => faults.tooMany(route, 'TEN_SECONDLY_ROLLING'), 'rate_burst'],
    ['too many a second', (faults, route) => faults.tooMany(route, 'SECONDLY', 2), 'rate_burst'],
    ['the day’s calls used up', (faults, route) => faults.tooMany(route, 'DAILY'), 'rate_daily'],
  ])('%s: the write goes out once', async (_why, plan, kind) => {
    const { crm, hubspot } = await open();
    const id = hubspot.people.createContact({ email: 'ann@x.io' });
    plan(hubspot.faults, 'batch/update');
    const [answer] = await crm.updateRecords('contact', [{ opId: 'a', id, values: valuesOf({ firstname: 'A' }) }]);
    expect(answer).toMatchObject({ kind: 'failed', failure: { kind } });
    expect(hubspot.count('batch/update')).toBe(1);
  });
});

describe('reads', () => {
  test.each([false, true])(
    'each id asked for has its answer: there, merged, archived, purged (batch follows merges: %s)',
    async (follows) => {
      const { crm, hubspot } = await open({ habits: { batchReadFollowsMerges: follows } });
      const [ann, bob, cid, dan] = ['ann', 'bob', 'cid', 'dan'].map((name) => hubspot.people.createContact({ email: `${name}@x.io` })) as [
        string,
        string,
        string,
        string,
      ];
      const survivor = hubspot.people.mergeContacts(ann, bob);
      hubspot.people.archiveContact(cid);
      hubspot.people.purgeContact(dan);
      const answers = unwrap(await crm.readRecords('contact', [survivor, bob, cid, dan, '1'], ['email', 'hs_additional_emails.1']));
      expect(answers.map((one) => [one.asked, one.kind === 'found' ? one.record.id : one.kind === 'gone' ? one.why : ''])).toEqual([
        [survivor, survivor],
        [bob, survivor],
        [cid, 'archived'],
        [dan, 'purged'],
        ['1', 'purged'],
      ]);
      const [first] = answers;
      expect(first?.kind === 'found' && [...first.record.values]).toEqual([
        ['email', 'ann@x.io'],
        ['hs_additional_emails.1', 'bob@x.io'],
      ]);
    },
  );

  test.each([false, true])(
    'a contact is found by any of its addresses (batch finds additional ones: %s)',
    async (batchReadFindsAdditional) => {
      const { crm, hubspot } = await open({ habits: { batchReadFindsAdditional } });
      hubspot.people.createContact({ email: 'ann@x.io', hs_additional_emails: 'lee@y.io;old@y.io' });
      hubspot.people.createContact({ email: 'bob@x.io' });
      const found = unwrap(await crm.findByEmail('contact', ['Old@Y.io', 'bob@x.io', 'nobody@x.io'], ['email']));
      expect(found.map(({ values }) => values.get('email')).sort()).toEqual(['ann@x.io', 'bob@x.io']);
      expect(unwrap(await crm.findByEmail('contact', [], []))).toEqual([]);
    },
  );

  test('an address that HubSpot takes for none keeps nobody else from being found', async () => {
    const { crm, hubspot } = await open({ habits: { strictLookups: true } });
    const names = Array.from({ length: 30 }, (_, index) => `p${index}@x.io`);
    for (const email of names) hubspot.people.createContact({ email });
    const found = unwrap(await crm.findByEmail('contact', [...names.slice(0, 11), 'no address', ...names.slice(11)], ['email']));
    expect(found.map(({ values }) => values.get('email')).sort()).toEqual(names.toSorted());
  });

  test('what a portal could not read just now is never taken for gone', async () => {
    const { crm, hubspot } = await open();
    unwrap(await crm.ensureKeyField('contact'));
    await crm.createRecords('contact', [newContact('1', { email: 'ann@x.io' }), newContact('2', { email: 'bob@x.io' })]);
    const reads = [
      () => crm.readRecords('contact', hubspot.people.contactIds(), ['email']),
      () => crm.findByKey('contact', ['lead-1', 'lead-2'], ['email']),
      () => crm.findByEmail('contact', ['ann@x.io', 'bob@x.io'], ['email']),
      () => crm.readHistory('contact', hubspot.people.contactIds(), ['email']),
    ];
    for (const read of reads) {
      hubspot.portal.habits.failedReads = 1;
      expect(await read()).toMatchObject({ ok: false, error: { kind: 'transient', code: 'INTERNAL_ERROR' } });
      expect(unwrap<readonly unknown[]>(await read())).toHaveLength(2);
    }
  });

  test('many fields do not make the address too long', async () => {
    const { crm, hubspot } = await open();
    hubspot.people.createContact({ email: 'ann@x.io' });
    const long = Array.from({ length: 400 }, (_, index) => `some_rather_long_property_${index}`);
    for (const name of long) hubspot.people.defineProperty('contacts', { name, label: name, type: 'string', fieldType: 'text' });
    const fields = ['email', ...long];
    const records = await readAll((page) => crm.listRecords('contact', all, fields, page));
    expect(records.map(({ values }) => values.get('email'))).toEqual(['ann@x.io']);
    expect(Math.max(...hubspot.requests.map(({ query }) => query.length))).toBeLessThan(6_500);
  });

  test.each([
    ['the app is known', '40404'],
    ['we have just written it', undefined],
  ])('history tells which values were ours: %s', async (_why, appId) => {
    const { crm, hubspot, clock } = await open(appId === undefined ? {} : { appId });
    const id = hubspot.people.createContact({ firstname: 'An' });
    clock.at += 1_000;
    await crm.updateRecords('contact', [{ opId: 'a', id, values: valuesOf({ firstname: 'Ann' }) }]);
    const [history] = unwrap(await crm.readHistory('contact', [id], ['firstname']));
    expect(history?.entries).toEqual([
      { value: 'Ann', at: clock.at, isOurs: true },
      { value: 'An', at: clock.at - 1_000, isOurs: false, by: 'Hana Birch' },
    ]);
  });
});

test('after a restart, our key in a contact tells which values were ours', async () => {
  const { crm, hubspot, clock } = await open();
  unwrap(await crm.ensureKeyField('contact'));
  await crm.createRecords('contact', [newContact('1', { firstname: 'An' })]);
  const [id = ''] = hubspot.people.contactIds();
  clock.at += 1_000;
  hubspot.people.editContact(id, { firstname: 'Ann' });
  const [history, ...rest] = unwrap(await crm.readHistory('contact', [id], ['firstname']));
  expect([history?.entries.map(({ value, isOurs }) => [value, isOurs]), rest]).toEqual([
    [
      ['Ann', false],
      ['An', true],
    ],
    [],
  ]);
});

describe('beside contacts', () => {
  test('deals have the labels of their pipeline and stage, activities their words', async () => {
    const { crm, hubspot, clock } = await open();
    const ann = hubspot.people.createContact({ email: 'ann@x.io' });
    const deal = { dealname: 'Ten seats', pipeline: 'default', dealstage: 'contractsent', amount: '1200', closedate: '2026-12-01' };
    hubspot.people.createItem('deals', deal, [ann]);
    hubspot.people.createItem('notes', { hs_timestamp: String(clock.at), hs_note_body: '<p>Hello &amp; bye</p><script>x' }, [ann]);
    const window = { from: clock.at, to: clock.at };
    const [found] = await readAll((page) => crm.listSideItems('deal', window, page));
    expect(found).toMatchObject({ kind: 'deal', title: 'Ten seats', of: [{ type: 'contact', id: ann }], isGone: false });
    expect(found?.facts).toEqual([
      { name: 'pipeline', value: 'Sales Pipeline' },
      { name: 'stage', value: 'Contract Sent' },
      { name: 'amount', value: '1200' },
      { name: 'currency', value: 'USD' },
      { name: 'close_date', value: '2026-12-01T00:00:00Z' },
      { name: 'probability', value: '0.9' },
    ]);
    const [note] = await readAll((page) => crm.listSideItems('note', window, page));
    expect(note?.facts).toEqual([{ name: 'body', value: 'Hello & bye\nx' }]);
  });

  test('fields are told with labels, kinds and choices; owners by their address; our key is not for mapping', async () => {
    const { crm } = await open();
    unwrap(await crm.ensureKeyField('contact'));
    const fields = new Map(unwrap(await crm.describe('contact')).map((field) => [field.name, field]));
    expect(fields.get('email')).toMatchObject({ label: 'Email', valueType: 'email', isReadOnly: false, isCustom: false });
    expect(fields.get('phone')?.valueType).toBe('phone');
    expect(fields.get('hs_lead_status')).toMatchObject({
      valueType: 'choice',
      options: expect.arrayContaining([{ value: 'NEW', label: 'New' }]),
    });
    expect(fields.get('lifecyclestage')?.isReadOnly).toBe(true);
    expect(fields.get('hubspot_owner_id')?.options).toEqual([{ value: '70001', label: 'rita@example.com' }]);
    expect(['leadline_id', 'hs_additional_emails'].filter((name) => fields.has(name))).toEqual([]);
  });

  test('a property made a moment ago is told when fields are asked for anew', async () => {
    const { crm, hubspot } = await open();
    const isTold = async (isAnew?: boolean) => unwrap(await crm.describe('contact', isAnew)).some(({ name }) => name === 'region');
    await isTold();
    hubspot.people.defineProperty('contacts', { name: 'region', label: 'Region', type: 'string', fieldType: 'text' });
    expect([await isTold(), await isTold(true), await isTold()]).toEqual([false, true, true]);
  });
});
