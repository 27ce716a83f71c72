import type { Receipt } from '#shared/api/imports.ts';
import type { RequirePolicy } from '#shared/lead/lead.ts';
import type { Mapping } from '#shared/mapping/mapping.ts';
import type { DuplicatePolicy } from '#shared/plan/plan.ts';
import type { Result } from '#shared/result.ts';
import type { FileFacts } from '#shared/table/table.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';

/** How a file is to be read and imported; what is absent is detected, suggested or the workspace's default. */
export type FileImportOptions = {
  readonly fileName?: string;
  readonly encoding?: string;
  readonly delimiter?: FileFacts['delimiter'];
  readonly headerRow?: number;
  readonly listId?: string;
  readonly listName?: string;
  readonly defaultCountry?: string;
  readonly require?: RequirePolicy;
  readonly onDuplicate?: DuplicatePolicy;
  readonly overwriteFields?: readonly string[];
  readonly scope?: 'list' | 'workspace';
  readonly templateId?: string;
  readonly mapping?: Mapping;
  readonly dryRun?: boolean;
  /** Limit on the file's bytes. */
  readonly maxFileBytes?: number;
};

/**
 * POST /api/imports: reads, maps, checks and stores a whole file in transactions of 1,000 rows. With an idempotency
 * key the same file under the same key is the same import: what is stored is not stored again, the receipt is the same;
 * another file is `IDEMPOTENCY_MISMATCH`. A file that is no table: `INVALID_FILE`, `TOO_LARGE`, `UNSUPPORTED_TYPE`
 * with the `FileError` in `details`.
 */
export function runImport(
  _backend: Backend,
  _actor: Actor,
  _bytes: Uint8Array,
  _options: FileImportOptions,
  _idempotencyKey: string | null,
): Promise<Result<Receipt, Refusal>> {
  throw new Error('being written');
}
