// @vitest-environment node
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import type { TableView } from '../../../extension/flow/table-view.ts';
import type { ImportView } from '../../../extension/flow/view.ts';
import { prepareImport } from '../../../extension/storage/prepare-import.ts';
import { forgetSheet, readSheetLinks } from '../../../extension/storage/sheet-links.ts';
import { sheetLinkId } from '../../../extension/storage/sheet-records.ts';
import { makeSheetRoom, SHEET, SHEET_HEADER, type SheetRoom } from '../../support/sheet-room.ts';
import { viewWhen } from '../../support/view-when.ts';

const ANN = ['Ann', 'Lee', 'ann@example.com', '2025550101', 'Fern'];
const BOB = ['Bob', 'Ray', 'bob@example.com', '2025550102', 'Fern'];
const CEM = ['Cem', 'Kaya', 'cem@example.com', '2025550103', 'Fern'];
const DIA = ['Dia', 'Wu', 'dia@example.com', '2025550104', 'Fern'];
const BAD = ['Eve', 'Ito', 'eve', '2025550105', 'Fern'];
const FIRST = [ANN, BOB, CEM, BAD];
const with_ = (row: readonly string[], column: number, value: string) => row.map((cell, at) => (at === column ? value : cell));

const rooms: SheetRoom[] = [];
let room: SheetRoom;
let flow: ImportFlow;
/** Each test begins after the first import of the sheet. */
beforeEach(async () => {
  room = await makeSheetRoom();
  rooms.push(room);
  flow = await room.open();
  await viewWhen(flow, ({ server }) => server.kind === 'ready');
  await room.read(flow, FIRST);
  await flow.send({ kind: 'listChosen', list: { kind: 'new', name: 'Roadshow' } });
  const { sending } = await room.importIt(flow);
  expect(sending?.receipt).toMatchObject({ created: 3, rejected: 1, total: 4 });
});
afterAll(async () => {
  for (const one of rooms) await one.stop();
});

function tableOf({ draft }: ImportView): TableView {
  if (draft.step === 'read' && draft.reading.kind === 'ready') return draft.reading.table;
  if ('table' in draft) return draft.table;
  throw new Error(`no table at ${draft.step}`);
}

async function leads(): Promise<ReadonlyMap<string, { readonly id: string; readonly companyName?: string; readonly firstName?: string }>> {
  const answer = await room.server.ask('/api/leads?limit=100', { key: room.server.adminKey });
  const body = (await answer.json()) as { leads: { id: string; email: string; companyName?: string; firstName?: string }[] };
  return new Map(body.leads.map((lead) => [lead.email, lead]));
}

async function editLead(email: string, change: Readonly<Record<string, string>>): Promise<void> {
  const id = (await leads()).get(email)?.id;
  const answer = await room.server.ask(`/api/leads/${id}`, {
    method: 'PATCH',
    body: JSON.stringify(change),
    headers: { 'Content-Type': 'application/json' },
    key: room.server.adminKey,
  });
  expect(answer.status).toBe(200);
}

test('the first import links the sheet: account, workspace, mapping, list, rules, and a line of its history', async () => {
  const [link] = await readSheetLinks(room.database);
  expect(link).toMatchObject({
    id: sheetLinkId(SHEET),
    origin: SHEET,
    account: 'ana@example.com',
    headers: SHEET_HEADER,
    list: { kind: 'existing', name: 'Roadshow' },
    policy: { onDuplicate: 'skip' },
    changedRule: 'overwrite',
    schedule: 'off',
    history: [{ by: 'person', outcome: 'imported', wrote: { saved: 3, updated: 0, rejected: 1 } }],
  });
  expect(link?.workspace).not.toBeNull();
  expect(await room.database.outcomes.count()).toBe(0);
  expect(await room.database.prints.toCollection().primaryKeys()).toEqual([sheetLinkId(SHEET)]);
});

describe('the next time', () => {
  test('new, changed and removed rows are told apart, and only what is new and changed is imported', async () => {
    const view = await room.read(flow, [DIA, with_(ANN, 4, 'Alder'), CEM, BAD]);
    expect(tableOf(view).since).toMatchObject({
      fresh: 1,
      changed: 1,
      same: 2,
      removed: { count: 1, first: [{ line: 3, name: 'Bob Ray' }] },
      headersChanged: false,
    });
    expect(view.draft).toMatchObject({ list: { kind: 'existing', name: 'Roadshow' }, since: { fresh: true, changed: 'overwrite' } });
    const { sending } = await room.importIt(flow);
    expect(sending?.receipt).toMatchObject({ created: 1, updated: 1, total: 2 });
    const stored = await leads();
    expect(stored.get('ann@example.com')).toMatchObject({ companyName: 'Alder' });
    expect([...stored.keys()].sort()).toEqual(['ann@example.com', 'bob@example.com', 'cem@example.com', 'dia@example.com']);
  });

  test('and the time after that nothing is new', async () => {
    await room.read(flow, [DIA, with_(ANN, 4, 'Alder'), CEM, BAD]);
    await room.importIt(flow);
    const view = await room.read(flow, [BAD, CEM, with_(ANN, 4, 'Alder'), DIA]);
    expect(tableOf(view).since).toMatchObject({ fresh: 0, changed: 0, same: 4, removed: { count: 0 } });
    const [link] = await readSheetLinks(room.database);
    expect(link?.history).toMatchObject([{ by: 'person', outcome: 'nothingNew' }, { outcome: 'imported' }, { outcome: 'imported' }]);
  });

  test('its list was deleted: the preview knows, and so does whoever clicked all the same; another list mends it', async () => {
    const [link] = await readSheetLinks(room.database);
    const gone = link?.list.kind === 'existing' ? link.list.id : '';
    const hasList = ({ server }: ImportView) => server.kind === 'ready' && server.lists.some(({ id }) => id === gone);
    await room.read(flow, [...FIRST, DIA]);
    await flow.send({ kind: 'wentTo', step: 'preview' });
    await viewWhen(flow, (view) => view.draft.step === 'preview' && view.draft.plan?.matched === true && hasList(view));
    await room.server.send('DELETE', `/api/lists/${gone}`, undefined);
    await flow.confirm();
    await room.push();
    const { sending } = await viewWhen(flow, (view) => view.sending?.kind === 'stopped');
    expect(sending).toMatchObject({ rowsDone: 0, failure: { kind: 'listNotFound' } });
    await flow.cancel();
    await room.push();
    await viewWhen(flow, (view) => view.draft.step === 'preview' && view.server.kind === 'ready' && !hasList(view));
    await flow.send({ kind: 'listChosen', list: { kind: 'new', name: 'Another' } });
    expect((await room.importIt(flow)).sending?.receipt).toMatchObject({ created: 1, total: 1 });
  });

  test('a list that is deleted while the page is open is missed as soon as the plan is made again', async () => {
    const [link] = await readSheetLinks(room.database);
    const gone = link?.list.kind === 'existing' ? link.list.id : '';
    const hasList = ({ server }: ImportView) => server.kind === 'ready' && server.lists.some(({ id }) => id === gone);
    await room.read(flow, [...FIRST, DIA]);
    await flow.send({ kind: 'wentTo', step: 'preview' });
    await viewWhen(flow, (view) => view.draft.step === 'preview' && view.draft.plan?.matched === true && hasList(view));
    await room.server.send('DELETE', `/api/lists/${gone}`, undefined);
    await flow.send({ kind: 'policyChanged', policy: { require: 'reachable' } });
    await viewWhen(flow, (view) => view.draft.step === 'preview' && view.draft.plan?.matched === false && !hasList(view));
  });

  test('a row that was rejected comes again once it is mended', async () => {
    const view = await room.read(flow, [ANN, BOB, CEM, with_(BAD, 2, 'eve@example.com')]);
    expect(tableOf(view).since).toMatchObject({ fresh: 1, again: 1, changed: 0, same: 3, removed: { count: 0 } });
    const { sending } = await room.importIt(flow);
    expect(sending?.receipt).toMatchObject({ created: 1, total: 1 });
  });

  test('of a lead that was edited since, what was edited is left alone and named; the rest is written', async () => {
    await editLead('ann@example.com', { companyName: 'By hand' });
    await room.read(flow, [with_(with_(ANN, 4, 'Alder'), 0, 'Anna'), BOB, CEM, BAD]);
    await flow.send({ kind: 'wentTo', step: 'preview' });
    const { draft } = await viewWhen(flow, (view) => view.draft.step === 'preview' && view.draft.plan?.matched === true);
    expect(draft.step === 'preview' && draft.plan?.problems).toMatchObject([{ code: 'edited_since', field: 'companyName', count: 1 }]);
    await room.importIt(flow);
    expect((await leads()).get('ann@example.com')).toMatchObject({ companyName: 'By hand', firstName: 'Anna' });
  });

  test('changed rows can be left out, and are changed rows still the time after', async () => {
    await room.read(flow, [with_(ANN, 4, 'Alder'), BOB, CEM, BAD, DIA]);
    await flow.send({ kind: 'sinceChosen', since: { fresh: true, changed: 'skip' } });
    const { sending } = await room.importIt(flow);
    expect(sending?.receipt).toMatchObject({ created: 1, updated: 0, total: 1 });
    const view = await room.read(flow, [with_(ANN, 4, 'Alder'), BOB, CEM, BAD, DIA]);
    expect(tableOf(view).since).toMatchObject({ fresh: 0, changed: 1, same: 4 });
  });

  test('all rows can be imported all the same', async () => {
    await room.read(flow, [ANN, BOB, CEM, BAD, DIA]);
    await flow.send({ kind: 'sinceChosen', since: 'all' });
    const { sending } = await room.importIt(flow);
    expect(sending?.receipt).toMatchObject({ created: 1, duplicate: 3, rejected: 1, total: 5 });
  });

  test('other columns are said, and the mapping goes along with their names', async () => {
    const header = ['Email', 'First name', 'Last name', 'Phone', 'Company', 'Booth'];
    const turned = [ANN, BOB, CEM].map(([first = '', last = '', email = '', phone = '', company = '']) => [
      email,
      first,
      last,
      phone,
      company,
      'B7',
    ]);
    const view = await room.read(flow, [...turned, ['dia@example.com', 'Dia', 'Wu', '2025550104', 'Fern', 'B8']], { header });
    expect(tableOf(view).since).toMatchObject({ headersChanged: true, fresh: 1, changed: 0, same: 3, removed: { count: 0 } });
    expect(view.draft.step === 'read' && view.draft.reading.kind === 'ready' && view.draft.reading.mapping.slice(0, 3)).toMatchObject([
      { column: 1, field: 'firstName' },
      { column: 2, field: 'lastName' },
      { column: 0, field: 'email' },
    ]);
  });

  test('hidden rows are neither new nor gone', async () => {
    const view = await room.read(flow, [ANN, BOB, CEM, BAD, DIA], { hidden: [2, 5] });
    expect(tableOf(view).since).toMatchObject({ fresh: 0, changed: 0, same: 4, removed: { count: 0 } });
  });

  test('after an undo all rows are new again', async () => {
    const [link] = await readSheetLinks(room.database);
    await room.server.send('POST', `/api/imports/${link?.last.importId}/undo`, {});
    const view = await room.read(flow, FIRST);
    expect(tableOf(view).since).toBeUndefined();
    const { sending } = await room.importIt(flow);
    expect(sending?.receipt).toMatchObject({ created: 3, rejected: 1 });
  });

  test('a sheet that was forgotten is new', async () => {
    await forgetSheet(room.database, sheetLinkId(SHEET));
    const view = await room.read(flow, FIRST);
    expect(tableOf(view).since).toBeUndefined();
  });
});

test('a page that dies after the click: the background imports the same rows', async () => {
  await room.read(flow, [with_(ANN, 4, 'Alder'), BOB, CEM, BAD, DIA]);
  await flow.send({ kind: 'wentTo', step: 'preview' });
  await viewWhen(flow, ({ draft }) => draft.step === 'preview' && draft.plan?.matched === true);
  await flow.confirm();
  const [record] = await room.database.imports.where('stage').equals('sealed').toArray();
  if (!record) throw new Error('the import is sealed');
  const bodies = async () =>
    (await room.database.chunks.where('[import+seq]').between([record.id, 0], [record.id, 99]).toArray()).map(({ sha256 }) => sha256);
  const before = await bodies();
  await room.database.imports.put({ ...record, stage: 'planning', body: null });
  await prepareImport(room.database, record.id);
  expect(await bodies()).toEqual(before);
  await room.push();
  expect((await leads()).get('ann@example.com')).toMatchObject({ companyName: 'Alder' });
});
