import type { ImportState } from '#shared/api/imports.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '#shared/limits.ts';
import type { Bucket } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Actor, Backend, Refusal } from '../leads/backend.ts';
import type { ImportRecord, ImportRowRecord } from '../store/records.ts';
import { toImportState } from './import-answers.ts';

type PageQuery = { readonly cursor?: string; readonly limit?: number };
const BAD_CURSOR = { code: 'INVALID_REQUEST', about: 'bad_cursor' } as const;

/** One import: state, counters, the chunks still missing, and how its rows were read and decided. */
export async function getImport(backend: Backend, actor: Actor, importId: string): Promise<Result<ImportState, Refusal>> {
  const found = await backend.store.readImport(actor.workspace, importId);
  if (!found) return fail({ code: 'NOT_FOUND' });
  const { mapping, headers, policy } = found.import;
  return ok({ ...toSeenBy(actor, found.import, found.missing), mapping, headers, policy });
}

/** Imports, newest first. Missing chunks are told by `getImport` alone. */
export async function listImports(
  backend: Backend,
  actor: Actor,
  query: PageQuery,
): Promise<Result<{ readonly imports: readonly ImportState[]; readonly nextCursor: string | null }, Refusal>> {
  const page = await backend.store.listImports(actor.workspace, toPage(query));
  if (page === 'bad_cursor') return fail(BAD_CURSOR);
  return ok({ imports: page.imports.map((record) => toSeenBy(actor, record, [])), nextCursor: page.nextCursor });
}

function toSeenBy(actor: Actor, record: ImportRecord, missing: readonly number[]): ImportState {
  const state = toImportState(record, missing);
  return state.by ? { ...state, by: { ...state.by, isYou: record.member === actor.member } } : state;
}

export type ImportRowAnswer = {
  readonly line: number;
  readonly bucket: Bucket;
  readonly leadId: string | null;
  readonly problems: readonly Problem[];
  readonly raw: readonly string[] | null;
  readonly changed: boolean;
  readonly lead: ImportRowRecord['person'];
  /** Of rows in review. */
  readonly values?: Lead;
  readonly candidates?: readonly string[];
};

/** Rows of an import by where each is now, in the file's order. */
export async function listImportRows(
  backend: Backend,
  actor: Actor,
  importId: string,
  query: PageQuery & { readonly bucket?: Bucket },
): Promise<Result<{ readonly rows: readonly ImportRowAnswer[]; readonly nextCursor: string | null }, Refusal>> {
  const { bucket } = query;
  const page = await backend.store.readImportRows(actor.workspace, importId, { ...toPage(query), ...(bucket ? { bucket } : {}) });
  if (page === null) return fail({ code: 'NOT_FOUND' });
  if (page === 'bad_cursor') return fail(BAD_CURSOR);
  return ok({ rows: page.rows.map(toRowAnswer), nextCursor: page.nextCursor });
}

/** Suppressed rows name nobody: what is on the list is in their problem. */
function toRowAnswer({ lead: values, person, candidates, ...row }: ImportRowRecord): ImportRowAnswer {
  const inReview = row.bucket === 'review' ? { candidates, ...(values ? { values } : {}) } : {};
  return { ...row, lead: row.bucket === 'suppressed' ? null : person, ...inReview };
}

function toPage({ cursor, limit }: PageQuery) {
  return { limit: Math.min(limit ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE), ...(cursor === undefined ? {} : { cursor }) };
}
