import type { WorkspaceId } from '../records.ts';
import type { Run } from '../sync-store.ts';
import type { Connection } from './connection.ts';
import { claimList, type ImportRow, insertImport, NO_ROWS } from './import-records.ts';
import { BUCKET_INDEX } from './row-writer.ts';
import type { SyncScope } from './sync-leads.ts';

const FIND = `SELECT import.id AS id, import.list AS list, import.source AS source, import.total AS total, import.chunk_count AS chunkCount
  FROM sync_run JOIN import ON import.workspace = sync_run.workspace AND import.id = sync_run.import_id
  WHERE sync_run.workspace = ? AND sync_run.public_id = ? AND import.state = 'receiving'`;
const PROVIDER = 'SELECT provider FROM connection WHERE workspace = ? AND id = ?';
const SET_IMPORT = 'UPDATE sync_run SET import_id = ? WHERE workspace = ? AND public_id = ?';
const HAS_LIST = 'SELECT 1 FROM list WHERE workspace = ? AND public_id = ?';
const ADD_ROW = `INSERT INTO import_row (workspace, import_id, line, bucket, settled, changed, lead) VALUES (?, ?, ?, ?, ?, 0, ?)`;
const ADD_CHUNK = `INSERT INTO import_chunk (workspace, import_id, seq, sha256, first_row, row_count, first_line, last_line, counters, at)
  VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?)`;
const GROW = 'UPDATE import SET total = ?, chunk_count = ? WHERE workspace = ? AND id = ?';
const CLOSE = "UPDATE import SET state = 'complete', completed_at = ? WHERE workspace = ? AND id = ? AND state = 'receiving'";

type Found = Pick<ImportRow, 'id' | 'source' | 'total' | 'chunkCount'> & { readonly list: number };
/** What a run writes on leads, told as an import: one row for each lead it makes or changes. */
export type RunImport = {
  readonly id: () => number;
  /** The list new leads come into. */
  readonly list: () => number;
  readonly source: () => string;
  readonly addRow: (bucket: 'created' | 'updated', lead: number) => void;
  /** Writes down which rows one transaction added: an undo goes along these. */
  readonly close: () => void;
};

/** The import is made when the first lead is written. For one transaction. */
export function runImport(scope: SyncScope, run: Run): RunImport {
  const { cx, fence, act } = scope;
  const { workspace } = fence;
  let found: Found | null = null;
  const rows: { readonly bucket: 'created' | 'updated'; readonly id: number }[] = [];
  const open = (): Found => {
    found ??= (cx.statement(FIND).get(workspace, run.runId) as Found | undefined) ?? makeImport(scope, run); // the columns of FIND
    return found;
  };
  return {
    id: () => open().id,
    list: () => open().list,
    source: () => open().source,
    addRow: (bucket, lead) => {
      const { id, total } = open();
      const index = BUCKET_INDEX[bucket];
      const added = cx.statement(ADD_ROW).run(workspace, id, total + rows.length + 1, index, index, lead);
      rows.push({ bucket, id: Number(added.lastInsertRowid) });
    },
    close: () => {
      const first = rows[0];
      if (!first) return;
      const { id, total, chunkCount } = open();
      const counters = { ...NO_ROWS, created: rows.filter(({ bucket }) => bucket === 'created').length };
      const told = JSON.stringify({ ...counters, updated: rows.length - counters.created });
      cx.statement(ADD_CHUNK).run(workspace, id, chunkCount, first.id, rows.length, total + 1, total + rows.length, told, act.at);
      cx.statement(GROW).run(total + rows.length, chunkCount + 1, workspace, id);
    },
  };
}

function makeImport({ cx, fence, act, settings, options }: SyncScope, run: Run): Found {
  const { workspace, connection } = fence;
  const source = String(cx.column(PROVIDER).get(workspace, connection));
  // A list that was deleted since: the default one takes its place.
  const isThere = settings.listId !== null && cx.statement(HAS_LIST).get(workspace, settings.listId) !== undefined;
  const made = insertImport(cx, act, {
    importId: cx.newId(act.at),
    source,
    list: isThere && settings.listId !== null ? { id: settings.listId } : null,
    mapping: [],
    headers: [],
    policy: { require: 'any', ...options, onDuplicate: 'skip', scope: 'workspace', overwriteFields: [] },
    total: 0,
    chunkCount: 0,
    bodySha256: '',
  });
  const list = made && claimList(cx, act, made);
  if (!made || !list) throw new Error('a workspace without a default list');
  cx.statement(SET_IMPORT).run(made.id, workspace, run.runId);
  return { id: made.id, source, list: list.id, total: 0, chunkCount: 0 };
}

/** A run that ended adds nothing more. The caller holds the transaction. */
export function closeRunImport(cx: Connection, workspace: WorkspaceId, importId: number, at: number): void {
  cx.statement(CLOSE).run(at, workspace, importId);
}
