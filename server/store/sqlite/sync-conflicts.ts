import type { RecordMerge } from '#shared/crm/merge-record.ts';
import { valuesOfLead, withValues } from '#shared/crm/pair-lead.ts';
import { fromShownText, meaningOf, toRemoteText } from '#shared/crm/pair-values.ts';
import type { FieldPair } from '#shared/crm/record.ts';
import type { Act } from '../act.ts';
import { originThere } from '../plan-pull.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConflictRecord, ConnectionId, NewConflict, PulledRecord } from '../sync-records.ts';
import type { Run, StoredPage, TroubleStore } from '../sync-store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { saveChanges } from './row-writer.ts';
import { findLead, type OpenLead, openScope, pairsOf, readLeadNumbered, type SyncScope } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';
import { linkOfLead, saveBase } from './sync-links.ts';
import { cutPage, positionOf } from './sync-page.ts';
import { changesBetween, originHere } from './sync-values.ts';

const ADD = `INSERT INTO sync_conflict (workspace, public_id, connection, lead, type, remote_id, pair_id, field_label, base, ours, theirs, winner,
    rule, run_id, at, ours_at, ours_by, theirs_at, theirs_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const CLOSE = `UPDATE sync_conflict SET resolved_as = 'theirs', resolved_at = ? WHERE workspace = ? AND lead = ? AND connection = ?
  AND pair_id = ? AND winner = 'open' AND resolved_at IS NULL`;
const COLUMNS = `sync_conflict.id AS position, sync_conflict.public_id AS id, lead.public_id AS leadId, sync_conflict.type AS type,
    sync_conflict.remote_id AS remoteId, sync_conflict.pair_id AS pairId, sync_conflict.field_label AS fieldLabel,
    sync_conflict.base AS base, sync_conflict.ours AS ours, sync_conflict.theirs AS theirs, sync_conflict.winner AS winner,
    sync_conflict.rule AS rule, sync_conflict.run_id AS runId, sync_conflict.at AS at, sync_conflict.resolved_as AS resolvedAs,
    sync_conflict.resolved_at AS resolvedAt, member.name AS resolvedBy, lead.id AS lead, sync_conflict.ours_at AS oursAt,
    author.name AS oursBy, sync_conflict.theirs_at AS theirsAt, sync_conflict.theirs_by AS theirsBy,
    lead.first_name AS firstName, lead.last_name AS lastName, lead.email AS email
  FROM sync_conflict JOIN lead ON lead.workspace = sync_conflict.workspace AND lead.id = sync_conflict.lead
  LEFT JOIN member ON member.workspace = sync_conflict.workspace AND member.id = sync_conflict.resolved_by
  LEFT JOIN member AS author ON author.workspace = sync_conflict.workspace AND author.id = sync_conflict.ours_by`;
const LIST = `SELECT ${COLUMNS} WHERE sync_conflict.workspace = ? AND sync_conflict.connection = ? AND sync_conflict.id < ?
  ORDER BY sync_conflict.id DESC LIMIT ?`;
const LIST_OPEN = `SELECT ${COLUMNS} WHERE sync_conflict.workspace = ? AND sync_conflict.connection = ? AND sync_conflict.id < ?
  AND sync_conflict.resolved_at IS NULL ORDER BY sync_conflict.id DESC LIMIT ?`;
const FIND = `SELECT ${COLUMNS} WHERE sync_conflict.workspace = ? AND sync_conflict.public_id = ? AND sync_conflict.connection = ?`;
const RESOLVE = 'UPDATE sync_conflict SET resolved_as = ?, resolved_at = ?, resolved_by = ? WHERE workspace = ? AND public_id = ?';

type Row = Omit<ConflictRecord, 'person' | 'resolved'> & {
  readonly position: number;
  readonly lead: number;
  readonly resolvedAs: 'ours' | 'theirs' | 'undone' | null;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
} & { readonly [K in 'firstName' | 'lastName' | 'email']: string | null };

/** Closes the questions a merge has answered, and writes down what it did not agree on. */
export function keepConflicts(
  scope: SyncScope,
  run: Run,
  about: { readonly lead: number; readonly leadId: string; readonly pulled: PulledRecord },
  { conflicts, closed }: Pick<RecordMerge, 'conflicts' | 'closed'>,
): void {
  const { cx, fence } = scope;
  for (const pairId of closed) cx.statement(CLOSE).run(run.at, fence.workspace, about.lead, fence.connection, pairId);
  const { lead, leadId, pulled } = about;
  const { type, id: remoteId } = pulled.record;
  for (const conflict of conflicts)
    addConflict(scope, run, lead, { ...conflict, leadId, type, remoteId, ...originThere(pulled, conflict.pairId) });
}

export function addConflicts(cx: Connection, run: Run, conflicts: readonly NewConflict[]): void {
  underFence(cx, run.fence, () => {
    const scope = openScope(cx, run.fence, run.at);
    for (const conflict of conflicts) {
      const lead = findLead(scope, conflict.leadId);
      if (lead) addConflict(scope, run, lead.number, conflict);
    }
  });
}

/** Writes one conflict down. The caller holds the transaction. */
export function addConflict(scope: SyncScope, run: Run, lead: number, conflict: NewConflict): void {
  const { cx, fence, settings } = scope;
  const { type, remoteId, pairId, base, ours, theirs, winner, rule, theirsAt = null, theirsBy = null } = conflict;
  const pair = settings.pairs.find(({ id }) => id === pairId);
  const here = pair ? originHere(scope, lead, pair) : null;
  const origin = [here?.at ?? null, here?.by ?? null, theirsAt, theirsBy];
  const values = [type, remoteId, pairId, pair?.label ?? '', base, ours, theirs, winner, rule, run.runId, run.at, ...origin];
  cx.statement(ADD).run(fence.workspace, cx.newId(run.at), fence.connection, lead, ...values);
}

/** The newest first. */
export function listConflicts(
  cx: Connection,
  workspace: WorkspaceId,
  connection: ConnectionId,
  page: Parameters<TroubleStore['listConflicts']>[2],
): StoredPage<ConflictRecord> {
  const list = cx.statement(page.openOnly ? LIST_OPEN : LIST);
  const rows = list.all(workspace, connection, positionOf(page), page.limit + 1) as Row[]; // COLUMNS
  return cutPage(rows, page, toRecord);
}

function toRecord({ position: _, lead: __, resolvedAs, resolvedAt, resolvedBy, firstName, lastName, email, ...row }: Row): ConflictRecord {
  const name = [firstName, lastName].filter((part) => part !== null).join(' ');
  const resolved = resolvedAs === null || resolvedAt === null ? null : { as: resolvedAs, at: resolvedAt, by: resolvedBy };
  return { ...row, person: { name, email }, resolved };
}

/** A decision is an edit by hand, on the path of every other: it gives the lead the value chosen, and the next run sends it. */
export function resolveConflict(
  cx: Connection,
  act: Act,
  connection: ConnectionId,
  conflictId: string,
  as: 'ours' | 'theirs' | 'undone',
): Awaited<ReturnType<TroubleStore['resolveConflict']>> {
  return inTransaction(cx, () => {
    const { workspace } = act;
    const conflict = cx.statement(FIND).get(workspace, conflictId, connection) as Row | undefined; // COLUMNS
    const scope = openScope(cx, { workspace, connection, number: 0 }, act.at);
    const lead = conflict ? readLeadNumbered(scope, conflict.lead) : null;
    const pairs = conflict ? pairsOf(scope, conflict.type) : [];
    const pair = pairs.find(({ id }) => id === conflict?.pairId);
    if (!conflict || !lead || !pair || conflict.resolvedAs !== null) return 'not_found';
    const { winner, ours, theirs } = conflict;
    if (winner === 'open' && as === 'undone') return 'not_found'; // nothing was decided that could be undone
    const now = valuesOfLead(lead.lead, pairs).get(pair.id) ?? '';
    const standing = (winner === 'theirs' ? theirs : ours) ?? '';
    if (meaningOf(pair, now, scope.options) !== meaningOf(pair, standing, scope.options)) return 'edited_since';
    const replaced = winner === 'theirs' ? ours : theirs;
    const chosen = fromShownText(pair, (as === 'undone' ? replaced : conflict[as]) ?? '', scope.options);
    if (chosen !== now && !edit(scope, act, lead, pair, chosen)) return 'suppressed';
    if (winner === 'open') believe(scope, conflict, lead, pair);
    cx.statement(RESOLVE).run(as, act.at, act.member, workspace, conflictId);
    return 'resolved';
  });
}

/** Gives a lead one value by hand; false = it is on the suppression list. */
function edit(
  { cx, fence, registry, suppressions }: SyncScope,
  act: Act,
  { number, lead }: OpenLead,
  pair: FieldPair,
  text: string,
): boolean {
  const { local } = pair;
  if (local.kind === 'field' && local.id !== 'tags' && suppressions.ofLead({ [local.id]: text })) return false;
  const now = withValues(lead, [pair], new Map([[pair.id, text]]));
  const by = { workspace: fence.workspace, member: act.member, at: act.at, registry, importId: null };
  saveChanges(cx, by, number, lead, now, changesBetween(lead, now));
  return true;
}

/** While it was open both kept their own; from here on the CRM's value is known, so that another one here is sent. */
function believe({ cx, fence, options }: SyncScope, { type, theirs }: Row, lead: OpenLead, pair: FieldPair): void {
  const link = linkOfLead(cx, fence, type, lead.number);
  if (link) saveBase(cx, fence, link, new Map([[pair.id, toRemoteText(pair, theirs ?? '', options)]]));
}
