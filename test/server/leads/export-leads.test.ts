import { afterEach, beforeEach, expect, test } from 'vitest';
import { runImport } from '../../../server/imports/run-import.ts';
import { type ExportOptions, exportLeads } from '../../../server/leads/export-leads.ts';
import { findLeads } from '../../../server/leads/find-leads.ts';
import { createList } from '../../../server/leads/lists.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { addSuppressions } from '../../../server/leads/suppressions.ts';
import { makeLeadFile } from '../../support/make-leads.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

async function exported(options: ExportOptions = {}): Promise<string> {
  const result = await exportLeads(server.backend, server.actor, options);
  if (!result.ok) throw new Error(result.error.code);
  let text = '';
  for await (const piece of result.value) text += piece;
  return text;
}
async function everyLead() {
  const leads = [];
  let cursor: string | null = null;
  do {
    const page = await findLeads(server.backend, server.actor, { limit: 500, sort: 'createdAt', ...(cursor ? { cursor } : {}) });
    if (!page.ok) throw new Error(page.error.code);
    leads.push(...page.value.leads);
    cursor = page.value.nextCursor;
  } while (cursor);
  return leads.map(({ id, version, listIds, createdAt, updatedAt, source, owner, doNotContact, ...values }) => values);
}

test('what is exported and imported again is the same to the letter', async () => {
  const { bytes } = makeLeadFile({ rowCount: 1_100 });
  await runImport(server.backend, server.actor, bytes, {}, null);
  const nasty = {
    firstName: '=1+1',
    lastName: '@SUM(A1)',
    email: 'ann@example.com',
    phone: '+12025550123',
    notes: '"quoted", \r\nand\ttabs; \'apostrophe',
    companyName: '-Dash & Co',
    tags: ['=tag', 'two words'],
    customFields: [{ label: '+Formula', value: '\t=cmd' }],
  };
  await saveLeads(server.backend, server.actor, { leads: [nasty] }, null);
  const before = await everyLead();
  const csv = await exported();
  await server.end();
  server = await openTestServer();
  const again = await runImport(
    server.backend,
    server.actor,
    new TextEncoder().encode(csv),
    { onDuplicate: 'create', require: 'any' },
    null,
  );
  expect(again).toMatchObject({ ok: true, value: { created: before.length, rejected: 0 } });
  const untyped = (leads: typeof before) =>
    leads.map((lead) => ({ ...lead, customFields: lead.customFields.map(({ label, value }) => [label, value]) }));
  expect(untyped(await everyLead())).toEqual(untyped(before));
  expect(csv).not.toMatch(/(?:^|,|")[=@]/m);
});

test('only the leads of a list, and who opted out only for an admin who asks', async () => {
  const made = await createList(server.backend, server.actor, { name: 'Fair' });
  const listId = made.ok ? made.value.id : '';
  const ann = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };
  const bob = { ...ann, firstName: 'Bob', email: 'bob@example.org', phone: '2025550124' };
  await saveLeads(server.backend, server.actor, { leads: [ann] }, null);
  await saveLeads(server.backend, server.actor, { leads: [bob], listId }, null);
  expect(await exported({ listId })).toMatch(/^First name,.*\r\nBob,Lee,bob@example.org,\+12025550124,.*\r\n$/);
  await addSuppressions(server.backend, server.actor, [{ kind: 'domain', value: 'example.org' }]);
  expect((await exported()).split('\r\n')).toHaveLength(3);
  expect(await exported()).not.toContain('bob');
  expect(await exported({ includeDoNotContact: true })).toContain('bob');
  const member = { ...server.actor, role: 'member' } as const;
  expect(await exportLeads(server.backend, member, { includeDoNotContact: true })).toMatchObject({
    ok: false,
    error: { code: 'FORBIDDEN' },
  });
  expect(await exportLeads(server.backend, member, { listId: 'nope' })).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } });
});

test('of a search, a tag or an owner only what is found, past the first page too', async () => {
  const people = Array.from({ length: 1_250 }, (_, index) => ({
    firstName: 'Ann',
    lastName: `Lee${index}`,
    email: `ann${index}@${index % 2 === 0 ? 'even' : 'odd'}.example.com`,
    phone: `+1202555${String(1_000 + index)}`,
    tags: index < 1_100 ? ['fair'] : [],
  }));
  await saveLeads(server.backend, server.actor, { leads: people }, null);
  const names = async (options: ExportOptions) => (await exported(options)).match(/Lee\d+/g) ?? [];
  expect(await names({ tag: 'fair' })).toEqual(people.slice(0, 1_100).map(({ lastName }) => lastName));
  expect(await names({ search: 'even.example', tag: 'fair' })).toHaveLength(550);
  expect(await names({ owner: 'none' })).toHaveLength(1_250);
  await addSuppressions(server.backend, server.actor, [{ kind: 'domain', value: 'even.example.com' }]);
  expect(await names({ search: 'even.example' })).toEqual([]);
});
