import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEW_SETTINGS } from '#shared/crm/sync-settings.ts';
import { RUN_COUNTS, type RunCounts } from '../../../server/store/sync-records.ts';
import { NOON } from '../store/open-test-store.ts';
import { type OpenConnection, openConnection } from './open-connections.ts';

let open: OpenConnection;
beforeEach(async () => {
  open = await openConnection();
});
afterEach(() => open.end());

const DAY_MS = 24 * 60 * 60 * 1_000;
const health = () => open.server.store.readHealth(open.server.actor.workspace, open.connection.number, NOON - 7 * DAY_MS);
const counts = (over: Partial<RunCounts>): RunCounts => ({
  ...(Object.fromEntries(RUN_COUNTS.map((name) => [name, 0])) as RunCounts),
  ...over,
}); // every name has its 0

/** A run that began then and is over. */
async function run(startedAt: number, trigger: 'schedule' | 'dry_run', over: Partial<RunCounts>) {
  const { store, actor } = open.server;
  const fence = await store.takeLease(actor.workspace, open.connection.number, 'test', startedAt, startedAt + 1);
  if (!fence) throw new Error('held');
  const begun = await store.startRun(fence, trigger, startedAt);
  await store.saveRun(begun, counts(over), 7);
  await store.endRun(begun, { outcome: 'done', failure: null, at: startedAt + 12_000, leftToday: null });
  await store.releaseLease(fence);
  return begun;
}

test('a new connection has nothing to tell', async () => {
  expect(await health()).toEqual({
    linkedLeads: 0,
    lastRun: null,
    conflicts: { recent: 0, open: 0 },
    errors: { leads: 0, causes: 0 },
  });
});

test('the last run is the newest that was no dry run', async () => {
  await run(NOON - DAY_MS, 'schedule', {});
  const changes = { createdHere: 1, updatedHere: 2, removedHere: 5, createdThere: 3, updatedThere: 4, archivedThere: 6 };
  const last = await run(NOON, 'schedule', { ...changes, unchanged: 99 });
  await run(NOON + 1, 'dry_run', { createdHere: 50 });
  expect(await health()).toMatchObject({
    lastRun: { id: last.runId, outcome: 'done', startedAt: NOON, endedAt: NOON + 12_000, changes: 21 },
  });
});

test('records with errors are counted once, causes by what helps; what a person left out is not', async () => {
  const { store, actor } = open.server;
  await store.changeSettings({ workspace: actor.workspace, member: actor.member, at: NOON }, open.connection.number, NEW_SETTINGS);
  const fence = await store.takeLease(actor.workspace, open.connection.number, 'test', NOON, NOON + 1);
  if (!fence) throw new Error('held');
  const begun = await store.startRun(fence, 'schedule', NOON);
  const error = (remoteId: string, field: string) => ({
    type: 'contact' as const,
    leadId: null,
    remoteId,
    stage: 'pull' as const,
    failure: { kind: 'validation' as const, code: 'INVALID_OPTION', message: '', field },
    nextAt: null,
  });
  await store.noteErrors(begun, [error('1', 'status'), error('2', 'status'), error('3', 'stage'), error('4', 'stage')]);
  expect((await health()).errors).toEqual({ leads: 4, causes: 2 });
  const { items } = await store.listErrors(actor.workspace, open.connection.number, { limit: 9 });
  const act = { workspace: actor.workspace, member: actor.member, at: NOON };
  for (const { id, remoteId } of items)
    if (remoteId === '3' || remoteId === '4') await store.retryError(act, open.connection.number, id, { kind: 'ignore' });
  expect((await health()).errors).toEqual({ leads: 2, causes: 1 });
});
