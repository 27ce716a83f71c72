import type { ChunkAnswer } from '#shared/api/imports.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import { refuseOverwrite } from '../leads/permission.ts';
import { ownerCheck } from '../store/check-owner.ts';
import type { Store } from '../store/store.ts';
import { checkRows } from './check-rows.ts';
import { importClosed } from './import-answers.ts';

export type ChunkBody = { readonly rows: readonly PlannedRow[] };

/**
 * Stores one chunk: leads, outcomes, counters and answer in one transaction, on disk when this returns. `sha256` (hex)
 * is of the decoded body. The same chunk again gives the same answer (`replayed`), another body `IDEMPOTENCY_MISMATCH`,
 * a chunk of an import that is complete or cancelled `CONFLICT`, more rows than announced or a line that is there already
 * `INVALID_REQUEST`, a row whose own rule overwrites where that is withheld `FORBIDDEN`. The counters are those of this chunk's rows.
 */
export async function receiveChunk(
  backend: Backend,
  actor: Actor,
  chunk: { readonly importId: string; readonly seq: number; readonly sha256: string; readonly body: ChunkBody },
): Promise<Result<{ readonly answer: ChunkAnswer; readonly replayed: boolean }, Refusal>> {
  const { importId, seq, sha256, body } = chunk;
  const policy = await backend.store.readPolicy(actor.workspace, importId);
  if (!policy) return fail({ code: 'NOT_FOUND' });
  if (body.rows.some(({ rule }) => rule?.onDuplicate === 'overwrite')) {
    const refused = refuseOverwrite(await backend.store.readWorkspace(actor.workspace), actor, 'overwrite');
    if (refused) return fail(refused);
  }
  const hasOwners = body.rows.some((row) => row.lead?.ownerEmail !== undefined);
  const members = hasOwners ? await backend.store.listMembers(actor.workspace) : [];
  const rows = checkRows(body.rows, policy, ownerCheck(members));
  const stored = await backend.store.storeChunk(actOf(backend, actor), { importId, seq, sha256, rows });
  if ('answer' in stored) return ok({ answer: stored.answer, replayed: stored.kind === 'replayed' });
  return fail(toRefusal(stored));
}

type Refused = Exclude<Awaited<ReturnType<Store['storeChunk']>>, { readonly answer: unknown }>;

/** Why a chunk was not stored. */
export function toRefusal(refused: Refused): Refusal {
  if (refused.kind === 'closed') return importClosed(refused.state);
  if (refused.kind === 'too_many_rows' || refused.kind === 'line_repeated') {
    const { kind, ...data } = refused;
    return { code: 'INVALID_REQUEST', about: kind, data, ...(kind === 'line_repeated' ? { details: [data] } : {}) };
  }
  return REFUSALS[refused.kind];
}

const REFUSALS = {
  not_found: { code: 'NOT_FOUND' },
  mismatch: { code: 'IDEMPOTENCY_MISMATCH' },
  list_not_found: { code: 'LIST_NOT_FOUND' },
  no_such_chunk: { code: 'INVALID_REQUEST', about: 'chunk_out_of_range' },
} as const satisfies Record<Exclude<Refused['kind'], 'closed' | 'too_many_rows' | 'line_repeated'>, Refusal>;
