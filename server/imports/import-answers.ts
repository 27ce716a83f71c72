import type { ImportState, Receipt } from '#shared/api/imports.ts';
import { RETENTION } from '#shared/limits.ts';
import { receiptSentences } from '#shared/sentences/en.ts';
import { type Refusal, toIso } from '../leads/backend.ts';
import type { ImportRecord } from '../store/records.ts';

/** The receipt of an import, counted from its stored rows. `total` is the sum of the buckets once it is closed. */
export function toReceipt(record: ImportRecord): Receipt {
  const { importId, state, total, counters, changedSincePreview, completedAt } = record;
  const undoableUntil = state === 'complete' && completedAt !== null ? toIso(completedAt + RETENTION.originalsMs) : null;
  const message = receiptSentences({ ...counters, list: record.list }).join(' ');
  return { importId, state, list: record.list, total, ...counters, changedSincePreview, message, undoableUntil };
}

/** An import as it stands. */
export function toImportState(record: ImportRecord, missingChunks: readonly number[]): ImportState {
  const { importId, state, source, fileName, total, chunkCount, counters, createdAt } = record;
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
  };
}

/** An import takes nothing more. */
export function importClosed(state: ImportRecord['state']): Refusal {
  return { code: 'CONFLICT', about: 'import_closed', data: { state } };
}
