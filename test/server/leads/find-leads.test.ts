import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLeads, type LeadPageQuery } from '../../../server/leads/find-leads.ts';
import { createList } from '../../../server/leads/lists.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
let fair: string;
let importId: string;
const NAMES = ['Ann Lee', 'Bob Ray', 'Cy Oh', 'Dot Ames', 'Eve Fox'];

beforeAll(async () => {
  server = await openTestServer();
  const made = await createList(server.backend, server.actor, { name: 'Fair' });
  fair = made.ok ? made.value.id : '';
  const people = NAMES.map((name, index) => ({
    firstName: name.split(' ')[0] ?? '',
    lastName: name.split(' ')[1] ?? '',
    email: `${name.split(' ')[0]?.toLowerCase()}@example.com`,
    phone: `202555010${index}`,
    companyName: index % 2 === 0 ? '100% Wool' : 'Fernhill_A',
    ...(index < 2 ? { tags: ['Spring'] } : {}),
    ...(index === 0 ? { ownerEmail: 'ann@example.com' } : {}),
  }));
  await saveLeads(server.backend, server.actor, { leads: people.slice(0, 3) }, null);
  const second = await saveLeads(server.backend, server.actor, { leads: people.slice(3), listId: fair }, null);
  importId = second.ok ? JSON.parse(second.value.body).importId : '';
});
afterAll(() => server.end());

async function names(query: LeadPageQuery): Promise<string[]> {
  const found = await findLeads(server.backend, server.actor, query);
  if (!found.ok) throw new Error(JSON.stringify(found.error));
  return found.value.leads.map((lead) => `${lead.firstName} ${lead.lastName}`);
}

test.each<[string, () => LeadPageQuery, readonly string[]]>([
  ['without a wish, newest first', () => ({}), [...NAMES].reverse()],
  ['oldest first', () => ({ sort: 'createdAt' }), NAMES],
  ['by last name', () => ({ sort: 'name' }), ['Dot Ames', 'Eve Fox', 'Ann Lee', 'Cy Oh', 'Bob Ray']],
  ['of a list', () => ({ listId: fair, sort: 'createdAt' }), ['Dot Ames', 'Eve Fox']],
  ['of an import', () => ({ importId, sort: 'createdAt' }), ['Dot Ames', 'Eve Fox']],
  ['with a tag in any case', () => ({ tag: 'spring', sort: 'createdAt' }), ['Ann Lee', 'Bob Ray']],
  ['of an owner', () => ({ owner: 'Ann@example.com' }), ['Ann Lee']],
  ['of no owner', () => ({ owner: 'none', sort: 'createdAt' }), NAMES.slice(1)],
  ['where every word occurs somewhere', () => ({ search: 'ray BOB@' }), ['Bob Ray']],
  ['where a percent sign is meant', () => ({ search: '0%', sort: 'createdAt' }), ['Ann Lee', 'Cy Oh', 'Eve Fox']],
  ['where an underscore is meant', () => ({ search: 'l_a', sort: 'createdAt' }), ['Bob Ray', 'Dot Ames']],
  ['by part of a number', () => ({ search: '5550104' }), ['Eve Fox']],
  ['by nothing that is there', () => ({ search: "' OR 1=1 --" }), []],
])('leads are found %s', async (_, query, expected) => {
  expect(await names(query())).toEqual(expected);
});

test.each(['-createdAt', 'createdAt', 'name', '-name', 'companyName', '-updatedAt'] as const)(
  'page by page in the order "%s" every lead is seen once',
  async (sort) => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const found = await findLeads(server.backend, server.actor, { sort, limit: 2, ...(cursor ? { cursor } : {}) });
      if (!found.ok) throw new Error(JSON.stringify(found.error));
      seen.push(...found.value.leads.map((lead) => lead.id));
      cursor = found.value.nextCursor;
    } while (cursor);
    const whole = await findLeads(server.backend, server.actor, { sort, limit: 10 });
    expect(seen).toEqual(whole.ok && whole.value.leads.map((lead) => lead.id));
  },
);

test('a page by number tells how many there are', async () => {
  const found = await findLeads(server.backend, server.actor, { page: 2, limit: 2, sort: 'createdAt' });
  expect(found).toMatchObject({
    value: { leads: [{ firstName: 'Cy' }, { firstName: 'Dot' }], pagination: { page: 2, limit: 2, totalCount: 5, totalPages: 3 } },
  });
  expect(found.ok && found.value.lists.map((list) => list.name)).toEqual(['Default list', 'Fair']);
});

test.each([
  ['a list that is not there', { listId: 'nope' }, 'LIST_NOT_FOUND'],
  ['a cursor that is none', { cursor: 'nope' }, 'INVALID_REQUEST'],
])('%s is an error, never an empty page', async (_, query, code) => {
  expect(await findLeads(server.backend, server.actor, query)).toMatchObject({ ok: false, error: { code } });
});
