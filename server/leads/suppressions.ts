import { fail, ok, type Result } from '#shared/result.ts';
import type { SuppressionKind, SuppressionRecord } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';
import { cleanSuppressed } from './clean-suppressed.ts';

export type SuppressionAnswer = Omit<SuppressionRecord, 'since'> & { readonly since: string };
export type SuppressionInput = { readonly kind: SuppressionKind; readonly value: string; readonly reason?: string | null };

/** Everything that is never imported as contactable, newest first. */
export async function listSuppressions(backend: Backend, actor: Actor): Promise<{ readonly suppressions: readonly SuppressionAnswer[] }> {
  const suppressions = await backend.store.listSuppressions(actor.workspace);
  return { suppressions: suppressions.map(toSuppressionAnswer) };
}

/** Adds entries; leads that hold one are marked "do not contact". `INVALID_REQUEST` names the first value that is none. */
export async function addSuppressions(
  backend: Backend,
  actor: Actor,
  entries: readonly SuppressionInput[],
  source = 'api',
): Promise<Result<{ readonly entries: readonly SuppressionAnswer[]; readonly addedCount: number; readonly markedCount: number }, Refusal>> {
  const { defaultCountry } = await backend.store.readWorkspace(actor.workspace);
  const cleaned = [];
  for (const entry of entries) {
    const value = cleanSuppressed(entry.kind, entry.value, defaultCountry);
    if (value === null)
      return fail({ code: 'INVALID_REQUEST', about: 'bad_key_value', data: { kind: entry.kind, value: entry.value }, details: [entry] });
    cleaned.push({ kind: entry.kind, value, ...(entry.reason ? { reason: entry.reason } : {}) });
  }
  const { added, marked } = await backend.store.addSuppressions(actOf(backend, actor), cleaned, source);
  return ok({ entries: added.map(toSuppressionAnswer), addedCount: added.length, markedCount: marked });
}

/** Takes entries off the list. Leads they marked stay marked: an opt-out only ever gets stricter. */
export async function removeSuppressions(
  backend: Backend,
  actor: Actor,
  ids: readonly string[],
): Promise<{ readonly removedCount: number }> {
  return { removedCount: await backend.store.removeSuppressions(actOf(backend, actor), ids) };
}

function toSuppressionAnswer(record: SuppressionRecord): SuppressionAnswer {
  return { ...record, since: toIso(record.since) };
}
