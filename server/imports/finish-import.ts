import type { Receipt } from '#shared/api/imports.ts';
import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';

/** Closes an import; `MISSING_CHUNKS` with their numbers in `details` while there are gaps. Completing again gives the receipt again. */
export function completeImport(_backend: Backend, _actor: Actor, _importId: string): Promise<Result<Receipt, Refusal>> {
  throw new Error('being written');
}

/** Ends an import: what is stored stays, the rest never will be. */
export function cancelImport(_backend: Backend, _actor: Actor, _importId: string): Promise<Result<Receipt, Refusal>> {
  throw new Error('being written');
}
