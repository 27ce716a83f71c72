import { FIELDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { EXPORTED_FIELDS } from '#shared/mapping/own-export.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { csvLine } from '#shared/table/write-csv.ts';
import type { LeadFilter } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal } from './backend.ts';

/** Which leads; all of them without a filter. */
export type ExportOptions = LeadFilter & { readonly includeDoNotContact?: boolean };

/** Leads read and written at a time: enough to be quick, few enough that others get their turn. */
const PAGE = 1_000;

/**
 * Leads as CSV (UTF-8, CRLF, formula-safe), in pieces of whole lines: fields, tags, owner, custom fields; no ids,
 * versions or times. Those marked "do not contact" are left out unless an admin asks for them (`FORBIDDEN` otherwise).
 */
export async function exportLeads(backend: Backend, actor: Actor, options: ExportOptions): Promise<Result<AsyncIterable<string>, Refusal>> {
  const { includeDoNotContact: withDoNotContact = false, ...filter } = options;
  if (withDoNotContact && actor.role !== 'admin') return fail({ code: 'FORBIDDEN' });
  const { listId, ...others } = filter;
  const next =
    Object.keys(others).length > 0
      ? foundPages(backend, actor, filter, withDoNotContact)
      : listPages(backend, actor, listId, withDoNotContact);
  const first = await next();
  if (first === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
  await backend.store.addAudit(actOf(backend, actor), 'leads.exported', listId ?? null, { withDoNotContact });
  const labels = await backend.store.customLabelsInUse(actor.workspace, listId);
  return ok(pieces());

  async function* pieces(): AsyncGenerator<string> {
    yield csvLine([...EXPORTED_FIELDS.map((field) => FIELDS[field].label), ...labels], { guard: true });
    // A list that is deleted meanwhile ends the file: its leads are in it no more.
    for (let leads = first; leads !== 'end' && leads !== 'list_not_found'; leads = await next())
      if (leads.length > 0) yield leads.map((lead) => csvLine(toCells(lead, labels), { guard: true })).join('');
  }
}

/** Gives the next leads at each call, then 'end'. */
type Pages = () => Promise<readonly Lead[] | 'end' | 'list_not_found'>;

/** All leads of a list or of the workspace, in the order they came. */
function listPages({ store }: Backend, { workspace }: Actor, listId: string | undefined, withDoNotContact: boolean): Pages {
  let after: number | null = 0;
  return async () => {
    if (after === null) return 'end';
    const found = await store.readLeadsAfter(workspace, {
      ...(listId === undefined ? {} : { listId }),
      after,
      limit: PAGE,
      withDoNotContact,
    });
    if (found === 'list_not_found') return found;
    after = found.next;
    return found.leads.map(({ lead }) => lead);
  };
}

/** The leads a filter finds, in the order they came. */
function foundPages({ store }: Backend, { workspace }: Actor, filter: LeadFilter, withDoNotContact: boolean): Pages {
  let cursor: string | null | undefined;
  return async () => {
    if (cursor === null) return 'end';
    const found = await store.findLeads(workspace, {
      ...filter,
      sort: 'createdAt',
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    if (found === 'list_not_found') return found;
    if (found === 'bad_cursor') throw new Error('the store does not know its own cursor');
    cursor = found.nextCursor;
    return found.leads.filter(({ doNotContact }) => withDoNotContact || !doNotContact).map(({ lead }) => lead);
  };
}

function toCells(lead: Lead, labels: readonly string[]): string[] {
  const custom = new Map((lead.customFields ?? []).map(({ label, value }) => [label, value]));
  return [
    ...EXPORTED_FIELDS.map((field) => (field === 'tags' ? (lead.tags ?? []).join('; ') : (lead[field] ?? ''))),
    ...labels.map((label) => custom.get(label) ?? ''),
  ];
}
