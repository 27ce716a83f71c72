import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readAll, unwrap, valuesOf } from '../../../support/crm-answers.ts';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { hostileText } from '../../../support/salesforce/hostile-text.ts';
import { ALL, openOrg } from '../../../support/salesforce/open-org.ts';

const COMPANY = 'Account.Name';

describe('a contact’s company is the name of its account', () => {
  let org: ConnectedOrg;
  const conflicts = async () => (await (await org.server.ask(`/api/connections/${org.id}/conflicts`)).json()).conflicts;
  beforeEach(async () => {
    org = await openConnectedOrg();
  });
  afterEach(() => org.stop());

  test('it comes in with the contact, and whoever has no account has none', async () => {
    org.fake.people.addEmployee(ANN, 'Fernhill');
    org.fake.people.addContact({ LastName: 'Kay', Email: 'cy@example.com' });
    expect(await org.post('/import')).toMatchObject({ created: 2 });
    expect(await org.lead('ann@example.com')).toMatchObject({ companyName: 'Fernhill' });
    expect((await org.lead('cy@example.com')).companyName ?? null).toBeNull();
    const { types } = await (await org.server.ask(`/api/connections/${org.id}/fields`)).json();
    const { fields, suggested } = types.find(({ type }: { type: string }) => type === 'contact');
    expect(fields).toContainEqual(expect.objectContaining({ name: COMPANY, label: 'Account Name', isReadOnly: true }));
    expect(suggested).toContainEqual(expect.objectContaining({ remote: COMPANY, direction: 'in' }));
  });

  test('who is an account of their own has no company', async () => {
    org.fake.org.habits.hasPersonAccounts = true;
    org.fake.people.addPerson(ANN);
    await org.post('/import');
    await org.sync();
    expect((await org.lead('ann@example.com')).companyName ?? null).toBeNull();
  });

  test('another account shows with the next run, another name of the account with the nightly one', async () => {
    const { account, contact } = org.fake.people.addEmployee(ANN, 'Fernhill');
    const other = org.fake.people.addEmployee({ LastName: 'Ray' }, 'Harborline').account;
    await org.post('/import');
    await org.sync();
    org.fake.people.edit(contact, { AccountId: other });
    await org.sync();
    expect((await org.lead('ann@example.com')).companyName).toBe('Harborline');
    org.fake.people.edit(contact, { AccountId: account });
    await org.sync();
    org.fake.people.edit(account, { Name: 'Fernhill Ltd' });
    await org.sync();
    expect((await org.lead('ann@example.com')).companyName).toBe('Fernhill');
    org.pass(25 * 60 * 60_000);
    await org.sync();
    expect((await org.lead('ann@example.com')).companyName).toBe('Fernhill Ltd');
    expect(await conflicts()).toEqual([]);
  });

  test.each([
    ['of its own', null, 'Fernhill'],
    ['that was there, called otherwise', 'Fernhill Ltd', 'Fernhill Ltd'],
  ])('a lead that becomes a contact at an account %s is no conflict', async (_, name, company) => {
    const lead = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    const { account } = org.fake.people.convert(lead);
    if (name !== null) org.fake.people.edit(String(account), { Name: name });
    for (let runs = 0; runs < 3; runs++) await org.sync();
    expect((await org.lead('ann@example.com')).companyName).toBe(company);
    expect(await conflicts()).toEqual([]);
    expect(org.fake.people.read(String(account)).Name).toBe(name ?? 'Fernhill');
  });

  test('a lead and a contact of one person with companies that differ come to rest, and the account keeps its name', async () => {
    const lead = org.fake.people.addLead({ ...ANN, Company: 'Fernhill' });
    const { account } = org.fake.people.addEmployee(ANN, 'Fernhill Ltd');
    await org.post('/import');
    for (let runs = 0; runs < 3; runs++) await org.sync();
    const before = [(await org.lead('ann@example.com')).companyName, org.fake.people.read(lead).Company, (await conflicts()).length];
    const ran = await org.sync();
    expect(ran).toMatchObject({ here: { updated: 0 }, there: { updated: 0 }, conflicts: 0 });
    expect([(await org.lead('ann@example.com')).companyName, org.fake.people.read(lead).Company, (await conflicts()).length]).toEqual(
      before,
    );
    expect(org.fake.people.read(account).Name).toBe('Fernhill Ltd');
  });

  test('an edit here stays here: neither the contact nor its account is written to for it', async () => {
    const { account } = org.fake.people.addEmployee(ANN, 'Fernhill');
    await org.post('/import');
    await org.sync();
    org.fake.requests.length = 0;
    await org.server.send('PATCH', `/api/leads/${(await org.lead('ann@example.com')).id}`, { companyName: 'Ours' });
    for (let runs = 0; runs < 2; runs++) expect(await org.sync()).toMatchObject({ there: { updated: 0 }, errors: 0 });
    org.pass(25 * 60 * 60_000);
    await org.sync();
    expect((await org.lead('ann@example.com')).companyName).toBe('Ours');
    expect(org.fake.people.read(account).Name).toBe('Fernhill');
    expect(org.fake.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  test('it cannot be mapped to travel out', async () => {
    const pair = { id: 'x', type: 'contact', local: { kind: 'field', id: 'companyName' }, remote: COMPANY, label: 'Account Name' };
    const more = { valueType: 'text', direction: 'both', rule: 'crm_unless_blank', trouble: null };
    const refused = await org.change({ pairs: [{ ...pair, ...more }] });
    expect([refused.status, (await refused.json()).error]).toEqual([400, expect.stringContaining('Account Name')]);
  });
});

describe('whichever way a contact is read', () => {
  test.each([false, true])('its company is the same, and nothing else differs either (person accounts: %s)', async (hasPersonAccounts) => {
    const org = await openOrg({ batchSize: 5, hasPersonAccounts });
    try {
      const { people } = org.fake;
      for (let index = 0; index < 12; index++) {
        const values = { LastName: `L${index}`, Email: `l${index}@example.com` };
        if (index % 3 === 0) people.addContact(values);
        else if (index % 3 === 1 && hasPersonAccounts) people.addPerson(values);
        else people.addEmployee(values, `Fernhill "${index}",\n& Sons`);
      }
      const fields = ['LastName', COMPANY];
      const plain = await readAll((page) => org.crm.listRecords('contact', ALL, fields, page));
      const told = new Map(plain.map(({ id, values }) => [id, [values.get('LastName'), values.get(COMPANY)]]));
      const ids = [...told.keys()];
      const same = (records: typeof plain) =>
        expect(new Map(records.map(({ id, values }) => [id, [values.get('LastName'), values.get(COMPANY)]]))).toEqual(told);
      expect(plain.filter(({ values }) => values.has(COMPANY))).toHaveLength(hasPersonAccounts ? 4 : 8);
      same(unwrap(await org.crm.readRecords('contact', ids, fields)).flatMap((answer) => (answer.kind === 'found' ? [answer.record] : [])));
      same(
        unwrap(
          await org.crm.findByEmail(
            'contact',
            ids.map((_, index) => `l${index}@example.com`),
            fields,
          ),
        ),
      );
      org.fake.org.views.push({ id: '00B000000000005AAA', object: 'Contact', label: 'Ours', where: null, scope: 'team' });
      const view = { kind: 'view', id: '00B000000000005AAA', name: 'Ours', type: 'contact' } as const;
      same(await readAll((page) => org.crm.listRecords('contact', view, fields, page)));
      org.fake.org.habits.countsAs = 51_000;
      const bulk = await readAll((page) => org.crm.listRecords('contact', ALL, fields, page));
      expect(org.fake.requests.some(({ path }) => path.endsWith('/jobs/query'))).toBe(true);
      same(bulk);
    } finally {
      await org.fake.stop();
    }
  });

  test('who was deleted between two looks is read anew, and not taken for somebody without a company', async () => {
    const org = await openOrg();
    try {
      const { contact } = org.fake.people.addEmployee({ LastName: 'Lee' }, 'Fernhill');
      org.fake.fault('/query', { kind: 'meanwhile', act: () => org.fake.people.remove(contact) });
      expect(await org.crm.readRecords('contact', [contact], [COMPANY])).toMatchObject({ ok: false, error: { kind: 'transient' } });
      expect(unwrap(await org.crm.readRecords('contact', [contact], [COMPANY]))).toMatchObject([{ kind: 'gone', why: 'archived' }]);
    } finally {
      await org.fake.stop();
    }
  });

  test('whatever it is to be set to, nothing is sent', async () => {
    const org = await openOrg();
    try {
      const { contact } = org.fake.people.addEmployee({ LastName: 'Lee' }, 'Fernhill');
      await org.crm.describe('contact');
      org.fake.requests.length = 0;
      await fc.assert(
        fc.asyncProperty(hostileText, async (name) => {
          const values = valuesOf({ LastName: 'Ray', [COMPANY]: name });
          const refused = [{ kind: 'failed', failure: { kind: 'scope', field: COMPANY } }];
          expect(await org.crm.createRecords('contact', [{ opId: 'a', key: 'k', values }])).toMatchObject(refused);
          expect(await org.crm.updateRecords('contact', [{ opId: 'a', id: contact, values }])).toMatchObject(refused);
        }),
        { numRuns: 50 },
      );
      expect(org.fake.requests).toEqual([]);
    } finally {
      await org.fake.stop();
    }
  });
});
