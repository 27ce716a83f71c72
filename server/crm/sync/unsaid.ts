import type { CrmFailure } from '#shared/crm/failure.ts';
import { canBeSaid, choicesOf } from '#shared/crm/pair-values.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { NewSyncError, SyncedLead } from '../../store/sync-records.ts';
import type { SyncContext } from './context.ts';

/** Pairs, by lead, whose value the CRM's field cannot hold: sent all the same, it would clear the field or stop the whole record. */
export type Unsaid = ReadonlyMap<string, readonly FieldPair[]>;
type ToSend = { readonly lead: SyncedLead; readonly pairs: readonly FieldPair[] };

/** Looks through what is to be sent. The CRM is asked only where a choice is none that the map knows, as the map may be older than it. */
export async function findUnsaid(ctx: SyncContext, type: RecordType, toSend: readonly ToSend[]): Promise<Unsaid> {
  const unknown = toSend.some(({ lead, pairs }) => pairs.some((pair) => unknownChoices(pair, lead).length > 0));
  const described = unknown ? await ctx.crm.describe(type) : null;
  const fields = described?.ok ? described.value : [];
  const isUnsaid = (pair: FieldPair, lead: SyncedLead) => {
    const field = fields.find(({ name }) => name === pair.remote);
    const isOffered = (choice: string) => field?.options.some(({ value }) => value === choice);
    const isRefused = field?.isRestricted === true && !unknownChoices(pair, lead).every(isOffered);
    return isRefused || !canBeSaid(pair, lead.values.get(pair.id));
  };
  return new Map(toSend.map(({ lead, pairs }) => [lead.leadId, pairs.filter((pair) => isUnsaid(pair, lead))]));
}

function unknownChoices(pair: FieldPair, { values }: SyncedLead): readonly string[] {
  if (pair.valueType !== 'choice' && pair.valueType !== 'choices') return [];
  return choicesOf(pair, values.get(pair.id) ?? '').filter((choice) => !pair.options?.some(({ value }) => value === choice));
}

/** Why values of a lead were not sent, the first by its field and the others by their labels; null where all were. */
export function unsaidError(unsaid: Unsaid, type: RecordType, leadId: string): NewSyncError | null {
  const [first, ...others] = unsaid.get(leadId) ?? [];
  if (!first) return null;
  const message = others.map(({ label }) => label).join(', ');
  const failure: CrmFailure = { kind: 'validation', code: VALUE_UNSAID, message, field: first.remote, fieldLabel: first.label };
  return { type, leadId, remoteId: null, stage: 'push', failure, nextAt: null };
}
/** The code of a lead's value that the CRM's field cannot hold. */
const VALUE_UNSAID = 'value_unsaid';

/** They wait until the lead or the map changes. */
export async function noteUnsaid({ store, run, counts }: SyncContext, errors: readonly NewSyncError[]): Promise<void> {
  if (errors.length === 0) return;
  counts.add('errors', errors.length);
  await store.noteErrors(run, errors);
}
