// @vitest-environment node
import { Dexie } from 'dexie';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { readFile } from '#shared/table/read-file.ts';
import { pushOutbox } from '../../../extension/background/push-outbox.ts';
import type { ImportFlow } from '../../../extension/flow/import-flow.ts';
import { openDatabase } from '../../../extension/storage/database.ts';
import { cancelImport, dismissImport } from '../../../extension/storage/outbox.ts';
import { noteVisit, readSheetLink, readSheetLinks, scheduleSheet } from '../../../extension/storage/sheet-links.ts';
import { sheetLinkId } from '../../../extension/storage/sheet-records.ts';
import { findSince } from '../../../extension/storage/sheet-since.ts';
import { makeSheetRoom, SHEET, type SheetRoom, sheetFile } from '../../support/sheet-room.ts';
import { viewWhen } from '../../support/view-when.ts';

const ID = sheetLinkId(SHEET);
const person = (at: number) => [`P${at}`, 'Lee', `p${at}@example.com`, `+1202555${String(1_000 + at)}`, 'Fern'];
const people = (count: number) => Array.from({ length: count }, (_, at) => person(at));

const rooms: SheetRoom[] = [];
let room: SheetRoom;
let flow: ImportFlow;
beforeEach(async () => {
  room = await makeSheetRoom();
  rooms.push(room);
  flow = await room.open();
  await viewWhen(flow, ({ server }) => server.kind === 'ready');
});
afterAll(async () => {
  for (const one of rooms) await one.stop();
});

/** An import of a sheet, sealed and not sent; gives its id. */
async function seal(count: number): Promise<string> {
  await room.read(flow, people(count));
  await flow.send({ kind: 'wentTo', step: 'preview' });
  await viewWhen(flow, ({ draft }) => draft.step === 'preview' && draft.plan?.matched === true);
  await flow.confirm();
  const [record] = await room.database.imports.toArray();
  return record?.id ?? '';
}

async function sinceNow(count: number) {
  const table = await readFile(new Uint8Array(await (await sheetFile(people(count))).arrayBuffer()));
  if (!table.ok) throw new Error(table.error.code);
  return (await findSince(room.database, ID, table.value, {}))?.facts;
}

describe('what became of each row is remembered, whatever happens on the way', () => {
  test('an answer that was lost is asked for again: the server says the same once more', async () => {
    await seal(2_500);
    let lost = 1;
    const effects = { database: room.database, now: () => ++room.clock.ms, random: () => 0.5, sleep: async () => {} };
    await pushOutbox({
      ...effects,
      api: async () => ({
        ...room.api,
        putChunk: async (id, seq, body) => {
          const answer = await room.api.putChunk(id, seq, body);
          return seq === 1 && lost-- > 0 ? { ok: false, error: { kind: 'unreachable', retry: 'later' } } : answer;
        },
      }),
    });
    expect(await room.database.imports.toArray()).toMatchObject([{ stage: 'done', receipt: { created: 2_500 } }]);
    expect(await sinceNow(2_500)).toMatchObject({ fresh: 0, changed: 0, same: 2_500 });
  });

  test('of an import that is cancelled half-way, the rows that were not sent are new the next time', async () => {
    const id = await seal(2_500);
    const effects = { database: room.database, now: () => ++room.clock.ms, random: () => 0.5, sleep: async () => {} };
    await pushOutbox({
      ...effects,
      api: async () => ({
        ...room.api,
        putChunk: async (importId, seq, body) => {
          const answer = await room.api.putChunk(importId, seq, body);
          if (seq === 0) await cancelImport(room.database, id);
          return answer;
        },
      }),
    });
    expect((await readSheetLink(room.database, ID))?.history).toMatchObject([{ outcome: 'cancelled', wrote: { saved: 1_000 } }]);
    expect(await sinceNow(2_500)).toMatchObject({ fresh: 1_500, same: 1_000 });
  });

  test('an import that was called off before anything was sent links nothing and leaves nothing', async () => {
    const id = await seal(3);
    await cancelImport(room.database, id);
    await dismissImport(room.database, id);
    expect(await readSheetLinks(room.database)).toEqual([]);
    expect(await room.database.prints.count()).toBe(0);
  });
});

describe('a linked sheet', () => {
  beforeEach(async () => {
    await seal(2);
    await room.push();
  });

  test('keeps its schedule over the next import', async () => {
    await scheduleSheet(room.database, ID, 'daily', 1_000);
    expect(await readSheetLink(room.database, ID)).toMatchObject({ schedule: 'daily', nextAt: 1_000 + 24 * 60 * 60 * 1_000 });
    await flow.startOver();
    await room.read(flow, people(3));
    await room.importIt(flow);
    expect(await readSheetLink(room.database, ID)).toMatchObject({ schedule: 'daily', history: [{}, {}] });
  });

  test('keeps as much of its history as anybody looks through', async () => {
    for (let at = 1; at <= 60; at++) await noteVisit(room.database, ID, { at, by: 'schedule', outcome: 'nothingNew' });
    const history = (await readSheetLink(room.database, ID))?.history ?? [];
    expect(history).toHaveLength(50);
    expect(history[0]?.at).toBe(60);
  });

  test('another tab, or another range of it, is another sheet', () => {
    const ids = [SHEET, { ...SHEET, gid: 8 }, { ...SHEET, range: 'A1:E9' }].map(sheetLinkId);
    expect(new Set(ids).size).toBe(3);
  });
});

test('a browser from before linked sheets keeps all it had', async () => {
  const before = new Dexie('from-before');
  before.version(1).stores({
    drafts: 'id, touchedAt',
    files: 'draft',
    known: 'draft',
    mappings: 'signature, usedAt',
    imports: 'id, stage, createdAt',
    chunks: '[import+seq]',
  });
  await before.table('drafts').add({ id: 'd1', touchedAt: 5, state: { step: 'source' } });
  await before.table('chunks').add({ import: 'i1', seq: 0, sha256: 'x', rows: 1 });
  before.close();
  const database = openDatabase('from-before');
  expect(await database.drafts.get('d1')).toMatchObject({ touchedAt: 5 });
  expect(await database.chunks.count()).toBe(1);
  expect(await database.sheets.count()).toBe(0);
  database.close();
});
