import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Lead } from '#shared/lead/lead.ts';
import { changeLeads, patchLead } from '../../../server/leads/change-leads.ts';
import { findLeads, getLead, getTimeline } from '../../../server/leads/find-leads.ts';
import { createList, listLists } from '../../../server/leads/lists.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { listTags } from '../../../server/leads/settings.ts';
import { addSuppressions } from '../../../server/leads/suppressions.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
let leadId: string;
const ANN = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '2025550123' };

beforeEach(async () => {
  server = await openTestServer();
  leadId = await save({ ...ANN, notes: 'old', tags: ['a'], customFields: [{ label: 'City', value: 'Bonn' }] });
});
afterEach(() => server.end());

async function save(lead: Lead): Promise<string> {
  const saved = await saveLeads(server.backend, server.actor, { leads: [lead] }, null);
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return JSON.parse(saved.value.body).leadId;
}
const patch = (values: Lead, version?: number, id = leadId) => patchLead(server.backend, server.actor, id, values, version);

test('a change by hand is checked as an import is, and counted as a new version', async () => {
  const changed = await patch({ email: ' NEW@Example.com ', phone: '(202) 555-0199', companyName: ' Acme ' }, 1);
  expect(changed).toMatchObject({
    ok: true,
    value: { lead: { version: 2, email: 'new@example.com', phone: '+12025550199', companyName: 'Acme', notes: 'old', tags: ['a'] } },
  });
});

test('the empty text clears a field, lists replace the old ones', async () => {
  const changed = await patch({ notes: '', tags: ['b', 'c'], customFields: [{ label: 'Size', value: 'L' }] });
  expect(changed).toMatchObject({ ok: true, value: { lead: { tags: ['b', 'c'], customFields: [{ label: 'Size', value: 'L' }] } } });
  expect(changed.ok && changed.value.lead).not.toHaveProperty('notes');
});

test('what changes nothing is no new version', async () => {
  expect(await patch({ email: ANN.email, notes: 'old' })).toMatchObject({ ok: true, value: { lead: { version: 1 } } });
});

test('a version that somebody else has passed is refused with the lead as it is now', async () => {
  await patch({ notes: 'theirs' }, 1);
  const late = await patch({ notes: 'mine' }, 1);
  expect(late).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT', about: 'other_version', details: [{ lead: { notes: 'theirs', version: 2 } }] },
  });
});

test.each([
  ['an address without @', { email: 'ann' }, 'email_no_at'],
  ['a number that is none', { phone: '12' }, 'phone_invalid'],
  ['two addresses at once', { email: 'a@example.com; b@example.com' }, 'emails_spread'],
  ['an owner who is no member', { ownerEmail: 'stranger@example.com' }, 'owner_unknown'],
  ['a company page', { linkedinUrl: 'https://www.linkedin.com/company/acme' }, 'linkedin_company'],
])('%s is refused and nothing changes', async (_, values, code) => {
  expect(await patch(values)).toMatchObject({ ok: false, error: { code: 'INVALID_LEADS', details: [{ code }] } });
  expect(await getLead(server.backend, server.actor, leadId)).toMatchObject({ value: { lead: { version: 1 } } });
});

test('a value on the suppression list is refused; the rest of a suppressed lead can still be corrected', async () => {
  await addSuppressions(server.backend, server.actor, [
    { kind: 'email', value: 'gone@example.com' },
    { kind: 'email', value: ANN.email },
  ]);
  const refused = await patch({ altEmail1: 'gone@example.com' });
  expect(refused).toMatchObject({ ok: false, error: { code: 'SUPPRESSED', details: [{ entry: 'gone@example.com', kind: 'email' }] } });
  expect(await patch({ notes: 'asked us to stop' })).toMatchObject({
    ok: true,
    value: { lead: { notes: 'asked us to stop', doNotContact: true } },
  });
});

test('a lead of nobody is not found', async () => {
  expect(await patch({ notes: 'x' }, undefined, 'nobody')).toEqual({ ok: false, error: { code: 'NOT_FOUND' } });
});

test('a lead is found by its new address and no more by the old one', async () => {
  await patch({ email: 'new@example.com' });
  expect(await save({ ...ANN, phone: '2025550188' })).not.toBe(leadId);
  expect(await save({ ...ANN, email: 'new@example.com' })).toBe(leadId);
});

test('the timeline tells where a lead came from and every change, newest first', async () => {
  server.clock.now += 1_000;
  await patch({ notes: 'new', customFields: [{ label: 'City', value: 'Rome' }] });
  server.clock.now += 1_000;
  await addSuppressions(server.backend, server.actor, [{ kind: 'email', value: ANN.email }]);
  const past = await getTimeline(server.backend, server.actor, leadId);
  const told = past.ok ? past.value.events.map(({ kind, field, old, new: now }) => [kind, field, old, now]) : [];
  expect(told).toEqual([
    ['marked_do_not_contact', 'doNotContact', '', 'yes'],
    ['changed', 'custom:City', 'Bonn', 'Rome'],
    ['changed', 'notes', 'old', 'new'],
    ['added_to_list', null, null, 'Default list'],
    ['created', null, null, null],
  ]);
  expect(past.ok && past.value.events.at(-1)).toMatchObject({
    source: 'api',
    importId: expect.any(String),
    actor: { email: 'ann@example.com' },
  });
});

test('many leads are put into lists, taken out and tagged at once', async () => {
  const other = await save({ ...ANN, email: 'bob@example.com', phone: '2025550124' });
  const made = await createList(server.backend, server.actor, { name: 'Fair' });
  const listId = made.ok ? made.value.id : '';
  const both = { ids: [leadId, other, 'nobody'] };
  const change = (selection: Parameters<typeof changeLeads>[2], what: Parameters<typeof changeLeads>[3]) =>
    changeLeads(server.backend, server.actor, selection, what);
  expect(await change(both, { addToList: listId, addTags: ['A', 'x'] })).toEqual({ ok: true, value: { foundCount: 2, changedCount: 2 } });
  expect(await change(both, { addToList: listId })).toEqual({ ok: true, value: { foundCount: 2, changedCount: 0 } });
  expect((await listTags(server.backend, server.actor)).tags).toEqual([
    { name: 'a', leadCount: 2 },
    { name: 'x', leadCount: 2 },
  ]);
  expect(await change({ filter: { listId, search: 'bob@' } }, { removeFromList: listId, removeTags: ['X'] })).toMatchObject({
    value: { changedCount: 1 },
  });
  expect((await listLists(server.backend, server.actor)).lists.map((list) => [list.name, list.leadCount])).toEqual([
    ['Default list', 2],
    ['Fair', 1],
  ]);
  expect(await change(both, { addToList: 'nope' })).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } });
  expect(await change({ filter: { tag: 'x' } }, { delete: true })).toEqual({ ok: true, value: { foundCount: 1, changedCount: 1 } });
  const left = await findLeads(server.backend, server.actor, {});
  expect(left.ok && left.value.leads.map((lead) => lead.id)).toEqual([other]);
});

test('all that a filter finds but a few: the few stay as they are', async () => {
  const kept = await save({ ...ANN, firstName: 'Bob', lastName: 'Ray', email: 'bob@example.com', phone: '2025550188' });
  const other = await save({ ...ANN, firstName: 'Cid', lastName: 'Orr', email: 'cid@example.com', phone: '2025550189' });
  const done = await changeLeads(
    server.backend,
    server.actor,
    { filter: { search: 'example.com' }, except: [kept, 'nobody'] },
    { addTags: ['x'] },
  );
  expect(done).toEqual({ ok: true, value: { changedCount: 2, foundCount: 2 } });
  const tagged = await findLeads(server.backend, server.actor, { tag: 'x', sort: 'createdAt' });
  expect(tagged.ok && tagged.value.leads.map(({ id }) => id)).toEqual([leadId, other]);
});
