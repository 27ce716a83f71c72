import type { PreviewAnswer } from '#shared/api/preview.ts';
import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';
import type { FileImportOptions } from './run-import.ts';

/** POST /api/imports/preview: what importing the file would do. Nothing is stored. `limit` = rows of the preview. */
export function previewImport(
  _backend: Backend,
  _actor: Actor,
  _bytes: Uint8Array,
  _options: FileImportOptions & { readonly limit?: number },
): Promise<Result<PreviewAnswer, Refusal>> {
  throw new Error('being written');
}
