// @vitest-environment node
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { fail, ok } from '#shared/result.ts';
import { sheetFailure } from '#shared/table/sheet-failure.ts';
import { badgeStateOf } from '../../../extension/background/badge-state.ts';
import { type RefreshEffects, refreshDueSheets } from '../../../extension/background/sheet-refresh.ts';
import { questionsOf } from '../../../extension/platform/ask-workspace.ts';
import { googleFailure } from '../../../extension/platform/google-failure.ts';
import { readSheetLinks, scheduleSheet } from '../../../extension/storage/sheet-links.ts';
import { sheetLinkId, type VisitOutcome } from '../../../extension/storage/sheet-records.ts';
import { makeSheetRoom, SHEET, SHEET_HEADER, type SheetRoom, sheetFile } from '../../support/sheet-room.ts';
import { viewWhen } from '../../support/view-when.ts';

const ANN = ['Ann', 'Lee', 'ann@example.com', '2025550101', 'Fern'];
const BOB = ['Bob', 'Ray', 'bob@example.com', '2025550102', 'Fern'];
const CEM = ['Cem', 'Kaya', 'cem@example.com', '2025550103', 'Fern'];
const HOUR_MS = 60 * 60 * 1_000;
const ID = sheetLinkId(SHEET);

const rooms: SheetRoom[] = [];
let room: SheetRoom;
/** Each test begins an hour after Ann and Bob were imported, with the sheet looked at hourly. */
beforeEach(async () => {
  room = await makeSheetRoom();
  rooms.push(room);
  const flow = await room.open();
  await viewWhen(flow, ({ server }) => server.kind === 'ready');
  await room.read(flow, [ANN, BOB]);
  await room.importIt(flow);
  await flow.startOver();
  flow.close();
  await scheduleSheet(room.database, ID, 'hourly', room.clock.ms);
  room.clock.ms += HOUR_MS + 1;
});
afterAll(async () => {
  for (const one of rooms) await one.stop();
});

async function cellsOf(rows: readonly (readonly string[])[], header: readonly string[] = SHEET_HEADER) {
  const blob = await sheetFile(rows, header);
  return ok({ kind: 'sheet', name: 'Spring roadshow - Attendees', bytes: blob.size, blob, sheet: SHEET } as const);
}

function effects(readSheet: RefreshEffects['readSheet'], rest: Partial<RefreshEffects> = {}): RefreshEffects {
  return {
    database: room.database,
    now: () => ++room.clock.ms,
    newId: () => crypto.randomUUID(),
    workspace: async () => {
      const answer = await room.api.workspace();
      return answer.ok ? answer.value : null;
    },
    isUndone: async (ids) => {
      const states = await Promise.all(ids.map((id) => room.api.importState(id)));
      return states.some((state) => state.ok && state.value.state === 'undone');
    },
    isListGone: async (listId) => {
      const lists = await room.api.lists();
      return lists.ok && !lists.value.some(({ id }) => id === listId);
    },
    readSheet,
    ask: async (listId, keys) => {
      for (const question of questionsOf(keys)) {
        const answer = await room.api.match({ listId, ...question });
        return answer.ok ? answer.value : null;
      }
      return { matches: [], suppressed: [] };
    },
    withPlannerLock: (_, work) => work(),
    ...rest,
  };
}

async function link() {
  const [found] = await readSheetLinks(room.database);
  if (!found) throw new Error('the sheet is linked');
  return found;
}

async function companies(): Promise<Readonly<Record<string, string>>> {
  const answer = await room.server.ask('/api/leads?limit=100');
  const { leads } = (await answer.json()) as { leads: { email: string; companyName: string }[] };
  return Object.fromEntries(leads.map(({ email, companyName }) => [email, companyName]));
}

describe('a sheet that is looked at by itself', () => {
  test('brings in what is new and changed, as an import of its own that can be undone', async () => {
    const found = await refreshDueSheets(effects(() => cellsOf([ANN.with(4, 'Alder'), BOB, CEM])));
    expect(found.looked).toBe(1);
    await room.push();
    expect(await companies()).toEqual({ 'ann@example.com': 'Alder', 'bob@example.com': 'Fern', 'cem@example.com': 'Fern' });
    const { history, nextAt, schedule } = await link();
    expect(history[0]).toMatchObject({
      by: 'schedule',
      outcome: 'imported',
      found: { fresh: 1, changed: 1, removed: 0 },
      wrote: { saved: 1, updated: 1, rejected: 0 },
    });
    expect(schedule).toBe('hourly');
    expect(nextAt).toBeGreaterThan(room.clock.ms);
    const undone = await room.server.send('POST', `/api/imports/${history[0]?.importId}/undo`, {});
    expect(await undone.json()).toMatchObject({ removed: 1, restored: 1 });
  });

  test('leaves nothing behind in this browser but its history', async () => {
    await refreshDueSheets(effects(() => cellsOf([ANN, BOB, CEM])));
    await room.push();
    const { imports, chunks, files, known, since, outcomes } = room.database;
    for (const table of [imports, chunks, files, known, since, outcomes]) expect(await table.count()).toBe(0);
  });

  test('sends nothing when nothing is new, and looks again after an hour', async () => {
    const { next } = await refreshDueSheets(effects(() => cellsOf([BOB, ANN])));
    expect((await link()).history[0]).toMatchObject({ outcome: 'nothingNew', found: { fresh: 0, changed: 0, removed: 0 } });
    expect(await room.database.imports.count()).toBe(0);
    expect((next ?? 0) - room.clock.ms).toBeGreaterThan(HOUR_MS - 1_000);
  });

  test('never deletes a lead because its row went away', async () => {
    await refreshDueSheets(effects(() => cellsOf([BOB, CEM])));
    await room.push();
    expect(Object.keys(await companies()).sort()).toEqual(['ann@example.com', 'bob@example.com', 'cem@example.com']);
  });

  test('is left alone until it is due, and for ever when it is switched off', async () => {
    const never: RefreshEffects['readSheet'] = () => Promise.reject(new Error('it was read'));
    await scheduleSheet(room.database, ID, 'daily', room.clock.ms);
    expect((await refreshDueSheets(effects(never))).looked).toBe(0);
    await scheduleSheet(room.database, ID, 'off', room.clock.ms);
    room.clock.ms += 100 * 24 * HOUR_MS;
    expect(await refreshDueSheets(effects(never))).toEqual({ looked: 0, next: null });
  });

  test('whose look died half-way is not looked at again at once', async () => {
    await expect(refreshDueSheets(effects(() => Promise.reject(new Error('the worker died'))))).rejects.toThrow();
    expect((await link()).nextAt).toBeGreaterThan(room.clock.ms);
  });
});

const TROUBLES: readonly (readonly [reason: string, outcome: VisitOutcome, readSheet: RefreshEffects['readSheet']])[] = [
  ['only a person can sign in', 'needsSignIn', async () => fail(googleFailure('signInNeeded'))],
  ['the sign-in was taken back', 'needsSignIn', async () => fail(sheetFailure('signedOut'))],
  ['another account answers', 'noAccess', async () => fail(googleFailure('wrongAccount'))],
  ['the account may not open it any more', 'noAccess', async () => fail(sheetFailure('noAccess'))],
  ['it was deleted', 'noAccess', async () => fail(sheetFailure('notFound'))],
  ['the operator has set no client ID', 'stuck', async () => fail(googleFailure('noClient'))],
  ['Google does not take the client', 'stuck', async () => fail(googleFailure('clientRefused'))],
  ['an administrator forbids it', 'stuck', async () => fail(googleFailure('blocked'))],
  ['the Sheets API is switched off', 'stuck', async () => fail(sheetFailure('apiDisabled'))],
  ['the tab has grown too large', 'stuck', async () => fail(sheetFailure('tooLarge'))],
  ['the tab is empty', 'stuck', async () => fail(sheetFailure('tabEmpty'))],
  ['a network wants a login first', 'failed', async () => fail(sheetFailure('unexpected'))],
  ['the line is down', 'failed', async () => fail(sheetFailure('unreachable'))],
  ['Google asks for patience', 'failed', async () => fail(sheetFailure('quota'))],
  ['its columns are other ones', 'headersChanged', () => cellsOf([[...ANN, 'x']], [...SHEET_HEADER, 'Booth'])],
];

describe('a look that comes to nothing writes nothing and stands in the history', () => {
  test.each(TROUBLES)('%s', async (_, outcome, readSheet) => {
    await refreshDueSheets(effects(readSheet));
    const found = await link();
    expect(found.history[0]).toMatchObject({ by: 'schedule', outcome });
    expect(await room.database.imports.count()).toBe(0);
    const needsYou = outcome !== 'failed';
    expect(badgeStateOf([], [found]).kind).toBe(needsYou ? 'sheetNeedsYou' : 'none');
  });

  test('its failure is kept by its kind, for the words of the history', async () => {
    await refreshDueSheets(effects(async () => fail(googleFailure('blocked'))));
    expect((await link()).history[0]).toMatchObject({ outcome: 'stuck', why: 'blocked' });
  });

  test('its list was deleted: only a person chooses another one', async () => {
    const { list } = await link();
    const gone = list.kind === 'existing' ? list.id : '';
    await refreshDueSheets(effects(() => cellsOf([ANN, BOB, CEM]), { isListGone: async (id) => id === gone }));
    const found = await link();
    expect(found.history[0]).toMatchObject({ by: 'schedule', outcome: 'listGone' });
    expect(badgeStateOf([], [found]).kind).toBe('sheetNeedsYou');
  });

  test('the server does not answer', async () => {
    await refreshDueSheets(effects(() => cellsOf([ANN, BOB, CEM]), { ask: async () => null }));
    expect((await link()).history[0]).toMatchObject({ outcome: 'failed', found: { fresh: 1 } });
  });

  test('this browser is connected to another workspace', async () => {
    const answer = await room.api.workspace();
    const other = answer.ok ? { ...answer.value, id: 'other' } : null;
    await refreshDueSheets(effects(() => cellsOf([CEM]), { workspace: async () => other }));
    expect((await link()).history[0]?.outcome).toBe('otherWorkspace');
  });

  test('an import of it was undone: nobody knows any more which rows are stored', async () => {
    const importId = (await link()).last.importId;
    await room.server.send('POST', `/api/imports/${importId}/undo`, {});
    await refreshDueSheets(effects(() => cellsOf([ANN, BOB, CEM])));
    expect((await link()).history[0]?.outcome).toBe('undone');
  });

  test('an import of the sheet is still under way', async () => {
    await refreshDueSheets(effects(() => cellsOf([ANN, BOB, CEM])));
    room.clock.ms += HOUR_MS;
    await refreshDueSheets(effects(() => cellsOf([ANN, BOB, CEM])));
    expect((await link()).history[0]?.outcome).toBe('busy');
  });
});
