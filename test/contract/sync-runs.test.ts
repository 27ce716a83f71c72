import { describe, expect, test } from 'vitest';
import { LeaseLost, type NewSyncError } from '../../server/store/sync-records.ts';
import { ANN, AT, PAIRS, pull, record, SETTINGS, takeLease, write } from './sync-benches.ts';
import { inEveryStore } from './sync-suite.ts';

const BEA = { firstname: 'Bea', lastname: 'Orr', email: 'bea@example.com' };

inEveryStore('who may write', (suite) => {
  describe('runs and leases', () => {
    test('one owner at a time; a lease that ran out is free', async () => {
      const { bench, run } = suite();
      const { store, workspace, connection } = bench;
      expect(await store.takeLease(workspace, connection, 'two', AT + 1, AT + 90_000)).toBeNull();
      expect(await store.takeLease(workspace, connection, 'two', AT + 60_000, AT + 90_000)).not.toBeNull();
      await expect(store.renewLease(run.fence, AT + 1)).rejects.toThrow(LeaseLost);
    });

    test('a lease that is renewed holds, one that is given back is free', async () => {
      const { bench, run } = suite();
      const { store, workspace, connection } = bench;
      await store.renewLease(run.fence, AT + 99_000);
      expect(await store.takeLease(workspace, connection, 'two', AT + 60_000, AT + 90_000)).toBeNull();
      await store.releaseLease(run.fence);
      expect(await store.takeLease(workspace, connection, 'two', AT + 1, AT + 90_000)).not.toBeNull();
    });

    test('a run is told as it stands, the newest first; one that was left open has failed', async () => {
      const { bench, run } = suite();
      const counts = {
        pulled: 3,
        createdHere: 1,
        updatedHere: 0,
        createdThere: 0,
        updatedThere: 0,
        unchanged: 2,
        conflicts: 0,
        errors: 0,
        gone: 0,
        removedHere: 2,
        archivedThere: 3,
        optOutsThere: 0,
        sideItems: 0,
      };
      await bench.store.saveRun(run, counts, 7);
      const next = await bench.store.startRun(run.fence, 'schedule', AT + 5);
      await bench.store.endRun(next, { outcome: 'done', failure: null, at: AT + 9, leftToday: 100 });
      const page = await bench.store.listRuns(bench.workspace, bench.connection, { limit: 1 });
      expect(page.items).toMatchObject([{ id: next.runId, trigger: 'schedule', outcome: 'done', endedAt: AT + 9, leftToday: 100 }]);
      const rest = await bench.store.listRuns(bench.workspace, bench.connection, { limit: 9, cursor: page.nextCursor ?? '' });
      expect(rest.items).toMatchObject([{ id: run.runId, outcome: 'failed', counts, calls: 7 }]);
      expect(rest.nextCursor).toBeNull();
    });

    test('after the start of another process nothing is held and nothing is running', async () => {
      const { bench } = suite();
      await bench.store.endFormerRuns(AT + 1);
      expect(await bench.store.takeLease(bench.workspace, bench.connection, 'two', AT, AT + 9)).not.toBeNull();
      expect((await bench.store.listRuns(bench.workspace, bench.connection, { limit: 9 })).items).toMatchObject([{ outcome: 'failed' }]);
    });

    test('a cursor is where it was put; another map sends it back, and another scope reads anew but forgets nothing', async () => {
      const { bench, run, tell } = suite();
      const cursor = { phase: 'incremental', readTo: 7, window: { from: 1, to: 9 }, page: 'p' } as const;
      const objects = ['contact', 'sweep:contact', 'side:deal'] as const;
      const kept = async () => {
        const all = await Promise.all(objects.map((object) => bench.store.readCursor(bench.workspace, bench.connection, object)));
        return objects.filter((_, index) => all[index] !== null);
      };
      for (const object of objects) await bench.store.saveCursor(run, object, cursor);
      expect(await bench.store.readCursor(bench.workspace, bench.connection, 'contact')).toEqual(cursor);
      await bench.store.saveCursor(run, 'contact', { ...cursor, window: null, page: null });
      expect(await bench.store.readCursor(bench.workspace, bench.connection, 'contact')).toEqual({ ...cursor, window: null, page: null });
      await tell({ ...SETTINGS, schedule: 'daily' });
      expect(await kept()).toEqual(objects);
      await tell({ ...SETTINGS, pairs: PAIRS.slice(1) });
      expect(await kept()).toEqual(['contact', 'side:deal']);
      await tell({ ...SETTINGS, pairs: PAIRS.slice(1), scopeIn: { kind: 'list', id: '1', name: 'Fair' } });
      expect(await kept()).toEqual(['contact', 'side:deal']);
      const anew = { ...cursor, phase: 'initial', window: null, page: null };
      expect(await bench.store.readCursor(bench.workspace, bench.connection, 'contact')).toEqual(anew);
    });

    test('settings are read back as they were set', async () => {
      const { bench, tell } = suite();
      // Lists are looked up where there are some: one that is not there is nobody's.
      const settings = { ...SETTINGS, schedule: 'hourly', scopeOut: { kind: 'lists', listIds: [] } } as const;
      await tell(settings);
      expect(await bench.store.readSettings(bench.workspace, bench.connection)).toEqual(settings);
    });

    test('who has lost the lease writes nothing any more', async () => {
      const { bench, run, link, conflicts, errors, made } = suite();
      const leadId = await made();
      const only = await link();
      await takeLease(bench, 'two', AT + 60_000);
      const { store } = bench;
      const counts = (await store.listRuns(bench.workspace, bench.connection, { limit: 1 })).items[0]?.counts;
      if (!counts) throw new Error('no run');
      const error: NewSyncError = failure(leadId);
      const conflict = {
        leadId,
        type: 'contact',
        remoteId: '1',
        pairId: 'title',
        base: null,
        ours: 'a',
        theirs: 'b',
        winner: 'ours',
        rule: 'crm',
      } as const;
      const writes: readonly (readonly [string, () => Promise<unknown>])[] = [
        ['renewLease', () => store.renewLease(run.fence, AT)],
        ['releaseLease', () => store.releaseLease(run.fence)],
        ['startRun', () => store.startRun(run.fence, 'schedule', AT)],
        ['saveRun', () => store.saveRun(run, counts, 1)],
        ['endRun', () => store.endRun(run, { outcome: 'done', failure: null, at: AT, leftToday: null })],
        ['saveCursor', () => store.saveCursor(run, 'contact', { phase: 'initial', readTo: 0, window: null, page: null })],
        ['mergeRecords', () => pull(bench, run, record('2', BEA))],
        ['moveLink', () => store.moveLink(run, only, record('3', ANN).record)],
        ['markGone', () => store.markGone(run, only, 'archived', true)],
        ['forgetDeletedHere', () => store.forgetDeletedHere(run, [1])],
        ['stageWrites', () => store.stageWrites(run, [write('op', leadId)])],
        ['settleWrites', () => store.settleWrites(run, [])],
        ['setPairOptions', () => store.setPairOptions(run, 'title', [])],
        ['setPairTrouble', () => store.setPairTrouble(run, 'title', 'vanished')],
        ['reopenPairs', () => store.reopenPairs(run, ['title'], 1)],
        ['addConflicts', () => store.addConflicts(run, [conflict])],
        ['noteErrors', () => store.noteErrors(run, [error])],
        ['clearErrors', () => store.clearErrors(run, [])],
        ['saveSideItems', () => store.saveSideItems(run, [])],
      ];
      for (const [name, attempt] of writes) await expect(attempt(), name).rejects.toThrow(LeaseLost);
      expect(await bench.leads()).toHaveLength(1);
      expect(await errors()).toEqual([]);
      expect(await conflicts()).toEqual([]);
    });
  });
});

function failure(leadId: string): NewSyncError {
  return { type: 'contact', leadId, remoteId: null, stage: 'push', failure: { kind: 'bug', code: '418', message: '' }, nextAt: null };
}
