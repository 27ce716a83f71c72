import { afterEach, beforeEach, expect, test } from 'vitest';
import { patchLead } from '../../../server/leads/change-leads.ts';
import { getLead } from '../../../server/leads/find-leads.ts';
import { matchLeads } from '../../../server/leads/match-leads.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import {
  addSuppressions,
  listSuppressions as listPage,
  removeSuppressions,
  type SuppressionInput,
} from '../../../server/leads/suppressions.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const ANN = {
  firstName: 'Ann',
  lastName: 'Lee',
  email: 'ann@mail.example.org',
  phone: '2025550123',
  altPhone2: '+442079460018',
  altEmail1: 'ann@example.net',
};
async function save(lead: typeof ANN): Promise<{ readonly leadId: string | null; readonly suppressedCount: number }> {
  const saved = await saveLeads(server.backend, server.actor, { leads: [lead] }, null);
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return JSON.parse(saved.value.body);
}
const listSuppressions = async (...args: Parameters<typeof listPage>) => {
  const page = await listPage(...args);
  if (!page.ok) throw new Error(page.error.code);
  return page.value;
};
const add = (entries: readonly SuppressionInput[]) => addSuppressions(server.backend, server.actor, entries);

test.each<[string, SuppressionInput, boolean]>([
  ['the address, in any case', { kind: 'email', value: ' ANN@mail.Example.org ' }, true],
  ['an alternate address', { kind: 'email', value: 'ann@example.net' }, true],
  ['the domain', { kind: 'domain', value: 'mail.example.org' }, true],
  ['the domain above it', { kind: 'domain', value: '@Example.org' }, true],
  ['a domain that only ends alike', { kind: 'domain', value: 'ple.org' }, false],
  ['the domain below it', { kind: 'domain', value: 'x.mail.example.org' }, false],
  ['the number as people write it', { kind: 'phone', value: '(202) 555-0123' }, true],
  ['an alternate number', { kind: 'phone', value: '+44 20 7946 0018' }, true],
  ['another number', { kind: 'phone', value: '2025550124' }, false],
])('who opted out by %s', async (_, entry, isHeld) => {
  const { leadId } = await save(ANN);
  const added = await add([entry]);
  expect(added).toMatchObject({ ok: true, value: { addedCount: 1, markedCount: isHeld ? 1 : 0 } });
  const stored = await getLead(server.backend, server.actor, leadId ?? '');
  expect(stored.ok && stored.value.lead.doNotContact).toBe(isHeld);
  expect((await save({ ...ANN, firstName: 'Anna' })).suppressedCount).toBe(isHeld ? 1 : 0);
});

const SPELLINGS = [
  'stop@corp.example.',
  'stop @corp.example',
  'sto p@corp.example',
  'stop\u200b@corp.example',
  'st\u00adop@corp.example',
  'stop@corp..example',
  '.stop@corp.example',
  'stop@corp.example?',
  'x@optout.example.',
  'x@optout.example/',
  'x@xn--mnchen-3ya.example',
  'x@münchen.example',
];
const LISTED: readonly SuppressionInput[] = [
  { kind: 'email', value: 'stop@corp.example' },
  { kind: 'domain', value: 'https://www.optout.example/' },
  { kind: 'domain', value: 'münchen.example' },
  { kind: 'phone', value: '+12025559999' },
];
const someone = { firstName: 'Bo', lastName: 'Ek', email: 'bo@ek.example', phone: '+12025550188' };
const OTHERWISE = [...SPELLINGS.map((email) => ({ email })), { phone: '+1(0)2025559999' }];

test.each(OTHERWISE)(
  'an opt-out does not slip through as %o: not on the way in, not by an edit, not when it is stored already',
  async (slip) => {
    const early = await saveLeads(server.backend, server.actor, { leads: [{ ...someone, ...slip }] }, null);
    const { leadId } = JSON.parse(early.ok ? early.value.body : '{}');
    await add(LISTED);
    const marked = await getLead(server.backend, server.actor, leadId);
    expect(marked).toMatchObject({ value: { lead: { doNotContact: true } } });
    const late = await saveLeads(server.backend, server.actor, { leads: [{ ...someone, firstName: 'Al', ...slip }] }, null);
    expect(JSON.parse(late.ok ? late.value.body : '{}')).toMatchObject({ suppressedCount: 1, savedCount: 0 });
    const other = { firstName: 'Cy', lastName: 'Orr', email: 'cy@orr.example', phone: '+12025550199' };
    const clean = await saveLeads(server.backend, server.actor, { leads: [other] }, null);
    const patched = await patchLead(server.backend, server.actor, JSON.parse(clean.ok ? clean.value.body : '{}').leadId, slip);
    expect(patched).toMatchObject({ ok: false, error: { code: 'SUPPRESSED' } });
  },
);

test('an entry is shown in the letters of its script, and is one entry in either spelling', async () => {
  await add([{ kind: 'domain', value: 'münchen.example' }]);
  expect(await add([{ kind: 'domain', value: 'xn--mnchen-3ya.example' }])).toMatchObject({ value: { addedCount: 0 } });
  expect(await listSuppressions(server.backend, server.actor)).toMatchObject({ suppressions: [{ value: 'münchen.example' }] });
});

test('an entry that is known is not added again', async () => {
  await add([{ kind: 'domain', value: 'example.org', reason: 'asked us' }]);
  server.clock.now += 1_000;
  expect(await add([{ kind: 'domain', value: 'EXAMPLE.org' }])).toMatchObject({ value: { addedCount: 0 } });
  expect(await listSuppressions(server.backend, server.actor)).toMatchObject({
    suppressions: [{ value: 'example.org', reason: 'asked us', source: 'api' }],
  });
});

test('an entry can be taken off; whom it marked stays marked', async () => {
  const { leadId } = await save(ANN);
  const added = await add([{ kind: 'email', value: ANN.email }]);
  const ids = added.ok ? added.value.entries.map((entry) => entry.id) : [];
  expect(await removeSuppressions(server.backend, server.actor, [...ids, 'nope'])).toEqual({ removedCount: 1 });
  expect((await save({ ...ANN, firstName: 'Anna' })).suppressedCount).toBe(0);
  expect(await getLead(server.backend, server.actor, leadId ?? '')).toMatchObject({ value: { lead: { doNotContact: true } } });
});

test.each<SuppressionInput>([
  { kind: 'email', value: 'ann' },
  { kind: 'email', value: 'a@example.com; b@example.com' },
  { kind: 'domain', value: 'org' },
  { kind: 'domain', value: 'ann@example.org' },
  { kind: 'phone', value: '12' },
])('$kind "$value" is no entry, and nothing of the call is added', async (entry) => {
  expect(await add([{ kind: 'domain', value: 'example.org' }, entry])).toMatchObject({
    ok: false,
    error: { about: 'bad_key_value', data: entry },
  });
  expect(await listSuppressions(server.backend, server.actor)).toEqual({ suppressions: [], totalCount: 0, nextCursor: null });
});

test.each<[string, string]>([
  ['Ann@Example.org', 'email ann@example.org'],
  ['@example.org', 'domain example.org'],
  ['www.example.org', 'domain example.org'],
  ['(202) 555-0123', 'phone +12025550123'],
  ['+44 20 7946 0018', 'phone +442079460018'],
])('an entry without a kind is known by its looks: %s', async (value, known) => {
  const added = await add([{ value }]);
  expect(added.ok && added.value.entries.map((entry) => `${entry.kind} ${entry.value}`)).toEqual([known]);
});

test('of a file, what is no entry is told by its place and left out; what comes twice is added once', async () => {
  const entries = [{ value: 'ann@example.org' }, { value: 'n/a' }, { value: 'ANN@example.org' }, { value: 'bob@example.org' }];
  const added = await addSuppressions(server.backend, server.actor, entries, { onInvalid: 'skip', source: 'file' });
  expect(added).toMatchObject({ ok: true, value: { addedCount: 2, invalid: [{ index: 1, value: 'n/a' }] } });
  expect((await listSuppressions(server.backend, server.actor)).suppressions.map((entry) => entry.source)).toEqual(['file', 'file']);
});

test('a lead that two entries hold is marked and counted once', async () => {
  await save(ANN);
  expect(await add([{ value: ANN.email }, { value: '@example.net' }, { value: ANN.altPhone2 }])).toMatchObject({
    value: { markedCount: 1 },
  });
  expect(await add([{ value: ANN.phone }])).toMatchObject({ value: { addedCount: 1, markedCount: 0 } });
});

test('asked by its keys, in whatever spelling, a lead is found with its values, and an opt-out with its entry', async () => {
  const { leadId } = await save(ANN);
  await add([{ kind: 'domain', value: 'blocked.example' }]);
  const answer = await matchLeads(server.backend, server.actor, {
    emails: ['ANN@mail.example.org', 'bob@mail.blocked.example', 'nobody@example.com', 'no address'],
    phones: ['202-555-0123', 'n/a'],
    linkedinUrls: ['https://www.linkedin.com/in/nobody'],
  });
  const lead = { id: leadId, version: 1, inList: true, lead: { email: ANN.email, phone: '+12025550123' } };
  expect(answer).toMatchObject({
    ok: true,
    value: {
      matches: [
        { key: 'ANN@mail.example.org', leads: [lead] },
        { key: '202-555-0123', leads: [lead] },
      ],
      suppressed: [
        { key: 'bob@mail.blocked.example', entry: 'blocked.example', kind: 'domain', since: new Date(server.clock.now).toISOString() },
      ],
    },
  });
  const elsewhere = await matchLeads(server.backend, server.actor, { listId: 'nope', emails: [ANN.email], phones: [], linkedinUrls: [] });
  expect(elsewhere).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } });
});

test('the list is read page by page, newest first, each entry once; a search finds values and reasons as they are shown', async () => {
  await add([{ value: 'münchen.example' }, { value: 'ann@example.org', reason: 'Asked by mail' }]);
  for (let number = 0; number < 5; number++) {
    server.clock.now += 1;
    await add([{ value: `p${number}@example.net` }]);
  }
  const seen: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await listSuppressions(server.backend, server.actor, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.totalCount).toBe(7);
    seen.push(...page.suppressions.map(({ value }) => value));
    cursor = page.nextCursor;
  }
  expect(seen.slice(0, 5)).toEqual([4, 3, 2, 1, 0].map((number) => `p${number}@example.net`));
  expect(new Set(seen).size).toBe(7);
  const search = async (text: string) => {
    const { suppressions, totalCount } = await listSuppressions(server.backend, server.actor, { search: text, limit: 2 });
    return [totalCount, ...suppressions.map(({ value }) => value)];
  };
  expect(await search('MÜNCH')).toEqual([1, 'münchen.example']);
  expect(await search('by mail')).toEqual([1, 'ann@example.org']);
  expect(await search('example.net')).toEqual([5, 'p4@example.net', 'p3@example.net']);
  expect(await listPage(server.backend, server.actor, { cursor: 'nonsense' })).toMatchObject({ ok: false, error: { about: 'bad_cursor' } });
});
