import { differsFromBase } from '#shared/crm/merge-record.ts';
import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { CrmRecord } from '#shared/crm/record.ts';
import { baseInContact, type ImportedAs } from '../plan-pull.ts';
import { type LinkCounts, type LinkRecord, STATE_OF_GONE } from '../sync-records.ts';
import type { LinkedRecord, LinkStore } from '../sync-store.ts';
import { twoLeads } from '../two-leads.ts';
import {
  addAlias,
  bury,
  connectionOf,
  DEFAULT_COUNTRY,
  dropLink,
  fenced,
  forgetAliases,
  isMadeBefore,
  keyOf,
  linkNamed,
  linkOfLead,
  linkOfRemote,
  type MemoryConnection,
  type MemoryState,
  pairsOf,
  saveLink,
} from './state.ts';
import { noteErrors } from './troubles.ts';

/** Links in memory. */
export function createLinks(state: MemoryState): LinkStore {
  return {
    async listLinks(fence, type, after, limit) {
      const links = [...connectionOf(state, fence.connection).links.values()];
      const listed = links.filter((link) => link.type === type && link.id > after && link.state !== 'purged');
      return listed.sort((a, b) => a.id - b.id).slice(0, limit);
    },
    async findLinked(fence, type, remoteIds, who) {
      const connection = connectionOf(state, fence.connection);
      const isDeleted = (id: string) => who === 'deleted_too' && connection.deletedHere.has(keyOf(type, id));
      return new Set(remoteIds.filter((id) => linkNamed(connection, type, id) || isDeleted(id)));
    },
    async findLinkedLeads(_, id, type, remoteIds) {
      const connection = connectionOf(state, id);
      return new Map(
        remoteIds.flatMap((each) => toEntry(each, linkNamed(connection, type, each), connection.imported.get(keyOf(type, each)))),
      );
    },
    async countLinks(_, id) {
      const links = [...connectionOf(state, id).links.values()];
      const countOf = (is: keyof LinkCounts) => links.filter(({ state }) => state === is).length;
      return { linked: countOf('linked'), missing: countOf('missing'), unseen: countOf('unseen') };
    },
    async moveLink(run, from, to) {
      const connection = fenced(state, run.fence);
      const known = linkOfRemote(connection, from.type, from.remoteId);
      if (!known) return buryToo(state, connection, from, to);
      const other = linkOfRemote(connection, to.type, to.id);
      // A lead that is another record of that type already stays it, and is known to be this one, too.
      const own = to.type === known.type ? null : linkOfLead(connection, to.type, known.leadId);
      if (own?.state === 'linked' && own.id !== other?.id) {
        dropLink(connection, known.id);
        if (!other) {
          addAlias(connection, to.type, to.id, own.id);
          saveLink(connection, { ...own, aliases: [...own.aliases, to.id] });
        }
        return 'moved';
      }
      if (other && other.id !== known.id && state.rules.oneLead) {
        dropLink(connection, known.id);
        connection.sideReadAt.delete(other.id);
        if (other.leadId !== known.leadId) noteErrors(state, connection, run, [twoLeads(to.type, known.leadId, to.id)]);
        return other.leadId === known.leadId ? 'moved' : 'two_leads';
      }
      if (own) dropLink(connection, own.id);
      const before = state.rules.baseGoesOver ? known.base : null;
      const [pairsBefore, pairs] = [pairsOf(connection, known.type), pairsOf(connection, to.type)];
      const base = to.type === known.type ? before : baseInContact(before, pairsBefore, to, pairs, DEFAULT_COUNTRY);
      saveLink(connection, {
        ...known,
        type: to.type,
        remoteId: to.id,
        aliases: [...known.aliases, known.remoteId],
        base,
        state: 'linked',
      });
      if (known.remoteId !== to.id) addAlias(connection, known.type, known.remoteId, known.id);
      // It is a record of that type by now, whatever stood in the way of that before.
      if (to.type !== known.type) connection.errors.delete(`push:${keyOf(to.type, known.leadId)}`);
      return 'moved';
    },
    async markGone(run, { type, remoteId }, why, removeLead, keeps) {
      const connection = fenced(state, run.fence);
      const known = linkOfRemote(connection, type, remoteId);
      if (!known) return false;
      const isRemoved = removeLead && !isElsewhere(state, known) && !isTouched(state, connection, known);
      if (keeps === 'nothing') return isRemoved;
      saveLink(connection, { ...known, state: STATE_OF_GONE[why], base: why === 'purged' ? null : known.base });
      if (why === 'purged') forgetPurged(connection, known);
      if (isRemoved) {
        for (const link of [...connection.links.values()]) if (link.leadId === known.leadId) dropLink(connection, link.id);
        for (const { opId, leadId } of [...connection.unfound.values()]) if (leadId === known.leadId) connection.unfound.delete(opId);
        state.leads.delete(known.leadId);
      }
      return isRemoved;
    },
    async listDeletedHere(fence, type, limit) {
      const deleted = [...connectionOf(state, fence.connection).deletedHere.values()];
      return deleted.filter((each) => each.type === type && !each.isSettled).slice(0, limit);
    },
    async forgetDeletedHere(run, linkIds) {
      for (const each of fenced(state, run.fence).deletedHere.values()) if (linkIds.includes(each.linkId)) each.isSettled = true;
    },
  };
}

function toEntry(remoteId: string, link: LinkRecord | null, imported: ImportedAs | undefined): readonly [string, string][] {
  const leadId = link?.leadId ?? (imported?.kind === 'lead' ? imported.leadId : undefined);
  return leadId === undefined ? [] : [[remoteId, leadId]];
}

/** What became of a record whose lead was deleted here comes in as little; whoever else's it is keeps it. */
function buryToo(
  state: MemoryState,
  connection: MemoryConnection,
  { type, remoteId, key }: LinkedRecord,
  to: Pick<CrmRecord, 'type' | 'id'>,
) {
  const isDeleted = connection.deletedHere.has(keyOf(type, remoteId)) || (key !== undefined && isMadeBefore(state, connection, key));
  if (!state.rules.tombstones || !isDeleted) return 'nobodys';
  if (!linkOfRemote(connection, to.type, to.id)) bury(state, connection, to.type, to.id);
  return 'deleted_here';
}

/** The lead is another record, too, that is still there. */
function isElsewhere(state: MemoryState, { id, leadId }: LinkRecord): boolean {
  const links = [...state.connections.values()].flatMap((each) => [...each.links.values()]);
  return links.some((link) => link.leadId === leadId && link.id !== id && link.state === 'linked');
}

/** The lead holds something that the CRM never had. */
function isTouched(state: MemoryState, connection: MemoryConnection, { leadId, type, base }: LinkRecord): boolean {
  const pairs = pairsOf(connection, type);
  const values = valuesOfLead(state.leads.get(leadId)?.lead ?? {}, pairs);
  return differsFromBase(pairs, base, values, DEFAULT_COUNTRY);
}

/** What the CRM erased for good is kept nowhere here but on the lead itself. */
function forgetPurged(connection: MemoryConnection, { id, leadId, type }: LinkRecord): void {
  connection.conflicts = connection.conflicts.map((conflict) =>
    conflict.leadId === leadId && conflict.type === type ? { ...conflict, base: null, ours: null, theirs: null } : conflict,
  );
  forgetAliases(connection, id);
  connection.pushes = connection.pushes.filter((push) => push.leadId !== leadId);
  for (const write of [...connection.writes.values()])
    if (keyOf(write.type, write.leadId) === keyOf(type, leadId)) connection.writes.delete(write.opId);
}
