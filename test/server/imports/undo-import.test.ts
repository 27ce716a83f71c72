import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelImport } from '../../../server/imports/finish-import.ts';
import { getImport } from '../../../server/imports/read-imports.ts';
import { undoImport } from '../../../server/imports/undo-import.ts';
import { changeLeads, patchLead } from '../../../server/leads/change-leads.ts';
import { createList } from '../../../server/leads/lists.ts';
import { saveLeads } from '../../../server/leads/save-leads.ts';
import { addSuppressions, removeSuppressions } from '../../../server/leads/suppressions.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { announce, person, sendGood } from './announce.ts';
import * as imported from './import-and-undo.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

const importLeads = (...args: Rest<typeof imported.importLeads>) => imported.importLeads(server, ...args);
const undo = (importId: string) => imported.undo(server, importId);
type Rest<F> = F extends (server: TestServer, ...rest: infer R) => unknown ? R : never;
const read = (id: string) => server.store.readLead(server.actor.workspace, id);
const lists = () => server.store.listLists(server.actor.workspace);
const listNamed = async (name: string) => (await lists()).find((list) => list.name === name);
const fill = { policy: { onDuplicate: 'fill' } } as const;
const overwrite = (...overwriteFields: string[]) => ({ policy: { onDuplicate: 'overwrite' as const, overwriteFields } });

describe('before it is undone', () => {
  test('one is told what goes, what is as before and what stays, and nothing is written', async () => {
    const before = await importLeads([person('Old', { notes: '' })], { list: { name: 'Other' } });
    const { importId, ids } = await importLeads([person('Ann'), person('Bob'), person('Cid'), person('Old', { notes: 'filled' })], {
      ...fill,
      policy: { onDuplicate: 'fill', scope: 'workspace' },
    });
    await patchLead(server.backend, server.actor, ids[1] ?? '', { notes: 'called' });
    const told = await imported.undo(server, importId, { dryRun: true });
    expect(told).toEqual({
      state: 'complete',
      dryRun: true,
      removed: 2,
      restored: 1,
      kept: [{ leadId: ids[1], reason: 'edited_since' }],
      keptCount: 1,
      message: '2 leads would be removed. 1 would be as before the import. 1 would be kept: somebody has worked on it since, or opted out.',
    });
    expect((await read(ids[0] ?? ''))?.lead.firstName).toBe('Ann');
    expect((await read(before.ids[0] ?? ''))?.lead.notes).toBe('filled');
    const found = await getImport(server.backend, server.actor, importId);
    expect(found.ok && found.value).toMatchObject({ state: 'complete' });
    expect(found.ok && found.value.undo).toBeUndefined();
    expect(await undo(importId)).toMatchObject({ removed: told.removed, restored: told.restored, kept: told.kept });
  });

  test('a member is told of no import that is not theirs to undo', async () => {
    const { importId } = await importLeads([person('Ann')]);
    const member = { ...server.actor, role: 'member', member: 9_999 } as const;
    expect(await undoImport(server.backend, member, importId, { dryRun: true })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } });
  });
});

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
    expect((await lists()).map((list) => list.name)).toEqual(['Default list']);
  });

  test('goes when an edit was taken back by hand', async () => {
    const { importId, ids } = await importLeads([person('Ann'), person('Bob')]);
    const [ann = '', bob = ''] = ids;
    await patchLead(server.backend, server.actor, ann, { notes: 't' });
    await patchLead(server.backend, server.actor, ann, { notes: '' });
    await patchLead(server.backend, server.actor, bob, { notes: 't', jobTitle: 'Chief' });
    await patchLead(server.backend, server.actor, bob, { notes: '' });
    expect(await undo(importId)).toMatchObject({ removed: 1, kept: [{ leadId: bob, reason: 'edited_since' }] });
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
    const added = await addSuppressions(server.backend, server.actor, entries);
    const bob = added.ok ? added.value.entries.find((entry) => entry.value.startsWith('bob')) : undefined;
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
      jobTitle: 'Chief',
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
      jobTitle: 'Chief',
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
      [person('Ann', { companyName: 'Umbrella', jobTitle: 'Chief' })],
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
