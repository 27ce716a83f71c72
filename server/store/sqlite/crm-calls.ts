import type { CallsMade } from '../call-store.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId } from '../sync-records.ts';
import type { Connection } from './connection.ts';

const NOTE = `INSERT INTO crm_calls (workspace, connection, day, calls, told_used, told_limit, told_at) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (workspace, connection) DO UPDATE SET calls = excluded.calls + iif(day = excluded.day, calls, 0), day = excluded.day,
    told_used = coalesce(excluded.told_used, told_used), told_limit = coalesce(excluded.told_limit, told_limit),
    told_at = coalesce(excluded.told_at, told_at)`;
const READ = `SELECT day, calls, told_used AS used, told_limit AS "limit", told_at AS at FROM crm_calls
  WHERE workspace = ? AND connection = ?`;

type CallsRow = Pick<CallsMade, 'day' | 'calls'> & { readonly used: number; readonly limit: number; readonly at: number | null };

export function noteCalls(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, { day, calls, told }: CallsMade): void {
  cx.statement(NOTE).run(workspace, connection, day, calls, told?.used ?? null, told?.limit ?? null, told?.at ?? null);
}

export function readCalls(cx: Connection, workspace: WorkspaceId, connection: ConnectionId): CallsMade | null {
  const row = cx.statement(READ).get(workspace, connection) as CallsRow | undefined; // its columns; what was told comes and stays together
  if (!row) return null;
  const { day, calls, used, limit, at } = row;
  return { day, calls, told: at === null ? null : { used, limit, at } };
}
