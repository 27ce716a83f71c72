import { and, desc, eq, gt, lt } from 'drizzle-orm';
import type { Lead } from '#shared/lead/lead.ts';
import { BUCKETS, type ImportPolicy } from '#shared/plan/plan.ts';
import type { ImportRowRecord, WorkspaceId } from '../records.ts';
import type { ImportStore } from '../store.ts';
import type { Connection } from './connection.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { findCandidates } from './find-candidates.ts';
import { findImport, type ImportRow, missingChunks, toImportRecord } from './import-records.ts';
import { imports } from './schema-imports.ts';

type RowPage = Parameters<ImportStore['readImportRows']>[2];
type Row = {
  readonly id: number;
  readonly line: number;
  readonly settled: number;
  readonly changed: number;
  readonly leadId: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly email: string | null;
  readonly problems: string | null;
  readonly raw: string | null;
  readonly kept: string | null;
};

const COLUMNS = `import_row.id AS id, import_row.line AS line, import_row.settled AS settled, import_row.changed AS changed,
  lead.public_id AS leadId, lead.first_name AS firstName, lead.last_name AS lastName, lead.email AS email, import_row.problems AS problems, import_row.raw AS raw, import_row.kept AS kept`;
const WITH_LEAD = 'import_row LEFT JOIN lead ON lead.workspace = import_row.workspace AND lead.id = import_row.lead';
const IN_BUCKET = `SELECT ${COLUMNS} FROM ${WITH_LEAD}
  WHERE import_row.workspace = ? AND import_row.import_id = ? AND (import_row.line, import_row.id) > (?, ?) AND import_row.settled = ?
  ORDER BY import_row.line, import_row.id LIMIT ?`;
const IN_ANY = `SELECT ${COLUMNS} FROM ${WITH_LEAD}
  WHERE import_row.workspace = ? AND import_row.import_id = ? AND (import_row.line, import_row.id) > (?, ?)
  ORDER BY import_row.line, import_row.id LIMIT ?`;

/** One import and what of it is still to come. */
export function readImport(cx: Connection, workspace: WorkspaceId, importId: string): Awaited<ReturnType<ImportStore['readImport']>> {
  const row = findImport(cx, workspace, importId);
  return row && { import: toImportRecord(cx, row), missing: row.state === 'receiving' ? missingChunks(cx, row) : [] };
}

/** How an import's rows are decided. */
export function readPolicy(cx: Connection, workspace: WorkspaceId, importId: string): ImportPolicy | null {
  const row = findImport(cx, workspace, importId);
  return row && JSON.parse(row.policy); // written by `insertImport`
}

/** Imports, newest first. */
export function listImports(
  cx: Connection,
  workspace: WorkspaceId,
  page: Parameters<ImportStore['listImports']>[1],
): Awaited<ReturnType<ImportStore['listImports']>> {
  const after = page.cursor === undefined ? null : readCursor(page.cursor);
  if (page.cursor !== undefined && !after) return 'bad_cursor';
  const position = after ? lt(imports.id, after[1]) : gt(imports.id, 0);
  const where = and(eq(imports.workspace, workspace), position);
  const rows = cx.db
    .select()
    .from(imports)
    .where(where)
    .orderBy(desc(imports.id))
    .limit(page.limit + 1)
    .all();
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  const nextCursor = rows.length > page.limit && last ? writeCursor([0, last.id]) : null;
  return { imports: shown.map((row) => toImportRecord(cx, row)), nextCursor };
}

/** Rows of an import by where each is now, in the file's order. */
export function readImportRows(
  cx: Connection,
  workspace: WorkspaceId,
  importId: string,
  page: RowPage,
): Awaited<ReturnType<ImportStore['readImportRows']>> {
  const found = findImport(cx, workspace, importId);
  if (!found) return null;
  const after = page.cursor === undefined ? ([0, 0] as const) : readCursor(page.cursor);
  if (!after) return 'bad_cursor';
  const values = [workspace, found.id, ...after];
  const rows = (
    page.bucket === undefined
      ? cx.statement(IN_ANY).all(...values, page.limit + 1)
      : cx.statement(IN_BUCKET).all(...values, BUCKETS.indexOf(page.bucket), page.limit + 1)
  ) as Row[]; // COLUMNS
  const shown = rows.slice(0, page.limit);
  const last = shown.at(-1);
  return { rows: toRowRecords(cx, found, shown), nextCursor: rows.length > page.limit && last ? writeCursor([last.line, last.id]) : null };
}

function toRowRecords(cx: Connection, found: ImportRow, rows: readonly Row[]): ImportRowRecord[] {
  const records = rows.map((row) => toRowRecord(row));
  const inReview = records.filter((record) => record.bucket === 'review');
  if (inReview.length === 0) return records;
  const candidates = new Map(findCandidates(cx, found, inReview).map((ids, index) => [inReview[index], ids]));
  return records.map((record) => ({ ...record, candidates: candidates.get(record) ?? [] }));
}

function toRowRecord(row: Row): ImportRowRecord {
  const bucket = BUCKETS[row.settled] ?? 'rejected';
  const kept: Lead | null = row.kept === null ? null : JSON.parse(row.kept); // written by the row writer
  return {
    line: row.line,
    bucket,
    leadId: row.leadId,
    problems: row.problems === null ? [] : JSON.parse(row.problems),
    raw: row.raw === null ? null : JSON.parse(row.raw),
    changed: row.changed === 1,
    lead: kept,
    person: personOf(row, kept),
    candidates: [],
  };
}

function personOf(row: Row, kept: Lead | null): ImportRowRecord['person'] {
  if (kept) return { name: nameOf(kept.firstName, kept.lastName), email: kept.email ?? null };
  return row.leadId === null ? null : { name: nameOf(row.firstName, row.lastName), email: row.email };
}

function nameOf(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join(' ');
}
