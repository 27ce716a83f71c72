import type { Lead } from '#shared/lead/lead.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { BulkChange, LeadSelection } from '../store/store.ts';
import { type Actor, actOf, type Backend, type Refusal } from './backend.ts';
import { cleanPatch } from './clean-patch.ts';
import { type LeadAnswer, toLeadAnswer } from './lead-answer.ts';

/**
 * Changes a lead by hand. A present field is checked as an import checks it and replaces the old one; the empty text
 * clears it. `CONFLICT` when `version` is no longer the lead's; `SUPPRESSED` when a value is on the suppression list.
 */
export async function patchLead(
  backend: Backend,
  actor: Actor,
  id: string,
  patch: Lead,
  version?: number,
): Promise<Result<{ readonly lead: LeadAnswer }, Refusal>> {
  const cleaned = await cleanPatch(backend, actor, patch);
  if (!cleaned.ok) return cleaned;
  const result = await backend.store.changeLead(actOf(backend, actor), id, cleaned.value, version);
  if (result.kind === 'not_found') return fail({ code: 'NOT_FOUND' });
  if (result.kind === 'suppressed') return fail({ code: 'SUPPRESSED', data: { ...result.by }, details: [result.by] });
  if (result.kind === 'other_version') {
    const { version: now } = result.lead;
    return fail({ code: 'CONFLICT', about: 'other_version', data: { version: now }, details: [{ lead: toLeadAnswer(result.lead) }] });
  }
  return ok({ lead: toLeadAnswer(result.lead) });
}

/** Deletes leads for good; ids that are not of this workspace are ignored. */
export async function deleteLeads(backend: Backend, actor: Actor, ids: readonly string[]): Promise<{ readonly deletedCount: number }> {
  return { deletedCount: await backend.store.deleteLeads(actOf(backend, actor), ids) };
}

/** The same change for some leads, by id or by filter. */
export async function changeLeads(
  backend: Backend,
  actor: Actor,
  selection: LeadSelection,
  change: BulkChange,
): Promise<Result<{ readonly changedCount: number }, Refusal>> {
  const changedCount = await backend.store.changeLeads(actOf(backend, actor), selection, change);
  return changedCount === 'list_not_found' ? fail({ code: 'LIST_NOT_FOUND' }) : ok({ changedCount });
}
