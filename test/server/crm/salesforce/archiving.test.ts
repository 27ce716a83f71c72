import { afterEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

let org: ConnectedOrg | null = null;
afterEach(() => org?.stop());

/** Two who were imported and then deleted here, where deletions go there too. */
async function deleteTwo(add: (from: ConnectedOrg, values: typeof ANN) => string, habits: Parameters<typeof openConnectedOrg>[0] = {}) {
  const opened = await openConnectedOrg(habits);
  org = opened;
  const ids = [add(opened, ANN), add(opened, { ...ANN, LastName: 'Ray', Email: 'bo@example.com' })] as const;
  await opened.post('/import');
  await opened.change({ whenDeletedHere: 'archive_there' });
  await opened.server.send('DELETE', '/api/leads', { ids: (await opened.leads()).map(({ id }) => id) });
  return { ...opened, ids };
}

describe('records whose leads were deleted here', () => {
  test('are told one by one where Salesforce does not let them go, and are tried again', async () => {
    const { fake, ids, sync, errors } = await deleteTwo((opened, values) => opened.fake.people.addLead(values));
    fake.org.habits.undeletable.add(ids[1]);
    expect(await sync()).toMatchObject({ errors: 1 });
    expect(fake.people.live('Lead').map(({ Id }) => Id)).toEqual([ids[1]]);
    expect(await errors()).toMatchObject([{ remote: { id: ids[1] }, failure: { kind: 'scope', code: 'INSUFFICIENT_ACCESS_OR_READONLY' } }]);
    fake.org.habits.undeletable.clear();
    await sync();
    expect([fake.people.live('Lead'), await errors()]).toEqual([[], []]);
    const before = fake.requests.filter(({ method }) => method === 'DELETE').length;
    await sync();
    expect(fake.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(before);
  });

  test('and were deleted there in the meantime are done with', async () => {
    const { fake, ids, sync, errors } = await deleteTwo((opened, values) => opened.fake.people.addLead(values));
    fake.people.remove(ids[0]);
    await sync();
    expect([fake.people.live('Lead'), await errors()]).toEqual([[], []]);
  });

  test('and became contacts in the meantime are kept there, and nobody comes back by them', async () => {
    const { fake, ids, sync, errors, leads } = await deleteTwo((opened, values) => opened.fake.people.addLead(values));
    const { contact } = fake.people.convert(ids[0]);
    await sync();
    await sync();
    expect([await leads(), await errors()]).toEqual([[], []]);
    expect([...ids, contact].map((id) => fake.people.read(id).IsDeleted)).toEqual([false, true, false]);
  });

  test('are left where they are person accounts, as those go with all they have', async () => {
    const { fake, sync, errors } = await deleteTwo((opened, values) => opened.fake.people.addPerson(values).contact, {
      hasPersonAccounts: true,
    });
    await sync();
    expect(fake.people.live('Contact')).toHaveLength(2);
    expect(fake.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
    expect((await errors()).map(({ failure }: { failure: { code: string } }) => failure.code)).toEqual([
      'PERSON_ACCOUNT_KEPT',
      'PERSON_ACCOUNT_KEPT',
    ]);
  });
});
