import { expect, test } from 'vitest';
import { linkImported } from '../../../server/crm/link-imported.ts';
import { SYNC_LIMITS } from '../../../server/crm/sync/limits.ts';
import { runSync } from '../../../server/crm/sync/run.ts';
import { createMemorySyncStore } from '../../../server/store/memory/sync-store.ts';
import type { ImportRowRecord } from '../../../server/store/records.ts';
import { createRemote } from './model/remote.ts';
import { settingsOf } from './model/settings.ts';

test('who was deleted here after an import that the server did not live to end does not come back as the contact they became', async () => {
  let now = Date.UTC(2026, 4, 1, 12);
  const remote = createRemote(() => now++, 'salesforce');
  const { store, leads } = createMemorySyncStore();
  const story = { rules: ['crm', 'crm'], removesLeads: false, archivesThere: false, shouts: false, crm: 'salesforce', steps: [] } as const;
  await store.changeSettings({ workspace: 1, member: null, at: now }, 1, settingsOf(story));
  const there = remote.user.add(new Map([['firstName', 'Ann']]), 'lead');
  const readFrom = now;
  const read = await remote.crm.readRecords('lead', [there.id], []);
  const record = read.ok && read.value[0]?.kind === 'found' ? read.value[0].record : expect.fail('not read');
  const leadId = leads.addLead({ firstName: 'Ann' });
  const row = { line: 2, bucket: 'created', leadId, problems: [] } as unknown as ImportRowRecord; // what linking reads of a row
  const fence = (await store.takeLease(1, 1, 'import', now, now + 1)) ?? expect.fail('busy');
  const run = await store.startRun(fence, 'import', now);
  const dying = {
    ...store,
    readImportRows: async (...[, , { cursor }]: readonly [unknown, unknown, { readonly cursor?: string }]) =>
      cursor === undefined ? { rows: [row], nextCursor: 'next' } : Promise.reject(new Error('the server died')),
  } as Parameters<typeof linkImported>[0]['store']; // one page, and none after it
  const imported = { importId: 'i', recordAt: () => record, wholeTypes: ['lead'] as const, readFrom, clockOffsetMs: 0, calls: 1 };
  const deps = { store: dying, limits: SYNC_LIMITS, now: () => now, newId: () => 'x' };
  await expect(linkImported(deps, run, imported)).rejects.toThrow('died');
  expect(leads.listAllLinks()).toMatchObject([{ leadId, remoteId: there.id }]);

  leads.deleteLead(leadId);
  now += 10 * 60_000;
  remote.user.convert(there, null);
  now += 10 * 60_000;
  const parts = {
    crm: remote.crm,
    store,
    workspace: 1,
    connection: 1,
    defaultCountry: 'US',
    owner: 'me',
    now: () => now,
    newId: () => `id${now++}`,
  };
  expect(await runSync(parts, { trigger: 'schedule' })).toMatchObject({ outcome: 'done' });
  expect(leads.listLeads()).toEqual([]);
});
