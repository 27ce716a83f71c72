import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type ConnectedOrg, openConnectedOrg } from '../../../support/salesforce/connected-org.ts';

const DAY_MS = 25 * 60 * 60_000;

let org: ConnectedOrg;
beforeEach(async () => {
  org = await openConnectedOrg();
});
afterEach(() => org.stop());

const hide = (...ids: readonly string[]) => ids.forEach((id) => void org.fake.org.habits.unshared.add(id));
const share = () => org.fake.org.habits.unshared.clear();
const read = (path: string) => org.server.ask(path).then((answer) => answer.json());
const linked = async () => (await read('/api/connections')).connections[0].health.linkedLeads;
const errors = () => org.errors();
const badge = async (email = 'ann@example.com') => (await read(`/api/leads?id=${(await org.lead(email)).id}`)).links[0]?.state;
const edit = async (values: object, email = 'ann@example.com') =>
  org.server.send('PATCH', `/api/leads/${(await org.lead(email)).id}`, values);

describe('a record that is not shared any more with whoever connected', () => {
  test('stays linked and is named; edits of both sides travel once it is shared again', async () => {
    const ann = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    hide(ann);
    await edit({ notes: 'Met in May' });
    expect(await org.sync()).toMatchObject({ errors: 1, here: { removed: 0 }, there: { created: 0, updated: 0 } });
    expect(await errors()).toMatchObject([{ remote: { id: ann }, failure: { kind: 'gone', code: 'record_unseen' } }]);
    expect(await badge()).toBe('unseen');
    org.fake.people.edit(ann, { Title: 'Director' });
    expect(await org.sync()).toMatchObject({ errors: 0, there: { created: 0, updated: 0 } });
    share();
    await org.sync();
    await org.sync();
    expect(org.fake.people.read(ann).Description).toBe('Met in May');
    expect(await org.lead('ann@example.com')).toMatchObject({ jobTitle: 'Director', notes: 'Met in May' });
    expect([await badge(), await errors(), await linked()]).toEqual(['linked', [], 1]);
    expect((await read(`/api/connections/${org.id}/conflicts`)).conflicts).toEqual([]);
  });

  test('an hour of wrong sharing ends no link, and removes nobody even where leads go with their records', async () => {
    const ids = Array.from({ length: 40 }, (_, index) =>
      org.fake.people.addLead({ ...ANN, LastName: `Lee ${index}`, Email: `p${index}@example.com` }),
    );
    await org.post('/import');
    await org.change({ whenGoneThere: 'remove_lead' });
    await org.sync();
    hide(...ids);
    org.pass(DAY_MS);
    expect(await org.sync()).toMatchObject({ errors: 40, here: { removed: 0 } });
    org.pass(DAY_MS);
    expect(await org.sync()).toMatchObject({ errors: 0, here: { removed: 0 } });
    share();
    for (const id of ids) org.fake.people.edit(id, { Title: 'Back' });
    await org.sync();
    expect(new Set((await org.leads()).map(({ jobTitle }) => jobTitle))).toEqual(new Set(['Back']));
    expect([await linked(), await errors()]).toEqual([40, []]);
  });

  test('is looked for again by itself, without waiting for the nightly look at all', async () => {
    const ann = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    hide(ann);
    org.pass(DAY_MS);
    await org.sync();
    share();
    await org.sync();
    expect([await badge(), await errors()]).toEqual(['linked', []]);
  });

  test('is erased here, as it is there, only once it was seen to be deleted', async () => {
    const ann = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    org.fake.people.remove(ann);
    await org.sync();
    expect(await badge()).toBe('missing');
    org.fake.people.purge(ann);
    org.pass(DAY_MS);
    await org.sync();
    expect(await badge()).toBe('purged');
  });

  test('is erased here where the log of deletions tells of one that never was in the bin', async () => {
    const ann = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    org.fake.people.purge(ann);
    await org.sync();
    expect(await badge()).toBe('missing');
    org.pass(DAY_MS);
    await org.sync();
    expect(await badge()).toBe('purged');
  });

  test('a dry run says the same and keeps nothing', async () => {
    const ann = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    hide(ann);
    await edit({ notes: 'Met in May' });
    org.pass(20 * 60_000);
    expect(await org.post('/dry-run')).toMatchObject({ errors: 1, there: { updated: 0 } });
    expect([await badge(), await errors()]).toEqual(['linked', []]);
  });
});

describe('a lead that became a contact who is not shared', () => {
  test.each([
    ['is edited', true],
    ['only comes to be shared', false],
  ])('waits as it is, is named, and goes on as that contact who %s', async (_, isEdited) => {
    const lead = org.fake.people.addLead(ANN);
    await org.post('/import');
    await org.sync();
    const { contact } = org.fake.people.convert(lead);
    hide(contact);
    await edit({ notes: 'Met in May' });
    await org.sync();
    expect(await errors()).toMatchObject([{ remote: { id: lead }, failure: { kind: 'moved', code: 'survivor_unseen' } }]);
    expect(await badge()).toBe('unseen');
    share();
    if (isEdited) org.fake.people.edit(contact, { Title: 'Director' });
    for (let runs = 0; runs < 2; runs++) await org.sync();
    expect([await errors(), await linked()]).toEqual([[], 1]);
    expect(org.fake.people.read(contact).Description).toBe('Met in May');
    expect(await org.leads()).toMatchObject([{ email: 'ann@example.com', jobTitle: isEdited ? 'Director' : 'Buyer' }]);
  });
});
