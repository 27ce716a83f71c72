import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RETENTION } from '#shared/limits.ts';
import { completeImport } from '../../../server/imports/finish-import.ts';
import { getImport } from '../../../server/imports/read-imports.ts';
import { undoImport } from '../../../server/imports/undo-import.ts';
import { patchLead } from '../../../server/leads/change-leads.ts';
import { getTimeline } from '../../../server/leads/find-leads.ts';
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
const lists = () => server.store.listLists(server.actor.workspace);
const listNamed = async (name: string) => (await lists()).find((list) => list.name === name);
const fill = { policy: { onDuplicate: 'fill' } } as const;

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

  test('stands in the timeline of a lead that was changed back, with the values given back', async () => {
    const { ids } = await importLeads([person('Ann')]);
    const { importId } = await importLeads([person('Ann', { notes: 'x' })], fill);
    server.clock.now += 1_000;
    await undo(importId);
    const timeline = await getTimeline(server.backend, server.actor, ids[0] ?? '');
    expect(timeline.ok && timeline.value.events[0]).toMatchObject({
      kind: 'import_undone',
      importId,
      field: 'notes',
      old: 'x',
      new: '',
      actor: { email: 'ann@example.com' },
    });
    expect(timeline.ok && timeline.value.events[1]).toMatchObject({ kind: 'changed', importId, field: 'notes', old: '', new: 'x' });
  });

  test('stands there without values where it only took the lead out of the list', async () => {
    const { ids } = await importLeads([person('Ann')]);
    const { importId } = await importLeads([person('Ann')], { list: { name: 'Expo' } });
    server.clock.now += 1_000;
    await undo(importId);
    const timeline = await getTimeline(server.backend, server.actor, ids[0] ?? '');
    expect(timeline.ok && timeline.value.events[0]).toMatchObject({ kind: 'import_undone', importId, field: null, old: null, new: null });
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
    const whole = { removed: 2_500, keptCount: 0 };
    expect(await imported.undo(server, importId, { dryRun: true })).toMatchObject({ ...whole, state: 'complete', dryRun: true });
    expect(await undo(importId)).toMatchObject(whole);
    expect(await imported.undo(server, importId, { dryRun: true })).toMatchObject({ ...whole, state: 'undone' });
    expect(await listNamed('Fair')).toBeUndefined();
  });
});
