import { cleanSuppressed, guessKind } from '#shared/lead/suppressed-value.ts';
import { DEFAULT_PAGE_SIZE } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { SuppressionKind, SuppressionRecord } from '../store/records.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from './backend.ts';

export type SuppressionAnswer = Omit<SuppressionRecord, 'since'> & { readonly since: string };
/** Without a kind the value says what it is. */
export type SuppressionInput = { readonly kind?: SuppressionKind; readonly value: string; readonly reason?: string | null };
export type SuppressionOptions = {
  readonly onInvalid?: 'reject' | 'skip';
  /** Where they come from: api, hand, file, column … */
  readonly source?: string;
};
export type AddedSuppressions = {
  readonly entries: readonly SuppressionAnswer[];
  readonly addedCount: number;
  readonly markedCount: number;
  /** Under `skip`: what is none, and where. */
  readonly invalid?: readonly { readonly index: number; readonly value: string }[];
};

export type SuppressionPage = {
  readonly suppressions: readonly SuppressionAnswer[];
  readonly totalCount: number;
  readonly nextCursor: string | null;
};

/** What is never imported as contactable, newest first. */
export async function listSuppressions(
  backend: Backend,
  actor: Actor,
  query: { readonly search?: string; readonly cursor?: string; readonly limit?: number } = {},
): Promise<Result<SuppressionPage, Refusal>> {
  const page = await backend.store.readSuppressions(actor.workspace, { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE });
  if (page === 'bad_cursor') return fail({ code: 'INVALID_REQUEST', about: 'bad_cursor' });
  return ok({ ...page, suppressions: page.suppressions.map(toSuppressionAnswer) });
}

/**
 * Adds entries; leads that hold one are marked "do not contact". `INVALID_REQUEST` names the first value that is none,
 * unless such values are to be skipped.
 */
export async function addSuppressions(
  backend: Backend,
  actor: Actor,
  entries: readonly SuppressionInput[],
  options: SuppressionOptions = {},
): Promise<Result<AddedSuppressions, Refusal>> {
  const { defaultCountry } = await backend.store.readWorkspace(actor.workspace);
  const cleaned = [];
  const invalid = [];
  for (const [index, entry] of entries.entries()) {
    const kind = entry.kind ?? guessKind(entry.value);
    const value = cleanSuppressed(kind, entry.value, defaultCountry);
    if (value !== null) cleaned.push({ kind, value, ...(entry.reason ? { reason: entry.reason } : {}) });
    else if (options.onInvalid === 'skip') invalid.push({ index, value: entry.value });
    else return fail({ code: 'INVALID_REQUEST', about: 'bad_key_value', data: { kind, value: entry.value }, details: [entry] });
  }
  const { added, marked } = await backend.store.addSuppressions(actOf(backend, actor), cleaned, options.source ?? 'api');
  return ok({
    entries: added.map(toSuppressionAnswer),
    addedCount: added.length,
    markedCount: marked,
    ...(options.onInvalid === 'skip' ? { invalid } : {}),
  });
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
