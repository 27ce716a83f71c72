import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSyncClock, EDIT_REST_MS, noteOutcome, type SyncClock } from '../../../server/crm/schedule.ts';
import type { RunTrigger } from '../../../server/store/sync-records.ts';
import type { CrmFailure } from '../../../shared/crm/failure.ts';
import type { Schedule } from '../../../shared/crm/sync-settings.ts';
import { openSqliteBench, SETTINGS, type SqliteBench } from '../../contract/sync-benches.ts';
import { createRemote, type Remote } from './model/remote.ts';

const MINUTE = 60_000;
let bench: SqliteBench;
const ASKED = ['crm.objects.contacts.read', 'crm.objects.deals.read'];
let remote: Remote;
let clock: SyncClock;
let broken: unknown[];
beforeEach(async () => {
  bench = await openSqliteBench();
  const now = () => bench.server.clock.now;
  remote = createRemote(now);
  broken = [];
  let ids = 0;
  clock = createSyncClock({
    store: bench.server.store,
    open: () => remote.crm,
    owner: 'me',
    now,
    newId: () => `id${ids++}`,
    askedScopes: () => ASKED,
    onFailure: (exception) => broken.push(exception),
  });
});
afterEach(async () => {
  expect(broken).toEqual([]);
  await bench.end();
});

async function choose(schedule: Schedule): Promise<void> {
  const { store, workspace, connection } = bench;
  const act = { workspace, member: null, at: bench.server.clock.now };
  await store.changeSettings(act, connection, { ...SETTINGS, schedule, scopeOut: { kind: 'all' } });
}
async function runs() {
  const { items } = await bench.store.listRuns(bench.workspace, bench.connection, { limit: 99 });
  return items.map(({ trigger, outcome }) => [trigger, outcome]);
}
function pass(ms: number): void {
  bench.server.clock.now += ms;
}

describe('who runs when', () => {
  test('nobody, before an admin chose so', async () => {
    await clock.tick();
    await choose('off');
    await clock.tick();
    expect(await runs()).toEqual([]);
  });

  test('at once when chosen, then by the schedule, and once for all that was slept through', async () => {
    await choose('often');
    await clock.tick();
    await clock.tick();
    expect(await runs()).toEqual([['schedule', 'done']]);
    pass(15 * MINUTE);
    await clock.tick();
    pass(9 * 24 * 60 * MINUTE);
    await clock.tick();
    await clock.tick();
    expect(await runs()).toHaveLength(3);
  });

  test('by themselves runs make no more than 100 new records there at once: a person is asked', async () => {
    for (let n = 0; n < 101; n++) await bench.addLead({ firstName: `P${n}`, email: `p${n}@example.com` });
    await choose('often');
    await clock.tick();
    const { items } = await bench.store.listRuns(bench.workspace, bench.connection, { limit: 1 });
    expect(items).toMatchObject([{ trigger: 'schedule', outcome: 'partly', failure: { code: 'too_many_creates', message: '101' } }]);
    expect(remote.live()).toEqual([]);
  });

  test('one run of a connection at a time', async () => {
    await choose('often');
    await Promise.all([clock.tick(), clock.tick(), clock.tick()]);
    expect(await runs()).toEqual([['schedule', 'done']]);
  });

  test('an edit is sent when nobody has edited for a while, and only where there is something to send', async () => {
    await choose('daily');
    await clock.tick();
    clock.noteEdit(bench.workspace);
    pass(EDIT_REST_MS);
    await clock.tick();
    expect(await runs()).toHaveLength(1); // nothing to send
    await bench.addLead({ firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com' });
    clock.noteEdit(bench.workspace);
    pass(EDIT_REST_MS - 1);
    clock.noteEdit(bench.workspace);
    pass(EDIT_REST_MS - 1);
    await clock.tick();
    expect(await runs()).toHaveLength(1);
    pass(1);
    await clock.tick();
    expect(await runs()).toEqual([
      ['local_edit', 'done'],
      ['schedule', 'done'],
    ]);
    expect(remote.live().map(({ values }) => values.get('email'))).toEqual(['ann@example.com']);
  });
});

describe('what a run finds out about its connection', () => {
  const ran = (failure: CrmFailure | null) =>
    ({ kind: 'ran', runId: 'r', outcome: failure ? 'stopped' : 'done', failure, counts: {} as never, calls: 0, foreseen: null }) as const; // counts play no part
  const state = async () => (await bench.server.store.listConnections(bench.workspace))[0];
  const note = async (failure: CrmFailure | null, trigger: RunTrigger = 'schedule') => {
    const known = (await state()) ?? expect.fail();
    await noteOutcome(bench.server.store, known, { trigger, outcome: ran(failure), at: bench.server.clock.now }, ASKED);
  };

  test('no calls left: it rests until there are again, then goes on', async () => {
    await choose('often');
    await note({ kind: 'rate_daily', code: '429', message: '', retryAfterMs: 60 * MINUTE });
    expect(await state()).toMatchObject({ state: 'paused_quota', pausedUntil: bench.server.clock.now + 60 * MINUTE });
    await clock.tick();
    expect(await runs()).toEqual([]);
    pass(60 * MINUTE);
    await clock.tick();
    expect(await runs()).toEqual([['schedule', 'done']]);
    expect(await state()).toMatchObject({ state: 'ok', pausedUntil: null });
  });

  test('our own thrift is no pause', async () => {
    await note({ kind: 'rate_daily', code: 'own_budget', message: '' });
    expect(await state()).toMatchObject({ state: 'ok' });
  });

  test('rights that are missing are named', async () => {
    await note({ kind: 'scope', code: '403', message: '', missingScopes: ['crm.objects.deals.read'] });
    expect(await state()).toMatchObject({ missingScopes: ['crm.objects.deals.read'] });
  });

  test('a right to see something, which no sign-in asks for, is missing until a run that reads goes through', async () => {
    const missing = ['Read on CampaignMember'];
    await note({ kind: 'scope', code: 'NO_OBJECT', message: '', missingScopes: missing });
    await note(null, 'local_edit');
    expect(await state()).toMatchObject({ missingScopes: missing });
    await note(null, 'dry_run');
    expect(await state()).toMatchObject({ missingScopes: missing });
    await note(null);
    expect(await state()).toMatchObject({ missingScopes: [] });
  });
});
