import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import type { MatchAnswer } from '#shared/api/match.ts';
import { pushOutbox } from '../../extension/background/push-outbox.ts';
import { driveFlow } from '../../extension/flow/drive-flow.ts';
import type { FlowEffects } from '../../extension/flow/flow-effects.ts';
import type { ImportFlow } from '../../extension/flow/import-flow.ts';
import { createEngine } from '../../extension/flow/planner-engine.ts';
import type { ImportView } from '../../extension/flow/view.ts';
import { type AskWorkspace, questionsOf } from '../../extension/platform/ask-workspace.ts';
import { serverApi } from '../../extension/platform/server-api.ts';
import { openDatabase } from '../../extension/storage/database.ts';
import { startServer, type TestServer } from '../support/start-server.ts';
import { viewWhen } from '../support/view-when.ts';

/** A salesperson's browser and a server of their own, both real, in this process: only screens and sockets are missing. */
export type SeedRoom = {
  readonly server: TestServer;
  readonly flow: ImportFlow;
  /** Reads a file up to the columns, into a new list unless one is given. */
  readonly upload: (csv: string, list?: { readonly id: string; readonly name: string }) => Promise<void>;
  readonly goTo: (step: 'read' | 'map' | 'check' | 'preview') => Promise<void>;
  /** From the preview on: Import, and what the background does. Gives the view with the receipt. */
  readonly importNow: () => Promise<ImportView>;
  readonly close: () => Promise<void>;
};

let databases = 0;

export async function openSeedRoom(): Promise<SeedRoom> {
  const server = await startServer();
  const database = openDatabase(`seed-${++databases}`);
  const fetchApp: typeof fetch = async (input, init) => server.app.fetch(new Request(input, init));
  const api = () => serverApi({ address: 'http://localhost:8787', key: server.adminKey, fetch: fetchApp, now: Date.now });
  const ask: AskWorkspace = async ({ listId }, keys) => {
    const matches: MatchAnswer['matches'][number][] = [];
    const suppressed: MatchAnswer['suppressed'][number][] = [];
    for (const question of questionsOf(keys)) {
      const answer = await api().match({ listId, ...question });
      if (!answer.ok) return null;
      matches.push(...answer.value.matches);
      suppressed.push(...answer.value.suppressed);
    }
    return { matches, suppressed };
  };
  const effects: FlowEffects = {
    database,
    planner: createEngine(database, ask),
    now: Date.now,
    newId: randomUUID,
    server: async () => ({ address: 'http://localhost:8787', key: server.adminKey, api: api() }),
    watchServer: () => () => {},
    defaultCountry: async () => 'US',
    wakeLater: async () => undefined,
    wake: async () => undefined,
    tryLock: async (_, work) => work(),
    after: () => () => {},
  };
  const flow = await driveFlow(effects);
  await viewWhen(flow, (view) => view.server.kind === 'ready');
  const goTo: SeedRoom['goTo'] = async (step) => {
    await flow.send({ kind: 'wentTo', step });
    if (step === 'check' || step === 'preview') await viewWhen(flow, isPlanned);
  };
  return {
    server,
    flow,
    goTo,
    upload: async (csv, list) => {
      await flow.chooseFile(new File([csv], 'leads.csv'));
      await viewWhen(flow, (view) => view.draft.step === 'read' && view.draft.reading.kind !== 'waiting');
      if (list) await flow.send({ kind: 'listChosen', list: { kind: 'existing', ...list } });
    },
    importNow: async () => {
      await flow.confirm();
      await pushOutbox({ database, api: async () => api(), now: Date.now, random: () => 0.5, sleep: async () => {} });
      return viewWhen(flow, (view) => view.draft.step === 'receipt');
    },
    close: async () => {
      flow.close();
      await server.stop();
    },
  };
}

const isPlanned = ({ draft }: ImportView) => (draft.step === 'check' || draft.step === 'preview') && draft.plan !== null;
