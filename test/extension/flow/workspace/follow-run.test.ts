// @vitest-environment node
import { afterEach, beforeEach, expect, test } from 'vitest';
import { followRun, runAsStarted } from '../../../../extension/flow/workspace/follow-run.ts';
import { askServer } from '../../../../extension/platform/ask-server.ts';
import type { RunAnswer } from '../../../../shared/api/connection-work.ts';
import { startServer, type TestServer } from '../../../support/start-server.ts';

/** Work that takes longer than its answer is waited for, on a whole server. */
const PATIENCE_MS = 1;
let server: TestServer;
let id: string;

beforeEach(async () => {
  server = await startServer();
  id = (await (await server.send('POST', '/api/connections/hubspot/service-key', { key: server.hubspot.oauth.serviceKey() })).json()).id;
  server.hubspot.people.createContact({ firstname: 'Ann', email: 'ann@example.com' });
});
afterEach(() => server.stop());

/** What the server is asked goes on when nobody waits any more, as it does behind a network. */
function impatient() {
  const fetch: typeof globalThis.fetch = (input, { signal, ...init } = {}) =>
    Promise.race([
      server.ask(String(input).replace('http://localhost:8787', ''), { ...init, key: null }),
      new Promise<never>((_, stop) => signal?.addEventListener('abort', () => stop(signal.reason))),
    ]);
  return askServer({ address: 'http://localhost:8787', key: server.adminKey, fetch, now: Date.now }, PATIENCE_MS);
}
const pause = () => new Promise<void>((done) => setTimeout(done, 20));
const follow = (route: 'importConnection' | 'syncConnection' | 'dryRunConnection', trigger: RunAnswer['trigger']) => {
  const calls = impatient();
  return followRun({ server: calls, id, trigger, act: () => calls.ask(route, { params: { id }, body: {} }), pause });
};

test('an import, a dry run and a sync that take longer than they are waited for are followed to their end', async () => {
  const imported = await follow('importConnection', 'import');
  expect(imported).toMatchObject({ ok: true, value: { trigger: 'import', outcome: 'done', counts: { pulled: 1 } } });
  const tried = await follow('dryRunConnection', 'dry_run');
  expect(tried).toMatchObject({ ok: true, value: { trigger: 'dry_run', outcome: 'done' } });
  const synced = await follow('syncConnection', 'by_hand');
  expect(synced).toMatchObject({ ok: true, value: { trigger: 'by_hand', outcome: 'done' } });
  if (synced.ok && 'trigger' in synced.value)
    expect(runAsStarted(synced.value)).toMatchObject({ dryRun: false, outcome: 'done', here: { created: 0 }, creates: [] });
});

test('what failed otherwise is told at once, and work that never began fails as it was told', async () => {
  const calls = impatient();
  const refused = { ok: false, error: { kind: 'unreachable' } } as const;
  const lost = { ok: false, error: { kind: 'timeout' } } as const;
  for (const answer of [refused, lost]) {
    const pause = async () => {};
    const act = async () => answer as never; // only its kind is looked at
    expect(await followRun({ server: calls, id, trigger: 'by_hand', act, pause })).toEqual(answer);
  }
});
