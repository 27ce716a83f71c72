import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { problem } from '#shared/problems.ts';
import { cancelImport, completeImport } from '../../../server/imports/finish-import.ts';
import { getImport } from '../../../server/imports/read-imports.ts';
import { deleteLeads, patchLead } from '../../../server/leads/change-leads.ts';
import { findLeads, getLead } from '../../../server/leads/find-leads.ts';
import { deleteList, listLists } from '../../../server/leads/lists.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { addSuppressions } from '../../../server/leads/suppressions.ts';
import { policyOf } from '../../shared/plan/plan-fixtures.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { announce, IMPORT_ID, person, send, sendGood } from './announce.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const ann = person('Ann');
async function store(lead: PlannedRow['lead'], listId?: string): Promise<string> {
  const body = { leads: [lead ?? {}], ...(listId === undefined ? {} : { listId }) };
  const saved = await saveLeads(server.backend, server.actor, body, null);
  if (!saved.ok) throw new Error(JSON.stringify(saved.error));
  return JSON.parse(saved.value.body).leadId;
}
async function leadCount(): Promise<number> {
  const found = await findLeads(server.backend, server.actor, {});
  return found.ok ? found.value.pagination.totalCount : -1;
}

test('a chunk that comes twice is stored once and answered the same, to the byte', async () => {
  await announce(server, { total: 4 });
  const rows: PlannedRow[] = [
    { line: 2, decision: 'create', lead: ann, problems: [problem('email_typo', { field: 'email', data: { suggestion: 'a@b.co' } })] },
    {
      line: 3,
      decision: 'reject',
      problems: [problem('email_no_at', { field: 'email', text: 'ann', column: 2 })],
      raw: ['Ann', 'Lee', 'ann'],
    },
    { line: 4, decision: 'blank' },
    { line: 5, decision: 'create', lead: { ...ann, firstName: 'Anne' } },
  ];
  const first = await sendGood(server, rows);
  const again = await send(server, rows);
  expect(again).toMatchObject({ ok: true, value: { replayed: true } });
  expect(JSON.stringify(again.ok && again.value.answer)).toBe(JSON.stringify(first));
  expect(first.outcomes.map((outcome) => outcome.bucket)).toEqual(['created', 'rejected', 'blank', 'duplicate']);
  expect(first.counters).toMatchObject({ created: 1, rejected: 1, blank: 1, duplicate: 1, updated: 0, review: 0 });
  expect(await leadCount()).toBe(1);
});

test('the answer is the same after a restart', async () => {
  await announce(server);
  const rows: PlannedRow[] = [{ line: 2, decision: 'auto', lead: ann }];
  const first = await sendGood(server, rows);
  server = await server.reopen();
  expect(JSON.stringify(await sendGood(server, rows))).toBe(JSON.stringify(first));
});

test('another body under the number of a stored chunk is refused and changes nothing', async () => {
  await announce(server);
  await sendGood(server, [{ line: 2, decision: 'create', lead: ann }]);
  const other = await send(server, [{ line: 2, decision: 'create', lead: person('Bob') }]);
  expect(other).toEqual({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } });
  expect(await leadCount()).toBe(1);
});

test('chunks may come in any order, and what is missing is told', async () => {
  await announce(server, { total: 3, chunkCount: 3 });
  await sendGood(server, [{ line: 4, decision: 'create', lead: ann }], 2);
  const state = await getImport(server.backend, server.actor, IMPORT_ID);
  expect(state.ok && state.value).toMatchObject({ state: 'receiving', missingChunks: [0, 1], counters: { created: 1 } });
  const early = await completeImport(server.backend, server.actor, IMPORT_ID);
  expect(early).toEqual({ ok: false, error: { code: 'MISSING_CHUNKS', details: [0, 1] } });
});

test.each([
  ['an import nobody announced', 'NOT_FOUND', 0, '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a0009'],
  ['a number past the last chunk', 'INVALID_REQUEST', 1, IMPORT_ID],
])('a chunk of %s is refused', async (_, code, seq, importId) => {
  await announce(server);
  expect(await send(server, [{ line: 2, decision: 'create', lead: ann }], seq, importId)).toMatchObject({ ok: false, error: { code } });
  expect(await leadCount()).toBe(0);
});

test('after the end of an import nothing more is taken, and what came before is still answered', async () => {
  await announce(server, { total: 2, chunkCount: 2 });
  const rows: PlannedRow[] = [{ line: 2, decision: 'create', lead: ann }];
  const first = await sendGood(server, rows, 0);
  await cancelImport(server.backend, server.actor, IMPORT_ID);
  const late = await send(server, [{ line: 3, decision: 'create', lead: person('Bob') }], 1);
  expect(late).toMatchObject({ ok: false, error: { code: 'CONFLICT', about: 'import_closed', data: { state: 'cancelled' } } });
  expect(JSON.stringify(await sendGood(server, rows, 0))).toBe(JSON.stringify(first));
});

test('a list is found by its name in any case', async () => {
  await announce(server);
  await sendGood(server, [{ line: 2, decision: 'create', lead: ann }]);
  const second = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a0002';
  const state = await announce(server, { list: { name: '  FAIR ' } }, second);
  expect(state.list).toMatchObject({ name: 'Fair' });
  const answer = await sendGood(server, [{ line: 2, decision: 'auto', lead: ann }], 0, second);
  expect(answer.outcomes[0]?.bucket).toBe('duplicate');
});

test('a new list exists from the first stored chunk, and goes again with a cancelled import that left it empty', async () => {
  const names = async () => (await listLists(server.backend, server.actor)).lists.map((list) => list.name);
  await announce(server, { total: 2, chunkCount: 2 });
  expect(await names()).toEqual(['Default list']);
  await sendGood(server, [{ line: 2, decision: 'blank' }]);
  expect(await names()).toEqual(['Default list', 'Fair']);
  await cancelImport(server.backend, server.actor, IMPORT_ID);
  expect(await names()).toEqual(['Default list']);
});

test('a list that was chosen and deleted meanwhile takes nothing', async () => {
  const saved = await server.store.addList({ workspace: server.actor.workspace, member: null, at: 1 }, 'Chosen');
  await announce(server, { list: { id: saved?.id ?? '' } });
  await deleteList(server.backend, server.actor, saved?.id ?? '');
  expect(await send(server, [{ line: 2, decision: 'create', lead: ann }])).toEqual({ ok: false, error: { code: 'LIST_NOT_FOUND' } });
});

describe('the server runs the same rules and may only be stricter', () => {
  test('a lead that came into the list meanwhile makes "create" a duplicate, and says so', async () => {
    const state = await announce(server);
    await sendGood(server, [{ line: 2, decision: 'create', lead: ann }]);
    const id = state.list.id ?? (await listLists(server.backend, server.actor)).lists[1]?.id;
    const second = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a0002';
    await announce(server, { list: { id: id ?? '' } }, second);
    const answer = await sendGood(server, [{ line: 2, decision: 'create', lead: ann }], 0, second);
    expect(answer.outcomes[0]).toMatchObject({ bucket: 'duplicate', changed: true });
    const receipt = await completeImport(server.backend, server.actor, second);
    expect(receipt.ok && receipt.value.changedSincePreview).toBe(1);
  });

  test('a row nobody decided is never "changed since preview"', async () => {
    await store(ann);
    await announce(server);
    const answer = await sendGood(server, [{ line: 2, decision: 'auto', lead: ann }]);
    expect(answer.outcomes[0]).toMatchObject({ bucket: 'addedToList' });
    expect(answer.outcomes[0]).not.toHaveProperty('changed');
  });

  test.each(['update', 'add', 'duplicate'] as const)('"%s" of a lead that is no more becomes a rejected row', async (decision) => {
    const leadId = await store(ann);
    await deleteLeads(server.backend, server.actor, [leadId]);
    await announce(server);
    const answer = await sendGood(server, [{ line: 2, decision, leadId, leadVersion: 1, lead: ann }]);
    expect(answer.outcomes[0]).toMatchObject({ bucket: 'rejected', changed: true, problems: [{ code: 'target_gone' }] });
  });

  test('a value that somebody changed since the preview is not overwritten, the others are, and the receipt says so', async () => {
    const leadId = await store({ ...ann, companyName: 'Acme', jobTitle: 'CTO' });
    const before = await getLead(server.backend, server.actor, leadId);
    const leadVersion = before.ok ? before.value.lead.version : 0;
    await patchLead(server.backend, server.actor, leadId, { companyName: 'By somebody else' });
    const policy = policyOf('overwrite', { scope: 'workspace', require: 'reachable', overwriteFields: ['companyName', 'jobTitle'] });
    await announce(server, { policy });
    const lead = { ...ann, companyName: 'NewCo', jobTitle: 'Chief' };
    const seen = [
      { field: 'companyName', value: 'Acme' },
      { field: 'jobTitle', value: 'CTO' },
    ];
    const answer = await sendGood(server, [{ line: 2, decision: 'update', leadId, leadVersion, seen, lead }]);
    expect(answer.outcomes[0]).toMatchObject({
      bucket: 'updated',
      changed: true,
      problems: [{ code: 'values_changed', field: 'companyName' }],
    });
    const now = await getLead(server.backend, server.actor, leadId);
    expect(now.ok && now.value.lead).toMatchObject({ companyName: 'By somebody else', jobTitle: 'Chief' });
    const receipt = await completeImport(server.backend, server.actor, IMPORT_ID);
    expect(receipt.ok && receipt.value.changedSincePreview).toBe(1);
  });

  test('a suppressed person is never written, whatever was decided, and leaves no values behind', async () => {
    await addSuppressions(server.backend, server.actor, [{ kind: 'domain', value: 'example.com' }]);
    await announce(server, { total: 2 });
    const rows: PlannedRow[] = [
      { line: 2, decision: 'create', lead: { ...ann, email: 'ann@mail.example.com' } },
      { line: 3, decision: 'review', lead: person('Bob'), raw: ['Bob', 'Lee'] },
    ];
    const answer = await sendGood(server, rows);
    expect(answer.outcomes.map((outcome) => outcome.bucket)).toEqual(['suppressed', 'suppressed']);
    const kept = await server.store.readImportRows(server.actor.workspace, IMPORT_ID, { limit: 10 });
    expect(JSON.stringify(kept)).not.toMatch(/Ann|Bob|mail\.example/);
  });

  test('a lead that is not as clean as it says is turned down', async () => {
    await announce(server);
    const answer = await sendGood(server, [{ line: 2, decision: 'create', lead: { ...ann, phone: '12' } }]);
    expect(answer.outcomes[0]).toMatchObject({ bucket: 'rejected', changed: true, problems: [{ code: 'phone_invalid' }] });
    expect(await leadCount()).toBe(0);
  });

  test('an address in capitals is stored as everybody else would find it', async () => {
    await announce(server);
    const answer = await sendGood(server, [{ line: 2, decision: 'create', lead: { ...ann, email: 'ANN@Example.com' } }]);
    const lead = await getLead(server.backend, server.actor, answer.outcomes[0]?.leadId ?? '');
    expect(lead.ok && lead.value.lead.email).toBe('ann@example.com');
  });

  test('a row that should be written but brings no lead is rejected', async () => {
    await announce(server);
    expect((await sendGood(server, [{ line: 2, decision: 'create' }])).outcomes[0]?.bucket).toBe('rejected');
  });

  test('a row about a person whom an earlier row of the file has touched is a duplicate in the file', async () => {
    await store(ann);
    await announce(server, { total: 2, policy: { onDuplicate: 'fill' } });
    const rows: PlannedRow[] = [
      { line: 2, decision: 'auto', lead: { ...ann, notes: 'first' } },
      { line: 3, decision: 'auto', lead: { ...ann, jobTitle: 'second' } },
    ];
    const answer = await sendGood(server, rows);
    expect(answer.outcomes.map((outcome) => outcome.bucket)).toEqual(['addedToList', 'duplicate']);
    expect(answer.outcomes[1]?.problems).toMatchObject([{ code: 'duplicate_in_file', data: { line: 2 } }]);
  });
});

describe('what is done to a lead that exists', () => {
  test.each([
    ['fill', 'only blanks are filled', { jobTitle: 'Chief', notes: 'old' }],
    ['overwrite', 'only the chosen fields are replaced', { notes: 'new' }],
    ['skip', 'nothing is touched', { notes: 'old' }],
  ] as const)('under "%s" %s', async (onDuplicate, _, expected) => {
    const leadId = await store({ ...ann, notes: 'old' });
    await announce(server, { policy: { onDuplicate, ...(onDuplicate === 'overwrite' ? { overwriteFields: ['notes'] } : {}) } });
    await sendGood(server, [{ line: 2, decision: 'auto', lead: { ...ann, notes: 'new', jobTitle: 'Chief' } }]);
    const found = await getLead(server.backend, server.actor, leadId);
    const { notes, jobTitle } = found.ok ? found.value.lead : {};
    expect({ notes, ...(jobTitle === undefined ? {} : { jobTitle }) }).toEqual(expected);
    expect(found.ok && found.value.lead.listIds).toHaveLength(2);
  });

  test('every changed field keeps its old value in the log, and who changed it by which import', async () => {
    const leadId = await store({ ...ann, notes: 'old', tags: ['a'], customFields: [{ label: 'City', value: 'Bonn' }] });
    const fields = ['notes', 'tags', 'custom:City'];
    await announce(server, { policy: { onDuplicate: 'overwrite', overwriteFields: fields } });
    const lead = { ...ann, notes: 'new', tags: ['b', 'c'], customFields: [{ label: 'City', value: 'Rome' }] };
    await sendGood(server, [{ line: 2, decision: 'auto', lead }]);
    const past = await server.store.readTimeline(server.actor.workspace, leadId);
    const changes = (past ?? []).filter((event) => event.kind === 'changed');
    expect(changes.map(({ field, old, new: now, importId }) => [field, old, now, importId]).sort()).toEqual([
      ['custom:City', 'Bonn', 'Rome', IMPORT_ID],
      ['notes', 'old', 'new', IMPORT_ID],
      ['tags', 'a', 'b; c', IMPORT_ID],
    ]);
    expect(changes[0]?.actor?.email).toBe('ann@example.com');
  });

  test('a new address is found from then on, the old one no more', async () => {
    await store(ann);
    await announce(server, { policy: { onDuplicate: 'overwrite', overwriteFields: ['email'] } });
    await sendGood(server, [{ line: 2, decision: 'auto', lead: { ...ann, email: 'new@example.com' } }]);
    const keys = ['ann@example.com', 'new@example.com'].map((value) => ({ kind: 'email' as const, value }));
    const found = await server.store.matchKeys(server.actor.workspace, keys);
    expect(found === 'list_not_found' ? found : found.map((match) => match.key.value)).toEqual(['new@example.com']);
  });

  test('an owner who is no member is a warning, and the text is kept', async () => {
    await announce(server, { total: 2 });
    const rows: PlannedRow[] = [
      { line: 2, decision: 'create', lead: { ...ann, ownerEmail: 'stranger@example.com' } },
      { line: 3, decision: 'create', lead: person('Bob', { ownerEmail: 'ann@example.com' }) },
    ];
    const answer = await sendGood(server, rows);
    expect(answer.outcomes[0]).toMatchObject({ bucket: 'created', problems: [{ code: 'owner_unknown', severity: 'warning' }] });
    const [stranger, member] = await Promise.all(answer.outcomes.map(({ leadId }) => getLead(server.backend, server.actor, leadId ?? '')));
    expect(stranger?.ok && stranger.value.lead).toMatchObject({
      owner: null,
      customFields: [{ label: 'Owner email (original)', value: 'stranger@example.com' }],
    });
    expect(member?.ok && member.value.lead.owner).toMatchObject({ email: 'ann@example.com' });
  });
});
