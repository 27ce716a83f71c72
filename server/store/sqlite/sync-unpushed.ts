import { pairsToPush } from '#shared/crm/merge-record.ts';
import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { RecordType } from '#shared/crm/record.ts';
import type { Fence, SyncedLead } from '../sync-records.ts';
import type { PushStore } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { isHeldBack, isMadeAnyway } from './sync-errors.ts';
import { openQuestions, openScope, pairsOf, readLeadNumbered, type SyncScope, toSyncedLead } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';
import { linkOfLead, toLinkRecord } from './sync-links.ts';
import { isUnderWay } from './sync-writes.ts';

/** Links whose lead has changed since it was last seen to need no push: the index has all but the version. */
const CHANGED = `SELECT object_link.lead FROM object_link INDEXED BY object_link_pushable
  CROSS JOIN lead ON lead.workspace = object_link.workspace AND lead.id = object_link.lead
  WHERE object_link.workspace = ? AND object_link.connection = ? AND object_link.type = ? AND object_link.lead > ?
    AND object_link.state = 'linked' AND lead.version <> object_link.settled_version AND lead.do_not_contact = 0
  ORDER BY object_link.lead LIMIT ?`;
const UNLINKED = `lead.do_not_contact = 0
    AND NOT EXISTS (SELECT 1 FROM object_link WHERE object_link.workspace = lead.workspace AND object_link.lead = lead.id AND object_link.connection = ?)`;
const NEW_OF_ALL = `SELECT lead.id FROM lead WHERE lead.workspace = ? AND lead.id > ? AND ${UNLINKED} ORDER BY lead.id LIMIT ?`;
const NEW_OF_LIST = `SELECT list_member.lead FROM list_member CROSS JOIN lead ON lead.workspace = list_member.workspace AND lead.id = list_member.lead
  WHERE list_member.workspace = ? AND list_member.list = ? AND list_member.lead > ? AND ${UNLINKED} ORDER BY list_member.lead LIMIT ?`;
const FIND_LIST = 'SELECT id FROM list WHERE workspace = ? AND public_id = ?';
const SETTLE = 'UPDATE object_link SET settled_version = ? WHERE workspace = ? AND lead = ? AND connection = ? AND type = ?';
const LINKED = 'linked:';
const NEW = 'new:';

type Unpushed = Awaited<ReturnType<PushStore['listUnpushed']>>;

/**
 * Linked leads first, then those that are to be made, each by their number. A changed lead that turns out to have nothing
 * to push is noted as such, so that it is read once.
 */
export function listUnpushed(cx: Connection, fence: Fence, type: RecordType, at: number, after: string | null, limit: number): Unpushed {
  return underFence(cx, fence, () => {
    const scope = openScope(cx, fence, at);
    const leads: SyncedLead[] = [];
    let place: Place | null = readPlace(after);
    while (place !== null && leads.length < limit) {
      const next: readonly number[] = candidates(scope, type, place, limit - leads.length);
      for (const number of next) {
        const lead = place.kind === 'linked' ? changedLead(scope, type, number) : newLead(scope, type, number);
        if (lead) leads.push(lead);
      }
      const last: number | undefined = next.at(-1);
      place = last !== undefined ? { ...place, after: last } : place.kind === 'linked' ? { kind: 'new', after: 0 } : null;
    }
    return { leads, next: place && `${place.kind === 'linked' ? LINKED : NEW}${place.after}` };
  });
}

type Place = { readonly kind: 'linked' | 'new'; readonly after: number };
function readPlace(text: string | null): Place {
  if (text === null) return { kind: 'linked', after: 0 };
  return text.startsWith(NEW)
    ? { kind: 'new', after: Number(text.slice(NEW.length)) }
    : { kind: 'linked', after: Number(text.slice(LINKED.length)) };
}

function candidates({ cx, fence, settings }: SyncScope, type: RecordType, { kind, after }: Place, limit: number): readonly number[] {
  const { workspace, connection } = fence;
  if (kind === 'linked') return cx.column(CHANGED).all(workspace, connection, type, after, limit) as number[]; // plucked
  const { scopeOut } = settings;
  if (scopeOut.kind === 'off') return [];
  if (scopeOut.kind === 'all') return cx.column(NEW_OF_ALL).all(workspace, after, connection, limit) as number[]; // plucked
  const found = scopeOut.listIds.flatMap((id) => {
    const list = cx.column(FIND_LIST).get(workspace, id);
    return list === undefined ? [] : (cx.column(NEW_OF_LIST).all(workspace, list, after, connection, limit) as number[]); // plucked
  });
  return [...new Set(found)].sort((a, b) => a - b).slice(0, limit);
}

function changedLead(scope: SyncScope, type: RecordType, number: number): SyncedLead | null {
  const { cx, fence, options } = scope;
  const lead = readLeadNumbered(scope, number);
  const row = linkOfLead(cx, fence, type, number);
  if (!lead || !row) return null;
  const pairs = pairsOf(scope, type);
  const link = toLinkRecord(row);
  const left = pairsToPush(pairs, link?.base ?? null, valuesOfLead(lead.lead, pairs), openQuestions(scope, number), options);
  if (left.length === 0) {
    cx.statement(SETTLE).run(lead.version, fence.workspace, number, fence.connection, type);
    return null;
  }
  if (isUnderWay(scope, number) || isHeldBack(scope, type, lead)) return null;
  const synced = toSyncedLead(scope, lead, pairs, link);
  return synced.mayPush ? asDecided(scope, type, number, synced) : null;
}

function newLead(scope: SyncScope, type: RecordType, number: number): SyncedLead | null {
  const lead = readLeadNumbered(scope, number);
  if (!lead || isUnderWay(scope, number) || isHeldBack(scope, type, lead)) return null;
  const synced = toSyncedLead(scope, lead, pairsOf(scope, type), null);
  if (!synced.mayPush) return null;
  return asDecided(scope, type, number, synced);
}

function asDecided(scope: SyncScope, type: RecordType, number: number, synced: SyncedLead): SyncedLead {
  return isMadeAnyway(scope, type, number) ? { ...synced, makesAnyway: true } : synced;
}
