import type { ImportState } from '#shared/api/imports.ts';
import type { Bucket } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';
import type { Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';

type PageQuery = { readonly cursor?: string; readonly limit?: number };

/** One import: state, counters, and the chunks still missing. */
export function getImport(_backend: Backend, _actor: Actor, _importId: string): Promise<Result<ImportState, Refusal>> {
  throw new Error('being written');
}

/** Imports, newest first. */
export function listImports(
  _backend: Backend,
  _actor: Actor,
  _query: PageQuery,
): Promise<Result<{ readonly imports: readonly ImportState[]; readonly nextCursor: string | null }, Refusal>> {
  throw new Error('being written');
}

export type ImportRowAnswer = {
  readonly line: number;
  readonly bucket: Bucket;
  readonly leadId: string | null;
  readonly problems: readonly Problem[];
  readonly raw: readonly string[] | null;
};

/** Rows of an import by where each is now, in the order they came. */
export function listImportRows(
  _backend: Backend,
  _actor: Actor,
  _importId: string,
  _query: PageQuery & { readonly bucket?: Bucket },
): Promise<Result<{ readonly rows: readonly ImportRowAnswer[]; readonly nextCursor: string | null }, Refusal>> {
  throw new Error('being written');
}
