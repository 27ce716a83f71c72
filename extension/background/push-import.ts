import type { ChunkAnswer, ImportState } from '#shared/api/imports.ts';
import { serverFailure } from '#shared/api/server-failure.ts';
import type { ServerApi } from '../platform/server-api.ts';
import type { Database } from '../storage/database.ts';
import { sha256Hex } from '../storage/hash.ts';
import { changeImport, finishImport, NO_COUNTS, readChunk, readImport, withFailure, withProgress } from '../storage/outbox.ts';
import type { ChunkRecord, Counts, ImportRecord, SendFailure } from '../storage/records.ts';
import { keepOutcomes, knownOutcomes, type SheetEnd } from '../storage/sheet-links.ts';
import { retryWaitMs } from './retry-wait.ts';

export type PushEffects = {
  readonly database: Database;
  /** The server as it is set now; null while this browser is not paired. */
  readonly api: () => Promise<ServerApi | null>;
  readonly now: () => number;
  readonly random: () => number;
};

/**
 * Takes one sealed import as far as it goes: announce, the chunks the server misses in order, complete. May die at any
 * line and be called again: every request can be repeated, and the server says what it has. Everything that happened
 * stands in the outbox afterwards.
 */
export async function pushImport(effects: PushEffects, id: string): Promise<void> {
  const api = await effects.api();
  if (!api) return fail(effects, id, serverFailure('unauthorized'));
  const record = await changeImport(effects.database, id, (now) => (now.announced ? now : { ...now, announced: true }));
  if (!record || !isGoing(record)) return;
  if (record.cancelAsked) return cancel(effects, api, id);
  if (!record.body) return fail(effects, id, { kind: 'browserStorageFailed', retry: 'never' });
  const known = await api.putImport(id, record.body);
  if (!known.ok) return fail(effects, id, known.error);
  if (known.value.state === 'cancelled') return cancel(effects, api, id);
  if (!(await sendOptOuts(effects, api, record))) return;
  if (known.value.state === 'receiving' && !(await sendChunks(effects, api, record, known.value))) return;
  if (!(await askOutcomes(effects, api, record))) return;
  await complete(effects, api, id);
}

/** Who wants no contact is on the list before the first row is sent. True when that is so. */
async function sendOptOuts(effects: PushEffects, api: ServerApi, record: ImportRecord): Promise<boolean> {
  for (const body of record.optOuts ?? []) {
    const answer = await api.addSuppressions(body);
    if (!answer.ok) {
      await fail(effects, record.id, answer.error);
      return false;
    }
  }
  if (record.optOuts) await changeImport(effects.database, record.id, ({ optOuts: _, ...rest }) => rest);
  return true;
}

/** Sends what is missing. True when all is there; false when it stopped for a reason that stands in the outbox. */
async function sendChunks(effects: PushEffects, api: ServerApi, record: ImportRecord, known: ImportState): Promise<boolean> {
  const { database } = effects;
  const missing = [...known.missingChunks].sort((a, b) => a - b);
  const rowsMissing = missing.reduce((sum, seq) => sum + (record.chunkRows[seq] ?? 0), 0);
  let rowsDone = record.total - rowsMissing;
  let counters: Counts = known.counters;
  for (const seq of missing) {
    const now = await readImport(database, record.id);
    if (!now || !isGoing(now)) return false;
    if (now.cancelAsked) {
      await cancel(effects, api, record.id);
      return false;
    }
    const chunk = await readChunk(database, record.id, seq);
    if (!chunk || (await sha256Hex(chunk.body)) !== chunk.sha256) {
      await fail(effects, record.id, { kind: 'browserStorageFailed', retry: 'never' });
      return false;
    }
    const answer = await api.putChunk(record.id, seq, chunk.body);
    if (!answer.ok || !isAbout(answer.value, chunk)) {
      await fail(effects, record.id, answer.ok ? serverFailure('notLeadline') : answer.error);
      return false;
    }
    if (record.order.sheet) await keepOutcomes(database, record.id, answer.value);
    rowsDone += chunk.rows;
    counters = added(counters, answer.value);
    const soFar = { rowsDone, counters };
    await changeImport(database, record.id, (it) => withProgress(it, soFar.rowsDone, soFar.counters, effects.now()));
  }
  const now = await readImport(database, record.id);
  if (now?.cancelAsked) {
    await cancel(effects, api, record.id);
    return false;
  }
  return now !== null && isGoing(now);
}

/**
 * What became of the rows of a sheet is remembered. Of a chunk whose answer was lost the server says it again: the same
 * chunk gets the same answer. True when all is known.
 */
async function askOutcomes(effects: PushEffects, api: ServerApi, record: ImportRecord): Promise<boolean> {
  if (!record.order.sheet) return true;
  const known = await knownOutcomes(effects.database, record.id);
  for (const seq of record.chunkRows.keys()) {
    const chunk = known.has(seq) ? null : await readChunk(effects.database, record.id, seq);
    if (!chunk) continue;
    const answer = await api.putChunk(record.id, seq, chunk.body);
    if (!answer.ok) {
      await fail(effects, record.id, answer.error);
      return false;
    }
    if (isAbout(answer.value, chunk)) await keepOutcomes(effects.database, record.id, answer.value);
  }
  return true;
}

async function complete(effects: PushEffects, api: ServerApi, id: string): Promise<void> {
  const receipt = await api.completeImport(id);
  if (!receipt.ok) return fail(effects, id, receipt.error);
  const sheet = await sheetEnd(effects, api, id);
  await finishImport(effects.database, id, { stage: 'done', receipt: receipt.value, failure: null, ...sheet });
}

/** Of an import of a sheet: when it was over, and in which workspace. */
async function sheetEnd({ database, now }: PushEffects, api: ServerApi, id: string): Promise<{ readonly sheet?: SheetEnd }> {
  const record = await readImport(database, id);
  if (!record?.order.sheet) return {};
  const workspace = await api.workspace();
  return { sheet: { at: now(), workspace: workspace.ok ? workspace.value.id : null } };
}

/** Ends it early. What the server has stored stays and stands in the receipt; an import it never saw has none. */
async function cancel(effects: PushEffects, api: ServerApi, id: string): Promise<void> {
  const receipt = await api.cancelImport(id);
  if (receipt.ok) {
    const sheet = await sheetEnd(effects, api, id);
    return finishImport(effects.database, id, { stage: 'cancelled', receipt: receipt.value, failure: null, ...sheet });
  }
  if (receipt.error.kind === 'notFound') return finishImport(effects.database, id, { stage: 'cancelled', receipt: null, failure: null });
  // It was complete before the wish to cancel arrived: the receipt says so.
  if (receipt.error.kind === 'conflict') return complete(effects, api, id);
  // Who lost the right to import cannot cancel either: what the server never knew needs no cancelling.
  const known = receipt.error.kind === 'forbidden' ? await api.importState(id) : null;
  if (known && !known.ok && known.error.kind === 'notFound')
    return finishImport(effects.database, id, { stage: 'cancelled', receipt: null, failure: null });
  await fail(effects, id, receipt.error);
}

async function fail({ database, now, random }: PushEffects, id: string, failure: SendFailure): Promise<void> {
  if (failure.retry === 'never') return finishImport(database, id, { stage: 'stopped', receipt: null, failure });
  await changeImport(database, id, (record) => {
    if (record.stage !== 'sealed') return record;
    return withFailure(record, failure, failure.retry === 'reconnect' ? 0 : now() + retryWaitMs(failure, record.attempts, random()));
  });
}

function isGoing(record: ImportRecord): boolean {
  return record.stage === 'sealed' && (!record.paused || record.cancelAsked);
}

/** An answer about other rows than we sent is no answer to us. */
function isAbout(answer: ChunkAnswer, chunk: ChunkRecord): boolean {
  return answer.seq === chunk.seq && answer.outcomes.length === chunk.rows;
}

function added(counters: Counts, answer: ChunkAnswer): Counts {
  const sums = { ...NO_COUNTS, ...counters } as { -readonly [B in keyof Counts]: number }; // a fresh copy
  for (const outcome of answer.outcomes) sums[outcome.bucket] += 1;
  return sums;
}
