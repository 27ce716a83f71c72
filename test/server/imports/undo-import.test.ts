import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { CreateImportBody } from '#shared/api/imports.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { RETENTION } from '#shared/limits.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { cancelImport, completeImport } from '../../../server/imports/finish-import.ts';
import { getImport } from '../../../server/imports/read-imports.ts';
import { undoImport } from '../../../server/imports/undo-import.ts';
import { changeLeads, patchLead } from '../../../server/leads/change-leads.ts';
import { getTimeline } from '../../../server/leads/find-leads.ts';
import { createList } from '../../../server/leads/lists.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { addSuppressions, removeSuppressions } from '../../../server/leads/suppressions.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { announce, person, sendGood } from './announce.ts';

let server: TestServer;
let imports = 0;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

/** Imports leads to the list "Fair" unless told otherwise; gives the import's id and one lead id per row. */
async function importLeads(leads: readonly Lead[], rest: Partial<CreateImportBody> = {}) {
  const importId = `0b9f2a52-6d0e-4c3c-9a51-${String(++imports).padStart(12, '0')}`;
  await announce(server, { total: leads.length, ...rest }, importId);
  const rows: PlannedRow[] = leads.map((lead, index) => ({ line: index + 2, decision: 'auto', lead }));
  const { outcomes } = await sendGood(server, rows, 0, importId);
  const done = await completeImport(server.backend, server.actor, importId);
  if (!done.ok) throw new Error(done.error.code);
  return { importId, ids: outcomes.map(({ leadId }) => leadId ?? ''), receipt: done.value };
}
async function undo(importId: string) {
  const done = await undoImport(server.backend, server.actor, importId);
  if (!done.ok) throw new Error(JSON.stringify(done.error));
  return done.value;
}
const read = (id: string) => server.store.readLead(server.actor.workspace, id);
const lists = () => server.store.listLists(server.actor.workspace);
const listNamed = async (name: string) => (await lists()).find((list) => list.name === name);
const fill = { policy: { onDuplicate: 'fill' } } as const;
const overwrite = (...overwriteFields: string[]) => ({ policy: { onDuplicate: 'overwrite' as const, overwriteFields } });

describe('what an import created', () => {
  test('goes, with the list it made, and the file can be imported again as new', async () => {
    const people = [person('Ann'), person('Bob', { tags: ['fair'], customFields: [{ label: 'City', value: 'Bonn' }] })];
    const { importId, ids } = await importLeads(people);
    expect(await undo(importId)).toEqual({
      state: 'undone',
      removed: 2,
      restored: 0,
      kept: [],
      keptCount: 0,
      message: 'Import undone. 2 leads removed.',
    });
    expect(await Promise.all(ids.map(read))).toEqual([null, null]);
    expect(await listNamed('Fair')).toBeUndefined();
    const again = await importLeads(people);
    expect(again.receipt).toMatchObject({ created: 2, duplicate: 0, review: 0 });
    expect(await listNamed('Fair')).toMatchObject({ leadCount: 2 });
  });

  const touches: readonly (readonly [string, string, (id: string) => Promise<unknown>])[] = [
    ['somebody edited', 'edited_since', (id) => patchLead(server.backend, server.actor, id, { notes: 'called' })],
    ['somebody tagged', 'edited_since', (id) => changeLeads(server.backend, server.actor, { ids: [id] }, { addTags: ['vip'] })],
    [
      'somebody put into another list',
      'added_to_list',
      async (id) => {
        const made = await createList(server.backend, server.actor, { name: 'Mine' });
        return changeLeads(server.backend, server.actor, { ids: [id] }, { addToList: made.ok ? made.value.id : '' });
      },
    ],
    ['another import changed', 'changed_by_import', () => importLeads([person('Ann', { notes: 'filled' })], fill)],
    ['another import put into its list', 'added_to_list', () => importLeads([person('Ann')], { list: { name: 'Other' } })],
  ];
  test.each(touches)('stays when %s it since, whole and with the reason', async (_, reason, touch) => {
    const { importId, ids } = await importLeads([person('Ann'), person('Bob')]);
    const [ann = ''] = ids;
    await touch(ann);
    const before = await read(ann);
    expect(await undo(importId)).toMatchObject({ removed: 1, restored: 0, kept: [{ leadId: ann, reason }], keptCount: 1 });
    expect(await read(ann)).toEqual(before);
    expect(await listNamed('Fair')).toMatchObject({ leadCount: 1 });
  });

  test('goes when the change or the list somebody gave it was itself undone', async () => {
    const first = await importLeads([person('Ann'), person('Bob')]);
    const second = await importLeads([person('Ann', { notes: 'filled' })], fill);
    const third = await importLeads([person('Bob')], { list: { name: 'Other' } });
    expect(await undo(second.importId)).toMatchObject({ removed: 0, restored: 1, kept: [] });
    expect(await undo(third.importId)).toMatchObject({ removed: 0, restored: 1, kept: [] });
    expect(await undo(first.importId)).toMatchObject({ removed: 2, kept: [] });
    expect((await lists()).map((list) => list.name)).toEqual(['All leads']);
  });

  test('a list it made goes with the last import into it, whichever is undone first', async () => {
    const first = await importLeads([person('Ann')]);
    const second = await importLeads([person('Bob')]);
    await undo(first.importId);
    expect(await listNamed('Fair')).toMatchObject({ leadCount: 1 });
    await undo(second.importId);
    expect(await listNamed('Fair')).toBeUndefined();
  });

  test('a list that was there before stays, empty or not', async () => {
    const made = await createList(server.backend, server.actor, { name: 'Fair' });
    const { importId } = await importLeads([person('Ann')], { list: { id: made.ok ? made.value.id : '' } });
    await undo(importId);
    expect(await listNamed('Fair')).toMatchObject({ leadCount: 0 });
  });

  test('an opt-out that came since outlives it: by the suppression list, else by the lead that is kept', async () => {
    const { importId, ids } = await importLeads([person('Ann'), person('Bob')]);
    const entries = ['ann', 'bob'].map((name) => ({ kind: 'email' as const, value: `${name}@example.com` }));
    await addSuppressions(server.backend, server.actor, entries);
    const bob = (await server.store.listSuppressions(server.actor.workspace)).find((entry) => entry.value.startsWith('bob'));
    await removeSuppressions(server.backend, server.actor, [bob?.id ?? '']);
    expect(await undo(importId)).toMatchObject({ removed: 1, kept: [{ leadId: ids[1], reason: 'do_not_contact' }] });
    expect((await importLeads([person('Ann')])).receipt).toMatchObject({ suppressed: 1, created: 0 });
  });

  test('leads of an API call go as well', async () => {
    const saved = await saveLeads(server.backend, server.actor, { leads: [person('Ann'), person('Bob')] }, null);
    const { importId, leadIds } = JSON.parse(saved.ok ? saved.value.body : '{}');
    expect(await undo(importId)).toMatchObject({ removed: 2 });
    expect(await Promise.all(leadIds.map(read))).toEqual([null, null]);
  });

  test('what a cancelled import had stored goes too, and its buckets still add up', async () => {
    const importId = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a00aa';
    await announce(server, { total: 5, chunkCount: 2 }, importId);
    await sendGood(server, [{ line: 2, decision: 'create', lead: person('Ann') }], 0, importId);
    await cancelImport(server.backend, server.actor, importId);
    expect(await undo(importId)).toMatchObject({ removed: 1 });
    const state = await getImport(server.backend, server.actor, importId);
    expect(state).toMatchObject({ value: { state: 'undone', counters: { created: 1, cancelled: 4 } } });
  });
});

describe('what was there before an import', () => {
  const before = person('Ann', {
    companyName: 'Acme',
    tags: ['old'],
    customFields: [
      { label: 'City', value: 'Bonn' },
      { label: 'Size', value: '10', type: 'number' },
    ],
  });

  test('is as it was, field by field, custom fields and tags included', async () => {
    const { ids } = await importLeads([before], { list: { name: 'Old' } });
    const [id = ''] = ids;
    const old = await read(id);
    const incoming = person('Ann', {
      companyName: 'Umbrella',
      jobTitle: 'CEO',
      phone: '+442079460018',
      tags: ['new', 'newer'],
      customFields: [
        { label: 'City', value: 'Rome' },
        { label: 'Colour', value: 'red' },
      ],
    });
    const fields = ['companyName', 'jobTitle', 'phone', 'tags', 'custom:City', 'custom:Colour'];
    const { importId } = await importLeads([incoming], { ...overwrite(...fields), list: { name: 'New' } });
    expect((await read(id))?.lead).toMatchObject({
      companyName: 'Umbrella',
      jobTitle: 'CEO',
      phone: '+442079460018',
      tags: ['new', 'newer'],
    });
    expect(await undo(importId)).toMatchObject({ removed: 0, restored: 1, kept: [] });
    const now = await read(id);
    expect(now?.lead).toEqual(old?.lead);
    expect(now?.listIds).toEqual(old?.listIds);
    const found = (phone = '') => server.store.matchKeys(server.actor.workspace, [{ kind: 'phone', value: phone }]);
    expect(await found(before.phone)).toMatchObject([{ leads: [{ id }] }]); // by its old number again
    expect(await found('+442079460018')).toEqual([]);
  });

  test('keeps what somebody edited since, and gets the rest back', async () => {
    const { ids } = await importLeads([before]);
    const [id = ''] = ids;
    const { importId } = await importLeads(
      [person('Ann', { companyName: 'Umbrella', jobTitle: 'CEO' })],
      overwrite('companyName', 'jobTitle'),
    );
    await patchLead(server.backend, server.actor, id, { jobTitle: 'CTO' });
    expect(await undo(importId)).toMatchObject({
      restored: 1,
      kept: [{ leadId: id, reason: 'edited_since', fields: [{ field: 'jobTitle', reason: 'edited_since' }] }],
    });
    expect((await read(id))?.lead).toMatchObject({ companyName: 'Acme', jobTitle: 'CTO' });
  });

  test('two imports that changed the same field are undone in either order that leaves a true value', async () => {
    const { ids } = await importLeads([before]);
    const [id = ''] = ids;
    const first = await importLeads([person('Ann', { companyName: 'One' })], overwrite('companyName'));
    const second = await importLeads([person('Ann', { companyName: 'Two' })], overwrite('companyName'));
    await undo(second.importId);
    expect((await read(id))?.lead.companyName).toBe('One');
    await undo(first.importId);
    expect((await read(id))?.lead.companyName).toBe('Acme');
  });

  test('never gets a suppressed value back', async () => {
    const { ids } = await importLeads([before]);
    const [id = ''] = ids;
    const linkedinUrl = 'https://www.linkedin.com/in/ann-lee';
    await patchLead(server.backend, server.actor, id, { linkedinUrl });
    const incoming = { ...person('Ann'), email: 'ann@other.example', linkedinUrl, companyName: 'Umbrella' };
    const { importId } = await importLeads([incoming], overwrite('email', 'companyName'));
    await addSuppressions(server.backend, server.actor, [{ kind: 'email', value: 'ann@example.com' }]);
    expect(await undo(importId)).toMatchObject({
      kept: [{ leadId: id, reason: 'suppressed', fields: [{ field: 'email', reason: 'suppressed' }] }],
    });
    expect((await read(id))?.lead).toMatchObject({ email: 'ann@other.example', companyName: 'Acme' });
  });

  test('stays in a list where it was before or was put by hand', async () => {
    const { ids } = await importLeads([before]);
    const [id = ''] = ids;
    const { importId } = await importLeads([person('Ann'), person('Bob')], { list: { name: 'New' } });
    const list = await listNamed('New');
    await changeLeads(server.backend, server.actor, { ids: [id] }, { removeFromList: list?.id ?? '' });
    await changeLeads(server.backend, server.actor, { ids: [id] }, { addToList: list?.id ?? '' });
    expect(await undo(importId)).toMatchObject({ removed: 1, restored: 0 });
    expect(await listNamed('New')).toMatchObject({ leadCount: 1 });
  });
});

describe('the undo itself', () => {
  test('asked for again it gives the same answer, and the import says who undid it and when', async () => {
    const { importId, ids } = await importLeads([person('Ann'), person('Bob')]);
    await patchLead(server.backend, server.actor, ids[0] ?? '', { notes: 'mine' });
    server.clock.now += 1_000;
    const first = await undo(importId);
    server.clock.now += RETENTION.originalsMs * 2;
    expect(await undo(importId)).toEqual(first);
    const undoneAt = new Date(server.clock.now - RETENTION.originalsMs * 2).toISOString();
    expect(await getImport(server.backend, server.actor, importId)).toMatchObject({
      value: { state: 'undone', undoableUntil: null, undo: { undoneAt, removed: 1, keptCount: 1, by: { email: 'ann@example.com' } } },
    });
  });

  test('stands in the timeline of a lead that was changed back', async () => {
    const { ids } = await importLeads([person('Ann')]);
    const { importId } = await importLeads([person('Ann', { notes: 'x' })], fill);
    server.clock.now += 1_000;
    await undo(importId);
    const timeline = await getTimeline(server.backend, server.actor, ids[0] ?? '');
    expect(timeline.ok && timeline.value.events[0]).toMatchObject({
      kind: 'import_undone',
      importId,
      field: null,
      actor: { email: 'ann@example.com' },
    });
  });

  test('is possible for 30 days, to the millisecond', async () => {
    const { importId } = await importLeads([person('Ann')]);
    server.clock.now += RETENTION.originalsMs + 1;
    expect(await undoImport(server.backend, server.actor, importId)).toMatchObject({ error: { code: 'CONFLICT', about: 'undo_too_late' } });
    server.clock.now -= 1;
    expect(await undo(importId)).toMatchObject({ removed: 1 });
  });

  test('is refused while rows are coming, and for what is not there', async () => {
    const importId = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a00ab';
    await announce(server, {}, importId);
    expect(await undoImport(server.backend, server.actor, importId)).toMatchObject({ error: { code: 'CONFLICT', about: 'import_open' } });
    expect(await undoImport(server.backend, server.actor, 'nope')).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  test('members undo their own imports, and none where the workspace withholds it; admins any', async () => {
    const { importId } = await importLeads([person('Ann')]);
    const { backend, actor } = server;
    const other = { ...actor, role: 'member' as const, member: actor.member + 1 };
    expect(await undoImport(backend, other, importId)).toMatchObject({ error: { code: 'FORBIDDEN', about: 'not_your_import' } });
    const own = { ...actor, role: 'member' as const };
    const act = { workspace: actor.workspace, member: actor.member, at: server.clock.now };
    await server.store.changeWorkspace(act, { membersMay: { undo: false } });
    expect(await undoImport(backend, own, importId)).toMatchObject({ error: { code: 'FORBIDDEN', about: 'no_undo' } });
    await server.store.changeWorkspace(act, { membersMay: { undo: true } });
    expect(await undoImport(backend, own, importId)).toMatchObject({ ok: true });
  });

  test('broken off between two transactions it goes on, and counts everything once', async () => {
    const people = Array.from({ length: 2_500 }, (_, index) => person(`P${index}x`));
    const importId = '0b9f2a52-6d0e-4c3c-9a51-5b2f6f5a00ac';
    await announce(server, { total: people.length, chunkCount: 3 }, importId);
    for (const seq of [0, 1, 2]) {
      const rows = people
        .slice(seq * 1_000, (seq + 1) * 1_000)
        .map((lead, index) => ({ line: seq * 1_000 + index + 2, decision: 'create' as const, lead }));
      await sendGood(server, rows, seq, importId);
    }
    await completeImport(server.backend, server.actor, importId);
    const act = { workspace: server.actor.workspace, member: server.actor.member, at: server.clock.now };
    expect(await server.store.undoStep(act, importId, { rows: 700, kept: 9 }, 0)).toEqual({ kind: 'more' });
    server = await server.reopen();
    expect(await getImport(server.backend, server.actor, importId)).toMatchObject({
      value: { state: 'complete', undo: { removed: 700, undoneAt: null } },
    });
    expect(await undo(importId)).toMatchObject({ removed: 2_500, keptCount: 0 });
    expect(await listNamed('Fair')).toBeUndefined();
  });
});
