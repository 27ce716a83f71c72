import { beforeEach, expect, test } from 'vitest';
import type { Crm, WriteAnswer } from '../../../../server/crm/adapter.ts';
import { runSync } from '../../../../server/crm/sync/run.ts';
import { createMemorySyncStore, type MemoryLeads } from '../../../../server/store/memory/sync-store.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';
import type { CrmFailure } from '../../../../shared/crm/failure.ts';
import { createRemote, type Remote } from '../model/remote.ts';
import type { RemoteRecord } from '../model/remote-records.ts';
import { settingsOf } from '../model/settings.ts';

const MINUTE = 60_000;
const SETTINGS = settingsOf({ rules: ['crm', 'crm'], removesLeads: false, archivesThere: false, shouts: false, steps: [] });

let now: number;
let remote: Remote;
let store: SyncStore;
let leads: MemoryLeads;
let ids: number;
let asked: (readonly string[])[];
/** What the CRM says to the next opt-outs instead of doing it. */
let says: CrmFailure | null;
beforeEach(async () => {
  now = Date.UTC(2026, 4, 1, 12);
  [ids, asked, says] = [0, [], null];
  remote = createRemote(() => now++);
  ({ store, leads } = createMemorySyncStore());
  await choose(true);
});

async function choose(writesOptOuts: boolean): Promise<void> {
  await store.changeSettings({ workspace: 1, member: null, at: now }, 1, { ...SETTINGS, writesOptOuts });
}
async function run() {
  now += MINUTE;
  const writeOptOuts: Crm['writeOptOuts'] = async (type, records) => {
    asked.push(records);
    const failure = says;
    says = null;
    return failure ? records.map((opId): WriteAnswer => ({ kind: 'failed', opId, failure })) : remote.crm.writeOptOuts(type, records);
  };
  const crm: Crm = { ...remote.crm, writeOptOuts };
  const ran = await runSync(
    { crm, store, workspace: 1, connection: 1, defaultCountry: 'US', owner: 'me', now: () => now, newId: () => `id${ids++}` },
    { trigger: 'by_hand' },
  );
  return ran.kind === 'ran' ? ran : expect.fail(ran.kind);
}
/** Somebody both sides know, who asks us to be left alone. */
async function refusing(email = 'ann@example.com'): Promise<RemoteRecord> {
  const record = remote.user.add(
    new Map([
      ['firstName', 'Ann'],
      ['email', email],
    ]),
  );
  await run();
  leads.suppress('email', email, now);
  return record;
}

test('who asked us to be left alone is told there, once', async () => {
  const record = await refusing();
  expect((await run()).counts.updatedThere).toBe(1);
  expect(record.isOptedOut).toBe(true);
  await run();
  await run();
  expect(asked).toEqual([[record.id]]);
});

test('who is not linked, or has said so there, is told nothing', async () => {
  leads.addLead({ firstName: 'Bo', email: 'bo@example.com' });
  leads.suppress('email', 'bo@example.com', now);
  remote.user.optOut(await refusing());
  await run();
  expect(asked).toEqual([]);
});

test('who refused no more than calls may still be written to, and the CRM is told nothing', async () => {
  const record = remote.user.add(
    new Map([
      ['firstName', 'Ann'],
      ['email', 'ann@example.com'],
    ]),
  );
  await run();
  const [lead] = leads.listLeads();
  leads.editLead(lead?.id ?? '', { ...lead?.lead, phone: '+12025550123' }, now);
  leads.suppress('phone', '+12025550123', now);
  expect(leads.listLeads()).toMatchObject([{ isSuppressed: true }]);
  await run();
  expect([record.isOptedOut, asked]).toEqual([false, []]);
});

test('a lost answer is asked about: what arrived is not sent again, what did not is', async () => {
  const record = await refusing();
  says = { kind: 'ambiguous', code: 'NO_ANSWER', message: '' };
  expect(await run()).toMatchObject({ outcome: 'partly', failure: { kind: 'ambiguous' } });
  expect(await run()).toMatchObject({ outcome: 'done' });
  expect([record.isOptedOut, asked.length]).toEqual([true, 2]);
});

test('a refusal is an error to look at, and is not tried with every run', async () => {
  const record = await refusing();
  says = { kind: 'scope', code: 'READ_ONLY', message: '', field: 'optout' };
  expect((await run()).counts.errors).toBe(1);
  await run();
  expect(asked).toHaveLength(1);
  const [error] = (await store.listErrors(1, 1, { limit: 9 })).items;
  expect(error).toMatchObject({ kind: 'scope', stage: 'push' });
  await store.retryError({ workspace: 1, member: null, at: now }, 1, error?.id ?? '', { kind: 'again' });
  await run();
  expect([record.isOptedOut, (await store.listErrors(1, 1, { limit: 9 })).items]).toEqual([true, []]);
});

test('where no admin chose so nothing is told', async () => {
  await choose(false);
  await refusing();
  await run();
  expect(asked).toEqual([]);
});
