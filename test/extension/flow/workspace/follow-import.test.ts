// @vitest-environment node
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { followImport } from '../../../../extension/flow/workspace/follow-import.ts';
import { askServer } from '../../../../extension/platform/ask-server.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

/** An import from a CRM whose answer is lost, on a whole server. */
let server: TestServer;
let id: string;
let isAway = false;

beforeEach(async () => {
  server = await startServer();
  isAway = false;
  id = (await (await server.send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() })).json()).id;
  server.hubspot.people.createContact({ firstname: 'Ann', email: 'ann@example.com' });
});
afterEach(() => server.stop());

const fetchServer: typeof globalThis.fetch = async (input, { signal: _, ...init } = {}) => {
  if (isAway) throw new TypeError('no connection');
  return await server.ask(String(input).replace('http://localhost:8787', ''), { ...init, key: null });
};
const calls = () => askServer({ address: 'http://localhost:8787', key: server.adminKey, fetch: fetchServer, now: Date.now });
const lost = { ok: false, error: { kind: 'unreachable', retry: 'later' } } as const;
const importNow = () => calls().ask('importConnection', { params: { id }, body: {} });

describe('an import whose answer is lost', () => {
  test('is asked about until the server is back, and shows its own receipt', async () => {
    const told: string[] = [];
    const end = await followImport({
      server: calls(),
      id,
      act: async () => {
        await importNow();
        isAway = true;
        return lost;
      },
      onLost: () => told.push('lost'),
      pause: async () => {
        told.push('looks');
        isAway = told.length < 8;
      },
    });
    const [imported] = (await (await server.ask('/api/imports')).json()).imports;
    expect(end).toEqual({ kind: 'done', importId: imported.importId });
    expect(told.slice(0, 2)).toEqual(['lost', 'looks']);
  });

  test('and that broke off as the server stopped is told as that, not as one that was not made', async () => {
    const { store } = server.backend;
    const end = await followImport({
      server: calls(),
      id,
      act: async () => {
        const [connection] = await store.listAllConnections();
        if (!connection) throw new Error('no connection');
        const fence = await store.takeLease(connection.workspace, connection.number, 'former', Date.now(), Date.now() + 60_000);
        if (fence) await store.startRun(fence, 'import', Date.now());
        await store.endFormerRuns(Date.now());
        return lost;
      },
      onLost: () => {},
      pause: async () => {},
    });
    expect(end).toMatchObject({ kind: 'brokeOff', importId: null, run: { outcome: 'failed', failure: { code: 'interrupted' } } });
  });

  test('and of which the server knows nothing was not made; what never left was not either', async () => {
    const how = { server: calls(), id, act: async () => lost, onLost: () => {}, pause: async () => {} };
    expect(await followImport(how)).toMatchObject({ kind: 'failed', failure: { kind: 'unreachable' } });
    isAway = true;
    expect(await followImport({ ...how, act: () => expect.fail('asked while away') })).toMatchObject({ kind: 'failed' });
  });
});

test('one that is answered, or refused, is not asked about', async () => {
  const how = { server: calls(), id, onLost: () => expect.fail('not lost'), pause: async () => {} };
  expect(await followImport({ ...how, act: importNow })).toMatchObject({ kind: 'done', importId: expect.any(String) });
  const refused = { ok: false, error: { kind: 'forbidden', retry: 'reconnect' } } as const;
  expect(await followImport({ ...how, act: async () => refused })).toEqual({ kind: 'failed', failure: refused.error });
});
