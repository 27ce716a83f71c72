// @vitest-environment node
import { describe, expect, test } from 'vitest';
import type { ImportState } from '#shared/api/imports.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import { BUCKETS } from '#shared/plan/plan.ts';
import { viewWhen } from '../../support/view-when.ts';
import { freshDatabase, ORDER } from '../background/sealed-import.ts';
import { isPlanned, isRead, makeRoom } from './flow-room.ts';

const ID = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
const REJECTED = `First name,Last name,Email,Phone,leadline_import,line,column,code,reason
Ann,Lee,ann@example.com,2025550123,${ID},7,Email,email_no_at,It has no @.
`;
const MAPPING: Mapping = [
  { column: 0, field: 'firstName' },
  { column: 1, field: 'lastName' },
  { column: 2, field: 'email' },
  { column: 3, field: 'altPhone1' },
];
const PAST: ImportState = {
  importId: ID,
  state: 'complete',
  source: 'csv',
  fileName: 'fair.csv',
  list: { id: 'l1', name: 'Old list', created: false },
  total: 10,
  chunkCount: 1,
  counters: Object.fromEntries(BUCKETS.map((bucket) => [bucket, bucket === 'rejected' ? 3 : 0])) as ImportState['counters'], // built from BUCKETS
  missingChunks: [],
  createdAt: '2026-05-04T00:00:00.000Z',
  by: { id: 'm1', name: 'Ann', email: 'ann@acme.example' },
  mapping: MAPPING,
  headers: ['First name', 'Last name', 'Email', 'Phone'],
  policy: { require: 'reachable', onDuplicate: 'fill', defaultCountry: 'DE' },
};

describe('rejected rows that come back', () => {
  test('go the way of their first import: its mapping, list and policy, our own columns left out, and linked to it', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    room.past.answer = PAST;
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'ready');
    await flow.chooseFile(new File([REJECTED], 'fair rejected.csv'));
    const { draft } = await viewWhen(flow, isRead);
    expect(draft).toMatchObject({
      list: { kind: 'existing', id: 'l1', name: 'Old list' },
      policy: { require: 'reachable', onDuplicate: 'fill', defaultCountry: 'DE', scope: 'list' },
      reading: { table: { retryOf: { importId: ID, fileName: 'fair.csv', at: Date.UTC(2026, 4, 4), rows: 3 } } },
    });
    expect(draft.step === 'read' && draft.reading.kind === 'ready' && draft.reading.mapping).toEqual([
      ...MAPPING,
      ...[4, 5, 6, 7, 8].map((column) => ({ column, field: 'ignore' })),
    ]);
    await flow.send({ kind: 'wentTo', step: 'map' });
    await flow.send({ kind: 'wentTo', step: 'check' });
    await viewWhen(flow, isPlanned);
    await flow.send({ kind: 'wentTo', step: 'preview' });
    await flow.confirm();
    const [record] = await database.imports.toArray();
    expect(JSON.parse(new TextDecoder().decode(record?.body ?? undefined))).toMatchObject({ retryOf: ID, total: 1 });
    flow.close();
  });

  test('without a server this browser remembers the import itself', async () => {
    const database = freshDatabase();
    const room = makeRoom(database);
    room.state.isUp = false;
    const body = new TextEncoder().encode(JSON.stringify({ source: 'csv', total: 10, chunkCount: 1, headers: PAST.headers }));
    const { newImport } = await import('../../../extension/storage/outbox.ts');
    await database.imports.add({ ...newImport(ID, 'other', { ...ORDER, mapping: MAPPING }, 9), stage: 'done', body });
    const flow = await room.open();
    await flow.chooseFile(new File([REJECTED], 'fair rejected.csv'));
    expect((await viewWhen(flow, isRead)).draft).toMatchObject({
      list: { kind: 'new', name: 'List' },
      reading: { table: { retryOf: { importId: ID, fileName: 'leads.csv', at: 9 } }, mapping: [...MAPPING, {}, {}, {}, {}, {}] },
    });
    flow.close();
  });

  test.each([
    { why: 'an import of another workspace', file: REJECTED },
    { why: 'rows rejected before anything was imported', file: REJECTED.replace(ID, '') },
  ])('$why: a file like any other, without our columns', async ({ file }) => {
    const room = makeRoom(freshDatabase());
    const flow = await room.open();
    await viewWhen(flow, (view) => view.server.kind === 'ready');
    await flow.chooseFile(new File([file], 'fair rejected.csv'));
    const { draft } = await viewWhen(flow, isRead);
    expect(draft).toMatchObject({ list: { kind: 'new' } });
    expect(draft.step === 'read' && draft.reading.kind === 'ready' && draft.reading.table.retryOf).toBeUndefined();
    expect(draft.step === 'read' && draft.reading.kind === 'ready' && draft.reading.mapping.slice(4)).toEqual(
      [4, 5, 6, 7, 8].map((column) => ({ column, field: 'ignore' })),
    );
    flow.close();
  });
});
