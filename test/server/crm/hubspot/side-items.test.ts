import { afterEach, describe, expect, test } from 'vitest';
import { toPlainText } from '../../../../server/crm/hubspot/plain-text.ts';
import { SYNC_LIMITS } from '../../../../server/crm/sync/limits.ts';
import { runSync } from '../../../../server/crm/sync/run.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import { AT, openSqliteBench, SETTINGS, type SqliteBench } from '../../../contract/sync-benches.ts';
import { readAll, unwrap } from '../../../support/crm-answers.ts';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';
import type { PortalHabits } from '../../../support/hubspot/portal.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const TEN_MINUTES = 600_000;

let bench: SqliteBench;
let world: HubspotWorld;
let count = 0;
async function open(habits: Partial<PortalHabits> = {}, settings: Partial<SyncSettings> = {}) {
  bench = await openSqliteBench();
  world = await openHubspotCrm({ habits });
  world.clock.at = AT;
  world.hubspot.people.defineProperty('contacts', { name: 'size', label: 'Size', type: 'string', fieldType: 'text' });
  await bench.store.changeSettings({ workspace: bench.workspace, member: null, at: AT }, bench.connection, { ...SETTINGS, ...settings });
  return world.hubspot.people;
}
afterEach(async () => {
  await world.hubspot.close();
  await bench.end();
});

/** Some time goes by, then one run; how many calls it made. */
async function run(passedMs = TEN_MINUTES, rest: { readonly maxCalls?: number } = {}) {
  world.clock.at += passedMs;
  const { store, workspace, connection } = bench;
  const ran = await runSync(
    {
      crm: world.reopen(),
      store,
      workspace,
      connection,
      defaultCountry: 'US',
      owner: 'one',
      now: () => world.clock.at,
      newId: () => `id-${count++}`,
      limits: { ...SYNC_LIMITS, ...rest },
    },
    { trigger: 'by_hand' },
  );
  if (ran.kind !== 'ran') throw new Error(ran.kind);
  return ran;
}
async function sideOf(email: string) {
  const lead = (await bench.leads()).find((one) => one.lead.email === email);
  return lead ? await bench.store.listSideItems(bench.workspace, lead.id) : [];
}
const titlesOf = async (email: string) => (await sideOf(email)).map(({ title }) => title).sort();
const DEAL = { pipeline: 'default', dealstage: 'contractsent', amount: '1200' };

describe('what hangs on a person who comes in later', () => {
  test('everything on those of the first reading is found without asking for each', async () => {
    const people = await open();
    const ann = people.createContact({ firstname: 'Ann', email: 'ann@x.io' });
    people.createItem('deals', { ...DEAL, dealname: 'Old deal' }, [ann]);
    people.createItem('notes', { hs_timestamp: String(AT), hs_note_body: 'Hello' }, [ann]);
    await run();
    expect((await sideOf('ann@x.io')).map(({ kind }) => kind).sort()).toEqual(['deal', 'note']);
    expect(world.hubspot.count(/associations\/2026-03\/contacts\//)).toBe(0);
  });

  test('deals from before are there, though nothing about them changed since', async () => {
    const people = await open();
    people.createContact({ firstname: 'Ann', email: 'ann@x.io' });
    const bea = people.createContact({ firstname: 'Bea' });
    people.createItem('deals', { ...DEAL, dealname: 'Early deal' }, [bea]);
    people.createItem('calls', { hs_timestamp: String(AT), hs_call_title: 'Early call' }, [bea]);
    people.archiveContact(bea);
    await run();
    await run();
    people.restoreContact(bea);
    people.editContact(bea, { email: 'bea@x.io' });
    await run();
    expect(await titlesOf('bea@x.io')).toEqual(['Early call', 'Early deal']);
    const before = world.hubspot.count(/associations\/2026-03\/contacts\//);
    await run();
    expect(world.hubspot.count(/associations\/2026-03\/contacts\//)).toBe(before);
  });

  test('a round that the budget cut short is made up by the next', async () => {
    const people = await open();
    const bea = people.createContact({ firstname: 'Bea', email: 'bea@x.io' });
    people.createItem('deals', { ...DEAL, dealname: 'Deal' }, [bea]);
    people.archiveContact(bea);
    await run();
    await run();
    people.restoreContact(bea);
    people.editContact(bea, { jobtitle: 'Buyer' });
    const short = await run(TEN_MINUTES, { maxCalls: 8 });
    expect([short.outcome, short.failure?.code]).toEqual(['partly', 'own_budget']);
    expect(await titlesOf('bea@x.io')).toEqual([]);
    await run();
    expect(await titlesOf('bea@x.io')).toEqual(['Deal']);
  });

  test('a kind that may not be read leaves the others', async () => {
    const people = await open();
    const bea = people.createContact({ firstname: 'Bea', email: 'bea@x.io' });
    people.createItem('deals', { ...DEAL, dealname: 'Deal' }, [bea]);
    people.archiveContact(bea);
    await run();
    await run();
    people.restoreContact(bea);
    people.editContact(bea, { jobtitle: 'Buyer' });
    world.hubspot.faults.answer('/contacts/emails/', 403, { category: 'MISSING_SCOPES', message: 'no' }, 9);
    await run();
    expect(await titlesOf('bea@x.io')).toEqual(['Deal']);
  });
});

describe('what changes without a trace', () => {
  test.each([
    ['a portal that unties what is in the bin', {}],
    ['one that does not', { archivedStayTied: true }],
  ])('what was deleted is off the timeline after the nightly look, in %s', async (_, habits) => {
    const people = await open(habits);
    const ann = people.createContact({ firstname: 'Ann', email: 'ann@x.io' });
    const deal = people.createItem('deals', { ...DEAL, dealname: 'Deal' }, [ann]);
    people.createItem('deals', { ...DEAL, dealname: 'Stays' }, [ann]);
    await run();
    await run();
    people.archiveItem('deals', deal);
    await run(DAY_MS);
    expect(await titlesOf('ann@x.io')).toEqual(['Stays']);
  });

  test('a deal given to another person moves, one tied to a second person stands on both', async () => {
    const people = await open();
    const ann = people.createContact({ firstname: 'Ann', email: 'ann@x.io' });
    const bea = people.createContact({ firstname: 'Bea', email: 'bea@x.io' });
    const moved = people.createItem('deals', { ...DEAL, dealname: 'Moved' }, [ann]);
    const shared = people.createItem('deals', { ...DEAL, dealname: 'Shared' }, [ann]);
    const nobodys = people.createItem('deals', { ...DEAL, dealname: 'Found' });
    await run();
    await run();
    people.untieItem('deals', moved, ann);
    people.tieItem('deals', moved, bea);
    people.tieItem('deals', shared, bea);
    people.tieItem('deals', nobodys, ann);
    await run(DAY_MS);
    expect([await titlesOf('ann@x.io'), await titlesOf('bea@x.io')]).toEqual([
      ['Found', 'Shared'],
      ['Moved', 'Shared'],
    ]);
  });

  test('a stage that was renamed shows its new name after the next run, and costs one call while it is not', async () => {
    const people = await open();
    const ann = people.createContact({ firstname: 'Ann', email: 'ann@x.io' });
    people.createItem('deals', { ...DEAL, dealname: 'Deal', deal_currency_code: 'EUR', closedate: '2026-12-01' }, [ann]);
    await run();
    await run();
    const quiet = await run();
    expect(quiet.calls).toBe(1 + 1 + 6); // changes, labels, six kinds
    people.renameStage('default', 'contractsent', 'Papers out');
    await run();
    expect((await sideOf('ann@x.io'))[0]?.facts).toEqual([
      { name: 'pipeline', value: 'Sales Pipeline' },
      { name: 'stage', value: 'Papers out' },
      { name: 'amount', value: '1200' },
      { name: 'currency', value: 'EUR' },
      { name: 'close_date', value: expect.stringContaining('2026-12-01') },
      { name: 'probability', value: '0.9' },
    ]);
  });
});

test('a survivor of a merge has what hung on both', async () => {
  const people = await open();
  const ann = people.createContact({ firstname: 'Ann', email: 'ann@x.io' });
  const bea = people.createContact({ firstname: 'Bea', email: 'bea@x.io' });
  people.createItem('deals', { ...DEAL, dealname: 'A' }, [ann]);
  people.createItem('deals', { ...DEAL, dealname: 'B' }, [bea]);
  await run();
  await run();
  people.mergeContacts(ann, bea);
  await run(DAY_MS);
  await run();
  expect([await titlesOf('ann@x.io'), await titlesOf('bea@x.io')]).toEqual([['A', 'B'], []]);
});

test('each kind has its own cursor, and nothing of it is ever written', async () => {
  const people = await open({}, { scopeOut: { kind: 'all' } });
  const ann = people.createContact({ firstname: 'Ann', email: 'ann@x.io' });
  const items = {
    calls: { hs_call_title: 'Call', hs_call_direction: 'OUTBOUND' },
    emails: { hs_email_subject: 'Email', hs_email_direction: 'EMAIL', hs_email_text: 'Plain words' },
    meetings: { hs_meeting_title: 'Meeting' },
    notes: { hs_note_body: `<p>Said <b>yes</b> &lt;script&gt;</p>${'😀'.repeat(2_000)}` },
    tasks: { hs_task_subject: 'Task', hs_task_status: 'NOT_STARTED' },
  };
  for (const [type, values] of Object.entries(items)) people.createItem(type, { hs_timestamp: String(AT), ...values }, [ann]);
  await run();
  const side = await sideOf('ann@x.io');
  expect(side.map(({ kind, title }) => `${kind} ${title}`).sort()).toEqual([
    'call Call',
    'email Email',
    'meeting Meeting',
    'note ',
    'task Task',
  ]);
  const body = side.find(({ kind }) => kind === 'note')?.facts[0]?.value ?? '';
  expect(body.startsWith('Said yes <script>')).toBe(true);
  expect([body.length <= 2_000, body.isWellFormed()]).toEqual([true, true]);
  const objects = ['deal', 'call', 'email', 'meeting', 'note', 'task'] as const;
  for (const kind of objects)
    expect(await bench.store.readCursor(bench.workspace, bench.connection, `side:${kind}`)).toMatchObject({
      phase: 'incremental',
      window: null,
    });
  expect(
    world.hubspot.count(
      /(0-3|deals|calls|emails|meetings|notes|tasks)\/(batch\/)?(create|update|upsert|archive)|associations.*(create|archive)/,
    ),
  ).toBe(0);
});

test('a hostile note costs no more time than a long one', async () => {
  await open();
  expect(toPlainText('<'.repeat(500_000)).length).toBe(500_000);
  expect(unwrap(await world.crm.findSideItems('deal', []))).toEqual([]);
});

test('who a deal belongs to is told in texts, also where a portal answers numbers', async () => {
  const people = await open({ numericAssociations: true });
  const ann = people.createContact({ email: 'ann@x.io' });
  people.createItem('deals', { dealname: 'Ten seats' }, [ann]);
  const { crm, clock } = world;
  const [found] = await readAll((page) => crm.listSideItems('deal', { from: clock.at, to: clock.at }, page));
  expect(found?.of).toEqual([{ type: 'contact', id: ann }]);
});
