import { and, eq } from 'drizzle-orm';
import type { ImportRecord, NewImport } from '../records.ts';
import type { Act, ImportStore } from '../store.ts';
import { type Connection, inTransaction } from './connection.ts';
import { countRows, findImport, type ImportRow, insertImport, missingChunks, toImportRecord } from './import-records.ts';
import { list } from './schema.ts';
import { imports } from './schema-imports.ts';

type Answer<K extends keyof ImportStore> = Awaited<ReturnType<ImportStore[K]>>;

const HAS_MEMBERS = 'SELECT 1 FROM list_member WHERE workspace = ? AND list = ? LIMIT 1';
const HAS_OTHERS = 'SELECT 1 FROM import WHERE workspace = ? AND list = ? AND id <> ? LIMIT 1';

/** Announces an import, once. */
export function putImport(cx: Connection, act: Act, input: NewImport): Answer<'putImport'> {
  return inTransaction(cx, () => {
    const known = findImport(cx, act.workspace, input.importId);
    if (known && known.bodySha256 !== input.bodySha256) return { kind: 'mismatch' };
    if (known) return { kind: 'exists', import: toImportRecord(cx, known) };
    const made = insertImport(cx, act, input);
    return made ? { kind: 'created', import: toImportRecord(cx, made) } : { kind: 'list_not_found' };
  });
}

/** Closes an import when every chunk is there; a list it made that nobody came into goes again. Again: the same. */
export function completeImport(cx: Connection, act: Act, importId: string): Answer<'completeImport'> {
  return inTransaction(cx, () => {
    const row = findImport(cx, act.workspace, importId);
    if (!row) return { kind: 'not_found' };
    if (row.state === 'complete') return { kind: 'complete', import: toImportRecord(cx, row) };
    if (row.state !== 'receiving') return { kind: 'closed', state: row.state };
    const chunks = missingChunks(cx, row);
    if (chunks.length > 0) return { kind: 'missing', chunks };
    const counters = countRows(cx, row);
    const stored = Object.values(counters).reduce((sum, count) => sum + count, 0);
    if (stored !== row.total) return { kind: 'wrong_total', expected: row.total, stored };
    // Rows in review, and rejected ones when they are mended, still go to it.
    if (counters.review + counters.rejected === 0) dropEmptyList(cx, row);
    return { kind: 'complete', import: close(cx, row, 'complete', act.at) };
  });
}

/** Ends an import early. A list it made goes again if nothing is in it. */
export function cancelImport(cx: Connection, act: Act, importId: string): Answer<'cancelImport'> {
  return inTransaction(cx, () => {
    const row = findImport(cx, act.workspace, importId);
    if (!row) return { kind: 'not_found' };
    if (row.state === 'cancelled') return { kind: 'cancelled', import: toImportRecord(cx, row) };
    if (row.state !== 'receiving') return { kind: 'closed', state: row.state };
    dropEmptyList(cx, row);
    return { kind: 'cancelled', import: close(cx, row, 'cancelled', act.at) };
  });
}

function close(cx: Connection, row: ImportRow, state: 'complete' | 'cancelled', at: number): ImportRecord {
  const where = and(eq(imports.workspace, row.workspace), eq(imports.id, row.id), eq(imports.state, 'receiving'));
  const closed = cx.db.update(imports).set({ state, completedAt: at }).where(where).returning().get();
  if (!closed) throw new Error('an import left the state it was read in'); // one transaction, one writer
  return toImportRecord(cx, closed);
}

/** A list that an import made for itself, that holds nothing and that no other import goes to. */
function dropEmptyList(cx: Connection, row: ImportRow): void {
  const { workspace, id, list: target } = row;
  if (!row.listCreated || target === null) return;
  if (cx.statement(HAS_MEMBERS).get(workspace, target) || cx.statement(HAS_OTHERS).get(workspace, target, id)) return;
  cx.db
    .update(imports)
    .set({ list: null, listCreated: false })
    .where(and(eq(imports.workspace, workspace), eq(imports.id, id)))
    .run();
  cx.db
    .delete(list)
    .where(and(eq(list.workspace, workspace), eq(list.id, target)))
    .run();
}
