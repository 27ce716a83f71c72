import { BUCKETS, type Bucket, type Counters } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';
import type { CheckedRow, ChunkAnswer, RowOutcome } from '../records.ts';
import type { Act, ImportStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { findUnfit, spanOf } from './fit-chunk.ts';
import { claimList, findImport, type ImportRow, NO_ROWS } from './import-records.ts';
import { type WrittenRow, writeRows } from './row-writer.ts';

type ChunkInput = { readonly importId: string; readonly seq: number; readonly sha256: string; readonly rows: readonly CheckedRow[] };
type StoredChunk = { readonly sha256: string; readonly firstRow: number; readonly rowCount: number; readonly counters: string };

const FIND_CHUNK = `SELECT sha256, first_row AS firstRow, row_count AS rowCount, counters FROM import_chunk
  WHERE workspace = ? AND import_id = ? AND seq = ?`;
const ADD_CHUNK = `INSERT INTO import_chunk (workspace, import_id, seq, sha256, first_row, row_count, first_line, last_line, counters, at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const LAST_ROW = 'SELECT max(id) FROM import_row';
/** The plus keeps SQLite from going through the whole workspace instead of the chunk. */
const READ_OUTCOMES = `SELECT import_row.line AS line, import_row.bucket AS bucket, import_row.changed AS changed,
    import_row.problems AS problems, lead.public_id AS leadId
  FROM import_row LEFT JOIN lead ON lead.id = import_row.lead AND lead.workspace = import_row.workspace
  WHERE import_row.id BETWEEN ? AND ? AND +import_row.workspace = ? ORDER BY import_row.id`;

/**
 * Stores a chunk: one transaction holds its leads, outcomes, change log, counters and the record that it came. A chunk
 * that came before is answered from what was stored then.
 */
export function storeChunk(cx: Connection, act: Act, chunk: ChunkInput): Awaited<ReturnType<ImportStore['storeChunk']>> {
  return inTransaction(cx, () => {
    const row = findImport(cx, act.workspace, chunk.importId);
    if (!row) return { kind: 'not_found' };
    const known = cx.statement(FIND_CHUNK).get(act.workspace, row.id, chunk.seq) as StoredChunk | undefined; // the columns of FIND_CHUNK
    if (known && known.sha256 !== chunk.sha256) return { kind: 'mismatch' };
    if (known) return { kind: 'replayed', answer: readAnswer(cx, act, chunk.seq, known) };
    if (row.state !== 'receiving') return { kind: 'closed', state: row.state };
    if (chunk.seq < 0 || chunk.seq >= row.chunkCount) return { kind: 'no_such_chunk' };
    const unfit = findUnfit(cx, row, chunk.rows);
    if (unfit) return unfit;
    const list = claimList(cx, act, row);
    if (!list) return { kind: 'list_not_found' };
    const written = writeImportRows(cx, act, row, {
      list: list.id,
      seq: chunk.seq,
      sha256: chunk.sha256,
      rows: chunk.rows,
      unattended: false,
    });
    return { kind: 'stored', answer: { seq: chunk.seq, outcomes: written.rows.map(toOutcome), counters: written.counters } };
  });
}

/** Writes the rows of one chunk and the record that it came. The caller holds the transaction. */
export function writeImportRows(
  cx: Connection,
  act: Act,
  row: ImportRow,
  chunk: Omit<ChunkInput, 'importId'> & { readonly list: number; readonly unattended: boolean },
): { readonly rows: readonly WrittenRow[]; readonly counters: Counters } {
  const { workspace, member, at } = act;
  const { list, unattended } = chunk;
  const policy = JSON.parse(row.policy);
  const firstRow = Number(cx.column(LAST_ROW).get() ?? 0) + 1;
  const batch = { workspace, importId: row.id, list, source: row.source, policy, member, at, unattended };
  const rows = writeRows(cx, batch, chunk.rows);
  const counters: { [B in Bucket]: number } = { ...NO_ROWS };
  for (const { plan } of rows) counters[plan.bucket]++;
  const { first, last } = spanOf(chunk.rows);
  const told = JSON.stringify(counters);
  cx.statement(ADD_CHUNK).run(workspace, row.id, chunk.seq, chunk.sha256, firstRow, rows.length, first, last, told, at);
  return { rows, counters };
}

/** What is told about a row. Shape and order are those of `readAnswer`, to the byte. */
export function toOutcome({ line, leadId, plan }: WrittenRow): RowOutcome {
  return outcome(line, plan.bucket, leadId, plan.changed, plan.problems);
}

function outcome(line: number, bucket: Bucket, leadId: string | null, changed: boolean, problems: readonly Problem[]): RowOutcome {
  return {
    line,
    bucket,
    ...(leadId === null ? {} : { leadId }),
    ...(changed ? { changed } : {}),
    ...(problems.length === 0 ? {} : { problems }),
  };
}

/** The answer a stored chunk was given: its rows lie side by side, as they were written in one transaction. */
function readAnswer(cx: Connection, act: Act, seq: number, chunk: StoredChunk): ChunkAnswer {
  const last = chunk.firstRow + chunk.rowCount - 1;
  const rows = cx.statement(READ_OUTCOMES).all(chunk.firstRow, last, act.workspace) as OutcomeRow[]; // the columns of READ_OUTCOMES
  const outcomes = rows.map((row) => {
    const bucket = BUCKETS[row.bucket] ?? 'rejected';
    return outcome(row.line, bucket, row.leadId, row.changed === 1, row.problems === null ? [] : JSON.parse(row.problems));
  });
  return { seq, outcomes, counters: JSON.parse(chunk.counters) };
}
type OutcomeRow = {
  readonly line: number;
  readonly bucket: number;
  readonly changed: number;
  readonly problems: string | null;
  readonly leadId: string | null;
};
