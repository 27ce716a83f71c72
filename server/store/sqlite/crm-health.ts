import type { CrmFailure } from '#shared/crm/failure.ts';
import { HIDDEN_KIND } from '#shared/crm/notice.ts';
import { RECORD_TYPES } from '#shared/crm/record.ts';
import type { ConnectionHealth } from '../connection-store.ts';
import type { WorkspaceId } from '../records.ts';
import type { ConnectionId, RunCounts, RunRecord } from '../sync-records.ts';
import type { Connection } from './connection.ts';

const LINKED = "SELECT count(*) FROM object_link WHERE workspace = ? AND connection = ? AND state = 'linked'";
const LAST_RUN = `SELECT public_id AS id, outcome, started_at AS startedAt, ended_at AS endedAt, counts, failure FROM sync_run
  WHERE workspace = ? AND connection = ? AND trigger <> 'dry_run' ORDER BY sync_run.id DESC LIMIT 1`;
const RECENT = 'SELECT count(*) FROM sync_conflict WHERE workspace = ? AND connection = ? AND at >= ?';
const OPEN = "SELECT count(*) FROM sync_conflict WHERE workspace = ? AND connection = ? AND resolved_at IS NULL AND winner = 'open'";
const ERRORS = `SELECT count(DISTINCT coalesce(lead, type || remote_id)) AS leads,
    count(DISTINCT kind || json_extract(failure, '$.code') || coalesce(json_extract(failure, '$.field'), '')) AS causes
  FROM sync_error WHERE workspace = ? AND connection = ? AND is_ignored = 0`;

/** How a connection fares; conflicts since a moment. */
export function readHealth(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, since: number): ConnectionHealth {
  const of = [workspace, connection] as const;
  const count = (sql: string, ...more: readonly number[]) => Number(cx.column(sql).get(...of, ...more));
  return {
    linkedLeads: count(LINKED),
    lastRun: lastRunOf(cx, ...of),
    conflicts: { recent: count(RECENT, since), open: count(OPEN) },
    errors: cx.statement(ERRORS).get(...of) as ConnectionHealth['errors'], // its columns; an aggregate always has a row
  };
}

const CHANGES = ['createdHere', 'updatedHere', 'removedHere', 'createdThere', 'updatedThere', 'archivedThere', 'optOutsThere'] as const;

function lastRunOf(cx: Connection, workspace: WorkspaceId, connection: ConnectionId): ConnectionHealth['lastRun'] {
  const row = cx.statement(LAST_RUN).get(workspace, connection) as
    | (Omit<RunRecord, 'counts' | 'failure'> & { counts: string; failure: string | null })
    | undefined; // its columns
  if (!row) return null;
  const { id, outcome, startedAt, endedAt } = row;
  const counts = JSON.parse(row.counts) as Partial<RunCounts>; // written by `startRun` and `saveRun`, some before there was each count
  const changes = CHANGES.reduce((sum, name) => sum + (counts[name] ?? 0), 0);
  const failure = row.failure === null ? null : (JSON.parse(row.failure) as CrmFailure); // written by `endRun`
  const hidden = RECORD_TYPES.find((type) => failure?.code === HIDDEN_KIND && failure.message === type);
  const refused = failure?.kind === 'auth' ? { refusedAs: failure.code } : {};
  return { id, outcome, startedAt, endedAt, changes, ...(hidden ? { hiddenKind: hidden } : {}), ...refused };
}
