import { beforeEach, describe, expect, test } from 'vitest';
import type { Crm } from '../../../../server/crm/adapter.ts';
import { SYNC_LIMITS, type SyncLimits } from '../../../../server/crm/sync/limits.ts';
import { runSync, type SyncAsk } from '../../../../server/crm/sync/run.ts';
import { createMemorySyncStore } from '../../../../server/store/memory/sync-store.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import { ok } from '../../../../shared/result.ts';
import { createRemote } from '../model/remote.ts';
import { settingsOf } from '../model/settings.ts';

/** What a run does not do before a person has given the number. */
const SETTINGS = settingsOf({ rules: ['crm', 'crm'], removesLeads: false, archivesThere: false, shouts: false, steps: [] });
const open = () => ({ ...createMemorySyncStore(), remote: createRemote(() => now++) });
let now = Date.UTC(2026, 4, 1, 12);
let ids = 0;
let { store, leads, remote } = open();
beforeEach(async () => {
  ({ store, leads, remote } = open());
  await change({});
});

async function change(settings: Partial<SyncSettings>): Promise<void> {
  await store.changeSettings({ workspace: 1, member: null, at: now }, 1, { ...SETTINGS, ...settings });
}
async function run(ask: Partial<SyncAsk> = {}, limits: Partial<SyncLimits> = {}, crm: Crm = remote.crm) {
  now += 60_000;
  const parts = {
    crm,
    store,
    workspace: 1,
    connection: 1,
    defaultCountry: 'US',
    owner: 'me',
    now: () => now,
    newId: () => `id${ids++}`,
  };
  const outcome = await runSync({ ...parts, limits: { ...SYNC_LIMITS, ...limits } }, { trigger: 'by_hand', ...ask });
  return outcome.kind === 'ran' ? outcome : expect.fail(outcome.kind);
}
const person = (firstName: string) => new Map([['firstName', firstName]]);

test('many removals at once are asked about: the run says how many', async () => {
  await change({ whenDeletedHere: 'archive_there' });
  for (let made = 0; made < 30; made++) leads.addLead({ firstName: `P${made}` });
  await run();
  for (const { id } of leads.listLeads()) leads.deleteLead(id);
  const asked = await run();
  expect([asked.failure?.code, asked.failure?.message, remote.seen.archived.length]).toEqual(['too_many_removals', '30', 0]);
  await run({ maxRemoved: 30 });
  expect(remote.seen.archived).toHaveLength(30);
});

test.each([
  ['leads whose records are gone are told as removed here', { whenGoneThere: 'remove_lead' }, { removedHere: 4, archivedThere: 0 }],
  [
    'records whose leads were deleted here are told as archived there',
    { whenDeletedHere: 'archive_there' },
    { removedHere: 0, archivedThere: 4 },
  ],
  ['where nothing is to go, nothing is told', {}, { removedHere: 0, archivedThere: 0 }],
] as const)('%s, and the dry run says so before', async (_, settings, told) => {
  const records = Array.from({ length: 20 }, (_each, made) => remote.user.add(person(`P${made}`)));
  await change(settings);
  await run();
  if ('whenGoneThere' in settings) for (const record of records.slice(0, 4)) record.state = 'archived';
  else for (const { id } of leads.listLeads().slice(0, 4)) leads.deleteLead(id);
  const before = [leads.listLeads().length, remote.live().length];
  expect((await run({ trigger: 'dry_run', sweepsNow: true })).counts).toMatchObject(told);
  expect([leads.listLeads().length, remote.live().length]).toEqual(before);
  expect((await run({ sweepsNow: true, maxRemoved: 4 })).counts).toMatchObject(told);
});

test('leads whose records are gone: every run asks about many, and they go once a person agrees', async () => {
  await change({ whenGoneThere: 'remove_lead' });
  const records = Array.from({ length: 30 }, (_, made) => remote.user.add(person(`P${made}`)));
  await run();
  for (const record of records) record.state = 'archived';
  for (const sweepsNow of [true, false]) {
    const asked = await run({ sweepsNow });
    expect([asked.failure?.code, asked.failure?.message, leads.listLeads().length]).toEqual(['too_many_removals', '30', 30]);
  }
  await run({ maxRemoved: 30, sweepsNow: true });
  expect(leads.listLeads()).toEqual([]);
});

test('one record that is not to be seen has no run look at all that is linked, though leads go with theirs', async () => {
  await change({ whenGoneThere: 'remove_lead' });
  const [unseen] = ['Ann', 'Bea', 'Cy'].map((name) => remote.user.add(person(name)));
  await run();
  if (unseen) remote.user.hide(unseen);
  await run({ sweepsNow: true });
  const listed: number[] = [];
  const { listLinks } = store;
  store = {
    ...store,
    listLinks: (fence, type, after, limit) => {
      listed.push(after);
      return listLinks(fence, type, after, limit);
    },
  };
  await run();
  expect([listed, leads.listLeads().length]).toEqual([[], 3]);
});

test('more new records than agreed to are asked about; what is linked is sent all the same', async () => {
  const record = remote.user.add(person('Ann'));
  await run();
  leads.editLead(leads.listLeads()[0]?.id ?? '', { firstName: 'Anna' }, now);
  for (let made = 0; made < 7; made++) leads.addLead({ firstName: `P${made}` });
  const asked = await run({ agreedCreates: 8 }, { maxCreates: 6 });
  expect([asked.failure?.code, asked.failure?.message, remote.live().length]).toEqual(['too_many_creates', '7', 1]);
  expect(record.values.get('firstName')).toBe('Anna');
  await run({ agreedCreates: 7 }, { maxCreates: 6 });
  expect(remote.live()).toHaveLength(8);
});

/** The CRM, where so many more leads are added here while it makes the first ones. */
function meanwhile(added: number): Crm {
  let left = added;
  return {
    ...remote.crm,
    createRecords: (type, items) => {
      for (; left > 0; left--) leads.addLead({ firstName: `Late${left}` });
      return remote.crm.createRecords(type, items);
    },
  };
}

test.each([
  ['many that came meanwhile are asked about', 20, {}, 6, 'too_many_creates', '20'],
  ['few that came meanwhile are made by the next run', 3, {}, 6, undefined, undefined],
  ['what was agreed to is all that is made', 20, { agreedCreates: 9 }, 9, 'too_many_creates', '20'],
])('no run makes more than may be made: %s', async (_, late, ask, made, code, number) => {
  for (let one = 0; one < made; one++) leads.addLead({ firstName: `P${one}` });
  const done = await run(ask, { maxCreates: 6, pageSize: 2 }, meanwhile(late));
  expect([remote.live().length, done.failure?.code, done.failure?.message]).toEqual([made, code, number]);
});

test('the number that is asked for is the one the dry run says: who is there by address is none of them', async () => {
  const nobody = async () => ok({ items: [], next: null });
  const unread: Crm = { ...remote.crm, listRecords: nobody, listChanged: nobody };
  for (let made = 0; made < 9; made++) leads.addLead({ firstName: `P${made}`, email: `p${made}@example.com` });
  for (let made = 0; made < 2; made++) remote.user.add(new Map([['email', `p${made}@example.com`]]));
  const said = await run({ trigger: 'dry_run' }, { maxCreates: 6 }, unread);
  const asked = await run({}, { maxCreates: 6 }, unread);
  expect([said.counts.createdThere, asked.failure?.message]).toEqual([7, '7']);
  expect((await run({ agreedCreates: 7 }, { maxCreates: 6 }, unread)).counts.createdThere).toBe(7);
});

describe('a field that is emptied on many leads at once', () => {
  const people = async (count: number) => {
    for (let made = 0; made < count; made++) leads.addLead({ firstName: `P${made}`, jobTitle: `T${made}` });
    await run({ agreedCreates: count });
  };
  const empty = (count: number) => {
    for (const { id, lead } of leads.listLeads().slice(0, count)) leads.editLead(id, { firstName: lead.firstName ?? '' }, now);
  };
  const filledThere = () => remote.live().filter(({ values }) => values.has('jobTitle')).length;

  test('is emptied nowhere in the CRM before a person gives the number; what else was edited goes', async () => {
    await people(30);
    empty(30);
    const [first] = leads.listLeads();
    leads.editLead(first?.id ?? '', { firstName: 'Anna' }, now);
    for (const ask of [{}, { agreedClears: 29 }, { trigger: 'schedule' }] as const) {
      const asked = await run(ask);
      expect([asked.failure?.code, asked.failure?.message, filledThere()]).toEqual(['too_many_cleared', '30', 30]);
    }
    expect(remote.live().filter(({ values }) => values.get('firstName') === 'Anna')).toHaveLength(1);
    expect((await run({ agreedClears: 30 })).failure).toBeNull();
    expect(filledThere()).toBe(0);
  });

  test('is asked for nothing by those that wait', async () => {
    await people(30);
    await run();
    const { calls } = await run();
    empty(30);
    expect((await run()).calls).toBe(calls);
  });

  test('is counted by a dry run as what a run comes to that was agreed to', async () => {
    await people(30);
    empty(30);
    expect((await run({ trigger: 'dry_run' })).counts).toMatchObject({ updatedThere: 30 });
    expect(filledThere()).toBe(30);
  });

  test.each([
    ['25 are no question', 25, 30, {}],
    ['nor is a tenth of all that are linked', 4, 40, { maxCleared: 3 }],
  ] as const)('%s', async (_, count, all, limits) => {
    await people(all);
    empty(count);
    expect((await run({}, limits)).failure).toBeNull();
    expect(filledThere()).toBe(all - count);
  });
});
