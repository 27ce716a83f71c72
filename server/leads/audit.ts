import { DEFAULT_PAGE_SIZE } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { AuditAction, AuditRecord } from '../store/people-records.ts';
import { type Actor, type Backend, type Refusal, toIso } from './backend.ts';

export type AuditAnswer = {
  readonly entries: readonly (Omit<AuditRecord, 'at'> & { readonly at: string })[];
  readonly nextCursor: string | null;
};

/** Who exported, deleted, let in or changed what, the newest first. */
export async function listAudit(
  backend: Backend,
  actor: Actor,
  query: { readonly action?: AuditAction; readonly cursor?: string; readonly limit?: number },
): Promise<Result<AuditAnswer, Refusal>> {
  const page = await backend.store.readAudit(actor.workspace, { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE });
  if (page === 'bad_cursor') return fail({ code: 'INVALID_REQUEST', about: 'bad_cursor' });
  return ok({ ...page, entries: page.entries.map((entry) => ({ ...entry, at: toIso(entry.at) })) });
}
