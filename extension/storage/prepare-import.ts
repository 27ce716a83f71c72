import type { CreateImportBody } from '#shared/api/imports.ts';
import type { MatchAnswer } from '#shared/api/match.ts';
import { MAX_SUPPRESSIONS_PER_CALL } from '#shared/limits.ts';
import { buildPlan, type PlanInput } from '#shared/plan/build-plan.ts';
import { collectOptOuts, type FoundOptOut, optedOutBy, optOutReason } from '#shared/plan/opt-outs.ts';
import type { ImportPlan } from '#shared/plan/plan.ts';
import { takeSince } from '#shared/plan/since-rows.ts';
import { type Chunk, splitChunks } from '#shared/plan/split-chunks.ts';
import { hiddenLines } from '#shared/table/hidden-lines.ts';
import { readFile as readTable } from '#shared/table/read-file.ts';
import type { RawTable } from '#shared/table/table.ts';
import { type Database, openDatabase, storageFailureKind } from './database.ts';
import { readFile, readKnown, readSince } from './drafts.ts';
import { sha256Hex } from './hash.ts';
import { createFindKnown } from './known-leads.ts';
import { changeImport, clearChunks, finishImport, readImport, sealImport, withFailure, writeChunk } from './outbox.ts';
import type { ImportOrder, ImportRecord } from './records.ts';
import { keepPrints } from './sheet-prints.ts';

/**
 * What a page's worker has at hand already; the background reads and plans the file again and gets the same. `whole`: all
 * rows of the file, where `table` has some of them only.
 */
export type Prepared = { readonly table: RawTable; readonly plan: ImportPlan; readonly whole: RawTable };
type Ready = Prepared & { readonly input: PlanInput };

/**
 * Brings an import from the click to the seal: plan, chunks (a transaction each), seal (one strict transaction). May die
 * at any line and be called again, by the page or by the background; the caller holds the planner's lock. What goes
 * wrong stands in the outbox. `onRows` is told how many rows are written.
 */
export async function prepareImport(
  database: Database,
  importId: string,
  prepared?: Prepared,
  onRows: (rows: number) => void = () => {},
): Promise<void> {
  const record = await readImport(database, importId);
  if (record?.stage !== 'planning') return;
  try {
    await writeAndSeal(database, record, prepared, onRows);
  } catch (error) {
    const failure = { kind: storageFailureKind(error), retry: 'reconnect' } as const;
    await changeImport(database, importId, (now) => (now.stage === 'planning' ? withFailure(now, failure, 0) : now));
  }
}

async function writeAndSeal(
  database: Database,
  record: ImportRecord,
  prepared: Prepared | undefined,
  onRows: (rows: number) => void,
): Promise<void> {
  const blob = await readFile(database, record.draft);
  if (!blob) return finishImport(database, record.id, { stage: 'stopped', receipt: null, failure: { kind: 'fileGone', retry: 'never' } });
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const ready = prepared ? { ...prepared, input: inputOf(record.order, prepared.table) } : await planAgain(database, record, bytes);
  if (!ready)
    return finishImport(database, record.id, { stage: 'stopped', receipt: null, failure: { kind: 'fileUnreadable', retry: 'never' } });
  // Left over from a planner that died, perhaps one of an older version.
  await clearChunks(database, record.id);
  const chunkRows = await writeChunks(database, record.id, splitChunks(ready.plan.rows), onRows);
  const { total } = ready.plan.summary;
  if (record.order.sheet) await keepPrints(database, record, ready.whole, ready.plan);
  const body = encode(announcement(record.order, ready.table.headers, await sha256Hex(bytes), total, chunkRows.length));
  const optOuts = optOutBodies(record.order, ready.table.headers, collectOptOuts(ready.input, ready.plan.rows));
  await seal(database, record.id, { body, total, chunkRows, ...(optOuts.length > 0 ? { optOuts } : {}) });
}

/** The plan of an order: the same file, mapping, policy, repairs and answers of the workspace as in the preview. */
async function planAgain(database: Database, { draft, order }: ImportRecord, bytes: Uint8Array): Promise<Ready | null> {
  const read = await readTable(bytes, order.read);
  if (!read.ok) return null;
  const whole = read.value;
  const choice = order.sheet?.since;
  const rows = choice ? await readSince(database, draft, order.sheet?.sinceBasis ?? '') : null;
  if (choice && !rows) return null;
  const { table, changedRows } = choice && rows ? takeSince(whole, rows, choice) : { table: whole };
  const input = { ...inputOf(order, table), ...(changedRows ? { changedRows } : {}) };
  const answer = order.basis === null ? null : await readKnown(database, draft, order.basis);
  if (answer === null) return { table, whole, plan: buildPlan(input), input };
  const findKnown = createFindKnown(JSON.parse(answer) as MatchAnswer, optedOutBy(input)); // we wrote it ourselves
  return { table, whole, plan: buildPlan({ ...input, findKnown }), input };
}

function inputOf({ mapping, policy, repair = [], optOut, read }: ImportOrder, table: RawTable): PlanInput {
  return { table, mapping, policy, repair, excludedLines: hiddenLines(table, read), ...(optOut ? { optOut } : {}) };
}

/** Bodies of `POST /api/suppressions`. Adding an entry again is harmless. */
function optOutBodies(
  { optOut, fileName }: ImportOrder,
  headers: readonly string[],
  entries: readonly FoundOptOut[],
): readonly Uint8Array<ArrayBuffer>[] {
  if (!optOut) return [];
  const toEntry = ({ kind, value, column }: FoundOptOut) => ({ kind, value, reason: optOutReason(headers[column] ?? '', fileName) });
  return Array.from({ length: Math.ceil(entries.length / MAX_SUPPRESSIONS_PER_CALL) }, (_, call) => {
    const part = entries.slice(call * MAX_SUPPRESSIONS_PER_CALL, (call + 1) * MAX_SUPPRESSIONS_PER_CALL);
    return encode(JSON.stringify({ entries: part.map(toEntry), onInvalid: 'skip', source: 'column' }));
  });
}

async function writeChunks(
  database: Database,
  importId: string,
  chunks: Iterable<Chunk>,
  onRows: (rows: number) => void,
): Promise<readonly number[]> {
  const start = performance.now();
  const chunkRows: number[] = [];
  let written = 0;
  for (const { seq, rows, body: text } of chunks) {
    const body = encode(text);
    await writeChunk(database, { import: importId, seq, body, sha256: await sha256Hex(body), rows: rows.length });
    chunkRows.push(rows.length);
    written += rows.length;
    onRows(written);
  }
  performance.measure('leadline: write the chunks', { start });
  return chunkRows;
}

async function seal(database: Database, importId: string, what: Parameters<typeof sealImport>[2]): Promise<void> {
  const strict = openDatabase(database.name, 'strict');
  try {
    await sealImport(strict, importId, what);
  } finally {
    strict.close();
  }
}

function announcement(order: ImportOrder, headers: readonly string[], fileSha256: string, total: number, chunkCount: number): string {
  const body: CreateImportBody = {
    source: order.source,
    fileName: order.fileName,
    fileSha256,
    list: order.list.kind === 'existing' ? { id: order.list.id } : { name: order.list.name },
    mapping: order.mapping.map((entry) => (entry.label === undefined ? entry : { ...entry, label: short(entry.label) })),
    policy: order.policy,
    headers: headers.map(short),
    total,
    chunkCount,
    ...(order.retryOf === undefined ? {} : { retryOf: order.retryOf }),
  };
  return JSON.stringify(body);
}

/** 512 columns with names of this length still fit the body of 1 MB; in the chunks nothing is cut. */
const MAX_ANNOUNCED_CHARS = 300;

function short(text: string): string {
  return text.slice(0, MAX_ANNOUNCED_CHARS);
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
