import { reader } from '#shared/api/json.ts';
import { leadAnswer } from '#shared/api/lead-bodies.ts';
import type { LeadAnswer } from '#shared/api/lead-schema.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { LeadApi, LeadPatch } from '../../platform/lead-api.ts';

/** Why a change by hand was not stored; what was typed is still with whoever typed it. */
export type EditTrouble =
  /** Somebody else was quicker: the lead as it is now. */
  | { readonly kind: 'conflict'; readonly now: LeadAnswer }
  /** The value is on the suppression list, or cannot be stored; the server's sentence. */
  | { readonly kind: 'refused'; readonly message: string }
  /** The lead is no more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'failed'; readonly failure: ServerFailure };

/** A change that was stored, and what takes it back. */
export type DoneEdit = { readonly lead: LeadAnswer; readonly before: LeadPatch };

/** Changes a lead if nobody else has since it was read. */
export async function editLead(api: LeadApi, lead: LeadAnswer, patch: LeadPatch): Promise<Result<DoneEdit, EditTrouble>> {
  const answer = await api.change(lead.id, { ...patch, version: lead.version });
  if (answer.ok) return ok({ lead: answer.value, before: valuesBefore(lead, patch) });
  return fail(await troubleOf(api, lead, answer.error));
}

/** What the fields of a patch held. A blank one comes back as the empty text, which clears it. */
export function valuesBefore(lead: LeadAnswer, patch: LeadPatch): LeadPatch {
  const fields = Object.keys(patch) as (keyof LeadPatch)[]; // a patch has no other keys
  return Object.fromEntries(fields.filter((field) => field !== 'version').map((field) => [field, lead[field] ?? '']));
}

async function troubleOf(api: LeadApi, lead: LeadAnswer, failure: ServerFailure): Promise<EditTrouble> {
  if (failure.kind === 'notFound') return { kind: 'gone' };
  if (failure.kind === 'refused') return { kind: 'refused', message: messageOf(failure) };
  if (failure.kind !== 'conflict') return { kind: 'failed', failure };
  const told = readLead(failure.details?.[0]);
  if (told.ok) return { kind: 'conflict', now: told.value.lead };
  const now = await api.lead(lead.id);
  return now.ok ? { kind: 'conflict', now: now.value } : { kind: 'failed', failure: now.error };
}

const readLead = reader(leadAnswer);

/** The sentence about the value itself, without the words around it that a list of leads needs. */
function messageOf({ details, message }: ServerFailure): string {
  const first = details?.[0];
  const own = typeof first === 'object' && first !== null && 'message' in first ? first.message : null;
  return typeof own === 'string' && own !== '' ? own : (message ?? 'The server doesn’t take this value.');
}
