import { beforeEach, expect, test } from 'vitest';
import { SYNC_LIMITS, type SyncLimits } from '../../../server/crm/sync-limits.ts';
import { runSync, type SyncAsk } from '../../../server/crm/sync-run.ts';
import { createMemorySyncStore } from '../../../server/store/memory/sync-store.ts';
import type { SyncSettings } from '../../../shared/crm/sync-settings.ts';
import { createRemote } from './model/remote.ts';
import { settingsOf } from './model/settings.ts';

/** What a run does not do before a person has given the number. */
const SETTINGS = settingsOf({ rules: ['crm', 'crm'], removesLeads: false, archivesThere: false, shouts: false, steps: [] });
const open = () => ({ ...createMemorySyncStore(), remote: createRemote(() => now++) });
let now = Date.UTC(2026, 4, 1, 12);
let ids = 0;
let { store, leads, remote } = open();
beforeEach(async () => {
  ({ store, leads, remote } = open());
  await change({});
});

async function change(settings: Partial<SyncSettings>): Promise<void> {
  await store.changeSettings({ workspace: 1, member: null, at: now }, 1, { ...SETTINGS, ...settings });
}
async function run(ask: Partial<SyncAsk> = {}, limits: Partial<SyncLimits> = {}) {
  now += 60_000;
  const parts = {
    crm: remote.crm,
    store,
    workspace: 1,
    connection: 1,
    defaultCountry: 'US',
    owner: 'me',
    now: () => now,
    newId: () => `id${ids++}`,
  };
  const outcome = await runSync({ ...parts, limits: { ...SYNC_LIMITS, ...limits } }, { trigger: 'by_hand', ...ask });
  return outcome.kind === 'ran' ? outcome : expect.fail(outcome.kind);
}
const person = (firstName: string) => new Map([['firstName', firstName]]);

test('many removals at once are asked about: the run says how many', async () => {
  await change({ whenDeletedHere: 'archive_there' });
  for (let made = 0; made < 30; made++) leads.addLead({ firstName: `P${made}` });
  await run();
  for (const { id } of leads.listLeads()) leads.deleteLead(id);
  const asked = await run();
  expect([asked.failure?.code, asked.failure?.message, remote.seen.archived.length]).toEqual(['too_many_removals', '30', 0]);
  await run({ maxRemoved: 30 });
  expect(remote.seen.archived).toHaveLength(30);
});

test('leads whose records are gone: every run asks about many, and they go once a person agrees', async () => {
  await change({ whenGoneThere: 'remove_lead' });
  const records = Array.from({ length: 30 }, (_, made) => remote.user.add(person(`P${made}`)));
  await run();
  for (const record of records) record.state = 'archived';
  for (const sweepsNow of [true, false]) {
    const asked = await run({ sweepsNow });
    expect([asked.failure?.code, asked.failure?.message, leads.listLeads().length]).toEqual(['too_many_removals', '30', 30]);
  }
  await run({ maxRemoved: 30, sweepsNow: true });
  expect(leads.listLeads()).toEqual([]);
});

test('more new records than agreed to are asked about; what is linked is sent all the same', async () => {
  const record = remote.user.add(person('Ann'));
  await run();
  leads.editLead(leads.listLeads()[0]?.id ?? '', { firstName: 'Anna' }, now);
  for (let made = 0; made < 7; made++) leads.addLead({ firstName: `P${made}` });
  const asked = await run({ agreedCreates: 8 }, { maxCreates: 6 });
  expect([asked.failure?.code, asked.failure?.message, remote.live().length]).toEqual(['too_many_creates', '7', 1]);
  expect(record.values.get('firstName')).toBe('Anna');
  await run({ agreedCreates: 7 }, { maxCreates: 6 });
  expect(remote.live()).toHaveLength(8);
});
