import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

const errors = async () => (await (await org.server.ask(`/api/connections/${org.id}/errors`)).json()).errors;

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
