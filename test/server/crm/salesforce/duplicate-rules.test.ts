import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { toFailure } from '../../../../server/crm/salesforce/failures.ts';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';
import type { OrgHabits } from '../../../support/salesforce/org.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

/** Who is there stays there: only leads of Leadline go out. */
const readsNobody = async () => {
  await org.post('/import');
  const scopeIn = { kind: 'campaign', id: org.fake.people.addCampaign('Empty'), name: 'Empty' };
  expect((await org.change({ scopeOut: { kind: 'all' }, scopeIn })).status).toBe(200);
};
const errors = () => org.errors();

describe('a duplicate rule that stops a change', () => {
  const names = ['Amy', 'Bea', 'Cia'] as const;
  /** Leads of both sides who are to be called as somebody else there is. */
  const open = async (count: number) => {
    org.fake.people.addLead({ ...ANN, FirstName: 'Zed', LastName: 'Zed', Email: 'z@example.com' });
    const known = names.slice(0, count).map((name) => org.fake.people.addLead({ ...ANN, FirstName: name, Email: `${name}@example.com` }));
    await org.post('/import');
    org.fake.org.habits.blocksDuplicates = true;
    for (const name of names.slice(0, count)) {
      const { id } = await org.lead(`${name.toLowerCase()}@example.com`);
      await org.server.send('PATCH', `/api/leads/${id}`, { firstName: 'Zed', lastName: 'Zed' });
    }
    expect(await org.sync()).toMatchObject({ there: { updated: 0 }, errors: count });
    return known;
  };
  const saveAnyway = async () => {
    for (const { id } of await errors())
      expect((await org.server.send('POST', `/api/connections/${org.id}/errors/${id}/retry`, { how: 'make_anyway' })).status).toBe(200);
  };

  test.each([1, 3])('is told as one of a change, and passed by once a person says "save anyway" (%i)', async (count) => {
    const known = await open(count);
    expect((await errors())[0]).toMatchObject({ failure: { kind: 'duplicate', code: 'DUPLICATES_DETECTED', isChange: true } });
    await saveAnyway();
    expect(await org.sync()).toMatchObject({ there: { updated: count }, errors: 0 });
    expect(known.map((id) => org.fake.people.read(id).LastName)).toEqual(known.map(() => 'Zed'));
    expect(await errors()).toEqual([]);
  });

  test('of many at once is told with whom it found, too', async () => {
    const zed = org.fake.people.addLead({ ...ANN, FirstName: 'Zed', LastName: 'Zed', Email: 'z@example.com' });
    for (let n = 0; n < 25; n++) org.fake.people.addLead({ ...ANN, FirstName: `A${n}`, Email: `a${n}@example.com` });
    await org.post('/import');
    org.fake.org.habits.blocksDuplicates = true;
    for (const { id, email } of await org.leads())
      if (email !== 'z@example.com') await org.server.send('PATCH', `/api/leads/${id}`, { firstName: 'Zed', lastName: 'Zed' });
    expect(await org.sync()).toMatchObject({ there: { updated: 0 }, errors: 25 });
    const told = { isChange: true, matches: [{ type: 'lead', id: zed, title: 'Zed Zed, z@example.com' }] };
    expect(await errors()).toMatchObject(Array.from({ length: 25 }, () => ({ failure: told })));
  });

  test('is asked again for the next change', async () => {
    const [known = ''] = await open(1);
    await saveAnyway();
    await org.sync();
    const { id } = await org.lead('amy@example.com');
    await org.server.send('PATCH', `/api/leads/${id}`, { firstName: 'Amy', lastName: 'Lee' });
    await org.sync();
    await org.server.send('PATCH', `/api/leads/${id}`, { firstName: 'Zed', lastName: 'Zed' });
    expect(await org.sync()).toMatchObject({ errors: 1 });
    expect(org.fake.people.read(known).LastName).toBe('Lee');
  });
});

describe('a duplicate rule that stops a new record', () => {
  /** Leads of Leadline alone whose namesakes are there with another address. */
  const open = async (count: number, habits: Partial<OrgHabits> = {}) => {
    await readsNobody();
    const known = Array.from({ length: count }, (_, n) =>
      org.fake.people.addLead({ FirstName: 'Zed', LastName: `Zed${n}`, Email: `old${n}@example.com` }),
    );
    Object.assign(org.fake.org.habits, { blocksDuplicates: true, ...habits });
    const leads = known.map((_, n) => ({
      firstName: 'Zed',
      lastName: `Zed${n}`,
      email: `new${n}@example.com`,
      companyName: 'Co',
      phone: `20255501${10 + n}`,
    }));
    expect((await org.server.send('POST', '/api/leads', { leads })).ok).toBe(true);
    return known;
  };
  const askedAlone = () => org.fake.requests.filter(({ method, path }) => method === 'POST' && /v67\.0\/sobjects\/Lead$/.test(path)).length;
  const links = async () => {
    for (const { id, failure } of await errors()) {
      const body = { how: 'link', remoteId: failure.matches[0].id };
      expect((await org.server.send('POST', `/api/connections/${org.id}/errors/${id}/retry`, body)).status).toBe(200);
    }
  };

  test.each<[string, Partial<OrgHabits>, number]>([
    ['under the name that some versions spell wrongly', {}, 3],
    ['under its right name', { matchesKey: 'duplicateResult' }, 3],
    ['with the many already, and nothing is asked again', { collectionsTellMatches: true }, 0],
  ])('names whom it found, told %s: the lead is linked with them', async (_, habits, asked) => {
    const known = await open(3, habits);
    expect(await org.sync()).toMatchObject({ there: { created: 0 }, errors: 3 });
    expect(askedAlone()).toBe(asked);
    const found = await errors();
    expect(found.map((error: { failure: { matches: { id: string }[] } }) => error.failure.matches.map(({ id }) => id)).sort()).toEqual(
      known.map((id) => [id]),
    );
    expect(found[0].failure).not.toHaveProperty('isBlocked');
    await links();
    await org.sync();
    expect(known.map((id) => org.fake.people.read(id).Phone)).toEqual(['+12025550110', '+12025550111', '+12025550112']);
    expect([org.fake.people.live('Lead'), await errors()]).toMatchObject([{ length: 3 }, []]);
    expect(askedAlone()).toBe(asked);
  });

  test('is asked again once for each, however many they are', async () => {
    await open(30);
    expect(await org.sync()).toMatchObject({ there: { created: 0 }, errors: 30 });
    expect(askedAlone()).toBe(30);
    await org.sync();
    expect(askedAlone()).toBe(30);
  });

  test('is asked again for no more than the calls left allow; the others are named once they are tried again', async () => {
    await open(30, { dailyLimit: 1_500 });
    expect(await org.sync()).toMatchObject({ there: { created: 0 }, errors: 30 });
    const left = 1_500 - org.fake.org.habits.usedToday;
    expect(askedAlone()).toBeGreaterThan(left / 200);
    expect(askedAlone()).toBeLessThanOrEqual(1_500 / 100);
    const unnamed = async () => (await errors()).filter(({ failure }: { failure: object }) => !('matches' in failure));
    expect(await unnamed()).toHaveLength(30 - askedAlone());
    for (let runs = 0; runs < 2; runs++) {
      for (const { id } of await unnamed())
        await org.server.send('POST', `/api/connections/${org.id}/errors/${id}/retry`, { how: 'again' });
      await org.sync();
    }
    expect([await unnamed(), (await errors()).length]).toEqual([[], 30]);
  });

  test('and no longer does when it is asked whom it found: the lead is made once, with our key', async () => {
    const [known = ''] = await open(1);
    org.fake.fault('POST /services/data/v67.0/sobjects/Lead', { kind: 'meanwhile', act: () => org.fake.people.remove(known) });
    expect(await org.sync()).toMatchObject({ there: { created: 1 }, errors: 0 });
    const { id } = await org.lead('new0@example.com');
    expect(org.fake.people.live('Lead')).toMatchObject([{ Email: 'new0@example.com', Leadline_Id__c: id }]);
  });

  test('and makes it then, but the answer is lost: it is found by our key and not made twice', async () => {
    const [known = ''] = await open(1);
    const fault = org.fake.fault('POST /services/data/v67.0/composite/sobjects ', { kind: 'meanwhile' });
    org.fake.fault('POST /services/data/v67.0/sobjects/Lead', { kind: 'lost_reply', act: () => org.fake.people.remove(known) });
    org.pass(20 * 60_000);
    expect(await org.post('/sync')).toMatchObject({ there: { created: 0 }, failure: { kind: 'ambiguous' } });
    expect(fault.left).toBe(0);
    expect(await org.sync()).toMatchObject({ there: { created: 1 } });
    expect(org.fake.people.live('Lead').map(({ Email }) => Email)).toEqual(['new0@example.com']);
  });

  test('and lets nobody pass it by is said: saving anyway stays refused, linking goes', async () => {
    const [known] = await open(1, { forbidsDuplicates: true });
    await org.sync();
    expect((await errors())[0].failure).toMatchObject({ kind: 'duplicate', isBlocked: true, matches: [{ id: known }] });
    const [{ id }] = await errors();
    const anyway = await org.server.send('POST', `/api/connections/${org.id}/errors/${id}/retry`, { how: 'make_anyway' });
    expect(anyway.status).toBe(200);
    expect(await org.sync()).toMatchObject({ there: { created: 0 }, errors: 1 });
    expect((await errors())[0].failure).toMatchObject({ isBlocked: true });
    await links();
    expect(await org.sync()).toMatchObject({ there: { updated: 1 }, errors: 0 });
  });
});

describe('what a duplicate rule finds', () => {
  test('that is an account of its own is the contact of that person', async () => {
    await org.stop();
    org = await openConnectedOrg({ hasPersonAccounts: true });
    await readsNobody();
    const { contact } = org.fake.people.addPerson({ FirstName: 'Zed', LastName: 'Zed', Email: 'old@example.com' });
    org.fake.org.habits.blocksDuplicates = true;
    await org.server.send('POST', '/api/leads', {
      leads: [{ firstName: 'Zed', lastName: 'Zed', email: 'new@example.com', phone: '2025550100', companyName: 'Co' }],
    });
    await org.sync();
    expect((await errors())[0].failure.matches).toMatchObject([{ type: 'contact', id: contact, title: 'Zed' }]);
  });

  test('that is a company is named as one, and no lead can be it', () => {
    const record = { attributes: { type: 'Account' }, Id: '001A', Name: 'Fernhill' };
    const duplicateResut = { allowSave: true, matchResults: [{ matchRecords: [{ record }] }] };
    expect(toFailure({ errorCode: 'DUPLICATES_DETECTED', message: '', duplicateResut }).matches).toEqual([
      { type: 'account', id: '001A', title: 'Fernhill' },
    ]);
  });
});
