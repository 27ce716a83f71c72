import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { undoImport } from '../../../server/imports/undo-import.ts';
import { getLead, getTimeline } from '../../../server/leads/find-leads.ts';
import type { Run } from '../../../server/store/sync-store.ts';
import {
  ANN,
  AT,
  openSqliteBench,
  pull,
  record,
  SETTINGS,
  type SqliteBench,
  startRun,
  takeLease,
  write,
} from '../../contract/sync-benches.ts';

let bench: SqliteBench;
let run: Run;
beforeEach(async () => {
  bench = await openSqliteBench();
  run = await startRun(bench);
});
afterEach(() => bench.end());

const SECRET = { ...ANN, email: 'dugong@example.com', jobtitle: 'zanzibarofficer' };
const CALL = {
  kind: 'call',
  id: 'c',
  title: 'quokkacall',
  at: AT,
  modifiedAt: AT,
  facts: [],
  of: [{ type: 'contact', id: '1' }],
  isGone: false,
} as const;

/** Which of the texts can still be read anywhere in the data folder. */
function findOnDisk(texts: readonly string[]): string[] {
  const { folder } = bench.server;
  const files = readdirSync(folder).map((file) => readFileSync(join(folder, file)));
  return texts.filter((text) => files.some((bytes) => bytes.includes(text)));
}

async function end(): Promise<void> {
  await bench.store.endRun(run, { outcome: 'done', failure: null, at: AT + 1, leftToday: null });
}

/** A lead that came in, was edited on both sides, and has a call and a failed push. */
async function entangle(): Promise<string> {
  const [made] = await pull(bench, run, record('1', SECRET));
  const leadId = made?.leadId ?? '';
  await bench.editLead(leadId, { jobTitle: 'wombatdirector' }, AT);
  await pull(bench, run, record('1', { ...SECRET, jobtitle: 'kestrelchair' }));
  await bench.store.saveSideItems(run, [CALL]);
  const failure = { kind: 'validation', code: '400', message: 'numbatmessage' } as const;
  await bench.store.noteErrors(run, [{ type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: null }]);
  return leadId;
}
const TEXTS = ['zanzibarofficer', 'wombatdirector', 'kestrelchair', 'quokkacall', 'numbatmessage', 'dugong@example.com'];

test('everything is on disk when its promise resolves', async () => {
  const leadId = await entangle();
  const other = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
  const staged = await bench.store.stageWrites(run, [write('op', other, { payload: new Map([['jobtitle', 'CTO']]) })]);
  await bench.store.saveCursor(run, 'contact', { phase: 'incremental', readTo: 7, window: null, page: 'p' });
  bench = await bench.reopen();
  const { store, workspace, connection } = bench;
  expect(await store.listLinks(run.fence, 'contact', 0, 9)).toMatchObject([{ leadId, remoteId: '1' }]);
  expect(await store.listSent(run.fence)).toEqual(staged);
  expect(await store.readCursor(workspace, connection, 'contact')).toMatchObject({ readTo: 7, page: 'p' });
  expect((await store.listConflicts(workspace, connection, { limit: 9 })).items).toHaveLength(1);
  expect((await store.listErrors(workspace, connection, { limit: 9 })).items).toHaveLength(1);
  expect(await store.listSideItems(workspace, leadId)).toHaveLength(1);
  await store.saveRun(run, (await store.listRuns(workspace, connection, { limit: 1 })).items[0]?.counts ?? expect.fail(), 3);
  await takeLease(bench, 'two', AT + 60_000);
  await expect(store.saveCursor(run, 'contact', { phase: 'initial', readTo: 0, window: null, page: null })).rejects.toThrow();
});

test('records that break off half-way leave nothing of their batch', async () => {
  const broken = record('2', {});
  Object.assign(broken.record, { values: null });
  await expect(pull(bench, run, record('1', ANN), broken)).rejects.toThrow();
  expect(await bench.leads()).toEqual([]);
  expect(await bench.store.listLinks(run.fence, 'contact', 0, 9)).toEqual([]);
});

describe('what goes, goes whole', () => {
  test('a deleted lead leaves no value in any file, and does not come back', async () => {
    const leadId = await entangle();
    const other = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
    await bench.store.stageWrites(run, [write('op', other, { payload: new Map([['jobtitle', 'emupayload']]) })]);
    expect(findOnDisk([...TEXTS, 'emupayload'])).toHaveLength(TEXTS.length + 1);
    await bench.deleteLead(leadId);
    await bench.deleteLead(other);
    await bench.store.endRun(run, { outcome: 'done', failure: null, at: AT, leftToday: null });
    await bench.server.store.checkpoint();
    expect(findOnDisk([...TEXTS, 'emupayload'])).toEqual([]);
    expect(await pull(bench, run, record('1', SECRET))).toMatchObject([{ kind: 'deleted_here' }]);
    expect(await pull(bench, run, { ...record('7', { firstname: 'Bea' }), key: other })).toMatchObject([{ kind: 'deleted_here' }]);
  });

  test('of a record that was erased there, the lead stays and nothing else is left', async () => {
    await entangle();
    const [link] = await bench.store.listLinks(run.fence, 'contact', 0, 9);
    if (!link) throw new Error('no link');
    await pull(bench, run, record('424242', { firstname: 'Cy', email: 'cy@example.com' }));
    const [, other] = await bench.store.listLinks(run.fence, 'contact', 0, 9);
    if (!other) throw new Error('no link');
    await bench.store.markGone(run, other, 'purged', true);
    await bench.store.markGone(run, link, 'purged', false);
    await bench.server.store.checkpoint();
    expect(findOnDisk(['quokkacall', 'numbatmessage', '424242', 'cy@example.com'])).toEqual([]);
    expect(await pull(bench, run, record('424242', { firstname: 'Cy', email: 'cy@example.com' }))).toMatchObject([
      { kind: 'deleted_here' },
    ]);
    expect(await bench.leads()).toMatchObject([{ lead: { email: 'dugong@example.com' } }]);
  });
});

test('a lead that goes with its record takes what hung on it along', async () => {
  await pull(bench, run, record('1', SECRET));
  await bench.store.saveSideItems(run, [CALL]);
  const [link] = await bench.store.listLinks(run.fence, 'contact', 0, 9);
  if (!link) throw new Error('no link');
  await bench.store.markGone(run, link, 'archived', true);
  await bench.server.store.checkpoint();
  expect(findOnDisk(['zanzibarofficer', 'quokkacall', 'dugong@example.com'])).toEqual([]);
});

describe('a run is told as an import', () => {
  test('leads it made and changed are its rows, and their timeline names it', async () => {
    const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
    await pull(bench, run, record('1', ANN), record('2', { email: 'two@example.com' }));
    await pull(bench, run, record('3', { email: 'three@example.com' }));
    await end();
    const [told] = (await bench.store.listRuns(bench.workspace, bench.connection, { limit: 1 })).items;
    const { store, actor, backend } = bench.server;
    const found = await store.readImport(actor.workspace, told?.importId ?? '');
    expect(found?.import).toMatchObject({
      source: 'hubspot',
      state: 'complete',
      total: 3,
      chunkCount: 2,
      counters: { created: 2, updated: 1 },
    });
    const timeline = await getTimeline(backend, actor, leadId);
    expect(timeline.ok && timeline.value.events[0]).toMatchObject({
      kind: 'changed',
      source: 'hubspot',
      importId: told?.importId,
      sync: 'hubspot',
      actor: null,
    });
    expect(timeline.ok && timeline.value.events.at(-1)).toMatchObject({ kind: 'created', sync: null });
    const undone = await undoImport(backend, actor, told?.importId ?? '');
    expect(undone).toMatchObject({ ok: true, value: { removed: 2, restored: 1 } });
    expect(undone.ok && undone.value.inCrm).toBeUndefined();
    expect(await bench.leads()).toMatchObject([{ lead: { email: 'ann@example.com' } }]);
    expect((await bench.leads())[0]?.lead.jobTitle).toBeUndefined();
  });

  test('a run that changed nothing is no import', async () => {
    await pull(bench, run, record('1', ANN));
    await end();
    run = await startRun(bench, SETTINGS, AT + 5);
    await pull(bench, run, record('1', ANN));
    await end();
    expect((await bench.store.listRuns(bench.workspace, bench.connection, { limit: 1 })).items).toMatchObject([{ importId: null }]);
  });

  test('new leads come into the list that was chosen', async () => {
    const { store, actor } = bench.server;
    const list = await store.addList({ ...actor, at: AT }, 'From HubSpot');
    if (!list) throw new Error('no list');
    run = await startRun(bench, { ...SETTINGS, listId: list.id });
    await pull(bench, run, record('1', ANN));
    const page = await store.findLeads(actor.workspace, { listId: list.id, sort: 'name', limit: 9 });
    expect(page).toMatchObject({ totalCount: 1 });
  });
});

test('undoing an import names the leads that we made in the CRM, and leaves them there', async () => {
  const { store, actor, backend } = bench.server;
  const leadId = await bench.addLead({ firstName: 'Bea', lastName: 'Orr', email: 'bea@example.com' });
  await bench.store.stageWrites(run, [write('op', leadId)]);
  await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'written', remoteId: '5', base: new Map(), conflicts: [] } }]);
  const { importId } =
    ((await store.listImports(actor.workspace, { limit: 1 })) as { imports: readonly { importId: string }[] }).imports[0] ?? expect.fail();
  const left = { name: 'Bea Orr', connectionId: 'in-step', provider: 'hubspot', type: 'contact', remoteId: '5' };
  const tried = await undoImport(backend, actor, importId, { dryRun: true });
  expect(tried).toMatchObject({ value: { removed: 1, inCrm: [left], inCrmCount: 1 } });
  expect(tried.ok && tried.value.message).toContain('1 record made in a CRM would stay there.');
  const undone = await undoImport(backend, actor, importId);
  expect(undone).toMatchObject({ value: { removed: 1, inCrm: [left], inCrmCount: 1 } });
  expect(await undoImport(backend, actor, importId)).toEqual(undone);
  expect(await pull(bench, run, record('5', { email: 'bea@example.com' }))).toMatchObject([{ kind: 'deleted_here' }]);
  await store.forgetOriginals(AT * 2);
  expect(findOnDisk(['Bea Orr'])).toEqual([]);
});

test.each([
  ['never answered', 'sent'],
  ['looked for in vain', 'unfound'],
] as const)('undone while its making was %s, a lead leaves its record there, though deletions go there too', async (_, state) => {
  const { store, actor, backend } = bench.server;
  await bench.store.changeSettings({ ...actor, at: AT }, bench.connection, { ...SETTINGS, whenDeletedHere: 'archive_there' });
  const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
  await bench.store.stageWrites(run, [write('op', leadId)]);
  if (state === 'unfound') await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'unfound' } }]);
  const listed = await store.listImports(actor.workspace, { limit: 1 });
  const importId = listed === 'bad_cursor' ? '' : (listed.imports[0]?.importId ?? '');
  expect(await undoImport(backend, actor, importId)).toMatchObject({ value: { removed: 1 } });
  await bench.store.settleWrites(run, [{ opId: 'op', outcome: { kind: 'written', remoteId: '5', base: new Map(), conflicts: [] } }]);
  expect(await bench.store.listDeletedHere(run.fence, 'contact', 9)).toEqual([]);
});

describe('who must not be contacted', () => {
  test('a refusal there stands on the list with the CRM and its date, and marks the lead', async () => {
    const leadId = await bench.addLead({ firstName: 'Ann', email: 'ann@example.com' });
    await pull(bench, run, record('1', ANN, { optOut: { email: true, phone: false, since: AT - 99 } }));
    const page = await bench.server.store.readSuppressions(bench.workspace, { limit: 9 });
    expect(page !== 'bad_cursor' && page.suppressions[0]).toMatchObject({
      kind: 'email',
      value: 'ann@example.com',
      source: 'hubspot',
      since: AT - 99,
    });
    expect(await bench.leads()).toMatchObject([{ id: leadId, isSuppressed: true }]);
  });

  test.each(['gone@example.com', 'gone@münchen.example', 'gone@xn--mnchen-3ya.example', 'gone@1.2.3'])(
    'a suppressed value from there (%s) is not taken, is not pushed over, and marks the lead',
    async (email) => {
      await pull(bench, run, record('1', ANN));
      await bench.suppress(email);
      await pull(bench, run, record('1', { ...ANN, email, jobtitle: 'Chair' }));
      const [lead] = await bench.leads();
      expect(lead).toMatchObject({ lead: { email: 'ann@example.com', jobTitle: 'Chair' }, isSuppressed: true });
      const timeline = await getTimeline(bench.server.backend, bench.server.actor, lead?.id ?? '');
      expect(timeline.ok && timeline.value.events).toContainEqual(
        expect.objectContaining({ kind: 'marked_do_not_contact', source: 'hand' }),
      );
      expect((await bench.store.listUnpushed(run.fence, 'contact', AT, null, 9)).leads).toEqual([]);
      expect(await pull(bench, run, record('1', { ...ANN, email, jobtitle: 'Chair' }))).toMatchObject([{ kind: 'same' }]);
    },
  );
});

test('what a lead cannot hold is left alone on both sides', async () => {
  await pull(bench, run, record('1', { ...ANN, phone: '+12025550123' }));
  expect(await pull(bench, run, record('1', { ...ANN, phone: 'call me' }))).toMatchObject([{ kind: 'same', toPush: [] }]);
  expect(await bench.leads()).toMatchObject([{ lead: { phone: '+12025550123' } }]);
  expect((await bench.store.listUnpushed(run.fence, 'contact', AT, null, 9)).leads).toEqual([]);
});

test('a lead is told with the records it is and what hangs on them', async () => {
  const leadId = await entangle();
  const { actor, backend } = bench.server;
  const found = await getLead(backend, actor, leadId);
  expect(found).toMatchObject({
    value: { links: [{ connectionId: 'in-step', provider: 'hubspot', type: 'contact', remoteId: '1', state: 'linked' }] },
  });
  const timeline = await getTimeline(backend, actor, leadId);
  expect(timeline.ok && timeline.value.side).toEqual([
    { provider: 'hubspot', kind: 'call', id: 'c', title: 'quokkacall', at: new Date(AT).toISOString(), facts: [] },
  ]);
});

test('a person decides that a lead is a record, and both meet at the next run', async () => {
  const leadId = await bench.addLead({ firstName: 'Bea', email: 'bea@example.com' });
  const failure = { kind: 'duplicate', code: '409', message: '' } as const;
  await bench.store.noteErrors(run, [{ type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: null }]);
  const [error] = (await bench.store.listErrors(bench.workspace, bench.connection, { limit: 1 })).items;
  const act = { workspace: bench.workspace, member: null, at: AT };
  expect(await bench.store.retryError(act, bench.connection, error?.id ?? '', { kind: 'link', type: 'contact', remoteId: '9' })).toBe(
    'done',
  );
  expect((await bench.store.listUnpushed(run.fence, 'contact', AT, null, 9)).leads).toMatchObject([
    { leadId, link: { remoteId: '9', base: null } },
  ]);
});
