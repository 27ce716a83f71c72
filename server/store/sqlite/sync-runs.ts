import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import { cursorHolds } from '../cursor-holds.ts';
import type { WorkspaceId } from '../records.ts';
import {
  type ConnectionId,
  type CursorObject,
  type Fence,
  RUN_COUNTS,
  type RunCounts,
  type RunRecord,
  type RunTrigger,
  SettingsChanged,
  type SyncCursor,
} from '../sync-records.ts';
import type { Run, RunStore, StoredPage, StorePage } from '../sync-store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { linkLeftOver } from './imported-records.ts';
import { closeRunImport } from './sync-import.ts';
import { readSettings, underFence } from './sync-lease.ts';
import { cutPage, positionOf } from './sync-page.ts';

type RunEnd = Parameters<RunStore['endRun']>[1];

const NO_COUNTS = Object.fromEntries(RUN_COUNTS.map((name) => [name, 0])) as RunCounts; // made of every count
const STOPPED = JSON.stringify({ kind: 'transient', code: 'interrupted', message: '' });
const ADD = `INSERT INTO sync_run (workspace, public_id, connection, trigger, outcome, started_at, counts, calls)
  VALUES (?, ?, ?, ?, 'running', ?, ?, 0)`;
const SAVE = 'UPDATE sync_run SET counts = ?, calls = ? WHERE workspace = ? AND public_id = ?';
const END = 'UPDATE sync_run SET outcome = ?, failure = ?, ended_at = ?, left_today = ? WHERE workspace = ? AND public_id = ?';
const OPEN =
  'SELECT id, import_id AS importId FROM sync_run INDEXED BY sync_run_open WHERE workspace = ? AND connection = ? AND ended_at IS NULL';
const FAIL = "UPDATE sync_run SET outcome = 'failed', failure = ?, ended_at = ? WHERE workspace = ? AND id = ?";
const IMPORT_OF = 'SELECT import_id FROM sync_run WHERE workspace = ? AND public_id = ?';
const LIST = `SELECT sync_run.id AS position, sync_run.public_id AS id, sync_run.trigger AS trigger, sync_run.outcome AS outcome,
    sync_run.failure AS failure, sync_run.started_at AS startedAt, sync_run.ended_at AS endedAt, sync_run.counts AS counts,
    sync_run.calls AS calls, sync_run.left_today AS leftToday, import.public_id AS importId
  FROM sync_run LEFT JOIN import ON import.workspace = sync_run.workspace AND import.id = sync_run.import_id
  WHERE sync_run.workspace = ? AND sync_run.connection = ? AND sync_run.id < ? ORDER BY sync_run.id DESC LIMIT ?`;
const CONNECTIONS = 'SELECT workspace, id FROM connection WHERE workspace = ? AND id > 0';
const WORKSPACES = 'SELECT id FROM workspace WHERE id > 0';
const FREE_LEASE = 'UPDATE sync_lease SET until = 0, number = number + 1 WHERE workspace = ? AND connection = ? AND until > 0';
const READ_CURSOR = `SELECT phase, read_to AS readTo, window_from AS windowFrom, window_to AS windowTo, page FROM sync_cursor
  WHERE workspace = ? AND connection = ? AND object = ?`;
const SAVE_CURSOR = `INSERT INTO sync_cursor (workspace, connection, object, phase, read_to, window_from, window_to, page)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (workspace, connection, object)
  DO UPDATE SET phase = excluded.phase, read_to = excluded.read_to, window_from = excluded.window_from, window_to = excluded.window_to,
    page = excluded.page`;

type CursorRow = Pick<SyncCursor, 'phase' | 'readTo' | 'page'> & { readonly windowFrom: number | null; readonly windowTo: number | null };
type RunRow = Omit<RunRecord, 'failure' | 'counts'> & {
  readonly position: number;
  readonly failure: string | null;
  readonly counts: string;
};

/** Begins a run; those of former owners that were left open have failed. */
export function startRun(cx: Connection, fence: Fence, trigger: RunTrigger, at: number): Run {
  return underFence(cx, fence, () => {
    const { workspace, connection } = fence;
    endOpenRuns(cx, workspace, connection, at);
    const runId = cx.newId(at);
    cx.statement(ADD).run(workspace, runId, connection, trigger, at, JSON.stringify(NO_COUNTS));
    return { fence, runId, at };
  });
}

export function saveRun(cx: Connection, run: Run, counts: RunCounts, calls: number): void {
  underFence(cx, run.fence, () => cx.statement(SAVE).run(JSON.stringify(counts), calls, run.fence.workspace, run.runId));
}

export function endRun(cx: Connection, run: Run, { outcome, failure, at, leftToday }: RunEnd): void {
  underFence(cx, run.fence, () => {
    const { workspace } = run.fence;
    cx.statement(END).run(outcome, failure && JSON.stringify(failure), at, leftToday, workspace, run.runId);
    const importId = cx.column(IMPORT_OF).get(workspace, run.runId) as number | null; // plucked: the one column
    if (importId !== null) closeRunImport(cx, workspace, importId, at);
  });
}

/** What a former process held is free, its runs have failed, and what its imports made is linked. */
export function endFormerRuns(cx: Connection, at: number): void {
  inTransaction(cx, () => {
    for (const workspace of cx.column(WORKSPACES).all() as number[])
      for (const [, connection] of cx.table(CONNECTIONS).all(workspace) as [number, number][]) {
        cx.statement(FREE_LEASE).run(workspace, connection);
        endOpenRuns(cx, workspace, connection, at);
        linkLeftOver(cx, workspace, connection, at);
      }
  });
}

function endOpenRuns(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, at: number): void {
  const open = cx.statement(OPEN).all(workspace, connection) as { id: number; importId: number | null }[]; // the columns of OPEN
  for (const { id, importId } of open) {
    cx.statement(FAIL).run(STOPPED, at, workspace, id);
    if (importId !== null) closeRunImport(cx, workspace, importId, at);
  }
}

/** The newest first. */
export function listRuns(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, page: StorePage): StoredPage<RunRecord> {
  const rows = cx.statement(LIST).all(workspace, connection, positionOf(page), page.limit + 1) as RunRow[]; // the columns of LIST
  return cutPage(rows, page, ({ position: _, failure, counts, ...row }) => ({
    ...row,
    failure: failure === null ? null : JSON.parse(failure), // written by `endRun`
    counts: { ...NO_COUNTS, ...JSON.parse(counts) },
  }));
}

export function readCursor(cx: Connection, workspace: WorkspaceId, connection: ConnectionId, object: CursorObject): SyncCursor | null {
  const row = cx.statement(READ_CURSOR).get(workspace, connection, object) as CursorRow | undefined; // the columns of READ_CURSOR
  if (!row) return null;
  const { phase, readTo, windowFrom, windowTo, page } = row;
  return { phase, readTo, page, window: windowFrom === null || windowTo === null ? null : { from: windowFrom, to: windowTo } };
}

/** Throws `SettingsChanged` where it was read under settings whose scope or map is another now. */
export function saveCursor(
  cx: Connection,
  { fence }: Run,
  object: CursorObject,
  { phase, readTo, window, page }: SyncCursor,
  under?: SyncSettings,
): void {
  underFence(cx, fence, () => {
    const { workspace, connection } = fence;
    if (under && !cursorHolds(object, under, readSettings(cx, workspace, connection))) throw new SettingsChanged();
    cx.statement(SAVE_CURSOR).run(workspace, connection, object, phase, readTo, window?.from ?? null, window?.to ?? null, page);
  });
}
