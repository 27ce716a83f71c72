import { fail, ok, type Result } from '#shared/result.ts';
import type { KeptAnswer, Once } from '../store/store.ts';
import { type Actor, actOf, type Backend, type Refusal } from './backend.ts';

/**
 * Does the work of a POST once per Idempotency-Key: the same request again gets the kept answer, another body under
 * the key is `IDEMPOTENCY_MISMATCH`, a second request while the first one runs is `IN_PROGRESS`. Only successes
 * (status below 400) are kept. Not for `saveLeads`, which keeps its answer in its own transaction.
 */
export async function answerOnce(
  backend: Backend,
  actor: Actor,
  once: Once | null,
  work: () => Promise<KeptAnswer>,
): Promise<Result<KeptAnswer & { readonly replayed: boolean }, Refusal>> {
  if (!once) return ok({ ...(await work()), replayed: false });
  const claim = await backend.store.claimAnswer(actOf(backend, actor), once);
  if (claim.kind === 'replayed') return ok({ ...claim.answer, replayed: true });
  if (claim.kind === 'mismatch') return fail({ code: 'IDEMPOTENCY_MISMATCH' });
  if (claim.kind === 'in_progress') return fail({ code: 'IN_PROGRESS' });
  try {
    const answer = await work();
    if (answer.status < 400) await backend.store.keepAnswer(actOf(backend, actor), once, answer);
    else await backend.store.dropClaim(actOf(backend, actor), once);
    return ok({ ...answer, replayed: false });
  } catch (error) {
    await backend.store.dropClaim(actOf(backend, actor), once);
    throw error;
  }
}
