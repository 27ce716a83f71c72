import { differsFromBase } from '#shared/crm/merge-record.ts';
import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import { baseInContact } from '../plan-pull.ts';
import type { WorkspaceId } from '../records.ts';
import { type Fence, STATE_OF_GONE, type WhyGone } from '../sync-records.ts';
import type { LinkedRecord, LinkStore, Run } from '../sync-store.ts';
import { twoLeads } from '../two-leads.ts';
import { writeAudit } from './audit.ts';
import type { Connection } from './connection.ts';
import { dropLeads } from './drop-leads.ts';
import { foldLogIn, noteDeletion } from './overwrite-deleted.ts';
import { dropPushErrors, noteError } from './sync-errors.ts';
import { openScope, pairsOf, readLeadNumbered, type SyncScope } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';
import {
  addAlias,
  addTombstone,
  dropLink,
  hashOf,
  type LinkRow,
  linkOfLead,
  linkOfRecord,
  ownLinkOfRecord,
  readPairs,
} from './sync-links.ts';
import { dropItemsOf } from './sync-side.ts';
import { unreadSide } from './sync-side-due.ts';
import { isMadeBefore } from './sync-writes.ts';

const MOVE = `UPDATE object_link SET type = ?, remote_id = ?, base = ?, state = 'linked', settled_version = 0, side_read_at = 0
  WHERE workspace = ? AND id = ?`;
const GONE = 'UPDATE object_link SET state = ?, side_read_at = 0 WHERE workspace = ? AND id = ?';
const PURGE =
  "UPDATE object_link SET state = 'purged', remote_id = ?, base = NULL, title = NULL, opted_out_id = NULL, no_calls_id = NULL WHERE workspace = ? AND id = ?";
const FORGET_ALIASES = 'DELETE FROM link_alias WHERE workspace = ? AND link = ?';
const FORGET_CONFLICTS = `UPDATE sync_conflict SET base = NULL, ours = NULL, theirs = NULL, remote_id = ?
  WHERE workspace = ? AND lead = ? AND connection = ? AND type = ?`;
const FORGET_PUSHES = 'DELETE FROM pushed_value WHERE workspace = ? AND lead = ? AND connection = ?';
const FORGET_WRITES = 'DELETE FROM remote_write WHERE workspace = ? AND lead = ? AND connection = ? AND type = ?';
const FORGET_UNFOUND = 'DELETE FROM remote_write WHERE workspace = ? AND connection = ? AND lead_public_id = ? AND lead IS NULL';
const FORGET_ERRORS = 'DELETE FROM sync_error WHERE workspace = ? AND lead = ? AND connection = ? AND type = ?';
const ELSEWHERE = `SELECT 1 FROM object_link INDEXED BY object_link_lead
  WHERE workspace = ? AND lead = ? AND id <> ? AND state = 'linked' LIMIT 1`;
const GONE_OF_LEAD = `SELECT id FROM object_link INDEXED BY object_link_lead
  WHERE workspace = ? AND lead = ? AND connection = ? AND state IN ('missing', 'unseen')`;
const LIST = `SELECT id AS linkId, remote_id AS remoteId FROM object_link INDEXED BY object_link_deleted
  WHERE workspace = ? AND connection = ? AND type = ? AND is_deleted_here = 1 ORDER BY id LIMIT ?`;
const SETTLE = 'UPDATE object_link SET is_deleted_here = 0 WHERE workspace = ? AND id = ?';

/** The survivor of a merge answers for a record, or what it was converted to. */
export function moveLink(cx: Connection, run: Run, from: LinkedRecord, to: Became): Awaited<ReturnType<LinkStore['moveLink']>> {
  return underFence(cx, run.fence, () => {
    const { fence } = run;
    const known = linkOfRecord(cx, fence, from.type, from.remoteId);
    const other = ownLinkOfRecord(cx, fence, to.type, to.id);
    const isMade = !known && from.key !== undefined && isMadeBefore(openScope(cx, fence, run.at), from.key);
    if (!known && !isMade) return 'nobodys';
    if (!known || known.lead === null) {
      if (!other) addTombstone(cx, fence, to.type, to.id, run.at, 'settled');
      return 'deleted_here';
    }
    // Known by another name only: its link has gone on already.
    if (!ownLinkOfRecord(cx, fence, from.type, from.remoteId)) return 'nobodys';
    // A lead that is another record of that type already stays it, and is known to be this one, too.
    const own = to.type === known.type ? null : linkOfLead(cx, fence, to.type, known.lead);
    if (own?.state === 'linked' && own.id !== other?.id) {
      endLink(cx, fence, known.id);
      if (!other) addAlias(cx, fence, to.type, to.id, own.id);
      return 'moved';
    }
    if (other && other.lead !== null && other.id !== known.id) {
      endLink(cx, fence, known.id);
      unreadSide(cx, fence.workspace, other.id);
      if (other.lead === known.lead) return 'moved';
      noteError(openScope(cx, fence, run.at), twoLeads(to.type, known.leadId ?? '', to.id));
      return 'two_leads';
    }
    if (other && other.id !== known.id) dropLink(cx, fence, other.id);
    if (own) endLink(cx, fence, own.id);
    const scope = openScope(cx, fence, run.at);
    cx.statement(MOVE).run(to.type, to.id, baseOf(scope, known, to), fence.workspace, known.id);
    // It is a record of that type by now, whatever stood in the way of that before.
    if (to.type !== known.type) dropPushErrors(scope, to.type, known.lead);
    if (known.remoteId !== to.id) addAlias(cx, fence, known.type, known.remoteId, known.id);
    return 'moved';
  });
}

type Became = Pick<CrmRecord, 'type' | 'id' | 'values'>;

function baseOf(scope: SyncScope, { type, base }: LinkRow, to: Became): string | null {
  if (to.type === type || base === null) return base;
  return JSON.stringify([...baseInContact(readPairs(base), pairsOf(scope, type), to, pairsOf(scope, to.type), scope.options)]);
}

/** A record is no more. `purged`: erased for good, and nothing of it is kept here but on the lead itself. */
export function markGone(cx: Connection, run: Run, of: LinkedRecord, why: WhyGone, removeLead: boolean, keeps?: 'nothing'): boolean {
  const done = underFence(cx, run.fence, () => {
    const { workspace } = run.fence;
    const known = ownLinkOfRecord(cx, run.fence, of.type, of.remoteId);
    if (!known || known.lead === null) return NOTHING;
    const mayGo = removeLead && !isElsewhere(cx, workspace, known.lead, known.id);
    const isRemoved = mayGo && !isTouched(openScope(cx, run.fence, run.at), known, known.lead);
    if (keeps === 'nothing') return { isRemoved, isErased: false };
    if (why === 'purged') purge(cx, run.fence, known, known.lead);
    else cx.statement(GONE).run(STATE_OF_GONE[why], workspace, known.id);
    if (isRemoved) {
      // Nobody here wished it away: back from the bin, the record comes in again.
      for (const link of cx.column(GONE_OF_LEAD).all(workspace, known.lead, run.fence.connection)) endLink(cx, run.fence, Number(link));
      cx.statement(FORGET_UNFOUND).run(workspace, run.fence.connection, known.leadId);
      dropLeads(cx, workspace, [known.lead]);
      writeAudit(cx, { workspace, member: null, at: run.at }, 'leads.deleted', null, { count: 1 });
    }
    const isErased = isRemoved || why === 'purged';
    if (isErased) noteDeletion(cx);
    return { isRemoved, isErased };
  });
  if (done.isErased) foldLogIn(cx);
  return done.isRemoved;
}
const NOTHING = { isRemoved: false, isErased: false };

/** The lead is another record, too, that is still there. */
function isElsewhere(cx: Connection, workspace: WorkspaceId, lead: number, but: number): boolean {
  return cx.statement(ELSEWHERE).get(workspace, lead, but) !== undefined;
}

function endLink(cx: Connection, fence: Fence, link: number): void {
  dropItemsOf(cx, fence.workspace, [link]);
  dropLink(cx, fence, link);
}

/** The lead holds something that the CRM never had. */
function isTouched(scope: SyncScope, { type, base }: LinkRow, number: number): boolean {
  const lead = readLeadNumbered(scope, number);
  const pairs = pairsOf(scope, type);
  return lead !== null && differsFromBase(pairs, base === null ? null : readPairs(base), valuesOfLead(lead.lead, pairs), scope.options);
}

function purge(cx: Connection, { workspace, connection }: Fence, { id, type, remoteId }: LinkRow, lead: number): void {
  const hash = hashOf(remoteId);
  cx.statement(PURGE).run(hash, workspace, id);
  cx.statement(FORGET_ALIASES).run(workspace, id);
  cx.statement(FORGET_CONFLICTS).run(hash, workspace, lead, connection, type);
  cx.statement(FORGET_PUSHES).run(workspace, lead, connection);
  cx.statement(FORGET_WRITES).run(workspace, lead, connection, type);
  cx.statement(FORGET_ERRORS).run(workspace, lead, connection, type);
  dropItemsOf(cx, workspace, [id]);
}

export function listDeletedHere(cx: Connection, fence: Fence, type: RecordType, limit: number): Deleted {
  return cx.statement(LIST).all(fence.workspace, fence.connection, type, limit) as Deleted; // the columns of LIST
}
type Deleted = Awaited<ReturnType<LinkStore['listDeletedHere']>>;

/** What to do with them was said; they are still known, and not taken in again. */
export function forgetDeletedHere(cx: Connection, run: Run, linkIds: readonly number[]): void {
  underFence(cx, run.fence, () => {
    for (const id of linkIds) cx.statement(SETTLE).run(run.fence.workspace, id);
  });
}
