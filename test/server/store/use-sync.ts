import type { Store } from '../../../server/store/store.ts';
import { RUN_COUNTS, type RunCounts } from '../../../server/store/sync-records.ts';
import type { Run } from '../../../server/store/sync-store.ts';
import { type Bench, openConnection, pull, record, SETTINGS, startRun, write } from '../../contract/sync-benches.ts';
import type { TestServer } from './open-test-store.ts';

const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'crm@example.net', jobtitle: 'Chief' };
const NO_COUNTS = Object.fromEntries(RUN_COUNTS.map((name) => [name, 0])) as RunCounts; // made of every count
const CALL = { kind: 'call', title: 'Call', at: 1, modifiedAt: 1, facts: [], of: [{ type: 'contact', id: '1' }], isGone: false } as const;

/** Calls every operation that keeps leads in step, on every path that has statements of its own. */
export async function useSync(server: TestServer): Promise<void> {
  const bench = await openConnection(server);
  const { store, actor } = server;
  const { workspace } = actor;
  const { connection } = bench;
  const act = { workspace, member: actor.member, at: server.clock.now };
  const list = await store.addList(act, 'Outbound');
  if (!list) throw new Error('no list');
  const pairs = SETTINGS.pairs.map((pair) => ({ ...pair, rule: 'newest' as const }));
  const run = await startRun(bench, { ...SETTINGS, pairs, listId: list.id, scopeIn: { kind: 'list', id: '1', name: 'x' } });
  await store.saveCursor(run, 'contact', { phase: 'initial', readTo: 0, window: null, page: null });
  await store.readCursor(workspace, connection, 'contact');
  await store.renewLease(run.fence, act.at + 60_000);
  await store.noteCalls(workspace, connection, { day: 1, calls: 1, told: null });
  await store.readCalls(workspace, connection);

  const optOut = { optOut: { email: true, phone: true, since: 1 } };
  await pull(bench, run, record('1', ANN), record('2', { email: 'two@example.net' }), record('9', { email: 'out@example.net' }, optOut));
  await pull(bench, run, record('3', { firstname: 'X' }, { mergedIds: ['4'] }), record('8', ANN, optOut));
  const [first, second] = await store.listLinks(run.fence, 'contact', 0, 9);
  if (!first || !second) throw new Error('no links');
  await store.changeLead(act, second.leadId, { jobTitle: 'mine', tags: ['t'] });
  await pull(bench, run, record('2', { email: 'two@example.net', jobtitle: 'theirs' }));
  for (const rule of ['manual', 'crm', 'manual'] as const) {
    await store.changeSettings(act, connection, { ...SETTINGS, pairs: pairs.map((pair) => ({ ...pair, rule })) });
    await store.changeLead(act, second.leadId, { jobTitle: `mine ${rule}` });
    await pull(bench, run, record('2', { email: 'two@example.net', jobtitle: `theirs ${rule}` }));
  }
  await resolveAndRetry(store, bench, run, second.leadId);

  await store.saveSideItems(run, [
    { ...CALL, id: 'a' },
    { ...CALL, id: 'b' },
  ]);
  await store.saveSideItems(run, [{ ...CALL, id: 'b', isGone: true }]);
  await store.hasSideItems(run.fence, 'call');
  await store.noteAllSideRead(run, act.at);
  await store.listSideDue(run.fence, 'contact', act.at + 1, 9);
  await store.noteSideRead(run, { linkIds: [first.id], kinds: ['call'], kept: [], at: act.at });
  await store.listSideItems(workspace, first.leadId);
  await store.readLeadInCrm(workspace, first.leadId);

  await store.changeSettings(act, connection, { ...SETTINGS, scopeOut: { kind: 'lists', listIds: [list.id] } });
  await store.listUnpushed(run.fence, 'contact', act.at, null, 1);
  await store.changeSettings(act, connection, { ...SETTINGS, scopeOut: { kind: 'all' } });
  for (const name of ['p', 'q', 'r']) await bench.addLead({ firstName: name, email: `${name}@example.net` });
  const page = await store.listUnpushed(run.fence, 'contact', act.at, null, 9);
  const writes = page.leads.map((lead, index) =>
    write(`op${index}`, lead.leadId, { leadVersion: lead.version, ...(lead.link ? { kind: 'update', remoteId: lead.link.remoteId } : {}) }),
  );
  const staged = await store.stageWrites(run, writes);
  await store.listSent(run.fence);
  const [lost, ...arrived] = staged.filter(({ kind }) => kind === 'create');
  const written = (opId: string) => ({ opId, outcome: { kind: 'written', remoteId: opId, base: new Map(), conflicts: [] } }) as const;
  await store.settleWrites(
    run,
    arrived.map(({ opId }) => written(opId)),
  );
  await store.saveRun(run, NO_COUNTS, 1);
  await store.listPushes(run.fence, [second.leadId], 0);
  await store.setPairTrouble(run, 'title', 'read_only');

  await store.moveLink(run, first, record('11', ANN).record);
  await store.moveLink(run, second, record('11', ANN).record);
  await store.deleteLeads(act, [lost?.leadId ?? '']);
  await pull(bench, run, { ...record('77', { firstname: 'Y' }), key: lost?.leadId ?? '' });
  await store.settleWrites(run, [written(lost?.opId ?? '')]);
  for (const link of await store.listLinks(run.fence, 'contact', 0, 1)) await store.markGone(run, link, 'archived', false);
  for (const link of await store.listLinks(run.fence, 'contact', 0, 1)) await store.markGone(run, link, 'purged', true);
  await store.findLinked(run.fence, 'contact', ['1', '77']);
  await store.countLinks(workspace, connection);
  const deleted = await store.listDeletedHere(run.fence, 'contact', 9);
  await store.forgetDeletedHere(
    run,
    deleted.map(({ linkId }) => linkId),
  );
  await store.endRun(run, { outcome: 'done', failure: null, at: act.at, leftToday: 1 });
  await store.startRun(run.fence, 'schedule', act.at);
  await store.endFormerRuns(act.at);
  await store.listRuns(workspace, connection, { limit: 1 });
}

async function resolveAndRetry(store: Store, { workspace, connection }: Bench, run: Run, leadId: string): Promise<void> {
  const act = { workspace, member: null, at: run.at };
  const conflict = {
    leadId,
    type: 'contact',
    remoteId: '2',
    pairId: 'title',
    base: null,
    ours: 'a',
    theirs: 'b',
    winner: 'open',
    rule: 'crm',
  } as const;
  await store.addConflicts(run, [conflict]);
  await store.listConflicts(workspace, connection, { limit: 1, openOnly: true });
  const { items } = await store.listConflicts(workspace, connection, { limit: 9 });
  for (const { id } of items) await store.resolveConflict(act, connection, id, 'undone');
  const failure = { kind: 'duplicate', code: 'x', message: '' } as const;
  const error = { type: 'contact', leadId, remoteId: null, stage: 'push', failure, nextAt: run.at } as const;
  await store.noteErrors(run, [error, error, { ...error, leadId: null, remoteId: '5', stage: 'pull' }]);
  await store.listDueErrors(run.fence, run.at, 9);
  const errors = await store.listErrors(workspace, connection, { limit: 9 });
  for (const { id } of errors.items) await store.retryError(act, connection, id, { kind: 'link', type: 'contact', remoteId: '6' });
  for (const { id } of errors.items) await store.retryError(act, connection, id, { kind: 'make_anyway' });
  await store.clearErrors(run, [
    { type: 'contact', leadId },
    { type: 'contact', remoteId: '5' },
  ]);
}
