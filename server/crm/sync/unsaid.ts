import type { CrmFailure } from '#shared/crm/failure.ts';
import { canBeSaid, choicesOf, toRemoteText } from '#shared/crm/pair-values.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { NewSyncError, SyncedLead } from '../../store/sync-records.ts';
import type { CrmField } from '../adapter.ts';
import type { SyncContext } from './context.ts';

/**
 * Pairs, by lead, whose value the CRM's field cannot hold: sent all the same, it would clear the field or stop the whole record.
 * `isLong`: all of them are only too long.
 */
export type Unsaid = ReadonlyMap<string, { readonly pairs: readonly FieldPair[]; readonly isLong: boolean }>;
type ToSend = { readonly lead: SyncedLead; readonly pairs: readonly FieldPair[] };

/** Looks through what is to be sent. The CRM is asked where a choice is none that the map knows, as that may be older than it, or texts may be too long. */
export async function findUnsaid(ctx: SyncContext, type: RecordType, toSend: readonly ToSend[]): Promise<Unsaid> {
  const unknown = toSend.some(({ lead, pairs }) => pairs.some((pair) => unknownChoices(pair, lead).length > 0));
  const isAsked = unknown || (ctx.crm.traits.hasShortTexts && toSend.some(({ pairs }) => pairs.length > 0));
  const described = isAsked ? await ctx.crm.describe(type) : null;
  const fields = new Map(described?.ok ? described.value.map((field) => [field.name, field]) : []);
  const isUnsaid = (pair: FieldPair, lead: SyncedLead) => {
    const field = fields.get(pair.remote);
    const isOffered = (choice: string) => field?.options.some(({ value }) => value === choice);
    const isRefused = field?.isRestricted === true && !unknownChoices(pair, lead).every(isOffered);
    return isRefused || !canBeSaid(pair, lead.values.get(pair.id));
  };
  return new Map(
    toSend.map(({ lead, pairs }) => {
      const long = new Set(pairs.filter((pair) => isTooLong(ctx, pair, lead, fields.get(pair.remote))));
      const kept = pairs.filter((pair) => long.has(pair) || isUnsaid(pair, lead));
      return [lead.leadId, { pairs: kept, isLong: kept.length === long.size }];
    }),
  );
}

const TEXTS: ReadonlySet<FieldPair['valueType']> = new Set(['text', 'email', 'phone']);

/** Without a field that it needs a record cannot be made at all: then the CRM says what is wrong. */
function isTooLong({ options }: SyncContext, pair: FieldPair, { link, values }: SyncedLead, field: CrmField | undefined): boolean {
  if (!TEXTS.has(pair.valueType) || !field || field.maxLength === null || (link === null && field.isRequired)) return false;
  return toRemoteText(pair, values.get(pair.id), options).length > field.maxLength;
}

function unknownChoices(pair: FieldPair, { values }: SyncedLead): readonly string[] {
  if (pair.valueType !== 'choice' && pair.valueType !== 'choices') return [];
  return choicesOf(pair, values.get(pair.id) ?? '').filter((choice) => !pair.options?.some(({ value }) => value === choice));
}

/** Why values of a lead were not sent, the first by its field and the others by their labels; null where all were. */
export function unsaidError(unsaid: Unsaid, type: RecordType, leadId: string): NewSyncError | null {
  const { pairs = [], isLong = false } = unsaid.get(leadId) ?? {};
  const [first, ...others] = pairs;
  if (!first) return null;
  const message = others.map(({ label }) => label).join(', ');
  const failure: CrmFailure = {
    kind: 'validation',
    code: isLong ? VALUE_TOO_LONG : VALUE_UNSAID,
    message,
    field: first.remote,
    fieldLabel: first.label,
  };
  return { type, leadId, remoteId: null, stage: 'push', failure, nextAt: null };
}
/** The codes of a lead's value that the CRM's field cannot hold, and of one that is only too long for it. */
export const VALUE_UNSAID = 'value_unsaid';
export const VALUE_TOO_LONG = 'value_too_long';

/** They wait until the lead or the map changes. */
export async function noteUnsaid({ store, run, counts }: SyncContext, errors: readonly NewSyncError[]): Promise<void> {
  if (errors.length === 0) return;
  counts.add('errors', errors.length);
  await store.noteErrors(run, errors);
}
