import { FIELDS, TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { csvLine } from '#shared/table/write-csv.ts';
import { type Actor, actOf, type Backend, type Refusal } from './backend.ts';

export type ExportOptions = { readonly listId?: string; readonly includeDoNotContact?: boolean };

/** Leads read and written at a time: enough to be quick, few enough that others get their turn. */
const PAGE = 1_000;

/**
 * Leads as CSV (UTF-8, CRLF, formula-safe), in pieces of whole lines: fields, tags, owner, custom fields; no ids,
 * versions or times. Those marked "do not contact" are left out unless an admin asks for them (`FORBIDDEN` otherwise).
 */
export async function exportLeads(backend: Backend, actor: Actor, options: ExportOptions): Promise<Result<AsyncIterable<string>, Refusal>> {
  const withDoNotContact = options.includeDoNotContact ?? false;
  if (withDoNotContact && actor.role !== 'admin') return fail({ code: 'FORBIDDEN' });
  const page = { ...(options.listId === undefined ? {} : { listId: options.listId }), limit: PAGE, withDoNotContact };
  const first = await backend.store.readLeadsAfter(actor.workspace, { ...page, after: 0 });
  if (first === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
  await backend.store.addAudit(actOf(backend, actor), 'leads.exported', options.listId ?? null, { withDoNotContact });
  const labels = await backend.store.customLabelsInUse(actor.workspace, options.listId);
  return ok(pieces());

  async function* pieces(): AsyncGenerator<string> {
    yield csvLine([...TEXT_FIELD_IDS.map((field) => FIELDS[field].label), FIELDS.tags.label, ...labels], { guard: true });
    let found: typeof first = first;
    while (found !== 'list_not_found') {
      if (found.leads.length > 0) yield found.leads.map(({ lead }) => csvLine(toCells(lead, labels), { guard: true })).join('');
      if (found.next === null) return;
      found = await backend.store.readLeadsAfter(actor.workspace, { ...page, after: found.next });
    }
  }
}

function toCells(lead: Lead, labels: readonly string[]): string[] {
  const custom = new Map((lead.customFields ?? []).map(({ label, value }) => [label, value]));
  return [
    ...TEXT_FIELD_IDS.map((field) => lead[field] ?? ''),
    (lead.tags ?? []).join('; '),
    ...labels.map((label) => custom.get(label) ?? ''),
  ];
}
