import { pairsToPush } from '#shared/crm/merge-record.ts';
import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { FieldPair, PairValues, RecordType } from '#shared/crm/record.ts';
import { BIN_MS } from '../plan-pull.ts';
import type { ErrorStage, NewWrite, SyncedLead, WriteRecord } from '../sync-records.ts';
import type { PushStore, Run, SettledWrite, WriteOutcome } from '../sync-store.ts';
import { twoLeads } from '../two-leads.ts';
import { addConflicts, openQuestions } from './merges.ts';
import {
  connectionOf,
  DEFAULT_COUNTRY,
  fenced,
  isHeldBack,
  keyOf,
  linkOfLead,
  linkOfRemote,
  type MemoryConnection,
  type MemoryLead,
  type MemoryState,
  pairsOf,
  refusedKinds,
  saveLink,
} from './state.ts';
import { noteErrors } from './troubles.ts';

/** What is to be sent and what was, in memory. */
export function createPushes(state: MemoryState): PushStore {
  return {
    async listUnpushed(fence, type, at, after, limit) {
      const connection = connectionOf(state, fence.connection);
      const leads: SyncedLead[] = [];
      for (const lead of state.leads.values()) {
        if (lead.order <= Number(after ?? 0)) continue;
        const synced = unpushed(state, connection, type, at, lead);
        if (synced) leads.push(synced);
        if (leads.length === limit) return { leads, next: String(lead.order) };
      }
      return { leads, next: null };
    },
    async stageWrites(run, writes) {
      const connection = fenced(state, run.fence);
      return writes.flatMap((write) => stage(state, connection, write));
    },
    async listSent(fence) {
      const { writes, unfound } = connectionOf(state, fence.connection);
      return [...writes.values(), ...[...unfound.values()].filter(({ leadId }) => !state.leads.has(leadId))];
    },
    async settleWrites(run, settled) {
      const connection = fenced(state, run.fence);
      for (const each of settled) settle(state, connection, run, each);
    },
    async listPushes(fence, leadIds, since) {
      return connectionOf(state, fence.connection).pushes.filter(({ leadId, at }) => at >= since && leadIds.includes(leadId));
    },
    async listOptOuts(fence, type, at, after, limit) {
      const connection = connectionOf(state, fence.connection);
      const untold = [...state.leads.values()].flatMap((lead) => {
        const link = linkOfLead(connection, type, lead.id);
        if (lead.order <= Number(after ?? 0) || link?.state !== 'linked') return [];
        const { remoteId } = link;
        const kinds = refusedKinds(state, lead.lead).filter((kind) => !connection.optedOut.has(`${kind}:${keyOf(type, remoteId)}`));
        if (kinds.length === 0 || isHeld(connection, type, lead, at, 'opt_out')) return [];
        return [{ order: lead.order, link: { linkId: link.id, leadId: lead.id, remoteId, kinds } }];
      });
      const page = untold.slice(0, limit);
      return { links: page.map(({ link }) => link), next: untold.length > limit ? String(page.at(-1)?.order) : null };
    },
    async noteOptOuts(run, links) {
      const connection = fenced(state, run.fence);
      for (const { linkId, remoteId, kinds } of links) {
        const link = connection.links.get(linkId);
        if (link) for (const kind of kinds) connection.optedOut.add(`${kind}:${keyOf(link.type, remoteId)}`);
      }
    },
    setPairOptions: async (run, pairId, options) => changePair(fenced(state, run.fence), pairId, { options }),
    setPairTrouble: async (run, pairId, trouble) => changePair(fenced(state, run.fence), pairId, { trouble }),
  };
}

function changePair(connection: MemoryConnection, pairId: string, change: Partial<FieldPair>): void {
  const pairs = connection.settings.pairs.map((pair) => (pair.id === pairId ? { ...pair, ...change } : pair));
  connection.settings = { ...connection.settings, pairs };
}

function unpushed(state: MemoryState, connection: MemoryConnection, type: RecordType, at: number, lead: MemoryLead): SyncedLead | null {
  if (isHeldBack(state, lead) || hasWrite(connection, type, lead.id) || isHeld(connection, type, lead, at)) return null;
  const pairs = pairsOf(connection, type);
  const values = valuesOfLead(lead.lead, pairs);
  const link = linkOfLead(connection, type, lead.id);
  const error = connection.errors.get(`push:${keyOf(type, lead.id)}`);
  const decided = error?.makesAnyway ? { makesAnyway: true } : {};
  const synced = { leadId: lead.id, version: lead.version, values, link, mayPush: true, ...decided };
  if (!link) return mayBeMade(connection, type, lead) ? synced : null;
  if (link.state !== 'linked') return null;
  return pairsToPush(pairs, link.base, values, openQuestions(connection, lead.id), DEFAULT_COUNTRY).length > 0 ? synced : null;
}

function mayBeMade({ settings: { scopeOut }, linksByLead }: MemoryConnection, type: RecordType, { id, listIds }: MemoryLead): boolean {
  if (linksByLead.has(keyOf(type === 'lead' ? 'contact' : 'lead', id))) return false;
  if (scopeOut.kind === 'lists') return listIds.some((listId) => scopeOut.listIds.includes(listId));
  return scopeOut.kind === 'all';
}

function hasWrite(connection: MemoryConnection, type: RecordType, leadId: string): boolean {
  for (const write of connection.writes.values()) if (write.leadId === leadId && write.type === type) return true;
  return false;
}

/** What failed waits: for a change of the lead, for a decision, or for its time. */
function isHeld(
  connection: MemoryConnection,
  type: RecordType,
  { id, version }: MemoryLead,
  at: number,
  stage: ErrorStage = 'push',
): boolean {
  const error = connection.errors.get(`${stage}:${keyOf(type, id)}`);
  if (!error) return false;
  const { kind, nextAt } = error.record;
  if (nextAt !== null) return nextAt > at;
  return kind !== 'validation' || error.leadVersion === version;
}

function stage(state: MemoryState, connection: MemoryConnection, write: NewWrite): readonly (WriteRecord & NewWrite)[] {
  const lead = state.leads.get(write.leadId);
  if (!lead || lead.version !== write.leadVersion || isHeldBack(state, lead)) return [];
  const link = linkOfLead(connection, write.type, write.leadId);
  const isAsBefore = write.kind === 'create' ? link === null : link?.state === 'linked' && link.remoteId === write.remoteId;
  if (!isAsBefore || hasWrite(connection, write.type, write.leadId)) return [];
  const attempts = connection.errors.get(`push:${keyOf(write.type, write.leadId)}`)?.record.attempts ?? 0;
  const staged = { ...write, attempts };
  connection.writes.set(write.opId, staged);
  return [staged];
}

function settle(state: MemoryState, connection: MemoryConnection, run: Run, { opId, outcome }: SettledWrite): void {
  const write = connection.writes.get(opId) ?? connection.unfound.get(opId);
  if (!write) return;
  connection.writes.delete(opId);
  connection.unfound.delete(opId);
  if (outcome.kind === 'unfound' && run.at - write.at < BIN_MS) {
    if (write.kind === 'create') connection.unfound.set(opId, write);
    else if (linkOfLead(connection, write.type, write.leadId)?.remoteId === write.remoteId) connection.writes.set(opId, write);
  }
  if (outcome.kind === 'failed') noteErrors(state, connection, run, [outcome.error]);
  if (outcome.kind === 'written') settleWritten(state, connection, run, write, outcome);
}

function settleWritten(
  state: MemoryState,
  connection: MemoryConnection,
  run: Run,
  write: WriteRecord,
  { remoteId, base, conflicts }: Extract<WriteOutcome, { kind: 'written' }>,
): void {
  const { leadId, type } = write;
  const known = linkOfRemote(connection, type, remoteId);
  if (!state.leads.has(leadId)) {
    const isSettled = connection.staysThere.has(write.opId);
    if (!known) connection.deletedHere.set(keyOf(type, remoteId), { linkId: state.count++, type, remoteId, isSettled });
    return;
  }
  if (known && known.leadId !== leadId && state.rules.oneLead) {
    noteErrors(state, connection, run, [twoLeads(type, leadId, remoteId)]);
    return;
  }
  const link = (known?.leadId === leadId ? known : null) ?? linkOfLead(connection, type, leadId);
  state.count += 1;
  const fresh = { id: state.count, leadId, type, remoteId, aliases: [], base: null, state: 'linked' } as const;
  saveLink(connection, { ...(link ?? fresh), remoteId, base: withBase(link?.base ?? null, base) });
  connection.errors.delete(`push:${keyOf(type, leadId)}`);
  const pushes = [...write.sent].map(([pairId, to]) => ({ leadId, pairId, from: write.before.get(pairId) ?? '', to, at: write.at }));
  connection.pushes = [...connection.pushes, ...pushes];
  addConflicts(state, connection, run, conflicts, pairsOf(connection, type));
}

function withBase(old: PairValues | null, news: PairValues): PairValues {
  const base = new Map(old);
  for (const [pairId, text] of news) {
    if (text === '') base.delete(pairId);
    else base.set(pairId, text);
  }
  return base;
}
