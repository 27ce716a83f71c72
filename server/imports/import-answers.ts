import type { ImportState, Receipt } from '#shared/api/imports.ts';
import { RETENTION } from '#shared/limits.ts';
import { receiptSentences, undoneSentences } from '#shared/sentences/en.ts';
import { type Refusal, toIso } from '../leads/backend.ts';
import type { ImportRecord } from '../store/records.ts';

/** The receipt of an import, counted from its stored rows. `total` is the sum of the buckets once it is closed. */
export function toReceipt(record: ImportRecord): Receipt {
  const { importId, state, total, counters, changedSincePreview, undo } = record;
  const lines = state === 'undone' && undo ? undoneSentences(undo) : receiptSentences({ ...counters, list: record.list });
  const message = lines.join(' ');
  const undoable = { undoableUntil: undoableUntil(record), ...toAfterwards(record) };
  return { importId, state, list: record.list, total, ...counters, changedSincePreview, message, ...undoable };
}

/** An import as it stands. */
export function toImportState(record: ImportRecord, missingChunks: readonly number[]): ImportState {
  const { importId, state, source, fileName, total, chunkCount, counters, changedSincePreview, createdAt, completedAt, by } = record;
  return {
    importId,
    state,
    source,
    fileName: fileName ?? null,
    list: record.list,
    total,
    chunkCount,
    counters,
    missingChunks,
    createdAt: toIso(createdAt),
    completedAt: completedAt === null ? null : toIso(completedAt),
    by,
    changedSincePreview,
    undoableUntil: undoableUntil(record),
    ...toAfterwards(record),
  };
}

/** The end of the time in which it can be undone and decided; null when it cannot be any more, or not yet. */
function undoableUntil({ state, completedAt }: ImportRecord): string | null {
  const isClosed = state === 'complete' || state === 'cancelled';
  return isClosed && completedAt !== null ? toIso(completedAt + RETENTION.originalsMs) : null;
}

/** Only what there is to say: most imports are neither retried nor undone. */
function toAfterwards({ retryOf, retriedBy, undo }: ImportRecord) {
  const facts = undo && { ...undo, startedAt: toIso(undo.startedAt), undoneAt: undo.undoneAt === null ? null : toIso(undo.undoneAt) };
  return {
    ...(retryOf === undefined ? {} : { retryOf }),
    ...(retriedBy.length === 0 ? {} : { retriedBy }),
    ...(facts ? { undo: facts } : {}),
  };
}

/** An import takes nothing more. */
export function importClosed(state: ImportRecord['state']): Refusal {
  return { code: 'CONFLICT', about: 'import_closed', data: { state } };
}
