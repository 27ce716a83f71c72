// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { RETENTION } from '#shared/limits.ts';
import { storageFailureKind } from '../../../extension/storage/database.ts';
import {
  addDraft,
  changeDraft,
  changeDraftAndFile,
  expireDrafts,
  keepKnown,
  readDraft,
  readFile,
  readKnown,
  removeDraft,
} from '../../../extension/storage/drafts.ts';
import { createFindKnown } from '../../../extension/storage/known-leads.ts';
import {
  addImport,
  cancelImport,
  changeImport,
  dismissImport,
  finishImport,
  pauseImport,
  readImport,
  readUnfinished,
  resumeImport,
  sealImport,
  writeChunk,
} from '../../../extension/storage/outbox.ts';
import type { ImportRecord } from '../../../extension/storage/records.ts';
import { addSealed, bytes, freshDatabase, ORDER } from '../background/sealed-import.ts';

const chunk = (seq: number) => ({ import: 'i1', seq, body: bytes({ rows: [] }), sha256: '', rows: 2 });
const SEAL = { body: bytes({}), total: 4, chunkRows: [2, 2] };

describe('the seal', () => {
  test('holds only when every chunk is there', async () => {
    const database = freshDatabase();
    await addImport(database, 'i1', 'd1', ORDER, 0);
    await writeChunk(database, chunk(0));
    expect(await sealImport(database, 'i1', SEAL)).toBe(false);
    await writeChunk(database, chunk(1));
    expect(await sealImport(database, 'i1', SEAL)).toBe(true);
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'sealed', total: 4 });
  });

  test('is put on once: a second planner changes nothing', async () => {
    const database = freshDatabase();
    await addSealed(database, 'i1', 2, 2);
    expect(await sealImport(database, 'i1', { ...SEAL, total: 99 })).toBe(false);
    expect((await readImport(database, 'i1'))?.total).toBe(4);
  });

  test('does not bring back an import that was called off', async () => {
    const database = freshDatabase();
    await addImport(database, 'i1', 'd1', ORDER, 0);
    await writeChunk(database, chunk(0));
    await writeChunk(database, chunk(1));
    await cancelImport(database, 'i1');
    expect(await sealImport(database, 'i1', SEAL)).toBe(false);
    expect(await database.chunks.count()).toBe(0);
  });
});

describe('pause, go on, cancel', () => {
  const set = async (rest: Partial<ImportRecord>) => {
    const database = freshDatabase();
    await addSealed(database, 'i1', 2, 2);
    await changeImport(database, 'i1', (record) => ({ ...record, ...rest }));
    return database;
  };
  const failure = { kind: 'listNotFound', retry: 'never' } as const;

  test('"Try again" after a stop sends the same chunks again', async () => {
    const database = await set({});
    await finishImport(database, 'i1', { stage: 'stopped', receipt: null, failure });
    expect(await database.chunks.count()).toBe(2);
    await resumeImport(database, 'i1');
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'sealed', failure: null });
  });
  test('"Try again" after a stop before the seal plans again', async () => {
    const database = await set({ body: null, stage: 'stopped' });
    await resumeImport(database, 'i1');
    expect((await readImport(database, 'i1'))?.stage).toBe('planning');
  });
  test('"Try now" forgets the wait', async () => {
    const database = await set({ failure: { kind: 'unreachable', retry: 'later' }, nextAttemptAt: 9e12, attempts: 7 });
    await resumeImport(database, 'i1');
    expect(await readImport(database, 'i1')).toMatchObject({ failure: null, nextAttemptAt: 0, attempts: 0 });
  });
  test('cancelled before the server was asked it is over at once', async () => {
    const database = await set({});
    await cancelImport(database, 'i1');
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'cancelled', receipt: null });
  });
  test('cancelled afterwards the server has the last word', async () => {
    const database = await set({ announced: true });
    await cancelImport(database, 'i1');
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'sealed', cancelAsked: true });
  });
  test('what is over can neither be paused nor cancelled', async () => {
    const database = await set({ stage: 'done' });
    await pauseImport(database, 'i1');
    await cancelImport(database, 'i1');
    await resumeImport(database, 'i1');
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'done', paused: false, cancelAsked: false });
  });
  test('only what is over can be put away', async () => {
    const database = await set({});
    await dismissImport(database, 'i1');
    expect(await readUnfinished(database)).toHaveLength(1);
    await finishImport(database, 'i1', { stage: 'done', receipt: null, failure: null });
    await dismissImport(database, 'i1');
    expect([await database.imports.count(), await database.chunks.count()]).toEqual([0, 0]);
  });
});

describe('drafts', () => {
  type State = { readonly step: number; readonly touchedAt: number };
  const touchedAt = (state: State) => state.touchedAt;

  test('two pages that change a draft at the same time both count', async () => {
    const database = freshDatabase();
    await addDraft(database, { id: 'd1', touchedAt: 0, state: { step: 0, touchedAt: 0 } });
    const add = (state: State) => ({ step: state.step + 1, touchedAt: state.touchedAt + 1 });
    await Promise.all(Array.from({ length: 20 }, () => changeDraft(database, 'd1', add, touchedAt)));
    expect((await readDraft(database, 'd1'))?.state).toEqual({ step: 20, touchedAt: 20 });
  });

  test('another file takes what was known about the former one along', async () => {
    const database = freshDatabase();
    await addDraft(database, { id: 'd1', touchedAt: 0, state: { step: 0, touchedAt: 0 } });
    await keepKnown(database, { draft: 'd1', basis: 'b', answer: '{}' });
    const next = (state: State) => ({ ...state, touchedAt: 1 });
    await changeDraftAndFile(database, 'd1', next, touchedAt, new Blob(['new']));
    expect(await readKnown(database, 'd1', 'b')).toBeNull();
    expect(await (await readFile(database, 'd1'))?.text()).toBe('new');
  });

  test('answers about another plan are not used', async () => {
    const database = freshDatabase();
    await keepKnown(database, { draft: 'd1', basis: 'b', answer: '{}' });
    expect(await readKnown(database, 'd1', 'c')).toBeNull();
  });

  test('a draft nobody touched for 14 days goes with its file, one that is being imported stays', async () => {
    const database = freshDatabase();
    const now = 10 * RETENTION.draftMs;
    for (const [id, age] of [
      ['old', RETENTION.draftMs],
      ['young', RETENTION.draftMs - 1],
      ['busy', RETENTION.draftMs],
    ] as const) {
      await addDraft(database, { id, touchedAt: now - age, state: {} });
      await database.files.put({ draft: id, blob: new Blob(['x']) });
    }
    await addImport(database, 'i1', 'busy', ORDER, 0);
    expect(await expireDrafts(database, now)).toBe(1);
    expect((await database.drafts.toCollection().primaryKeys()).sort()).toEqual(['busy', 'young']);
    expect((await database.files.toCollection().primaryKeys()).sort()).toEqual(['busy', 'young']);
  });

  test('a discarded draft leaves nothing', async () => {
    const database = freshDatabase();
    await addDraft(database, { id: 'd1', touchedAt: 0, state: {} });
    await keepKnown(database, { draft: 'd1', basis: 'b', answer: '{}' });
    await removeDraft(database, 'd1');
    expect([await database.drafts.count(), await database.known.count()]).toEqual([0, 0]);
  });
});

test('who is known is found by every key, once, with all that led there', () => {
  const ann = { id: '1', version: 2, inList: true, lead: { email: 'ann@example.com' } };
  const find = createFindKnown({
    matches: [
      { key: 'ann@example.com', leads: [ann] },
      { key: '+12025550123', leads: [ann, { ...ann, id: '2' }] },
    ],
    suppressed: [{ key: '+12025550123', entry: '+12025550123', kind: 'phone', since: '2026-01-01' }],
  });
  const { leads, suppressed } = find({ email: 'ann@example.com', phone: '+12025550123' }, [
    { kind: 'email', value: 'ann@example.com' },
    { kind: 'phone', value: '+12025550123' },
  ]);
  expect(leads.map(({ id, matchedOn }) => [id, matchedOn])).toEqual([
    ['1', ['email', 'phone']],
    ['2', ['phone']],
  ]);
  expect(suppressed).toEqual({ entry: '+12025550123', kind: 'phone', since: '2026-01-01' });
  expect(find({}, [{ kind: 'email', value: '__proto__' }])).toEqual({ leads: [] });
});

test('a full disk is told from a broken database', () => {
  expect(storageFailureKind({ name: 'AbortError', inner: { name: 'QuotaExceededError' } })).toBe('browserStorageFull');
  expect(storageFailureKind(new DOMException('', 'QuotaExceededError'))).toBe('browserStorageFull');
  expect(storageFailureKind(new Error('other'))).toBe('browserStorageFailed');
});
