import { setImmediate as letOthers } from 'node:timers/promises';
import type { DecideBody } from '#shared/api/closed-imports.ts';
import type { Receipt } from '#shared/api/imports.ts';
import { CHUNK_ROWS, RETENTION } from '#shared/limits.ts';
import type { ReviewAnswer } from '#shared/plan/answer-review.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import type { Decided } from '../store/closed-import-store.ts';
import type { Undecidable } from '../store/records.ts';
import { toReceipt } from './import-answers.ts';

/**
 * Decides rows in review: the rows that are named, all or none of them, or every row still in review alike, in
 * transactions of 1,000. Gives the receipt. `CONFLICT` when a row was decided otherwise before or cannot be decided so
 * (`details`: line and reason), while rows are still coming, after 30 days, and after an undo.
 */
export async function decideRows(backend: Backend, actor: Actor, importId: string, body: DecideBody): Promise<Result<Receipt, Refusal>> {
  if ('all' in body) return await decideAlike(backend, actor, importId, body.all.as);
  const done = await backend.store.decideRows(actOf(backend, actor), importId, body.decisions, notBefore(backend));
  if (done.kind === 'refused') return fail(toUndecidable(done.lines));
  return done.kind === 'decided' ? ok(toReceipt(done.import)) : fail(REFUSALS[done.kind]);
}

async function decideAlike(backend: Backend, actor: Actor, importId: string, as: ReviewAnswer): Promise<Result<Receipt, Refusal>> {
  let after: string | null = null;
  for (;;) {
    const page = { as, after, limit: CHUNK_ROWS };
    const done: Decided = await backend.store.decideAlike(actOf(backend, actor), importId, page, notBefore(backend));
    if (done.kind !== 'decided') return fail(REFUSALS[done.kind]);
    if (done.next === null) return ok(toReceipt(done.import));
    after = done.next;
    await letOthers();
  }
}

function notBefore(backend: Backend): number {
  return backend.now() - RETENTION.originalsMs;
}

const REFUSALS = {
  not_found: { code: 'NOT_FOUND' },
  list_not_found: { code: 'LIST_NOT_FOUND' },
  open: { code: 'CONFLICT', about: 'import_open' },
  undone: { code: 'CONFLICT', about: 'import_undone' },
  too_late: { code: 'CONFLICT', about: 'decide_too_late' },
} as const satisfies Record<Exclude<Decided['kind'], 'decided'>, Refusal>;

/** The first line is named in the sentence, all of them in `details`. What is not there at all is `NOT_FOUND`. */
function toUndecidable(lines: readonly Undecidable[]): Refusal {
  const [first] = lines;
  const isMissing = first?.reason === 'no_such_line' || first?.reason === 'no_such_lead';
  return { code: isMissing ? 'NOT_FOUND' : 'CONFLICT', about: 'undecidable', ...(first ? { data: first } : {}), details: lines };
}
