import type { CreateImportBody, ImportState } from '#shared/api/imports.ts';
import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';

/**
 * Announces an import. The same body again (`bodySha256`, hex, of its decoded bytes) is harmless; another one is
 * `IDEMPOTENCY_MISMATCH`. `created` tells a first time from a repetition.
 */
export function putImport(
  _backend: Backend,
  _actor: Actor,
  _importId: string,
  _body: CreateImportBody,
  _bodySha256: string,
): Promise<Result<{ readonly created: boolean; readonly import: ImportState }, Refusal>> {
  throw new Error('being written');
}
