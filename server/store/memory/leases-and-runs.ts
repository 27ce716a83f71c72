import { cursorHolds } from '../cursor-holds.ts';
import { type RenewedPairs, renewPairs } from '../renew-pairs.ts';
import { type RunCounts, type RunRecord, SettingsChanged } from '../sync-records.ts';
import type { LeaseStore, RunStore } from '../sync-store.ts';
import { paged } from './paged.ts';
import { connectionOf, fenced, type MemoryConnection, type MemoryState } from './state.ts';

const NO_COUNTS: RunCounts = {
  pulled: 0,
  createdHere: 0,
  updatedHere: 0,
  createdThere: 0,
  updatedThere: 0,
  unchanged: 0,
  conflicts: 0,
  errors: 0,
  gone: 0,
  removedHere: 0,
  archivedThere: 0,
  optOutsThere: 0,
  sideItems: 0,
};

/** Leases, settings, runs and cursors in memory. */
export function createLeasesAndRuns(state: MemoryState): LeaseStore & RunStore {
  return {
    async takeLease(workspace, connection, owner, at, until) {
      const known = connectionOf(state, connection);
      if (known.lease && known.lease.owner !== owner && known.lease.until > at) return null;
      known.lease = { owner, until };
      known.fence += 1;
      return { workspace, connection, number: known.fence };
    },
    async renewLease(fence, until) {
      const { lease } = fenced(state, fence);
      if (lease) lease.until = until;
    },
    async releaseLease(fence) {
      fenced(state, fence).lease = null;
    },
    async endFormerRuns(at) {
      for (const connection of state.connections.values()) {
        connection.lease = null;
        endOpenRuns(connection, at);
      }
    },
    async readSettings(_, connection) {
      return connectionOf(state, connection).settings;
    },
    async changeSettings({ at }, id, wanted) {
      const connection = connectionOf(state, id);
      const old = connection.settings;
      const renewed = renewPairs(state.rules.renewsPairs ? old.pairs : [], wanted.pairs, () => newPairId(state));
      const settings = { ...wanted, pairs: renewed.pairs };
      connection.settings = settings;
      const isOtherMap = JSON.stringify(old.pairs) !== JSON.stringify(settings.pairs);
      const isOtherScope = JSON.stringify(old.scopeIn) !== JSON.stringify(settings.scopeIn);
      for (const [object, { readTo }] of [...connection.cursors]) {
        if (isOtherScope && (object === 'contact' || object === 'lead'))
          connection.cursors.set(object, { phase: 'initial', readTo, window: null, page: null });
      }
      if (old.whenDeletedHere !== settings.whenDeletedHere) leaveDeleted(state, connection);
      if (isOtherMap) followMap(connection, renewed, at);
    },
    async reopenPairs(run, pairIds, at) {
      const connection = fenced(state, run.fence);
      const { settings } = connection;
      const open = settings.pairs.map((pair) => (pairIds.includes(pair.id) ? { ...pair, trouble: null } : pair));
      const renewed = renewPairs(state.rules.renewsPairs ? settings.pairs : [], open, () => newPairId(state));
      connection.settings = { ...settings, pairs: renewed.pairs };
      followMap(connection, renewed, at);
    },
    async startRun(fence, trigger, at) {
      const connection = fenced(state, fence);
      endOpenRuns(connection, at);
      state.count += 1;
      const id = `run-${state.count}`;
      const run: RunRecord = {
        id,
        trigger,
        outcome: 'running',
        failure: null,
        startedAt: at,
        endedAt: null,
        counts: NO_COUNTS,
        calls: 0,
        leftToday: null,
        importId: null,
      };
      connection.runs.set(id, run);
      return { fence, runId: id, at };
    },
    async saveRun(run, counts, calls) {
      changeRun(fenced(state, run.fence), run.runId, { counts, calls });
    },
    async endRun(run, { outcome, failure, at, leftToday }) {
      changeRun(fenced(state, run.fence), run.runId, { outcome, failure, endedAt: at, leftToday });
    },
    async listRuns(_, connection, page) {
      return paged([...connectionOf(state, connection).runs.values()].reverse(), page);
    },
    async readCursor(_, connection, object) {
      return connectionOf(state, connection).cursors.get(object) ?? null;
    },
    async saveCursor(run, object, cursor, under) {
      const { cursors, settings } = fenced(state, run.fence);
      if (under && under !== settings && !cursorHolds(object, under, settings)) throw new SettingsChanged();
      cursors.set(object, cursor);
    },
  };
}

function newPairId(state: MemoryState): string {
  state.count += 1;
  return `pair-${state.count}`;
}

/** Under another map everybody linked is looked at, what waited for it is tried again, and questions keep to their fields. */
function followMap(connection: MemoryConnection, { renamed, ended }: RenewedPairs, at: number): void {
  for (const object of [...connection.cursors.keys()]) if (object.startsWith('sweep:')) connection.cursors.delete(object);
  for (const error of connection.errors.values())
    if (error.record.kind === 'validation' && !error.record.isIgnored) error.record = { ...error.record, nextAt: at };
  connection.conflicts = connection.conflicts.map((conflict) => {
    const { pairId, winner, resolved } = conflict;
    if (winner === 'open' && resolved === null && ended.includes(pairId)) return { ...conflict, resolved: { as: 'theirs', at, by: null } };
    return { ...conflict, pairId: renamed.get(pairId) ?? pairId };
  });
}

/** What was deleted here before it was to go there too stays there. */
function leaveDeleted({ leads }: MemoryState, { deletedHere, writes, unfound, staysThere }: MemoryConnection): void {
  for (const each of deletedHere.values()) each.isSettled = true;
  for (const { opId, leadId } of [...writes.values(), ...unfound.values()]) if (!leads.has(leadId)) staysThere.add(opId);
}

function changeRun(connection: MemoryConnection, id: string, change: Partial<RunRecord>): void {
  const run = connection.runs.get(id);
  if (run) connection.runs.set(id, { ...run, ...change });
}

/** A run that nobody ended had its process killed. */
function endOpenRuns(connection: MemoryConnection, at: number): void {
  for (const { id, outcome } of connection.runs.values())
    if (outcome === 'running') changeRun(connection, id, { outcome: 'failed', endedAt: at });
}
