// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { CreateImportBody } from '#shared/api/imports.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import type { Database } from '../../../extension/storage/database.ts';
import { makeWorkbook } from '../../fixtures/make-workbook.ts';
import { viewWhen } from '../../support/view-when.ts';
import { freshDatabase } from '../background/sealed-import.ts';
import { isAt, isPlanned, isRead, makeRoom } from './flow-room.ts';

const HEADER = ['First Name', 'Last Name', 'Email', 'Phone'];
const ANN = ['Ann', 'Lee', 'ann@example.com', '+12025550123'];
const BOB = ['Bob', 'Ray', 'bob@example.com', '+12025550124'];
const paste = (...rows: readonly (readonly string[])[]) => rows.map((row) => row.join('\t')).join('\r\n');

/** What the read step holds; the mapping is empty before. */
function tableOf(flow: ImportFlow) {
  const { draft } = flow.view();
  if (draft.step !== 'read' || draft.reading.kind !== 'ready') throw new Error(`no table at ${draft.step}`);
  return draft.reading;
}

async function choose(flow: ImportFlow, text: string): Promise<void> {
  await viewWhen(flow, (view) => view.server.kind === 'ready');
  await flow.choosePaste(text);
  await viewWhen(flow, isRead);
}

/** From the read step to what is announced and sent, with another mapping if wanted. */
async function send(flow: ImportFlow, database: Database, mapping?: Mapping) {
  await flow.send({ kind: 'wentTo', step: 'map' });
  if (mapping) await flow.send({ kind: 'mappingChanged', mapping });
  await flow.send({ kind: 'wentTo', step: 'preview' });
  await viewWhen(flow, isPlanned);
  await flow.confirm();
  const [sealed] = await database.imports.toArray();
  const [chunk] = await database.chunks.toArray();
  if (!sealed?.body || !chunk) throw new Error('nothing was sealed');
  const read = (bytes: Uint8Array) => JSON.parse(new TextDecoder().decode(bytes));
  return { body: read(sealed.body) as CreateImportBody, rows: (read(chunk.body) as { rows: PlannedRow[] }).rows };
}

describe('a pasted range', () => {
  test('is read, mapped and sent like a file, and its list is called after it', async () => {
    const database = freshDatabase();
    const flow = await makeRoom(database).open();
    await choose(flow, paste(HEADER, ANN, ['Bob', 'Ray', 'bob@example.com', '"+12025550124\n+12025550125"']));
    expect(flow.view().draft).toMatchObject({
      file: { source: 'paste', name: 'Pasted rows' },
      list: { kind: 'new', name: 'Pasted rows, 1 Jan 1970' },
    });
    expect(tableOf(flow).table).toMatchObject({ facts: { delimiter: '\t', rowCount: 2 }, headers: HEADER });
    const { body, rows } = await send(flow, database);
    expect(body).toMatchObject({ source: 'paste', fileName: 'Pasted rows', total: 2 });
    expect(rows[1]?.lead).toMatchObject({ phone: '+12025550124', altPhone1: '+12025550125' });
    flow.close();
  });

  test('is there again when the popup was closed', async () => {
    const room = makeRoom(freshDatabase());
    const popup = await room.open();
    await choose(popup, paste(HEADER, ANN));
    popup.close();
    const tab = await room.open();
    expect(tableOf(tab).table.firstRows).toEqual([ANN]);
    await tab.send({ kind: 'readOptionsChosen', options: { headerRow: 0 } });
    await viewWhen(tab, isRead);
    expect(tableOf(tab).table.firstRows).toEqual([HEADER, ANN]);
    tab.close();
  });

  test('of nothing says so', async () => {
    const flow = await makeRoom(freshDatabase()).open();
    await flow.choosePaste(' \n');
    await viewWhen(flow, (view) => view.draft.step === 'read' && view.draft.reading.kind === 'failed');
    expect(flow.view().draft).toMatchObject({ reading: { error: { code: 'file_empty' } } });
    flow.close();
  });
});

test('a workbook goes from the drop to the seal; another sheet is another table', async () => {
  const database = freshDatabase();
  const flow = await makeRoom(database).open();
  await viewWhen(flow, (view) => view.server.kind === 'ready');
  const sheets = [
    { name: 'Fair', rows: [HEADER, ANN, ANN, ANN] },
    { name: 'Booth', rows: [HEADER, BOB, { hidden: true, cells: ['Cy', 'Oh', 'cy@example.com', '+12025550126'] }] },
  ];
  await flow.chooseFile(new File([Uint8Array.from(makeWorkbook({ sheets }))], 'leads.xlsx'));
  await viewWhen(flow, isRead);
  expect(tableOf(flow).table).toMatchObject({ sheet: 'Fair', firstRows: [ANN, ANN, ANN] });
  await flow.send({ kind: 'readOptionsChosen', options: { sheet: 'Booth' } });
  await viewWhen(flow, isRead);
  expect(tableOf(flow).table).toMatchObject({ sheet: 'Booth', hiddenRows: 1 });
  const { body, rows } = await send(flow, database);
  expect(body).toMatchObject({ source: 'xlsx', fileName: 'leads.xlsx', total: 2 });
  expect(rows.map(({ decision }) => decision)).toEqual(['create', 'exclude']);
  flow.close();
});

describe('custom fields', () => {
  const DATED = [...HEADER, 'CONTRACT START', 'Last seen', 'Shoe size'];
  const rows = [
    [...ANN, '25/04/2026', '03/04/2026', '38'],
    [...BOB, '03/04/2026', '05/06/2026', '41'],
    ['Cy', 'Oh', 'cy@example.com', '+12025550126', '01/02/2026', '07/08/2026', '44'],
  ];

  test('the server’s are known, and a column called like one goes there, with its type', async () => {
    const flow = await makeRoom(freshDatabase()).open();
    await choose(flow, paste(DATED, ...rows));
    expect(flow.view().server).toMatchObject({ customFields: [{ label: 'Contract Start', type: 'date' }] });
    expect(tableOf(flow).mapping.slice(4)).toEqual([
      { column: 4, field: 'custom', label: 'Contract Start', type: 'date', dateOrder: 'dmy' },
      { column: 5, field: 'custom', label: 'Last seen', type: 'date' },
      { column: 6, field: 'custom', label: 'Shoe size', type: 'number' },
    ]);
    flow.close();
  });

  test('also where the file is faster than the server', async () => {
    const flow = await makeRoom(freshDatabase()).open();
    await flow.choosePaste(paste(DATED, ...rows));
    await viewWhen(flow, isRead);
    expect(tableOf(flow).mapping[4]).toMatchObject({ label: 'Contract Start' });
    flow.close();
  });

  test('a server that does not answer holds no file back', async () => {
    const room = makeRoom(freshDatabase());
    const silent = { customFields: () => new Promise<never>(() => {}) };
    const flow = await room.open(undefined, {
      server: async () => ({ address: 'http://localhost:8787', key: 'll_key', api: { ...(await room.push().api()), ...silent } }),
      after: (_ms, work) => {
        queueMicrotask(work);
        return () => {};
      },
    });
    await flow.choosePaste(paste(DATED, ...rows));
    await viewWhen(flow, isRead);
    expect(tableOf(flow).mapping[4]).toMatchObject({ label: 'CONTRACT START' });
    flow.close();
  });

  test('dates travel as ISO where their order is proven, and as they are where nobody has said it', async () => {
    const database = freshDatabase();
    const flow = await makeRoom(database).open();
    await choose(flow, paste(DATED, ...rows));
    const { body, rows: sent } = await send(flow, database);
    expect(body.mapping?.[4]).toEqual({ column: 4, field: 'custom', label: 'Contract Start', type: 'date', dateOrder: 'dmy' });
    expect(sent[1]?.lead?.customFields).toEqual([
      { label: 'Contract Start', value: '2026-04-03', type: 'date' },
      { label: 'Last seen', value: '05/06/2026', type: 'date' },
      { label: 'Shoe size', value: '41', type: 'number' },
    ]);
    flow.close();
  });

  test('the order that is chosen is another plan, and travels with the mapping', async () => {
    const database = freshDatabase();
    const flow = await makeRoom(database).open();
    await choose(flow, paste(DATED, ...rows));
    const chosen = tableOf(flow).mapping.map((entry) => (entry.label === 'Last seen' ? { ...entry, dateOrder: 'mdy' as const } : entry));
    const { body, rows: sent } = await send(flow, database, chosen);
    expect(body.mapping?.[5]).toMatchObject({ dateOrder: 'mdy' });
    expect(sent[1]?.lead?.customFields?.[1]).toEqual({ label: 'Last seen', value: '2026-05-06', type: 'date' });
    flow.close();
  });
});

test('one column may feed two fields, and a field may have the same value in every row', async () => {
  const database = freshDatabase();
  const flow = await makeRoom(database).open();
  await choose(flow, paste(HEADER, ANN, ['Bob', 'Ray', 'bob at example.com', '+12025550124']));
  const mapping: Mapping = [
    { column: 0, field: 'firstName' },
    { column: 1, field: 'lastName' },
    { column: 2, field: 'email' },
    { column: 2, field: 'custom', label: 'Login' },
    { column: 3, field: 'phone' },
    { field: 'companyName', value: 'Fern' },
    { field: 'tags', value: 'fair' },
    { field: 'custom', value: 'Spring', label: 'Season' },
  ];
  const { body, rows } = await send(flow, database, mapping);
  expect(body.mapping).toEqual(mapping);
  expect(rows[0]).toMatchObject({
    decision: 'create',
    lead: {
      email: 'ann@example.com',
      companyName: 'Fern',
      tags: ['fair'],
      customFields: [
        { label: 'Login', value: 'ann@example.com' },
        { label: 'Season', value: 'Spring' },
      ],
    },
  });
  expect(rows[1]).toMatchObject({ decision: 'reject', problems: [{ code: 'email_no_at', field: 'email', column: 2 }] });
  expect(flow.view().draft.step).toSatisfy((step) => step === 'importing' || step === 'receipt');
  await viewWhen(flow, isAt('importing'));
  flow.close();
});
