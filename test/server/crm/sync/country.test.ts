import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Crm } from '../../../../server/crm/adapter.ts';
import { runSync } from '../../../../server/crm/sync/run.ts';
import type { FieldPair } from '../../../../shared/crm/record.ts';
import { AT, openSqliteBench, SETTINGS, type SqliteBench } from '../../../contract/sync-benches.ts';
import { createRemote, type Remote } from '../model/remote.ts';

/** A workspace in Germany: numbers without their country code are German, on both sides and in every comparison. */
const PAIRS = SETTINGS.pairs.map((pair): FieldPair => ({ ...pair, rule: 'leadline' }));
let bench: SqliteBench;
let remote: Remote;
let crm: Crm;
let now: number;
let ids: number;
beforeEach(async () => {
  [now, ids] = [AT, 0];
  bench = await openSqliteBench();
  const { store, workspace, connection } = bench;
  await bench.server.store.changeWorkspace({ workspace, member: null, at: AT }, { defaultCountry: 'DE' });
  await store.changeSettings({ workspace, member: null, at: AT }, connection, { ...SETTINGS, pairs: PAIRS });
  remote = createRemote(() => now++);
  ({ crm } = remote);
});
afterEach(() => bench.end());

async function run() {
  now += 60_000;
  const { store, workspace, connection } = bench;
  const { defaultCountry } = await bench.server.store.readWorkspace(workspace);
  const parts = { crm, store, workspace, connection, defaultCountry, owner: 'me', now: () => now, newId: () => `id${ids++}` };
  const outcome = await runSync(parts, { trigger: 'by_hand' });
  return outcome.kind === 'ran' ? outcome : expect.fail(outcome.kind);
}
async function annWith(phone: string) {
  const record = remote.user.add(
    new Map([
      ['firstname', 'Ann'],
      ['phone', phone],
    ]),
  );
  await run();
  const [lead] = await bench.leads();
  return { record, leadId: lead?.id ?? '', phone: lead?.lead.phone };
}
/** What happens around a write. */
function update(around: (write: Crm['updateRecords']) => Crm['updateRecords']): void {
  crm = { ...remote.crm, updateRecords: around(remote.crm.updateRecords) };
}
const conflicts = async () => (await bench.store.listConflicts(bench.workspace, bench.connection, { limit: 9 })).items;

test('a number as people write it there is the lead’s, and there is nothing to send', async () => {
  const { phone } = await annWith('030 901820');
  expect(phone).toBe('+4930901820');
  expect((await run()).counts).toMatchObject({ updatedHere: 0, updatedThere: 0, conflicts: 0 });
});

test('a number that the CRM writes its own way arrived, although the answer was lost', async () => {
  const { record, leadId } = await annWith('030 901821');
  await bench.editLead(leadId, { phone: '+4930901820' }, now);
  update((write) => async (type, items) => {
    await write(type, items);
    remote.user.edit(record, 'phone', '030 901820');
    return items.map(({ opId }) => ({ kind: 'failed', opId, failure: { kind: 'ambiguous', code: 'no_answer', message: '' } }));
  });
  crm = { ...crm, traits: { ...crm.traits, hasHistory: false } };
  await run();
  crm = { ...remote.crm, traits: crm.traits };
  expect((await run()).counts).toMatchObject({ updatedThere: 1, conflicts: 0 });
});

test('a number written another way right before ours is nobody’s lost value', async () => {
  const { record, leadId } = await annWith('030 901821');
  await bench.editLead(leadId, { phone: '+4930901820' }, now);
  update((write) => (type, items) => {
    remote.user.edit(record, 'phone', '+49 30 901821');
    return write(type, items);
  });
  expect((await run()).counts).toMatchObject({ updatedThere: 1, conflicts: 0 });
  expect(await conflicts()).toEqual([]);
});

test('a number that is changed back each time is the same number, however it is written', async () => {
  const { record, leadId } = await annWith('030 901821');
  await bench.editLead(leadId, { phone: '+4930901820' }, now);
  let times = 0;
  update((write) => async (type, items) => {
    const answers = await write(type, items);
    times += 1;
    remote.user.edit(record, 'phone', times % 2 === 0 ? '030 901821' : '+49 30 901821');
    return answers.map((answer) => (answer.kind === 'written' ? { ...answer, record: null } : answer));
  });
  for (let turn = 0; turn < 6; turn++) {
    await run();
    await bench.editLead(leadId, { phone: '+4930901820' }, now);
  }
  const { pairs } = await bench.store.readSettings(bench.workspace, bench.connection);
  expect([times, pairs.find(({ id }) => id === 'phone')?.trouble]).toEqual([2, 'bounces']);
});
