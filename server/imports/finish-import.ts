import type { Receipt } from '#shared/api/imports.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import { importClosed, toReceipt } from './import-answers.ts';

/** Closes an import; `MISSING_CHUNKS` with their numbers in `details` while there are gaps. Completing again gives the receipt again. */
export async function completeImport(backend: Backend, actor: Actor, importId: string): Promise<Result<Receipt, Refusal>> {
  const done = await backend.store.completeImport(actOf(backend, actor), importId);
  if (done.kind === 'complete') return ok(toReceipt(done.import));
  if (done.kind === 'not_found') return fail({ code: 'NOT_FOUND' });
  if (done.kind === 'missing') return fail({ code: 'MISSING_CHUNKS', details: done.chunks });
  if (done.kind === 'closed') return fail(importClosed(done.state));
  const { expected, stored } = done;
  return fail({ code: 'INVALID_REQUEST', about: 'rows_missing', data: { expected, stored } });
}

/** Ends an import: what is stored stays, the rest never will be. Cancelling again gives the receipt again. */
export async function cancelImport(backend: Backend, actor: Actor, importId: string): Promise<Result<Receipt, Refusal>> {
  const done = await backend.store.cancelImport(actOf(backend, actor), importId);
  if (done.kind === 'cancelled') return ok(toReceipt(done.import));
  return fail(done.kind === 'not_found' ? { code: 'NOT_FOUND' } : importClosed(done.state));
}
