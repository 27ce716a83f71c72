import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { RecordType } from '#shared/crm/record.ts';
import { BUCKETS, type Bucket } from '#shared/plan/plan.ts';
import type { ImportedAs } from '../plan-pull.ts';
import type { RecordOfRow, WorkspaceId } from '../records.ts';
import type { ConnectionId, Fence } from '../sync-records.ts';
import type { Connection } from './connection.ts';
import { openScope, pairsOf, readLeadNumbered } from './sync-leads.ts';
import { linkOfLead, linkOfRecord, saveLink } from './sync-links.ts';

type Owner = Pick<Fence, 'workspace' | 'connection'>;

const NOTE = `INSERT INTO imported_record (workspace, connection, type, remote_id, row) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (workspace, connection, type, remote_id) DO UPDATE SET row = excluded.row`;
const FORGET = 'DELETE FROM imported_record WHERE workspace = ? AND connection = ? AND type = ? AND remote_id = ?';
const FIND = `SELECT import_row.settled AS settled, lead.public_id AS leadId, import.state AS state,
    import.undo_started_at AS undoStartedAt, import.forgotten_at AS forgottenAt
  FROM imported_record
  CROSS JOIN import_row ON import_row.workspace = imported_record.workspace AND import_row.id = imported_record.row
  CROSS JOIN import ON import.workspace = import_row.workspace AND import.id = import_row.import_id
  LEFT JOIN lead ON lead.workspace = import_row.workspace AND lead.id = import_row.lead
  WHERE imported_record.workspace = ? AND imported_record.connection = ? AND imported_record.type = ? AND imported_record.remote_id = ?`;
const LEFT_OVER = `SELECT imported_record.type AS type, imported_record.remote_id AS remoteId, import_row.lead AS lead
  FROM imported_record
  CROSS JOIN import_row ON import_row.workspace = imported_record.workspace AND import_row.id = imported_record.row
  WHERE imported_record.workspace = ? AND imported_record.connection = ? AND import_row.lead IS NOT NULL AND import_row.bucket = ?`;
const CREATED = BUCKETS.indexOf('created');
/** Rows that are their lead. */
const STORED: ReadonlySet<Bucket | undefined> = new Set<Bucket>(['created', 'addedToList', 'updated', 'duplicate']);

/** A row of an import is about a record; in the row's own transaction. */
export function noteImported(
  cx: Connection,
  workspace: WorkspaceId,
  { connection, type, remoteId }: RecordOfRow,
  row: number,
  bucket: Bucket,
): void {
  if (bucket === 'review' || STORED.has(bucket)) cx.statement(NOTE).run(workspace, connection, type, remoteId, row);
}

/** The record is linked: the link tells from here on. */
export function forgetImported(cx: Connection, { workspace, connection }: Owner, type: RecordType, remoteId: string): void {
  cx.statement(FORGET).run(workspace, connection, type, remoteId);
}

/** What an import made of a record that is not linked; null where none did. */
export function importedAs(cx: Connection, { workspace, connection }: Owner, type: RecordType, remoteId: string): ImportedAs | null {
  const row = cx.statement(FIND).get(workspace, connection, type, remoteId) as Row | undefined; // the columns of FIND
  if (!row || row.state === 'undone' || row.undoStartedAt !== null) return null;
  const bucket = BUCKETS[row.settled];
  if (bucket === 'review') return row.forgottenAt === null ? { kind: 'waiting' } : null;
  return STORED.has(bucket) && row.leadId !== null ? { kind: 'lead', leadId: row.leadId } : null;
}

/** The leads that some records are by their links, or became by an import that did not come to link them; by the record's id. */
export function findLinkedLeads(
  cx: Connection,
  workspace: WorkspaceId,
  connection: ConnectionId,
  type: RecordType,
  remoteIds: readonly string[],
): ReadonlyMap<string, string> {
  const entries = remoteIds.flatMap((id): readonly [string, string][] => {
    const link = linkOfRecord(cx, { workspace, connection }, type, id);
    const imported = link ? null : importedAs(cx, { workspace, connection }, type, id);
    const leadId = link?.leadId ?? (imported?.kind === 'lead' ? imported.leadId : null);
    return leadId === null ? [] : [[id, leadId]];
  });
  return new Map(entries);
}

/**
 * Links leads that an import made and did not come to link, as the server stopped. What the lead holds is what both agreed
 * on: nothing of it is sent, and what is another there by now comes in. Who was here before is linked by the next run.
 */
export function linkLeftOver(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, at: number): void {
  const left = cx.statement(LEFT_OVER).all(workspace, connection, CREATED) as LeftOver[]; // the columns of LEFT_OVER
  if (left.length === 0) return;
  const owner = { workspace, connection };
  const scope = openScope(cx, { ...owner, number: 0 }, at);
  for (const { type, remoteId, lead: number } of left) {
    const lead = readLeadNumbered(scope, number);
    if (!lead || linkOfRecord(cx, owner, type, remoteId) || linkOfLead(cx, owner, type, number)) continue;
    const base = valuesOfLead(lead.lead, pairsOf(scope, type));
    saveLink(cx, owner, { type, remoteId, lead: number, base, settled: lead.version, isPushed: false, at });
    forgetImported(cx, owner, type, remoteId);
  }
}

type Row = {
  readonly settled: number;
  readonly leadId: string | null;
  readonly state: string;
  readonly undoStartedAt: number | null;
  readonly forgottenAt: number | null;
};
type LeftOver = { readonly type: RecordType; readonly remoteId: string; readonly lead: number };
