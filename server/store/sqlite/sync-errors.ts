import type { RecordType } from '#shared/crm/record.ts';
import type { Act } from '../act.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId, ErrorStage, Fence, NewSyncError, SyncErrorRecord } from '../sync-records.ts';
import type { ErrorChoice, Run, StoredPage, StorePage, TroubleStore } from '../sync-store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { findLead, openScope, type SyncScope } from './sync-leads.ts';
import { underFence } from './sync-lease.ts';
import { linkOfLead, ownLinkOfRecord, saveLink } from './sync-links.ts';
import { cutPage, positionOf } from './sync-page.ts';

const COLUMNS = `sync_error.id AS position, sync_error.public_id AS id, sync_error.type AS type, lead.public_id AS leadId,
    sync_error.remote_id AS remoteId, sync_error.stage AS stage, sync_error.kind AS kind, sync_error.failure AS failure,
    sync_error.first_at AS firstAt, sync_error.last_at AS lastAt, sync_error.attempts AS attempts, sync_error.next_at AS nextAt,
    sync_error.is_ignored AS isIgnored, sync_error.makes_anyway AS makesAnyway, sync_error.lead AS lead, sync_error.lead_version AS leadVersion,
    lead.first_name AS firstName, lead.last_name AS lastName, lead.email AS email
  FROM sync_error LEFT JOIN lead ON lead.workspace = sync_error.workspace AND lead.id = sync_error.lead`;
const LIST = `SELECT ${COLUMNS} WHERE sync_error.workspace = ? AND sync_error.connection = ? AND sync_error.id < ? ORDER BY sync_error.id DESC LIMIT ?`;
const DUE = `SELECT ${COLUMNS} WHERE sync_error.workspace = ? AND sync_error.connection = ? AND sync_error.next_at <= ?
  AND sync_error.next_at IS NOT NULL AND sync_error.stage = 'pull' ORDER BY sync_error.next_at LIMIT ?`;
const FIND = `SELECT ${COLUMNS} WHERE sync_error.workspace = ? AND sync_error.public_id = ? AND sync_error.connection = ?`;
const OF_LEAD = `SELECT ${COLUMNS} WHERE sync_error.workspace = ? AND sync_error.lead = ? AND sync_error.connection = ? AND sync_error.type = ?
  AND sync_error.stage = ?`;
const OF_RECORD = `SELECT ${COLUMNS} WHERE sync_error.workspace = ? AND sync_error.connection = ? AND sync_error.type = ?
  AND sync_error.remote_id = ? AND sync_error.stage = ?`;
const ADD = `INSERT INTO sync_error (workspace, public_id, connection, type, lead, lead_version, remote_id, stage, kind, failure, first_at, last_at,
    attempts, next_at, is_ignored, makes_anyway) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, 0, 0)`;
/** What a person decided stands until the CRM asks again. */
const AGAIN = `UPDATE sync_error SET makes_anyway = CASE ? WHEN 'duplicate' THEN 0 ELSE makes_anyway END,
    kind = ?, failure = ?, last_at = ?, attempts = attempts + 1, next_at = ?, lead_version = ?
  WHERE workspace = ? AND id = ?`;
const DROP = 'DELETE FROM sync_error WHERE workspace = ? AND id = ?';
const CHOOSE = 'UPDATE sync_error SET is_ignored = ?, next_at = ?, makes_anyway = ? WHERE workspace = ? AND id = ?';
const MAKES_ANYWAY = `SELECT makes_anyway FROM sync_error WHERE workspace = ? AND connection = ? AND type = ? AND remote_id = ? AND stage = 'pull'`;

type Row = Omit<SyncErrorRecord, 'failure' | 'isIgnored' | 'person'> & {
  readonly position: number;
  readonly lead: number | null;
  readonly leadVersion: number | null;
  readonly failure: string;
  readonly isIgnored: number;
  readonly makesAnyway: number;
} & { readonly [K in 'firstName' | 'lastName' | 'email']: string | null };

export function noteErrors(cx: Connection, run: Run, errors: readonly NewSyncError[]): void {
  underFence(cx, run.fence, () => {
    const scope = openScope(cx, run.fence, run.at);
    for (const error of errors) noteError(scope, error);
  });
}

/**
 * Writes one error down, once for each lead or record and stage. `version`: the lead's that failed; without it, the one it
 * has. The caller holds the transaction.
 */
export function noteError(scope: SyncScope, error: NewSyncError, version?: number): void {
  const { cx, fence, act } = scope;
  const { type, leadId, remoteId, stage, failure, nextAt } = error;
  const lead = leadId === null ? null : findLead(scope, leadId);
  if (leadId !== null && !lead) return; // It was deleted meanwhile, and what went wrong with it has gone with it.
  const known = lead ? errorOfLead(scope, type, lead.number, stage) : errorOfRecord(scope, type, remoteId ?? '', stage);
  const leadVersion = version ?? lead?.version ?? null;
  const text = JSON.stringify(failure);
  if (known) {
    cx.statement(AGAIN).run(failure.kind, failure.kind, text, act.at, nextAt, leadVersion, fence.workspace, known.position);
    return;
  }
  // Of a lead it is found by that.
  const remote = lead ? null : remoteId;
  const about = [type, lead?.number ?? null, leadVersion, remote, stage, failure.kind, text, act.at, act.at, nextAt];
  cx.statement(ADD).run(fence.workspace, cx.newId(act.at), fence.connection, ...about);
}

export function errorOfLead({ cx, fence }: SyncScope, type: RecordType, lead: number, stage: ErrorStage): Row | null {
  return (cx.statement(OF_LEAD).get(fence.workspace, lead, fence.connection, type, stage) as Row | undefined) ?? null; // COLUMNS
}

function errorOfRecord({ cx, fence }: SyncScope, type: RecordType, remoteId: string, stage: ErrorStage): Row | null {
  return (cx.statement(OF_RECORD).get(fence.workspace, fence.connection, type, remoteId, stage) as Row | undefined) ?? null; // COLUMNS
}

/** What failed waits: for a change of the lead or the map, for a decision, or for its time. */
export function isHeldBack(
  scope: SyncScope,
  type: RecordType,
  lead: { readonly number: number; readonly version: number },
  stage: ErrorStage = 'push',
): boolean {
  const error = errorOfLead(scope, type, lead.number, stage);
  if (!error) return false;
  if (error.nextAt !== null) return error.nextAt > scope.act.at;
  return error.kind !== 'validation' || error.isIgnored === 1 || error.leadVersion === lead.version;
}

export function clearErrors(cx: Connection, run: Run, of: Parameters<TroubleStore['clearErrors']>[1]): void {
  underFence(cx, run.fence, () => {
    const scope = openScope(cx, run.fence, run.at);
    for (const { type, leadId, remoteId } of of) {
      const lead = leadId === undefined ? null : findLead(scope, leadId);
      if (lead) dropPushErrors(scope, type, lead.number);
      if (lead) drop(scope, errorOfLead(scope, type, lead.number, 'opt_out'));
      if (remoteId === undefined) continue;
      dropPullErrors(scope, type, remoteId);
      drop(scope, errorOfRecord(scope, type, remoteId, 'push'));
    }
  });
}

/** The caller holds the transaction. */
export function dropPullErrors(scope: SyncScope, type: RecordType, remoteId: string): void {
  drop(scope, errorOfRecord(scope, type, remoteId, 'pull'));
}

/** The caller holds the transaction. */
export function dropPushErrors(scope: SyncScope, type: RecordType, lead: number): void {
  drop(scope, errorOfLead(scope, type, lead, 'push'));
}

function drop({ cx, fence }: SyncScope, error: Row | null): void {
  if (error) cx.statement(DROP).run(fence.workspace, error.position);
}

/** A person said that the record is to be taken in although there is somebody like it. */
export function makesAnyway({ cx, fence }: SyncScope, type: RecordType, remoteId: string): boolean {
  return cx.column(MAKES_ANYWAY).get(fence.workspace, fence.connection, type, remoteId) === 1;
}

/** A person said that the lead is to be made there although the CRM has one like it. */
export function isMadeAnyway(scope: SyncScope, type: RecordType, lead: number): boolean {
  const error = errorOfLead(scope, type, lead, 'push');
  return error?.makesAnyway === 1;
}

/** Of pulled records, the longest due first. */
export function listDueErrors(cx: Connection, fence: Fence, at: number, limit: number): readonly SyncErrorRecord[] {
  return (cx.statement(DUE).all(fence.workspace, fence.connection, at, limit) as Row[]).map(toRecord); // COLUMNS
}

/** The newest first. */
export function listErrors(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, page: StorePage): StoredPage<SyncErrorRecord> {
  const rows = cx.statement(LIST).all(workspace, connection, positionOf(page), page.limit + 1) as Row[]; // COLUMNS
  return cutPage(rows, page, toRecord);
}

function toRecord({
  position: _,
  lead,
  leadVersion: __,
  makesAnyway: ___,
  firstName,
  lastName,
  email,
  failure,
  isIgnored,
  ...row
}: Row): SyncErrorRecord {
  const name = [firstName, lastName].filter((part) => part !== null).join(' ');
  return { ...row, failure: JSON.parse(failure), isIgnored: isIgnored === 1, person: lead === null ? null : { name, email } };
}

type Decided = Awaited<ReturnType<TroubleStore['retryError']>>;

/** What a person decides about an error: the next run does it. */
export function retryError(cx: Connection, act: Act, connection: ConnectionId, errorId: string, choice: ErrorChoice): Decided {
  return inTransaction(cx, () => {
    const { workspace, at } = act;
    const error = cx.statement(FIND).get(workspace, errorId, connection) as Row | undefined; // COLUMNS
    if (!error) return 'not_found';
    if (choice.kind === 'link') return linkTo(openScope(cx, { workspace, connection, number: 0 }, at), error, choice);
    const isIgnored = choice.kind === 'ignore';
    const isMade = choice.kind === 'make_anyway' || (choice.kind === 'again' && error.kind !== 'duplicate' && error.makesAnyway === 1);
    cx.statement(CHOOSE).run(isIgnored ? 1 : 0, isIgnored ? null : at, isMade ? 1 : 0, workspace, error.position);
    return 'done';
  });
}

/** The lead is this record: both are merged by the next run, as at a first meeting. */
function linkTo(scope: SyncScope, { position, lead }: Row, { type, remoteId }: Extract<ErrorChoice, { kind: 'link' }>): Decided {
  const { cx, fence, act } = scope;
  const known = ownLinkOfRecord(cx, fence, type, remoteId);
  if (lead === null) return 'not_found';
  if (known && known.lead !== null && known.lead !== lead) return 'two_leads';
  if (linkOfLead(cx, fence, type, lead)?.state === 'linked' && !known) return 'two_leads';
  if (known?.lead !== lead) saveLink(cx, fence, { type, remoteId, lead, base: null, settled: 0, isPushed: false, at: act.at });
  cx.statement(DROP).run(fence.workspace, position);
  return 'done';
}
