import type { MatchAnswer } from '#shared/api/match.ts';
import type { SheetOrigin } from '#shared/table/read-sheet-file.ts';
import { writeSheetFile } from '#shared/table/read-sheet-file.ts';
import { pushOutbox } from '../../extension/background/push-outbox.ts';
import { driveFlow } from '../../extension/flow/drive-flow.ts';
import type { ImportFlow } from '../../extension/flow/import-flow.ts';
import { createEngine } from '../../extension/flow/planner-engine.ts';
import type { ImportView } from '../../extension/flow/view.ts';
import { questionsOf } from '../../extension/platform/ask-workspace.ts';
import { serverApi } from '../../extension/platform/server-api.ts';
import { type Database, openDatabase } from '../../extension/storage/database.ts';
import { startServer, type TestServer } from './start-server.ts';
import { viewWhen } from './view-when.ts';

/** A browser that imports a sheet again and again into a whole server, both in this process. */
export type SheetRoom = {
  readonly database: Database;
  readonly server: TestServer;
  readonly api: ReturnType<typeof serverApi>;
  /** ms; each look at the clock moves it. */
  readonly clock: { ms: number };
  readonly open: () => Promise<ImportFlow>;
  /** A page that has read the sheet. */
  readonly read: (
    flow: ImportFlow,
    rows: Rows,
    more?: { readonly header?: readonly string[]; readonly hidden?: readonly number[] },
  ) => Promise<ImportView>;
  /** From what is read to the receipt. */
  readonly importIt: (flow: ImportFlow) => Promise<ImportView>;
  /** The background's part alone. */
  readonly push: () => Promise<unknown>;
  readonly stop: () => Promise<void>;
};
type Rows = readonly (readonly string[])[];

export const SHEET: SheetOrigin = { spreadsheetId: 'sheet-1', gid: 7, title: 'Spring roadshow', tab: 'Attendees' };
export const SHEET_HEADER = ['First name', 'Last name', 'Email', 'Phone', 'Company'];
const ADDRESS = 'http://localhost:8787';
let number = 0;

/** The bytes of a sheet with these rows under its header in row 1. */
export function sheetFile(rows: Rows, header: readonly string[] = SHEET_HEADER, hidden: readonly number[] = []): Promise<Blob> | Blob {
  return writeSheetFile(SHEET, { firstRow: 1, rows: [header, ...rows], hidden, errors: [], mergedCells: 0 });
}

export async function makeSheetRoom(): Promise<SheetRoom> {
  const database = openDatabase(`sheet-room-${++number}`);
  const server = await startServer();
  const clock = { ms: Date.parse('2026-05-04T09:00:00Z') };
  const now = () => ++clock.ms;
  // The page's own signal is of another kind than the server's requests: nothing here takes that long.
  const fetch: typeof globalThis.fetch = (input, { signal: _, ...init } = {}) =>
    server.ask(String(input).slice(ADDRESS.length), { ...init, key: null });
  const key = server.adminKey;
  const api = serverApi({ address: ADDRESS, key, fetch, now });

  const open = () =>
    driveFlow({
      database,
      planner: createEngine(database, async ({ listId }, keys) => {
        const found: { matches: MatchAnswer['matches'][number][]; suppressed: MatchAnswer['suppressed'][number][] } = {
          matches: [],
          suppressed: [],
        };
        for (const question of questionsOf(keys)) {
          const answer = await api.match({ listId, ...question });
          if (!answer.ok) return null;
          found.matches.push(...answer.value.matches);
          found.suppressed.push(...answer.value.suppressed);
        }
        return found;
      }),
      now,
      newId: () => crypto.randomUUID(),
      server: async () => ({ address: ADDRESS, key, api }),
      watchServer: () => () => {},
      defaultCountry: async () => 'US',
      wakeLater: async () => {},
      wake: async () => {},
      tryLock: async (_, work) => work(),
      after: () => () => {},
    });

  const push = () => pushOutbox({ database, api: async () => api, now, random: () => 0.5, sleep: async () => {} });

  return {
    database,
    server,
    api,
    clock,
    open,
    read: async (flow, rows, { header, hidden } = {}) => {
      const blob = await sheetFile(rows, header, hidden);
      const sheet = { ...SHEET, account: 'ana@example.com' };
      await flow.chooseSheet({ kind: 'sheet', name: 'Spring roadshow - Attendees', bytes: blob.size, blob, sheet });
      return viewWhen(flow, ({ draft }) => draft.step === 'read' && draft.reading.kind !== 'waiting');
    },
    importIt: async (flow) => {
      await flow.send({ kind: 'wentTo', step: 'preview' });
      await viewWhen(flow, ({ draft }) => draft.step === 'preview' && draft.plan?.matched === true);
      await flow.confirm();
      await push();
      return viewWhen(flow, ({ draft }) => draft.step === 'receipt');
    },
    push,
    stop: async () => {
      await server.stop();
      database.close();
    },
  };
}
