import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { LEAD_SORTS, type LeadQuery, type LeadRecord } from '../../../server/store/records.ts';
import { DATABASE_FILE } from '../../../server/store/sqlite/open.ts';
import type { Act } from '../../../server/store/store.ts';
import { openTestServer, type TestServer } from './open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const act = (): Act => ({ workspace: server.actor.workspace, member: server.actor.member, at: server.clock.now++ });
let imports = 0;
/** Stores leads as an API call does and gives their ids in order; `dryRun` takes all of it back. */
async function save(leads: readonly Lead[], dryRun = false, listName?: string): Promise<string[]> {
  let ids: string[] = [];
  const policy = { require: 'any', defaultCountry: 'US', onDuplicate: 'create', scope: 'list', overwriteFields: [] } as const;
  await server.store.saveBatch(act(), {
    import: {
      importId: `i${imports++}`,
      source: 'api',
      list: listName === undefined ? null : { name: listName },
      mapping: [],
      headers: [],
      policy,
      total: leads.length,
      chunkCount: 1,
      bodySha256: '',
    },
    rows: leads.map((lead, index) => ({ line: index + 1, decision: 'auto', lead })),
    dryRun,
    once: null,
    toAnswer: (batch) => {
      ids = batch.rows.map((row) => row.leadId ?? '');
      return { status: 201, body: '' };
    },
  });
  return ids;
}
async function find(query: Partial<LeadQuery>): Promise<{ readonly leads: readonly LeadRecord[]; readonly totalCount: number }> {
  const found = await server.store.findLeads(server.actor.workspace, { sort: 'createdAt', limit: 500, ...query });
  if (typeof found === 'string') throw new Error(found);
  return found;
}
const lastNames = async (search: string) => (await find({ search })).leads.map(({ lead }) => lead.lastName);
const person = (lastName: string): Lead => ({ firstName: 'Ann', lastName, email: `${lastName.toLowerCase()}@example.com` });

describe('a search knows a lead as it is now', () => {
  test('when it came, was changed, was deleted, and when its number was given again', async () => {
    const [one = '', two = '', three = ''] = await save(['Lee', 'Ray', 'Fox'].map(person));
    expect(await lastNames('example')).toEqual(['Lee', 'Ray', 'Fox']);
    await server.store.changeLead(act(), two, { lastName: 'Mills' });
    expect([await lastNames('mills'), await lastNames('ray@')]).toEqual([['Mills'], ['Mills']]);
    await server.store.deleteLeads(act(), [three, one]);
    expect(await lastNames('example')).toEqual(['Mills']);
    await server.store.deleteLeads(act(), [two]);
    await save(['Oh', 'Poe'].map(person));
    expect([await lastNames('ann'), await lastNames('mills')]).toEqual([['Oh', 'Poe'], []]);
  });
  test('when what was written was taken back', async () => {
    await save([person('Lee')]);
    expect(await lastNames('ann')).toEqual(['Lee']);
    await save(['Ray', 'Fox'].map(person), true);
    expect(await lastNames('ann')).toEqual(['Lee']);
    await save([person('Oh')]);
    expect(await lastNames('ann')).toEqual(['Lee', 'Oh']);
  });
  test('when another process has written, as a command beside the server may', async () => {
    await save([person('Lee')]);
    expect((await find({})).totalCount).toBe(1);
    const other = new Database(join(server.folder, DATABASE_FILE));
    other.pragma('foreign_keys = ON');
    other.prepare('DELETE FROM import_row').run();
    other.prepare('DELETE FROM lead').run();
    other.close();
    expect((await find({})).totalCount).toBe(0);
    expect(await lastNames('lee')).toEqual([]);
  });
});

test.each<[string, string]>([
  ['any part of a word', 'ompan'],
  ['one letter', 'z'],
  ['several words, each anywhere', 'müller zoe'],
  ['letters beyond A to Z, in any case', 'MÜLLER'],
  ['an alternate address', 'private@'],
  ['a number as people write it', '(202) 555-0123'],
  ['an alternate number', '+44 20-7946'],
])('a lead is found by %s', async (_, search) => {
  await save([
    {
      firstName: 'Zoë',
      lastName: 'Müller',
      email: 'zoe@example.com',
      altEmail3: 'private@example.net',
      phone: '+12025550123',
      altPhone2: '+442079460018',
      companyName: 'The Company',
    },
    person('Lee'),
  ]);
  expect(await lastNames(search)).toEqual(['Müller']);
});

test('every filter, order and page gives what going through all leads by hand gives', async () => {
  const leads = Array.from({ length: 60 }, (_, number) => ({
    ...person(`Lee${(number * 37) % 60}`),
    companyName: `Company ${number % 7}`,
    ...(number % 3 === 0 ? { ownerEmail: 'ann@example.com' } : {}),
    ...(number % 4 === 0 ? { tags: ['vip'] } : {}),
  }));
  const ids = [...(await save(leads.slice(0, 25), false, 'First')), ...(await save(leads.slice(25)))];
  for (const id of ids.filter((_, index) => index % 11 === 0)) await server.store.changeLead(act(), id, { notes: 'changed' });
  await server.store.addSuppressions(act(), [{ kind: 'email', value: 'lee7@example.com' }], 'api');
  const { leads: all } = await find({});
  const list = (await server.store.listLists(server.actor.workspace)).find(({ name }) => name === 'First')?.id ?? '';
  const maybe = <T>(value: T) => fc.constantFrom<T | undefined>(undefined, value);
  const filter = fc.record({
    search: fc.constantFrom(undefined, 'lee1', 'company 3', 'ann'),
    listId: maybe(list),
    importId: maybe(`i${imports - 1}`),
    tag: maybe('VIP'),
    owner: fc.constantFrom(undefined, 'ann@example.com', 'none'),
    doNotContact: fc.constantFrom(undefined, true, false),
  });
  const keyOf = (record: LeadRecord, name: string): string | number => {
    if (name === 'createdAt') return 0;
    if (name === 'updatedAt') return record.updatedAt;
    return (name === 'name' ? `${record.lead.lastName} ${record.lead.firstName}` : (record.lead.companyName ?? '')).toLowerCase();
  };
  await fc.assert(
    fc.asyncProperty(filter, fc.constantFrom(...LEAD_SORTS), fc.integer({ min: 1, max: 20 }), async (given, sort, limit) => {
      const name = sort.replace('-', '');
      const sign = sort.startsWith('-') ? -1 : 1;
      const wanted = all
        .map((record, index) => ({ record, index, key: keyOf(record, name) }))
        .filter(({ record: { lead, listIds, owner, doNotContact }, index }) => {
          const text = [lead.firstName, lead.lastName, lead.companyName, lead.email].join('\n').toLowerCase();
          return (
            (given.search ?? '').split(' ').every((word) => text.includes(word)) &&
            (given.listId === undefined || listIds.includes(given.listId)) &&
            (given.importId === undefined || index >= 25) &&
            (given.tag === undefined || lead.tags !== undefined) &&
            (given.owner === undefined || (owner === null) === (given.owner === 'none')) &&
            (given.doNotContact === undefined || doNotContact === given.doNotContact)
          );
        })
        .sort((a, b) => sign * (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index))
        .map(({ record }) => record.id);
      const query = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)); // its keys are those of a filter
      const paged: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof server.store.findLeads>> = await server.store.findLeads(server.actor.workspace, {
          ...query,
          sort,
          limit,
          ...(cursor === null ? {} : { cursor }),
        });
        if (typeof page === 'string') throw new Error(page);
        expect(page.totalCount).toBe(wanted.length);
        paged.push(...page.leads.map(({ id }) => id));
        cursor = page.nextCursor;
      } while (cursor !== null && paged.length <= wanted.length);
      expect(paged).toEqual(wanted);
      expect((await find({ ...query, sort, limit, page: 2 })).leads.map(({ id }) => id)).toEqual(wanted.slice(limit, 2 * limit));
      const selected = await server.store.selectLeads(server.actor.workspace, query);
      expect([...selected].sort()).toEqual([...wanted].sort());
    }),
    { numRuns: 300 },
  );
});
