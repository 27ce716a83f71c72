import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { createLeads, type OpenOrg, openOrg } from '../../../support/salesforce/open-org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';

describe('people who are accounts of their own', () => {
  let org: ConnectedOrg;
  beforeEach(async () => {
    org = await openConnectedOrg({ hasPersonAccounts: true });
  });
  afterEach(() => org.stop());
  const edit = async (email: string, patch: object) => org.server.send('PATCH', `/api/leads/${(await org.lead(email)).id}`, patch);

  test('come in by their own name, and nobody takes the account for a company', async () => {
    org.fake.people.addPerson(ANN);
    expect(await org.post('/import')).toMatchObject({ created: 1, total: 1 });
    const ann = await org.lead('ann@example.com');
    expect([ann.firstName, ann.lastName, ann.companyName ?? null]).toEqual(['Ann', 'Lee', null]);
  });

  test('are edited on both sides beside contacts of companies, and then nothing is sent any more', async () => {
    const { contact, account } = org.fake.people.addPerson(ANN);
    const bo = org.fake.people.addContact({ FirstName: 'Bo', LastName: 'Ray', Email: 'bo@example.com' });
    await org.post('/import');
    org.fake.people.edit(contact, { MobilePhone: '+12025550144' });
    for (const email of ['ann@example.com', 'bo@example.com']) await edit(email, { jobTitle: 'Director', firstName: 'New', notes: 'Met' });
    expect(await org.sync()).toMatchObject({ there: { updated: 2 }, errors: 0 });
    for (const id of [contact, bo])
      expect(org.fake.people.read(id)).toMatchObject({ Title: 'Director', FirstName: 'New', Description: 'Met' });
    expect((await org.lead('ann@example.com')).altPhone1).toBe('+12025550144');
    expect(org.fake.requests.filter(({ method, path }) => method === 'PATCH' && path.endsWith(account))).toHaveLength(1);
    expect(await org.sync()).toMatchObject({ here: { updated: 0 }, there: { updated: 0 }, conflicts: 0 });
  });

  test.each([
    ['each mark goes to the account', new Set<string>(), true],
    ['a mark that is hidden at the account keeps the other from nobody', new Set(['Account.PersonDoNotCall']), false],
  ])('refuse to be written to and called: %s', async (_, hidden, isCallTold) => {
    await org.stop();
    org = await openConnectedOrg({ hasPersonAccounts: true, hidden });
    const { contact } = org.fake.people.addPerson({ ...ANN, Phone: '+12025550123' });
    await org.post('/import');
    await org.change({ writesOptOuts: true });
    const entries = [
      { kind: 'email', value: 'ann@example.com' },
      { kind: 'phone', value: '+12025550123' },
    ];
    await org.server.send('POST', '/api/suppressions', { entries });
    expect(await org.sync()).toMatchObject({ there: { optOuts: 1 }, errors: isCallTold ? 0 : 1 });
    expect(org.fake.people.read(contact)).toMatchObject({ HasOptedOutOfEmail: true, DoNotCall: isCallTold });
    expect(await org.sync()).toMatchObject({ there: { optOuts: 0 }, errors: 0 });
  });

  test('a lead without a company that is converted becomes one, and is followed', async () => {
    const known = org.fake.people.addLead({ ...ANN, Company: null });
    await org.post('/import');
    const { contact } = org.fake.people.convert(known);
    expect(org.fake.people.read(contact).IsPersonAccount).toBe(true);
    await org.sync();
    await edit('ann@example.com', { jobTitle: 'Director' });
    expect(await org.sync()).toMatchObject({ errors: 0 });
    expect(org.fake.people.read(contact).Title).toBe('Director');
    expect(await org.leads()).toHaveLength(1);
  });
});

describe('changes of person accounts', () => {
  const update = async (hidden: readonly string[], values: Record<string, string>) => {
    const org = await openOrg({ hasPersonAccounts: true, hidden: new Set(hidden) });
    try {
      const { contact } = org.fake.people.addPerson(ANN);
      const plain = org.fake.people.addContact({ LastName: 'Ray' });
      const items = [contact, plain].map((id) => ({ opId: `op ${id}`, id, values: valuesOf(values), unmodifiedSince: org.now }));
      const answers = await org.crm.updateRecords('contact', items);
      expect(answers.map(({ opId }) => opId)).toEqual(items.map(({ opId }) => opId));
      return { answers, contact, plain, person: org.fake.people.read(contact), other: org.fake.people.read(plain) };
    } finally {
      await org.fake.stop();
    }
  };

  test('are answered under the contact’s id', async () => {
    const { answers, contact, plain, person } = await update([], { Email: 'new@example.com', MobilePhone: '+12025550144' });
    expect(answers).toMatchObject([
      { kind: 'written', id: contact },
      { kind: 'written', id: plain },
    ]);
    expect(person).toMatchObject({ Email: 'new@example.com', MobilePhone: '+12025550144' });
  });

  test('of custom fields go by their name at the account, and what it refuses is told of that person alone', async () => {
    const { answers } = await update([], { Leadline_Id__c: 'the same for both' });
    expect(answers).toMatchObject([{ kind: 'failed', failure: { kind: 'duplicate', code: 'DUPLICATE_VALUE' } }, { kind: 'written' }]);
  });

  test('of a field that the account has not, or hides, are named and stop nobody else', async () => {
    for (const [hidden, name] of [
      [['Account.PersonTitle'], 'Title'],
      [[], 'Department'],
    ] as const) {
      const { answers, person, other } = await update(hidden, { [name]: 'New' });
      expect(answers).toMatchObject([
        { kind: 'failed', failure: { kind: 'validation', code: 'PERSON_ACCOUNT_FIELD', field: name } },
        { kind: 'written' },
      ]);
      expect([person[name] ?? null, other[name]]).toEqual([name === 'Title' ? 'Buyer' : null, 'New']);
    }
  });

  test('are refused when somebody wrote after they were read, or while they are sent', async () => {
    const org = await openOrg({ hasPersonAccounts: true });
    try {
      const { contact, account } = org.fake.people.addPerson(ANN);
      const change = { opId: 'a', id: contact, values: valuesOf({ Title: 'Ours' }), unmodifiedSince: org.now };
      org.now += 5_000;
      org.fake.people.edit(contact, { Title: 'Theirs' });
      expect(await org.crm.updateRecords('contact', [change])).toMatchObject([{ failure: { kind: 'changed' } }]);
      const act = () => {
        org.now += 5_000;
        org.fake.people.edit(account, { Phone: '1' });
      };
      org.fake.fault(`PATCH /services/data/v67.0/sobjects/Account/${account}`, { kind: 'meanwhile', act });
      const later = { ...change, unmodifiedSince: org.now };
      expect(await org.crm.updateRecords('contact', [later])).toMatchObject([{ failure: { kind: 'changed' } }]);
      expect(org.fake.people.read(contact).Title).toBe('Theirs');
      // The account moved by itself: the contact is still as it was read.
      expect(await org.crm.updateRecords('contact', [later])).toMatchObject([{ kind: 'written', id: contact }]);
    } finally {
      await org.fake.stop();
    }
  });

  test('an org without them is asked nothing about them', async () => {
    const org = await openOrg();
    const id = org.fake.people.addContact({ LastName: 'Ray' });
    unwrap(await org.crm.describe('contact'));
    const before = org.crm.usage().calls;
    await org.crm.updateRecords('contact', [{ opId: 'a', id, values: valuesOf({ Title: 'New' }) }]);
    expect(org.crm.usage().calls - before).toBe(1);
    await org.fake.stop();
  });
});

describe('accounts that a duplicate rule finds', () => {
  /** A new lead that is stopped by so many companies and these accounts. */
  const meet = async ({ crm, fake }: OpenOrg, accounts: readonly string[]) => {
    const matchRecords = accounts.map((Id) => ({ record: { attributes: { type: 'Account' }, Id, Name: 'Lee' } }));
    const duplicateResut = { allowSave: true, matchResults: [{ matchRecords }] };
    fake.fault('POST /services/data/v67.0/composite/sobjects', {
      kind: 'error',
      error: restError(400, 'DUPLICATES_DETECTED', 'One like it is there.', { duplicateResut }),
    });
    const before = crm.usage().calls;
    const [answer] = await createLeads(crm, 1);
    return { failure: answer?.kind === 'failed' ? answer.failure : null, calls: crm.usage().calls - before };
  };
  const companies = Array.from({ length: 205 }, (_, at) => `001${String(at).padStart(15, '0')}`);

  test('are people where they are of people, however many companies are among them', async () => {
    const org = await openOrg({ hasPersonAccounts: true });
    const { contact, account } = org.fake.people.addPerson(ANN);
    const { failure } = await meet(org, [...companies, account]);
    expect(failure?.matches?.filter(({ type }) => type === 'contact')).toEqual([{ type: 'contact', id: contact, title: 'Lee' }]);
    await org.fake.stop();
  });

  test('are taken for companies by no answer that failed: the lead is tried again', async () => {
    const org = await openOrg({ hasPersonAccounts: true });
    const { account } = org.fake.people.addPerson(ANN);
    unwrap(await org.crm.describe('contact'));
    org.fake.fault('GET /services/data/v67.0/query', { kind: 'error', error: restError(503, 'SERVER_UNAVAILABLE', 'Busy.') }, 9);
    expect((await meet(org, [account])).failure).toMatchObject({ kind: 'transient', code: 'SERVER_UNAVAILABLE' });
    await org.fake.stop();
  });

  test('are companies in an org without such people, which is asked nothing about them', async () => {
    const org = await openOrg();
    for (const type of ['lead', 'contact'] as const) unwrap(await org.crm.describe(type));
    expect(await meet(org, companies.slice(0, 1))).toMatchObject({
      failure: { kind: 'duplicate', matches: [{ type: 'account' }] },
      calls: 1,
    });
    await org.fake.stop();
  });
});
