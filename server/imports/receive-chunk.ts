import type { ChunkAnswer } from '#shared/api/imports.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';

export type ChunkBody = { readonly rows: readonly PlannedRow[] };

/**
 * Stores one chunk: leads, outcomes, counters and answer in one transaction, on disk when this returns. `sha256` (hex)
 * is of the decoded body. The same chunk again gives the same answer (`replayed`), another body `IDEMPOTENCY_MISMATCH`,
 * a chunk of an import that is complete or cancelled `CONFLICT`.
 */
export function receiveChunk(
  _backend: Backend,
  _actor: Actor,
  _chunk: { readonly importId: string; readonly seq: number; readonly sha256: string; readonly body: ChunkBody },
): Promise<Result<{ readonly answer: ChunkAnswer; readonly replayed: boolean }, Refusal>> {
  throw new Error('being written');
}
