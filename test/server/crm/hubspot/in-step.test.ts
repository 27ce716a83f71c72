import { afterEach, describe, expect, test } from 'vitest';
import { runSync, type SyncAsk } from '../../../../server/crm/sync/run.ts';
import type { SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import { AT, openSqliteBench, SETTINGS, type SqliteBench } from '../../../contract/sync-benches.ts';
import { type HubspotWorld, openHubspotCrm } from '../../../support/hubspot/open-crm.ts';

let bench: SqliteBench;
let world: HubspotWorld;
let count = 0;
/** A portal and a workspace that are connected, with these settings. */
async function open(settings: Partial<SyncSettings> = {}) {
  bench = await openSqliteBench();
  world = await openHubspotCrm({ habits: { indexLagMs: 30_000 } });
  world.clock.at = AT;
  world.hubspot.people.defineProperty('contacts', { name: 'size', label: 'Size', type: 'string', fieldType: 'text' });
  await world.crm.ensureKeyField('contact');
  const pairs = SETTINGS.pairs.map((pair) => ({ ...pair, rule: 'newest' as const }));
  await bench.store.changeSettings({ workspace: bench.workspace, member: null, at: AT }, bench.connection, {
    ...SETTINGS,
    pairs,
    ...settings,
  });
  return { ...world, people: world.hubspot.people };
}
afterEach(async () => {
  await world.hubspot.close();
  await bench.end();
});

/** Ten minutes go by, then one run. */
async function run(ask: Partial<SyncAsk> = {}) {
  world.clock.at += 600_000;
  const { store, workspace, connection } = bench;
  const outcome = await runSync(
    {
      crm: world.crm,
      store,
      workspace,
      connection,
      defaultCountry: 'US',
      owner: 'one',
      now: () => world.clock.at,
      newId: () => `id-${count++}`,
    },
    { trigger: 'by_hand', ...ask },
  );
  if (outcome.kind !== 'ran') throw new Error(outcome.kind);
  expect([outcome.failure, outcome.outcome]).toEqual([null, 'done']);
  return outcome;
}
const writes = () => world.hubspot.count(/batch\/(create|update|archive)/);
const leads = async () => (await bench.leads()).map(({ id, lead }) => ({ id, ...lead }));

describe('a portal and a workspace stay in step', () => {
  test('contacts come in, edits travel both ways, and when all is said nothing is sent any more', async () => {
    const { people } = await open();
    const ann = people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@x.io', size: '10' });
    people.createContact({ firstname: 'Bob', lastname: 'Ray', email: 'bob@x.io', hs_email_optout: 'true' });
    await run();
    const [first] = (await leads()).filter(({ email }) => email === 'ann@x.io');
    expect(first).toMatchObject({ firstName: 'Ann', lastName: 'Lee' });
    people.editContact(ann, { jobtitle: 'Chief' });
    await bench.editLead(first?.id ?? '', { phone: '+12025550123' }, world.clock.at);
    await run();
    expect(people.contact(ann)?.get('phone')).toMatch(/202.*555.*0123/);
    expect((await leads()).find(({ email }) => email === 'ann@x.io')).toMatchObject({ jobTitle: 'Chief' });
    const before = writes();
    await run();
    await run();
    expect(writes()).toBe(before);
  });

  test('edited on both sides, the newer one stands and the other is kept as a conflict', async () => {
    const { people, clock } = await open();
    const ann = people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@x.io' });
    await run();
    const [lead] = await leads();
    const at = clock.at;
    await bench.editLead(lead?.id ?? '', { jobTitle: 'Ours' }, at);
    clock.at += 1_000;
    people.editContact(ann, { jobtitle: 'Theirs' });
    await run();
    expect([(await leads())[0]?.jobTitle, people.contact(ann)?.get('jobtitle')]).toEqual(['Theirs', 'Theirs']);
    const { items } = await bench.store.listConflicts(bench.workspace, bench.connection, { limit: 10 });
    const [ours] = await bench.server.store.listMembers(bench.workspace);
    expect(items).toHaveLength(1);
    expect(items).toMatchObject([{ oursAt: at, oursBy: ours?.name, theirsAt: at + 1_000, theirsBy: 'Hana Birch' }]);
  });

  test('a lead whose making was never answered is one contact, whatever comes after', async () => {
    const { people, hubspot } = await open({ scopeOut: { kind: 'all' } });
    await bench.addLead({ firstName: 'Ann', lastName: 'Lee', email: 'ann@x.io' });
    hubspot.faults.loseReply('batch/create');
    world.clock.at += 600_000;
    const { store, workspace, connection } = bench;
    const parts = {
      crm: world.crm,
      store,
      workspace,
      connection,
      defaultCountry: 'US',
      owner: 'one',
      now: () => world.clock.at,
      newId: () => `id-${count++}`,
    };
    await runSync(parts, { trigger: 'by_hand' });
    await run();
    await run();
    expect(people.contactIds().map((id) => people.contact(id)?.get('email'))).toEqual(['ann@x.io']);
    expect(await leads()).toHaveLength(1);
  });

  test('an edit that races with our write is not lost without a word', async () => {
    const { people, hubspot, clock } = await open();
    const ann = people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@x.io' });
    await run();
    const [lead] = await leads();
    await bench.editLead(lead?.id ?? '', { jobTitle: 'Ours' }, clock.at);
    hubspot.faults.meanwhile('batch/update', () => {
      clock.at += 5;
      people.editContact(ann, { jobtitle: 'Theirs' });
      clock.at += 5;
    });
    await run();
    await run();
    const { items } = await bench.store.listConflicts(bench.workspace, bench.connection, { limit: 10 });
    expect(JSON.stringify(items)).toContain('Theirs');
    expect(people.contact(ann)?.get('jobtitle')).toBe((await leads())[0]?.jobTitle);
  });

  test('nor is it after a crash in that moment, when nobody knows any more which entries of the history are ours', async () => {
    const { people, hubspot, clock } = await open();
    const ann = people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@x.io' });
    await run();
    const [lead] = await leads();
    await bench.editLead(lead?.id ?? '', { jobTitle: 'Ours' }, clock.at);
    hubspot.faults.meanwhile('batch/update', () => {
      clock.at += 5;
      people.editContact(ann, { jobtitle: 'Theirs' });
      clock.at += 5;
    });
    hubspot.faults.loseReply('batch/update');
    const { store, workspace, connection } = bench;
    const parts = {
      crm: world.crm,
      store,
      workspace,
      connection,
      defaultCountry: 'US',
      owner: 'one',
      now: () => clock.at,
      newId: () => `id-${count++}`,
    };
    clock.at += 600_000;
    expect(await runSync(parts, { trigger: 'by_hand' })).toMatchObject({ failure: { kind: 'ambiguous' } });
    world = { ...world, crm: world.reopen() };
    await run();
    const { items } = await store.listConflicts(workspace, connection, { limit: 10 });
    expect(items).toMatchObject([{ theirs: 'Theirs', ours: 'Ours', rule: 'overwritten' }]);
  });

  test('a property that vanishes in HubSpot empties no lead: it is switched off, and the others go on', async () => {
    const { people, crm, clock } = await open();
    const ann = people.createContact({ firstname: 'Ann', lastname: 'Lee', email: 'ann@x.io', size: '10' });
    await run();
    people.dropProperty('contacts', 'size');
    people.editContact(ann, { jobtitle: 'Chief' });
    clock.at += 600_000;
    const { store, workspace, connection } = bench;
    const parts = {
      crm,
      store,
      workspace,
      connection,
      defaultCountry: 'US',
      owner: 'one',
      now: () => clock.at,
      newId: () => `id-${count++}`,
    };
    expect(await runSync(parts, { trigger: 'by_hand' })).toMatchObject({
      outcome: 'partly',
      failure: { kind: 'schema_drift', field: 'size' },
    });
    await run();
    const [lead] = await leads();
    expect([lead?.jobTitle, JSON.stringify(lead)]).toEqual(['Chief', expect.stringContaining('10')]);
    const { pairs } = await store.readSettings(workspace, connection);
    expect(pairs.flatMap(({ remote, trouble }) => (trouble === null ? [] : [[remote, trouble]]))).toEqual([['size', 'vanished']]);
  });

  test('merged, archived and purged contacts are followed by the look at all of them', async () => {
    const { people } = await open();
    const [ann, twin, bob] = ['ann', 'twin', 'bob'].map((name) => people.createContact({ lastname: name, email: `${name}@x.io` })) as [
      string,
      string,
      string,
    ];
    await run();
    const survivor = people.mergeContacts(ann, twin);
    people.archiveContact(bob);
    await run({ sweepsNow: true });
    expect(await leads()).toHaveLength(3);
    people.editContact(survivor, { jobtitle: 'Chief' });
    await run();
    expect((await leads()).filter(({ jobTitle }) => jobTitle === 'Chief')).toHaveLength(1);
  });
});
