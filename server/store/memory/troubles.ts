import { valuesOfLead, withValues } from '#shared/crm/pair-lead.ts';
import { fromShownText, meaningOf, toRemoteText } from '#shared/crm/pair-values.ts';
import type { Act } from '../act.ts';
import type { ConflictRecord, NewSyncError, SyncErrorRecord } from '../sync-records.ts';
import type { ErrorChoice, Run, TroubleStore } from '../sync-store.ts';
import { addConflicts } from './merges.ts';
import { paged } from './paged.ts';
import {
  connectionOf,
  DEFAULT_COUNTRY,
  fenced,
  fieldKey,
  isSuppressed,
  keyOf,
  linkOfLead,
  linkOfRemote,
  type MemoryConnection,
  type MemoryState,
  pairsOf,
  personOf,
  saveLink,
} from './state.ts';

/** Conflicts and errors in memory. */
export function createTroubles(state: MemoryState): TroubleStore {
  return {
    async addConflicts(run, conflicts) {
      const connection = fenced(state, run.fence);
      addConflicts(state, connection, run, conflicts, connection.settings.pairs);
    },
    async listConflicts(_, id, page) {
      const all = [...connectionOf(state, id).conflicts].reverse();
      return paged(page.openOnly ? all.filter(({ resolved }) => resolved === null) : all, page);
    },
    async resolveConflict(act, id, conflictId, as) {
      const connection = connectionOf(state, id);
      const conflict = connection.conflicts.find((each) => each.id === conflictId && each.resolved === null);
      return conflict ? resolve(state, connection, act, conflict, as) : 'not_found';
    },
    async noteErrors(run, errors) {
      noteErrors(state, fenced(state, run.fence), run, errors);
    },
    async clearErrors(run, of) {
      const { errors } = fenced(state, run.fence);
      for (const { type, leadId, remoteId } of of) {
        if (leadId !== undefined) for (const stage of ['push', 'opt_out']) errors.delete(`${stage}:${keyOf(type, leadId)}`);
        if (remoteId !== undefined) for (const stage of ['pull', 'push']) errors.delete(`${stage}:${keyOf(type, remoteId)}`);
      }
    },
    async listDueErrors(fence, at, limit) {
      const due = listed(connectionOf(state, fence.connection)).filter(
        ({ stage, nextAt }) => stage === 'pull' && nextAt !== null && nextAt <= at,
      );
      return due.slice(0, limit);
    },
    async listErrors(_, id, page) {
      return paged(listed(connectionOf(state, id)), page);
    },
    async retryError(act, id, errorId, choice) {
      const connection = connectionOf(state, id);
      const [key, error] = [...connection.errors].find(([, { record }]) => record.id === errorId) ?? [];
      if (key === undefined || error === undefined) return 'not_found';
      if (choice.kind === 'link') return linkTo(state, connection, key, choice);
      if (choice.kind === 'ignore') error.record = { ...error.record, isIgnored: true, nextAt: null };
      else error.record = { ...error.record, isIgnored: false, nextAt: act.at };
      const stands = choice.kind === 'again' && error.record.kind !== 'duplicate' && error.makesAnyway;
      error.makesAnyway = choice.kind === 'make_anyway' || stands;
      return 'done';
    },
  };
}

function linkTo(
  state: MemoryState,
  connection: MemoryConnection,
  key: string,
  { type, remoteId }: Extract<ErrorChoice, { kind: 'link' }>,
): Awaited<ReturnType<TroubleStore['retryError']>> {
  const leadId = connection.errors.get(key)?.record.leadId ?? null;
  if (leadId === null) return 'not_found';
  const known = linkOfRemote(connection, type, remoteId);
  if (known ? known.leadId !== leadId : linkOfLead(connection, type, leadId)?.state === 'linked') return 'two_leads';
  state.count += 1;
  if (!known) saveLink(connection, { id: state.count, leadId, type, remoteId, aliases: [], base: null, state: 'linked' });
  connection.errors.delete(key);
  return 'done';
}

function listed(connection: MemoryConnection): readonly SyncErrorRecord[] {
  return [...connection.errors.values()].map(({ record }) => record);
}

/** Writes errors down, each once per record and stage. */
export function noteErrors(state: MemoryState, connection: MemoryConnection, run: Run, errors: readonly NewSyncError[]): void {
  for (const error of errors) {
    const key = `${error.stage}:${keyOf(error.type, error.leadId ?? error.remoteId ?? '')}`;
    const former = connection.errors.get(key);
    const known = former?.record;
    const lead = state.leads.get(error.leadId ?? '');
    state.count += 1;
    const record: SyncErrorRecord = {
      ...error,
      id: known?.id ?? `error-${state.count}`,
      kind: error.failure.kind,
      firstAt: known?.firstAt ?? run.at,
      lastAt: run.at,
      attempts: (known?.attempts ?? 0) + 1,
      isIgnored: known?.isIgnored ?? false,
      person: lead ? personOf(lead.lead) : null,
    };
    connection.errors.set(key, {
      record,
      leadVersion: lead?.version ?? 0,
      makesAnyway: error.failure.kind !== 'duplicate' && former?.makesAnyway === true,
    });
  }
}

/** A decision is an edit by hand: it gives the lead the value chosen, and the next run sends it. */
function resolve(
  state: MemoryState,
  connection: MemoryConnection,
  act: Act,
  conflict: ConflictRecord,
  as: 'ours' | 'theirs' | 'undone',
): Awaited<ReturnType<TroubleStore['resolveConflict']>> {
  const lead = state.leads.get(conflict.leadId);
  const pairs = pairsOf(connection, conflict.type);
  const pair = pairs.find(({ id }) => id === conflict.pairId);
  if (!lead || !pair || (conflict.winner === 'open' && as === 'undone')) return 'not_found';
  const standing = conflict.winner === 'theirs' ? conflict.theirs : conflict.ours;
  const now = valuesOfLead(lead.lead, pairs).get(pair.id) ?? '';
  if (meaningOf(pair, now, DEFAULT_COUNTRY) !== meaningOf(pair, standing ?? '', DEFAULT_COUNTRY)) return 'edited_since';
  const replaced = conflict.winner === 'theirs' ? conflict.ours : conflict.theirs;
  const chosen = fromShownText(pair, (as === 'undone' ? replaced : conflict[as]) ?? '', DEFAULT_COUNTRY);
  const changed = withValues(lead.lead, pairs, new Map([[pair.id, chosen]]));
  if (isSuppressed(state, changed) && !isSuppressed(state, lead.lead)) return 'suppressed';
  if (chosen !== now) {
    lead.lead = changed;
    lead.version += 1;
    lead.times.set(fieldKey(pair), act.at);
  }
  const link = linkOfLead(connection, conflict.type, conflict.leadId);
  if (conflict.winner === 'open' && link) {
    const base = new Map(link.base).set(pair.id, toRemoteText(pair, conflict.theirs ?? '', DEFAULT_COUNTRY));
    saveLink(connection, { ...link, base });
  }
  const resolved = { as, at: act.at, by: null };
  connection.conflicts = connection.conflicts.map((each) => (each.id === conflict.id ? { ...each, resolved } : each));
  return 'resolved';
}
