import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import { insert } from '../../../support/salesforce/org.ts';
import { restError } from '../../../support/salesforce/org-errors.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg({ extras: new Set(['Lead.Partner__c']) });
});
afterEach(() => org.stop());

const errors = () => org.errors();
const addAccount = (name: string) => insert(org.fake.org, 'Account', { Name: name }).id;
const isWrite = ({ method, path }: { method: string; path: string }) => method === 'PATCH' || (method === 'POST' && /sobjects$/.test(path));
const writes = () => org.fake.requests.filter(isWrite).length;
/** So many leads of both sides, each changed here. */
const open = async (count: number, change: Record<string, unknown> = { notes: 'Met' }) => {
  const partner = addAccount('Fernhill');
  const known = Array.from({ length: count }, (_, n) =>
    org.fake.people.addLead({ ...ANN, FirstName: `A${n}`, Email: `a${n}@example.com`, Partner__c: partner }),
  );
  await org.post('/import');
  await org.sync();
  for (const { id } of await org.leads()) await org.server.send('PATCH', `/api/leads/${id}`, change);
  return known;
};

describe('a record that Salesforce holds', () => {
  test.each([
    ['in an approval', 'inApproval', 'ENTITY_IS_LOCKED', 1],
    ['in an approval, of many', 'inApproval', 'ENTITY_IS_LOCKED', 25],
    ['for an owner who left', 'inactiveOwners', 'INACTIVE_OWNER_OR_USER', 1],
    ['for an owner who left, of many', 'inactiveOwners', 'INACTIVE_OWNER_OR_USER', 25],
  ] as const)('%s is named, waits longer each time, and goes by itself in the end', async (_, habit, code, count) => {
    const [first = '', ...others] = await open(count);
    org.fake.org.habits[habit].add(first);
    expect(await org.sync()).toMatchObject({ there: { updated: count - 1 }, errors: 1 });
    expect(await errors()).toMatchObject([{ failure: { kind: 'held', code }, nextAt: expect.any(String) }]);
    const before = writes();
    for (let runs = 0; runs < 12; runs++) await org.sync(); // four hours
    expect(writes() - before).toBeLessThan(8);
    expect(await errors()).toHaveLength(1);
    org.fake.org.habits[habit].clear();
    org.pass(6 * 60 * 60_000);
    expect(await org.sync()).toMatchObject({ there: { updated: 1 }, errors: 0 });
    expect([first, ...others].map((id) => org.fake.people.read(id).Description)).toEqual([first, ...others].map(() => 'Met'));
    expect(await errors()).toEqual([]);
  });

  test('when it is to be deleted is named, too', async () => {
    const [known = ''] = await open(1);
    await org.sync();
    await org.change({ whenDeletedHere: 'archive_there' });
    org.fake.org.habits.inApproval.add(known);
    await org.server.send('DELETE', '/api/leads', { ids: (await org.leads()).map(({ id }) => id) });
    await org.sync();
    expect(await errors()).toMatchObject([{ failure: { kind: 'held', code: 'ENTITY_IS_LOCKED' } }]);
    org.fake.org.habits.inApproval.clear();
    await org.sync();
    expect([org.fake.people.read(known).IsDeleted, await errors()]).toEqual([true, []]);
  });
});

describe('a field that names another record', () => {
  const partnerOf = (value: string) => ({ notes: 'Met', customFields: [{ label: 'Partner', value }] });
  const gone = (): string => {
    const account = addAccount('Tidewell');
    org.fake.people.remove(account);
    return account;
  };
  test.each<[string, () => string, number]>([
    ['that is no id', () => 'Tidewell', 1],
    ['that never was', () => '001000000000999AAA', 1],
    ['that is in the bin', gone, 1],
    ['that is in the bin, of many', gone, 25],
  ])('%s is told by its label with what it says, and sent again only once it was changed', async (_, makeValue, count) => {
    const value = makeValue();
    const known = await open(count, partnerOf(value));
    expect(await org.sync()).toMatchObject({ there: { updated: 0 }, errors: count });
    const told = { kind: 'validation', code: 'lookup_gone', field: 'Partner', message: value };
    expect(await errors()).toMatchObject(known.map(() => ({ failure: told, nextAt: null })));
    const before = writes();
    await org.sync();
    expect([writes(), (await errors()).length]).toEqual([before, count]);
    const account = addAccount('Brightloom');
    for (const { id } of await org.leads()) await org.server.send('PATCH', `/api/leads/${id}`, partnerOf(account));
    expect(await org.sync()).toMatchObject({ there: { updated: count }, errors: 0 });
    expect(known.map((id) => org.fake.people.read(id).Partner__c)).toEqual(known.map(() => account));
    expect(await errors()).toEqual([]);
  });

  test('in a new lead is told the same way', async () => {
    await open(1);
    await org.change({ scopeOut: { kind: 'all' } });
    const lead = { firstName: 'Bo', email: 'bo@example.com', phone: '2025550123', companyName: 'Co', ...partnerOf('001000000000999AAA') };
    expect((await org.server.send('POST', '/api/leads', { leads: [{ ...lead, lastName: 'Lee' }] })).ok).toBe(true);
    expect(await org.sync()).toMatchObject({ there: { created: 0 }, errors: 1 });
    expect(await errors()).toMatchObject([{ failure: { code: 'lookup_gone', field: 'Partner' } }]);
  });

  test('of the org’s own automation is told in Salesforce’s words', async () => {
    await open(1);
    const refused = restError(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', { fields: [] });
    org.fake.fault('PATCH /services/data/v67.0/sobjects/Lead/', { kind: 'error', error: refused });
    expect(await org.sync()).toMatchObject({ errors: 1 });
    expect(await errors()).toMatchObject([{ failure: { kind: 'validation', message: 'invalid cross reference id' }, nextAt: null }]);
  });

  test('says nothing where it is the record itself that is gone', async () => {
    const [known = ''] = await open(1, partnerOf('001000000000999AAA'));
    org.fake.fault('PATCH /services/data/v67.0/sobjects/Lead/', { kind: 'meanwhile', act: () => void org.fake.people.purge(known) });
    org.pass(20 * 60_000);
    expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', errors: 0, failure: { kind: 'gone' } });
    expect(await errors()).toEqual([]);
  });
});

test('a change that came in between is seen by the status of the answer, whatever its body says', async () => {
  const [known = ''] = await open(1);
  const refused = restError(412, 'PRECONDITION_FAILED', 'Precondition failed');
  org.fake.fault('PATCH /services/data/v67.0/sobjects/Lead/', { kind: 'error', error: refused });
  org.pass(20 * 60_000);
  expect(await org.post('/sync')).toMatchObject({ outcome: 'partly', errors: 0, failure: { kind: 'changed' } });
  expect(await org.sync()).toMatchObject({ there: { updated: 1 }, errors: 0 });
  expect(org.fake.people.read(known).Description).toBe('Met');
});

test('a text that is too long for its field there holds back that field, not the rest', async () => {
  const [known = ''] = await open(1, { jobTitle: 'T'.repeat(129), notes: 'Met' });
  expect(await org.sync()).toMatchObject({ there: { updated: 1 }, errors: 1 });
  expect(org.fake.people.read(known)).toMatchObject({ Title: ANN.Title, Description: 'Met' });
  expect(await errors()).toMatchObject([{ failure: { kind: 'validation', code: 'value_too_long', field: 'Title' }, nextAt: null }]);
  const [{ id }] = await org.leads();
  await org.server.send('PATCH', `/api/leads/${id}`, { jobTitle: 'T'.repeat(128) });
  expect(await org.sync()).toMatchObject({ there: { updated: 1 }, errors: 0 });
  expect(org.fake.people.read(known).Title).toBe('T'.repeat(128));
  expect(await errors()).toEqual([]);
});
