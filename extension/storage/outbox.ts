import type { Receipt } from '#shared/api/imports.ts';
import { BUCKETS } from '#shared/plan/plan.ts';
import type { Database } from './database.ts';
import type { ChunkRecord, Counts, ImportOrder, ImportRecord, SendFailure } from './records.ts';
import { dropSheet, type SheetEnd, settleSheet, sheetTables } from './sheet-links.ts';

/**
 * The outbox: every import on its way, and its chunks byte for byte. It is the only truth about an import in this
 * browser; whoever works on one reads it here before each step and writes each step here at once.
 */

export const NO_COUNTS = Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as unknown as Counts; // built from BUCKETS, as the type is

/** How many acknowledgements the rate is taken from. */
const PACE_LENGTH = 10;

/** Notes down that an import was asked for. Its chunks come next; nothing is sent before the seal. */
export async function addImport(database: Database, id: string, draft: string, order: ImportOrder, now: number): Promise<void> {
  await database.imports.add(newImport(id, draft, order, now));
}

/** An import as it starts. */
export function newImport(id: string, draft: string, order: ImportOrder, now: number): ImportRecord {
  return {
    id,
    draft,
    createdAt: now,
    stage: 'planning',
    order,
    body: null,
    total: 0,
    chunkRows: [],
    announced: false,
    paused: false,
    cancelAsked: false,
    rowsDone: 0,
    counters: NO_COUNTS,
    pace: [],
    attempts: 0,
    nextAttemptAt: 0,
    failure: null,
    receipt: null,
  };
}

/** An import as it is now, or null. */
export async function readImport(database: Database, id: string): Promise<ImportRecord | null> {
  return (await database.imports.get(id)) ?? null;
}

/** The imports with work left, oldest first. */
export async function readUnfinished(database: Database): Promise<readonly ImportRecord[]> {
  const records = await database.imports.where('stage').anyOf('planning', 'sealed').toArray();
  return records.sort((a, b) => a.createdAt - b.createdAt);
}

/** Writes one chunk in a transaction of its own, so that the page is never blocked for long. Again is harmless. */
export async function writeChunk(database: Database, chunk: ChunkRecord): Promise<void> {
  await database.chunks.put(chunk);
}

/** Removes the chunks of an import that is being planned anew. */
export async function clearChunks(database: Database, importId: string): Promise<void> {
  await chunksOf(database, importId).delete();
}

/** A chunk's exact bytes, or null. */
export async function readChunk(database: Database, importId: string, seq: number): Promise<ChunkRecord | null> {
  return (await database.chunks.get([importId, seq])) ?? null;
}

/**
 * Seals an import: from here on it may be sent. `database` must be open with strict durability. False when the import
 * is no longer being planned (called off, or sealed by another page) or not every chunk is there.
 */
export async function sealImport(
  database: Database,
  id: string,
  seal: Pick<ImportRecord, 'total' | 'chunkRows' | 'optOuts'> & { readonly body: Uint8Array<ArrayBuffer> },
): Promise<boolean> {
  return database.transaction('rw', database.imports, database.chunks, async () => {
    const record = await database.imports.get(id);
    if (record?.stage !== 'planning') return false;
    if ((await chunksOf(database, id).count()) !== seal.chunkRows.length) return false;
    await database.imports.put({ ...record, ...seal, stage: 'sealed', failure: null, attempts: 0, nextAttemptAt: 0 });
    return true;
  });
}

/** Changes an import in one transaction; null when it is gone. `change` gives the same object to leave it. */
export async function changeImport(
  database: Database,
  id: string,
  change: (record: ImportRecord) => ImportRecord,
): Promise<ImportRecord | null> {
  return database.transaction('rw', database.imports, async () => {
    const record = await database.imports.get(id);
    if (!record) return null;
    const after = change(record);
    if (after !== record) await database.imports.put(after);
    return after;
  });
}

/** What an acknowledged chunk changes. `rowsDone` and `counters` are those of the whole import. */
export function withProgress(record: ImportRecord, rowsDone: number, counters: Counts, at: number): ImportRecord {
  const pace = [...record.pace, { at, rowsDone }].slice(-PACE_LENGTH);
  return { ...record, rowsDone, counters, pace, attempts: 0, nextAttemptAt: 0, failure: null };
}

/** What a failed attempt changes: the reason, and when the next one is due. */
export function withFailure(record: ImportRecord, failure: SendFailure, nextAttemptAt: number): ImportRecord {
  return { ...record, failure, attempts: record.attempts + 1, nextAttemptAt, pace: [] };
}

/** "Pause", between two chunks. */
export async function pauseImport(database: Database, id: string): Promise<void> {
  await changeImport(database, id, (record) => (isOpen(record) ? { ...record, paused: true, pace: [] } : record));
}

/** "Go on", "Try now" and "Try again": at once, also after a stop; a stop before the seal is planned again. */
export async function resumeImport(database: Database, id: string): Promise<void> {
  await changeImport(database, id, (record) => {
    if (!isOpen(record) && record.stage !== 'stopped') return record;
    const stage = record.stage === 'stopped' ? (record.body ? 'sealed' : 'planning') : record.stage;
    return { ...record, stage, paused: false, failure: null, attempts: 0, nextAttemptAt: 0, pace: [] };
  });
}

/**
 * "Cancel". Before the server was asked anything it is over at once, and nothing was stored; afterwards the wish goes to
 * the server, which says what is stored.
 */
export async function cancelImport(database: Database, id: string): Promise<void> {
  await database.transaction('rw', database.imports, database.chunks, async () => {
    const record = await database.imports.get(id);
    if (!record || record.stage === 'done' || record.stage === 'cancelled') return;
    if (record.announced)
      return void (await database.imports.put({
        ...record,
        stage: 'sealed',
        cancelAsked: true,
        failure: null,
        attempts: 0,
        nextAttemptAt: 0,
      }));
    await database.imports.put({ ...record, stage: 'cancelled', cancelAsked: true, failure: null });
    await chunksOf(database, id).delete();
  });
}

function isOpen(record: ImportRecord): boolean {
  return record.stage === 'planning' || record.stage === 'sealed';
}

/** Lets everything go on that waited for the person to pair again. */
export async function forgiveReconnects(database: Database): Promise<void> {
  for (const { id, failure } of await readUnfinished(database))
    if (failure?.retry === 'reconnect')
      await changeImport(database, id, (record) => ({ ...record, failure: null, attempts: 0, nextAttemptAt: 0 }));
}

/**
 * Ends an import: the receipt is kept until it is put away, the chunks leave the browser, and the sheet it was of is
 * linked as `sheet` says.
 */
export async function finishImport(
  database: Database,
  id: string,
  {
    sheet,
    ...end
  }: {
    readonly stage: 'done' | 'stopped' | 'cancelled';
    readonly receipt: Receipt | null;
    readonly failure: SendFailure | null;
    readonly sheet?: SheetEnd;
  },
): Promise<void> {
  const { imports, chunks, files, known, since } = database;
  await database.transaction('rw', [imports, chunks, files, known, since, ...sheetTables(database)], async () => {
    const record = await database.imports.get(id);
    if (!record || record.stage === 'done') return;
    const rowsDone = end.stage === 'done' ? record.total : record.rowsDone;
    await database.imports.put({ ...record, ...end, rowsDone, nextAttemptAt: 0 });
    if (end.receipt && sheet) await settleSheet(database, record, end.receipt, sheet);
    // A stopped import keeps its rows: the person decides what becomes of them.
    if (end.stage !== 'stopped') await chunksOf(database, id).delete();
    // Nobody waits for the receipt of an import that nobody asked for: the sheet's history has it.
    if (end.stage !== 'stopped' && record.order.sheet?.by === 'schedule')
      await Promise.all([imports.delete(id), ...[files, known, since].map((table) => table.delete(record.draft))]);
  });
}

/** Puts a finished import away, with all its chunks. An unfinished one stays. */
export async function dismissImport(database: Database, id: string): Promise<void> {
  await database.transaction('rw', [database.imports, database.chunks, ...sheetTables(database)], async () => {
    const record = await database.imports.get(id);
    if (!record || record.stage === 'planning' || record.stage === 'sealed') return;
    await chunksOf(database, id).delete();
    await dropSheet(database, id);
    await database.imports.delete(id);
  });
}

function chunksOf(database: Database, importId: string) {
  return database.chunks.where('[import+seq]').between([importId, 0], [importId, Number.MAX_SAFE_INTEGER], true, true);
}

/** Sealed, not paused, and not waiting for a person. A wish to cancel goes through a pause. */
export function isSendable(record: ImportRecord): boolean {
  return record.stage === 'sealed' && (!record.paused || record.cancelAsked) && record.failure?.retry !== 'reconnect';
}
