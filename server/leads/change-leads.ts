import { setImmediate as letOthers } from 'node:timers/promises';
import type { Lead } from '#shared/lead/lead.ts';
import { CHUNK_ROWS } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { LeadFilter } from '../store/records.ts';
import type { BulkChange } from '../store/store.ts';
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

/** Some leads: by id, or all that a filter finds but a few. */
export type LeadSelection = { readonly ids: readonly string[] } | { readonly filter: LeadFilter; readonly except?: readonly string[] };

/**
 * The same change for some leads, a thousand in a transaction, so that others get their turn. Doing it again where it
 * broke off changes only what is left. `foundCount` leads were there, `changedCount` are now otherwise than before.
 */
export async function changeLeads(
  backend: Backend,
  actor: Actor,
  selection: LeadSelection,
  change: BulkChange,
): Promise<Result<{ readonly changedCount: number; readonly foundCount: number }, Refusal>> {
  const { store } = backend;
  const ids = await idsOf(backend, actor, selection);
  if (ids === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
  const total = { changedCount: 0, foundCount: 0 };
  // Once at least: a list that does not exist is told even when there is nobody to put into it.
  for (let from = 0; from === 0 || from < ids.length; from += CHUNK_ROWS) {
    const changed = await store.changeLeads(actOf(backend, actor), ids.slice(from, from + CHUNK_ROWS), change);
    if (changed === 'list_not_found') return fail({ code: 'LIST_NOT_FOUND' });
    total.changedCount += changed.changed;
    total.foundCount += changed.found;
    await letOthers();
  }
  return ok(total);
}

async function idsOf({ store }: Backend, { workspace }: Actor, selection: LeadSelection): Promise<readonly string[] | 'list_not_found'> {
  if ('ids' in selection) return [...new Set(selection.ids)];
  const found = await store.selectLeads(workspace, selection.filter);
  if (found === 'list_not_found' || !selection.except) return found;
  const left = new Set(selection.except);
  return found.filter((id) => !left.has(id));
}
