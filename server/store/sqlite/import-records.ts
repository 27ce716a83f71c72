import { and, eq, gt, sql } from 'drizzle-orm';
import { headerSignature } from '#shared/mapping/header-signature.ts';
import { BUCKETS, type Bucket, type Counters } from '#shared/plan/plan.ts';
import type { ImportRecord, ImportUndo, ListTarget, NewImport, Person, WorkspaceId } from '../records.ts';
import type { Act } from '../store.ts';
import type { Connection } from './connection.ts';
import { foldName } from './registry.ts';
import { list } from './schema.ts';
import { imports } from './schema-imports.ts';

export type ImportRow = typeof imports.$inferSelect;
export const NO_ROWS = Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as Counters; // made of every bucket

const COUNT_ROWS = 'SELECT settled, count(*) AS count FROM import_row WHERE workspace = ? AND import_id = ? GROUP BY settled';
const COUNT_CHANGED = 'SELECT count(*) FROM import_row INDEXED BY import_row_changed WHERE workspace = ? AND import_id = ? AND changed = 1';
const READ_MEMBER = 'SELECT public_id AS id, email, name FROM member WHERE workspace = ? AND id = ?';
const FIND_RETRIES = 'SELECT public_id FROM import INDEXED BY import_retry WHERE workspace = ? AND retry_of = ? ORDER BY id';
const FIND_CHUNKS = 'SELECT seq FROM import_chunk WHERE workspace = ? AND import_id = ? ORDER BY seq';

/** The import by its public id. Asked twice a chunk, so the query is built once. */
export function findImport(cx: Connection, workspace: WorkspaceId, publicId: string): ImportRow | null {
  let query = findQueries.get(cx);
  if (!query) {
    query = prepareFind(cx);
    findQueries.set(cx, query);
  }
  return query.get({ workspace, publicId }) ?? null;
}

function prepareFind(cx: Connection) {
  const where = and(eq(imports.workspace, sql.placeholder('workspace')), eq(imports.publicId, sql.placeholder('publicId')));
  return cx.db.select().from(imports).where(where).prepare();
}
const findQueries = new WeakMap<Connection, ReturnType<typeof prepareFind>>();

/** The list an import names, as stored with it: its number when it exists. */
export function findTarget(
  cx: Connection,
  workspace: WorkspaceId,
  target: ListTarget,
): { readonly id: number | null; readonly name: string; readonly byName: boolean } | null {
  const columns = { id: list.id, name: list.name };
  if (target && 'name' in target) {
    const where = and(eq(list.workspace, workspace), eq(list.folded, foldName(target.name)));
    const found = cx.db.select(columns).from(list).where(where).get();
    return { id: found?.id ?? null, name: found?.name ?? target.name.trim(), byName: true };
  }
  const isIt = target ? eq(list.publicId, target.id) : and(gt(list.id, 0), eq(list.isDefault, true));
  const found = cx.db
    .select(columns)
    .from(list)
    .where(and(eq(list.workspace, workspace), isIt))
    .get();
  return found ? { ...found, byName: false } : null;
}

/** Writes a new import down; null = its list does not exist. */
export function insertImport(cx: Connection, act: Act, input: NewImport): ImportRow | null {
  const target = findTarget(cx, act.workspace, input.list);
  if (!target) return null;
  const { importId, source, total, chunkCount, bodySha256 } = input;
  return cx.db
    .insert(imports)
    .values({
      workspace: act.workspace,
      publicId: importId,
      state: 'receiving',
      source,
      fileName: input.fileName ?? null,
      fileSha256: input.fileSha256 ?? null,
      list: target.id,
      listName: target.name,
      listByName: target.byName,
      listCreated: false,
      actor: act.member,
      total,
      chunkCount,
      mapping: JSON.stringify(input.mapping),
      headers: JSON.stringify(input.headers),
      headerSignature: input.mapping.length === 0 ? null : headerSignature(input.headers),
      policy: JSON.stringify(input.policy),
      bodySha256,
      createdAt: act.at,
      retryOf: input.retryOf ?? null,
    })
    .returning()
    .get();
}

/** The list rows of an import go to, found or made by name the first time; null = it was deleted meanwhile. */
export function claimList(cx: Connection, act: Act, row: ImportRow): { readonly id: number; readonly publicId: string } | null {
  const columns = { id: list.id, publicId: list.publicId };
  const inWorkspace = eq(list.workspace, act.workspace);
  if (row.list !== null) {
    const known = cx.db
      .select(columns)
      .from(list)
      .where(and(inWorkspace, eq(list.id, row.list)))
      .get();
    if (known) return known;
  }
  if (!row.listByName) return null;
  const folded = foldName(row.listName);
  const named = cx.db
    .select(columns)
    .from(list)
    .where(and(inWorkspace, eq(list.folded, folded)))
    .get();
  const values = {
    workspace: act.workspace,
    publicId: cx.newId(act.at),
    name: row.listName,
    folded,
    isDefault: false,
    createdAt: act.at,
  };
  const target = named ?? cx.db.insert(list).values(values).returning(columns).get();
  const listCreated = row.listCreated || !named;
  cx.db
    .update(imports)
    .set({ list: target.id, listCreated })
    .where(and(eq(imports.workspace, act.workspace), eq(imports.id, row.id)))
    .run();
  return target;
}

/** How many stored rows are where now. `cancelled` = rows of a cancelled import that never came. */
export function countRows(cx: Connection, row: Pick<ImportRow, 'workspace' | 'id' | 'state' | 'total'>): Counters {
  const counts = cx.statement(COUNT_ROWS).all(row.workspace, row.id) as { settled: number; count: number }[]; // the columns of COUNT_ROWS
  const counters: { [B in Bucket]: number } = { ...NO_ROWS };
  let stored = 0;
  for (const { settled, count } of counts) {
    const bucket = BUCKETS[settled];
    if (bucket) counters[bucket] = count;
    stored += count;
  }
  // An import that was undone may have been cancelled before.
  const isClosedEarly = row.state === 'cancelled' || row.state === 'undone';
  return isClosedEarly ? { ...counters, cancelled: counters.cancelled + Math.max(0, row.total - stored) } : counters;
}

/** Numbers of the chunks that have not come yet, in order. */
export function missingChunks(cx: Connection, row: Pick<ImportRow, 'workspace' | 'id' | 'chunkCount'>): number[] {
  const stored = new Set(cx.column(FIND_CHUNKS).all(row.workspace, row.id) as number[]); // plucked: the one column
  const missing: number[] = [];
  for (let seq = 0; seq < row.chunkCount; seq++) if (!stored.has(seq)) missing.push(seq);
  return missing;
}

/** An import as the rest of the server sees it. */
export function toImportRecord(cx: Connection, row: ImportRow): ImportRecord {
  const where = and(eq(list.workspace, row.workspace), eq(list.id, row.list ?? 0));
  const target = cx.db.select({ id: list.publicId, name: list.name }).from(list).where(where).get();
  const changed = cx.column(COUNT_CHANGED).get(row.workspace, row.id);
  return {
    importId: row.publicId,
    state: row.state,
    source: row.source,
    ...(row.fileName === null ? {} : { fileName: row.fileName }),
    ...(row.fileSha256 === null ? {} : { fileSha256: row.fileSha256 }),
    list: { id: target?.id ?? null, name: target?.name ?? row.listName, created: row.listCreated },
    total: row.total,
    chunkCount: row.chunkCount,
    mapping: JSON.parse(row.mapping),
    headers: JSON.parse(row.headers),
    policy: JSON.parse(row.policy),
    bodySha256: row.bodySha256,
    counters: countRows(cx, row),
    changedSincePreview: Number(changed),
    createdAt: row.createdAt,
    completedAt: row.completedAt,
    ...(row.retryOf === null ? {} : { retryOf: row.retryOf }),
    member: row.actor,
    by: readPerson(cx, row.workspace, row.actor),
    retriedBy: cx.column(FIND_RETRIES).all(row.workspace, row.publicId) as string[], // plucked: the one column
    undo: toUndo(cx, row),
  };
}

function toUndo(cx: Connection, row: ImportRow): ImportUndo | null {
  if (row.undoStartedAt === null) return null;
  return {
    startedAt: row.undoStartedAt,
    undoneAt: row.undoneAt,
    by: readPerson(cx, row.workspace, row.undoneBy),
    removed: row.undoRemoved ?? 0,
    restored: row.undoRestored ?? 0,
    keptCount: row.undoKept ?? 0,
  };
}

function readPerson(cx: Connection, workspace: WorkspaceId, member: number | null): Person | null {
  if (member === null) return null;
  return (cx.statement(READ_MEMBER).get(workspace, member) as Person | undefined) ?? null; // the columns of READ_MEMBER
}
