import { beforeEach, expect, test } from 'vitest';
import type { Crm, WriteAnswer } from '../../../../server/crm/adapter.ts';
import { runSync } from '../../../../server/crm/sync/run.ts';
import { createMemorySyncStore, type MemoryLeads } from '../../../../server/store/memory/sync-store.ts';
import type { RunTrigger } from '../../../../server/store/sync-records.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';
import type { CrmFailure } from '../../../../shared/crm/failure.ts';
import type { OptOutKind } from '../../../../shared/crm/record.ts';
import { ok } from '../../../../shared/result.ts';
import { createRemote, type Remote } from '../model/remote.ts';
import type { RemoteRecord } from '../model/remote-records.ts';
import { settingsOf } from '../model/settings.ts';
import type { CrmName } from '../model/story.ts';

const MINUTE = 60_000;
const DESK = '+12025550123';
const REFUSAL: CrmFailure = { kind: 'validation', code: 'NO', message: '' };
const STORY = { rules: ['crm', 'crm'], removesLeads: false, archivesThere: false, shouts: false, steps: [] } as const;

let now: number;
let crmName: CrmName;
let remote: Remote;
let store: SyncStore;
let leads: MemoryLeads;
let ids: number;
/** What the CRM was told: of each record its id and the kinds. */
let asked: (readonly (readonly string[])[])[];
/** What the CRM says to the next opt-outs instead of doing it. */
let says: CrmFailure | null;
/** A kind it never takes. */
let refuses: OptOutKind | null;
/** What it can be told, where that is not what it always can. */
let sayable: readonly OptOutKind[] | null;
beforeEach(async () => {
  now = Date.UTC(2026, 4, 1, 12);
  [ids, asked, says, refuses, sayable] = [0, [], null, null, null];
  await use('hubspot');
});

async function use(name: CrmName): Promise<void> {
  crmName = name;
  remote = createRemote(() => now++, name);
  ({ store, leads } = createMemorySyncStore());
  await choose(true);
}
const errors = async () => (await store.listErrors(1, 1, { limit: 9 })).items;

async function choose(writesOptOuts: boolean): Promise<void> {
  await store.changeSettings({ workspace: 1, member: null, at: now }, 1, { ...settingsOf({ ...STORY, crm: crmName }), writesOptOuts });
}
async function run(trigger: RunTrigger = 'by_hand') {
  now += MINUTE;
  const writeOptOuts: Crm['writeOptOuts'] = async (type, items) => {
    asked.push(items.map(({ id, kinds }) => [id, ...kinds]));
    const failure = says;
    says = null;
    const answers = items.map(async (item): Promise<readonly WriteAnswer[]> => {
      const why = failure ?? (item.kinds.some((kind) => kind === refuses) ? REFUSAL : null);
      return why ? [{ kind: 'failed', opId: item.id, failure: why }] : remote.crm.writeOptOuts(type, [item]);
    });
    return (await Promise.all(answers)).flat();
  };
  const optOutKinds: Crm['optOutKinds'] = async (type) => (sayable ? ok(sayable) : remote.crm.optOutKinds(type));
  const crm: Crm = { ...remote.crm, optOutKinds, writeOptOuts };
  const ran = await runSync(
    { crm, store, workspace: 1, connection: 1, defaultCountry: 'US', owner: 'me', now: () => now, newId: () => `id${ids++}` },
    { trigger },
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
  expect((await run()).counts).toMatchObject({ optOutsThere: 1, updatedThere: 0 });
  expect(record.isOptedOut).toBe(true);
  await run();
  await run();
  expect(asked).toEqual([[[record.id, 'email']]]);
});

test('who is not linked, or has said so there, is told nothing', async () => {
  leads.addLead({ firstName: 'Bo', email: 'bo@example.com' });
  leads.suppress('email', 'bo@example.com', now);
  remote.user.optOut(await refusing());
  await run();
  expect(asked).toEqual([]);
});

/** Somebody with a number, in a CRM of that name. */
async function called(name: CrmName): Promise<RemoteRecord> {
  await use(name);
  const values = new Map([
    ['firstName', 'Ann'],
    ['email', 'ann@example.com'],
  ]);
  const record = remote.user.add(values, name === 'salesforce' ? 'lead' : 'contact');
  await run();
  const [lead] = leads.listLeads();
  leads.editLead(lead?.id ?? '', { ...lead?.lead, phone: DESK }, now);
  return record;
}

test.each([
  ['salesforce', [['ann@example.com', 'email']], ['email']],
  ['salesforce', [[DESK, 'phone']], ['phone']],
  [
    'salesforce',
    [
      ['ann@example.com', 'email'],
      [DESK, 'phone'],
    ],
    ['email', 'phone'],
  ],
  ['hubspot', [[DESK, 'phone']], []],
  [
    'hubspot',
    [
      ['ann@example.com', 'email'],
      [DESK, 'phone'],
    ],
    ['email'],
  ],
] as const)('in %s who refused by %j is told as %j, and nothing else is taken away', async (name, entries, kinds) => {
  const record = await called(name);
  for (const [value, kind] of entries) leads.suppress(kind, value, now);
  expect(leads.listLeads()).toMatchObject([{ isSuppressed: true }]);
  expect((await run()).counts.optOutsThere).toBe(kinds.length > 0 ? 1 : 0);
  const isTold = (kind: OptOutKind) => kinds.some((one) => one === kind);
  expect([record.isOptedOut, record.isNotCalled]).toEqual([isTold('email'), isTold('phone')]);
  const told = kinds.length > 0 ? [[[record.id, ...kinds]]] : [];
  await run();
  expect(asked).toEqual(told);
});

test('who is called no more and then not written to either is told of each once', async () => {
  const record = await called('salesforce');
  leads.suppress('phone', DESK, now);
  await run();
  leads.suppress('email', 'ann@example.com', now);
  await run();
  await run();
  expect(asked).toEqual([[[record.id, 'phone']], [[record.id, 'email']]]);
});

test('where both are not taken together each goes by itself, and what is not taken stands among the errors', async () => {
  const record = await called('salesforce');
  leads.suppress('phone', DESK, now);
  leads.suppress('email', 'ann@example.com', now);
  refuses = 'phone';
  expect((await run()).counts).toMatchObject({ optOutsThere: 1, errors: 1 });
  expect([record.isOptedOut, record.isNotCalled]).toEqual([true, false]);
  const [error] = await errors();
  expect(error).toMatchObject({ kind: 'validation', stage: 'opt_out', leadId: leads.listLeads()[0]?.id });
  await run();
  expect(asked).toHaveLength(3);
  refuses = null;
  await store.retryError({ workspace: 1, member: null, at: now }, 1, error?.id ?? '', { kind: 'again' });
  await run();
  expect([record.isNotCalled, asked.at(-1), await errors()]).toEqual([true, [[record.id, 'phone']], []]);
});

test('a kind the CRM cannot be told of keeps nobody from being told the other, and is not asked about record by record', async () => {
  const record = await called('salesforce');
  leads.suppress('phone', DESK, now);
  sayable = ['email'];
  const { calls } = await run();
  expect((await run()).calls).toBeLessThanOrEqual(calls);
  leads.suppress('email', 'ann@example.com', now);
  await run();
  expect([record.isOptedOut, record.isNotCalled, asked, await errors()]).toEqual([true, false, [[[record.id, 'email']]], []]);
});

test('a lead there that becomes a contact is told anew only where the contact does not say so itself', async () => {
  const record = await called('salesforce');
  leads.suppress('email', 'ann@example.com', now);
  await run();
  const other = remote.user.add(new Map([['firstName', 'Ann']]), 'contact');
  remote.user.convert(record, other);
  other.isOptedOut = false;
  await run();
  await run();
  expect([other.isOptedOut, asked.length]).toEqual([true, 2]);
});

test('who opted out while their making was never answered is not made again, and is told where it was', async () => {
  await use('salesforce');
  await run();
  leads.addLead({ firstName: 'Bo', email: 'bo@example.com' });
  remote.seen.fault = 'lost';
  await run();
  leads.suppress('email', 'bo@example.com', now);
  await run();
  await run();
  const made = [...remote.records.values()];
  expect(made).toMatchObject([{ isOptedOut: true }]);
  leads.addLead({ firstName: 'Cy', email: 'cy@example.com' });
  remote.seen.fault = 'never';
  await run();
  leads.suppress('email', 'cy@example.com', now);
  await run();
  await run();
  expect([...remote.records.values()]).toHaveLength(1);
});

test('a dry run counts who would be told, and tells nobody', async () => {
  const record = await called('salesforce');
  leads.suppress('phone', DESK, now);
  expect((await run('dry_run')).counts).toMatchObject({ optOutsThere: 1, updatedThere: 0 });
  expect([record.isNotCalled, asked]).toEqual([false, []]);
  expect((await run()).counts.optOutsThere).toBe(1);
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
  const [error] = await errors();
  expect(error).toMatchObject({ kind: 'scope', stage: 'opt_out' });
  await store.retryError({ workspace: 1, member: null, at: now }, 1, error?.id ?? '', { kind: 'again' });
  await run();
  expect([record.isOptedOut, await errors()]).toEqual([true, []]);
});

test('where no admin chose so nothing is told', async () => {
  await choose(false);
  await refusing();
  await run();
  expect(asked).toEqual([]);
});
