import type { CheckedRow } from '../records.ts';
import type { Connection } from './connection.ts';
import type { ImportRow } from './import-records.ts';

/** Why rows cannot be part of an import: there would be more than announced, or one line of the file twice. */
export type UnfitChunk =
  | { readonly kind: 'too_many_rows'; readonly expected: number; readonly stored: number; readonly sent: number }
  | { readonly kind: 'line_repeated'; readonly line: number };
type Rows = readonly Pick<CheckedRow, 'line'>[];
type Stored = { readonly rowCount: number; readonly firstRow: number; readonly firstLine: number; readonly lastLine: number };

const READ_CHUNKS = `SELECT row_count AS rowCount, first_row AS firstRow, first_line AS firstLine, last_line AS lastLine
  FROM import_chunk WHERE workspace = ? AND import_id = ?`;
/** The plus keeps SQLite from going through the whole workspace instead of the chunk. */
const READ_LINES = 'SELECT line FROM import_row WHERE id BETWEEN ? AND ? AND +workspace = ?';

/**
 * Compares rows with what is stored of their import. A file that is cut in order has chunks whose lines do not mix, so
 * one look at the chunks is enough; only where spans overlap are single lines compared.
 */
export function findUnfit(cx: Connection, row: ImportRow, rows: Rows): UnfitChunk | null {
  const chunks = cx.statement(READ_CHUNKS).all(row.workspace, row.id) as Stored[]; // the columns of READ_CHUNKS
  const stored = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  if (stored + rows.length > row.total) return { kind: 'too_many_rows', expected: row.total, stored, sent: rows.length };
  const lines = new Set<number>();
  for (const { line } of rows) {
    if (lines.has(line)) return { kind: 'line_repeated', line };
    lines.add(line);
  }
  const { first, last } = spanOf(rows);
  for (const chunk of chunks) {
    if (chunk.rowCount === 0 || chunk.lastLine < first || chunk.firstLine > last) continue;
    const known = cx.column(READ_LINES).all(chunk.firstRow, chunk.firstRow + chunk.rowCount - 1, row.workspace) as number[]; // plucked: the one column
    const line = known.find((one) => lines.has(one));
    if (line !== undefined) return { kind: 'line_repeated', line };
  }
  return null;
}

/** The least and the greatest line of some rows; both 0 without rows. */
export function spanOf(rows: Rows): { readonly first: number; readonly last: number } {
  let first = rows[0]?.line ?? 0;
  let last = first;
  for (const { line } of rows) {
    if (line < first) first = line;
    if (line > last) last = line;
  }
  return { first, last };
}
