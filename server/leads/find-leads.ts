import type { SideItemAnswer } from '#shared/api/lead-bodies.ts';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { LeadEvent, LeadFilter, LeadSort } from '../store/records.ts';
import type { LeadInCrm } from '../store/sync-records.ts';
import { type Actor, type Backend, type Refusal, toIso } from './backend.ts';
import { type LeadAnswer, toLeadAnswer } from './lead-answer.ts';
import { type ListAnswer, listLists } from './lists.ts';

export { LEAD_SORTS } from '../store/records.ts';

export type LeadPageQuery = LeadFilter & {
  readonly sort?: LeadSort;
  readonly page?: number;
  readonly cursor?: string;
  readonly limit?: number;
};
export type LeadPageAnswer = {
  readonly leads: readonly LeadAnswer[];
  readonly lists: readonly ListAnswer[];
  readonly pagination: { readonly page: number; readonly limit: number; readonly totalCount: number; readonly totalPages: number };
  readonly nextCursor: string | null;
};

/** One page of leads, by number or by cursor, newest first unless asked otherwise. */
export async function findLeads(backend: Backend, actor: Actor, query: LeadPageQuery): Promise<Result<LeadPageAnswer, Refusal>> {
  const limit = Math.min(query.limit ?? DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE);
  const found = await backend.store.findLeads(actor.workspace, { ...query, sort: query.sort ?? '-createdAt', limit });
  if (found === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
  if (found === 'bad_cursor') return fail({ code: 'INVALID_REQUEST', about: 'bad_cursor' });
  const { lists } = await listLists(backend, actor);
  const totalPages = Math.ceil(found.totalCount / limit);
  return ok({
    leads: found.leads.map(toLeadAnswer),
    lists,
    pagination: { page: query.page ?? 1, limit, totalCount: found.totalCount, totalPages },
    nextCursor: found.nextCursor,
  });
}

export type OneLeadAnswer = { readonly lead: LeadAnswer; readonly links: LeadInCrm['links'] };

/** One lead, and the records of CRMs it is. */
export async function getLead(backend: Backend, actor: Actor, id: string): Promise<Result<OneLeadAnswer, Refusal>> {
  const record = await backend.store.readLead(actor.workspace, id);
  if (!record) return fail({ code: 'NOT_FOUND' });
  const { links } = await backend.store.readLeadInCrm(actor.workspace, id);
  return ok({ lead: toLeadAnswer(record), links });
}

export type TimelineAnswer = {
  readonly events: readonly (Omit<LeadEvent, 'at'> & { readonly at: string })[];
  readonly side: readonly SideItemAnswer[];
};

/** A lead's past, and what CRMs tell beside it, both the newest first. */
export async function getTimeline(backend: Backend, actor: Actor, id: string): Promise<Result<TimelineAnswer, Refusal>> {
  const events = await backend.store.readTimeline(actor.workspace, id);
  if (!events) return fail({ code: 'NOT_FOUND' });
  const { side } = await backend.store.readLeadInCrm(actor.workspace, id);
  return ok({
    events: events.map((event) => ({ ...event, at: toIso(event.at) })),
    side: side.map(({ of: _, isGone: __, modifiedAt: ___, ...item }) => ({ ...item, facts: [...item.facts], at: toIso(item.at) })),
  });
}
