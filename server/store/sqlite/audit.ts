import type { Act } from '../act.ts';
import type { AuditAction, AuditData, AuditRecord } from '../people-records.ts';
import type { AuditStore } from '../people-store.ts';
import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { readCursor, writeCursor } from './cursor.ts';

const ADD = 'INSERT INTO audit (workspace, at, actor, key, action, subject, data) VALUES (?, ?, ?, ?, ?, ?, ?)';
const COLUMNS = `audit.id AS id, audit.at AS at, audit.action AS action, audit.subject AS subject, audit.data AS data,
    member.public_id AS memberId, member.name AS memberName, member.email AS memberEmail,
    api_key.public_id AS keyId, api_key.name AS keyName, api_key.last_four AS keyLastFour
  FROM audit
  LEFT JOIN member ON member.workspace = audit.workspace AND member.id = audit.actor
  LEFT JOIN api_key ON api_key.workspace = audit.workspace AND api_key.public_id = audit.key`;
const READ = `SELECT ${COLUMNS} WHERE audit.workspace = ? AND audit.id < ? ORDER BY audit.id DESC LIMIT ?`;
const READ_ACTION = `SELECT ${COLUMNS} WHERE audit.workspace = ? AND audit.action = ? AND audit.id < ? ORDER BY audit.id DESC LIMIT ?`;

type Row = Pick<AuditRecord, 'at' | 'action' | 'subject'> & { readonly id: number; readonly data: string } & {
  readonly [K in 'memberId' | 'memberName' | 'memberEmail' | 'keyId' | 'keyName' | 'keyLastFour']: string | null;
};

/** Writes down who did what. The caller holds the transaction in which it is done; `data` is codes and numbers only. */
export function writeAudit(cx: Connection, act: Act, action: AuditAction, subject: string | null, data: AuditData = {}): void {
  cx.statement(ADD).run(act.workspace, act.at, act.member, act.key ?? null, action, subject, JSON.stringify(data));
}

/** What was done, the newest first. */
export function readAudit(
  cx: Connection,
  workspace: WorkspaceId,
  page: Parameters<AuditStore['readAudit']>[1],
): Awaited<ReturnType<AuditStore['readAudit']>> {
  const after = page.cursor === undefined ? ([0, Number.MAX_SAFE_INTEGER] as const) : readCursor(page.cursor);
  if (!after) return 'bad_cursor';
  const from = [after[1], page.limit + 1];
  const found =
    page.action === undefined ? cx.statement(READ).all(workspace, ...from) : cx.statement(READ_ACTION).all(workspace, page.action, ...from);
  const rows = found as Row[]; // COLUMNS
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { entries: shown.map(toRecord), nextCursor: rows.length > page.limit && last ? writeCursor([0, last.id]) : null };
}

function toRecord(row: Row): AuditRecord {
  const { at, action, subject } = row;
  const actor = row.memberId === null ? null : { id: row.memberId, name: row.memberName ?? '', email: row.memberEmail ?? '' };
  const key = row.keyId === null ? null : { id: row.keyId, name: row.keyName ?? '', lastFour: row.keyLastFour ?? '' };
  return { at, actor, key, action, subject, data: JSON.parse(row.data) };
}
