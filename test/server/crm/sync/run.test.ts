import { beforeEach, describe, expect, test } from 'vitest';
import type { Crm } from '../../../../server/crm/adapter.ts';
import { SYNC_LIMITS, type SyncLimits } from '../../../../server/crm/sync/limits.ts';
import { runSync, type SyncAsk, type SyncOutcome } from '../../../../server/crm/sync/run.ts';
import { createMemorySyncStore, type MemoryLeads } from '../../../../server/store/memory/sync-store.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';
import type { CrmFailure, FailureKind } from '../../../../shared/crm/failure.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import { fail } from '../../../../shared/result.ts';
import { createRemote, type Remote } from '../model/remote.ts';
import { settingsOf } from '../model/settings.ts';

const NOON = Date.UTC(2026, 4, 1, 12);
const MINUTE = 60_000;
const SETTINGS = settingsOf({ rules: ['crm', 'crm'], removesLeads: false, archivesThere: false, shouts: false, steps: [] });

let now: number;
let remote: Remote;
let crm: Crm;
let store: SyncStore;
let leads: MemoryLeads;
let ids: number;
beforeEach(async () => {
  now = NOON;
  ids = 0;
  remote = createRemote(() => now++);
  crm = remote.crm;
  ({ store, leads } = createMemorySyncStore());
  await change({});
});

async function change(settings: Partial<SyncSettings>): Promise<void> {
  await store.changeSettings({ workspace: 1, member: null, at: now }, 1, { ...SETTINGS, ...settings });
}
async function run(ask: Partial<SyncAsk> = {}, limits: Partial<SyncLimits> = {}): Promise<Extract<SyncOutcome, { kind: 'ran' }>> {
  now += MINUTE;
  const parts = { crm, store, workspace: 1, connection: 1, defaultCountry: 'US', owner: 'me', now: () => now, newId: () => `id${ids++}` };
  const outcome = await runSync({ ...parts, limits: { ...SYNC_LIMITS, ...limits } }, { trigger: 'by_hand', ...ask });
  return outcome.kind === 'ran' ? outcome : expect.fail(outcome.kind);
}
const person = (firstName: string, rest: Readonly<Record<string, string>> = {}) => new Map(Object.entries({ firstName, ...rest }));
async function errors() {
  return (await store.listErrors(1, 1, { limit: 99 })).items;
}

describe('a dry run', () => {
  test('says what would be done on each side, and names who would be made there', async () => {
    remote.user.add(person('Ann', { email: 'ann@acme.example', jobTitle: 'Chief' }));
    remote.user.add(person('Cy', { email: 'cy@globex.example' }));
    leads.addLead({ firstName: 'Ann', email: 'ann@acme.example', jobTitle: 'CTO' });
    const bob = leads.addLead({ firstName: 'Bob', email: 'bob@globex.example' });
    const { counts, foreseen } = await run({ trigger: 'dry_run' });
    expect(counts).toMatchObject({ pulled: 2, createdHere: 1, updatedHere: 1, createdThere: 1, conflicts: 1 });
    expect(foreseen).toMatchObject({ createsThere: [bob] });
  });

  test('keeps nothing of it on either side', async () => {
    remote.user.add(person('Ann', { email: 'ann@acme.example' }));
    leads.addLead({ firstName: 'Bob' });
    const before = JSON.stringify(leads.listLeads());
    await run({ trigger: 'dry_run' });
    expect([JSON.stringify(leads.listLeads()), leads.listAllLinks(), remote.seen.writes]).toEqual([before, [], 0]);
  });

  test('is what a run then does', async () => {
    remote.user.add(person('Ann', { email: 'ann@acme.example' }));
    leads.addLead({ firstName: 'Bob' });
    const { counts: said } = await run({ trigger: 'dry_run' });
    const { counts: done } = await run();
    for (const name of ['createdHere', 'updatedHere', 'createdThere', 'conflicts'] as const)
      expect([name, done[name]]).toEqual([name, said[name]]);
  });
});

describe('what goes where', () => {
  test('nobody is made there before an admin says who may', async () => {
    await change({ scopeOut: { kind: 'off' } });
    leads.addLead({ firstName: 'Bob' });
    await run();
    expect(remote.live()).toEqual([]);
  });

  test('leads of the chosen lists are made there, others are not', async () => {
    await change({ scopeOut: { kind: 'lists', listIds: ['fair'] } });
    leads.addLead({ firstName: 'Ann' }, ['fair']);
    leads.addLead({ firstName: 'Bob' }, ['cold']);
    await run();
    expect(remote.live().map(({ values }) => values.get('firstName'))).toEqual(['Ann']);
  });

  test('who came from there stays in step under every setting', async () => {
    await change({ scopeOut: { kind: 'off' } });
    const record = remote.user.add(person('Ann'));
    await run();
    const [ann] = leads.listLeads();
    leads.editLead(ann?.id ?? '', { firstName: 'Anna' }, now);
    await run();
    expect(record.values.get('firstName')).toBe('Anna');
  });

  test('who is linked stays in step outside the scope at once, and nobody else comes in; each is read once', async () => {
    await change({ scopeIn: { kind: 'list', id: 'x', name: 'X' } });
    const inScope = remote.user.add(person('Ann'));
    await run();
    const outside = remote.user.add(person('Bob', { email: 'bob@acme.example' }));
    const stranger = remote.user.add(person('Cy'));
    const { listChanged, listRecords } = remote.crm;
    const isIn = (id: string) => id === inScope.id;
    crm = {
      ...remote.crm,
      listRecords: async (...args) => {
        const all = await listRecords(...args);
        return all.ok ? { ok: true, value: { ...all.value, items: all.value.items.filter(({ id }) => isIn(id)) } } : all;
      },
      listChanged: async (type, scope, window, page) => {
        const all = await listChanged(type, scope, window, page);
        if (!all.ok || scope.kind === 'all') return all;
        return { ok: true, value: { ...all.value, items: all.value.items.filter(isIn) } };
      },
    };
    leads.addLead({ firstName: 'Bob', email: 'bob@acme.example' }); // found by address, and linked
    await run();
    now += 60 * MINUTE;
    await run();
    remote.user.edit(inScope, 'firstName', 'Anna');
    remote.user.edit(outside, 'firstName', 'Bobby');
    remote.user.edit(stranger, 'firstName', 'Cyrus');
    now += MINUTE;
    const { counts } = await run();
    expect(leads.listLeads().map(({ lead }) => lead.firstName)).toEqual(['Anna', 'Bobby']);
    expect(counts.pulled).toBe(2);
  });

  test('who is there by address is linked and not made again', async () => {
    await change({ scopeIn: { kind: 'list', id: 'x', name: 'X' } });
    crm = { ...remote.crm, listRecords: async () => ({ ok: true, value: { items: [], next: null } }) }; // not in the list
    remote.user.add(person('Ann', { email: 'ann@acme.example' }));
    leads.addLead({ firstName: 'Ann', email: 'ann@acme.example', jobTitle: 'Chief' });
    await run();
    expect(remote.live().map(({ values }) => values.get('jobTitle'))).toEqual(['Chief']);
  });

  test('who opted out there is on our list, and is no lead', async () => {
    remote.user.optOut(remote.user.add(person('Ann', { email: 'ann@acme.example' })));
    await run();
    expect([leads.suppressed(), leads.listLeads()]).toEqual([['ann@acme.example'], []]);
  });

  test('a field mapped later is brought together everywhere', async () => {
    await change({ pairs: SETTINGS.pairs.slice(0, 1) });
    remote.user.add(person('Ann', { jobTitle: 'Chief' }));
    await run();
    expect(leads.listLeads()[0]?.lead).toEqual({ firstName: 'Ann' });
    await change({});
    now += 60 * MINUTE; // long past every window
    await run();
    expect(leads.listLeads()[0]?.lead).toEqual({ firstName: 'Ann', jobTitle: 'Chief' });
  });
});

describe('a write that fails', () => {
  const failing = (failure: CrmFailure) => {
    crm = { ...remote.crm, createRecords: async (_, items) => items.map(({ opId }) => ({ kind: 'failed', opId, failure })) };
  };
  test.each<[FailureKind, outcome: string, waits: number | null | 'none']>([
    ['validation', 'done', null],
    ['duplicate', 'done', null],
    ['bug', 'done', null],
    ['transient', 'done', MINUTE],
    ['lock', 'done', MINUTE],
    ['held', 'done', MINUTE],
    ['rate_burst', 'partly', 'none'],
    ['rate_daily', 'stopped', 'none'],
    ['auth', 'failed', 'none'],
  ])('%s: the run is %s', async (kind, outcome, waits) => {
    leads.addLead({ firstName: 'Bob' });
    failing({ kind, code: 'x', message: 'words' });
    const ran = await run();
    expect(ran.outcome).toBe(outcome);
    const [error] = await errors();
    if (waits === 'none') expect(error).toBeUndefined();
    else expect(error).toMatchObject({ kind, stage: 'push', nextAt: waits === null ? null : expect.any(Number) });
    expect(await store.listSent({ workspace: 1, connection: 1, number: 0 })).toEqual([]);
  });

  test('without an answer stays under way, and is looked up before anything else is read', async () => {
    leads.addLead({ firstName: 'Bob' });
    remote.seen.fault = 'lost';
    expect((await run()).outcome).toBe('partly');
    expect(await store.listSent({ workspace: 1, connection: 1, number: 0 })).toHaveLength(1);
    expect((await run()).outcome).toBe('done');
    expect(remote.live()).toHaveLength(1);
  });

  test.each<[FailureKind, underWay: number]>([
    ['scope', 0],
    ['transient', 1],
  ])('whose history cannot be read (%s) waits only if that may pass', async (kind, underWay) => {
    const bob = leads.addLead({ firstName: 'Bob' });
    await run();
    leads.editLead(bob, { firstName: 'Robert' }, now);
    crm = { ...remote.crm, readHistory: async () => fail({ kind, code: 'x', message: '' }) };
    await run();
    expect(remote.live()[0]?.values.get('firstName')).toBe('Robert');
    expect(await store.listSent({ workspace: 1, connection: 1, number: 0 })).toHaveLength(underWay);
    crm = remote.crm;
    await run();
    expect(await store.listSent({ workspace: 1, connection: 1, number: 0 })).toEqual([]);
  });

  test('is sent again when the lead was mended, not before', async () => {
    const bob = leads.addLead({ firstName: 'Bob' });
    failing({ kind: 'validation', code: 'INVALID', message: '' });
    await run();
    crm = remote.crm;
    await run();
    expect(remote.live()).toEqual([]);
    leads.editLead(bob, { firstName: 'Robert' }, now);
    await run();
    expect([remote.live().length, await errors()]).toEqual([1, []]);
  });

  test('for the third time in a row because of a lock waits for a person', async () => {
    leads.addLead({ firstName: 'Bob' });
    failing({ kind: 'lock', code: '423', message: '' });
    for (let times = 0; times < 5; times++) {
      now += 60 * MINUTE;
      await run();
    }
    expect(await errors()).toMatchObject([{ kind: 'lock', nextAt: null }]);
  });
});

describe('a read that fails', () => {
  test.each<[FailureKind, outcome: string]>([
    ['auth', 'failed'],
    ['rate_daily', 'stopped'],
    ['transient', 'partly'],
    ['scope', 'partly'],
  ])('%s: the run is %s, and nothing is taken as read', async (kind, outcome) => {
    remote.user.add(person('Ann'));
    crm = { ...remote.crm, listRecords: async () => fail({ kind, code: 'x', message: '' }) };
    expect((await run()).outcome).toBe(outcome);
    crm = remote.crm;
    await run();
    expect(leads.listLeads()).toHaveLength(1);
  });
});

describe('calls', () => {
  test('a run uses a quarter of what is left today, and goes on next time', async () => {
    for (let made = 0; made < 20; made++) remote.user.add(person(`P${made}`));
    remote.seen.leftToday = 16;
    const first = await run();
    expect(first.calls).toBeLessThanOrEqual(4);
    expect([first.outcome, first.failure?.code]).toEqual(['partly', 'own_budget']);
    for (let more = 0; more < 8; more++) await run();
    expect(leads.listLeads()).toHaveLength(20);
  });

  test('nothing new costs one list of changes and one reading of what the window goes back over', async () => {
    remote.user.add(person('Ann'));
    await run();
    now += 60 * MINUTE;
    await run();
    expect((await run()).calls).toBe(1);
  });
});

test('a second run beside the first is turned away', async () => {
  const parts = { crm, store, workspace: 1, connection: 1, defaultCountry: 'US', owner: 'me', now: () => now, newId: () => `id${ids++}` };
  const outcomes = await Promise.all([runSync(parts, { trigger: 'by_hand' }), runSync(parts, { trigger: 'by_hand' })]);
  expect(outcomes.map(({ kind }) => kind).sort()).toEqual(['busy', 'ran']);
});
