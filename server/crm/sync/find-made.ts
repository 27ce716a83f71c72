import { contactPairs } from '#shared/crm/pair-lead.ts';
import type { CrmRecord, PairValues, RecordType } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';
import { fieldsOf, pairsOf, type SyncContext } from './context.ts';

/** Records of the CRM that are leads of ours already, by lead. */
export type Made = {
  readonly byKey: ReadonlyMap<string, CrmRecord>;
  readonly byEmail: ReadonlyMap<string, CrmRecord>;
  /** Leads of which nobody can tell: without our key and without an address. */
  readonly unknowable: readonly string[];
};
export type LookedFor = { readonly leadId: string; readonly sent: PairValues };

/** Looks up whether the CRM has records that we may have made: by our key, then by address. */
export async function findMade(ctx: SyncContext, type: RecordType, leads: readonly LookedFor[]): Promise<CrmResult<Made>> {
  const { crm, rules } = ctx;
  const fields = fieldsOf(ctx.settings(), type);
  const keyed = await crm.ensureKeyField(type);
  if (!keyed.ok) return keyed;
  const hasKey = keyed.value !== 'not_allowed';
  const found =
    hasKey && rules.creates_carry_key
      ? await crm.findByKey(
          type,
          leads.map(({ leadId }) => leadId),
          fields,
        )
      : ok([]);
  if (!found.ok) return found;
  const byKey = new Map(found.value.map(({ key, record }) => [key, record]));
  const rest = leads.filter(({ leadId }) => !byKey.has(leadId));
  const byEmail = await findByEmails(ctx, type, rest);
  if (!byEmail.ok) return byEmail;
  const unknowable = hasKey ? [] : rest.filter((lead) => emailsOf(ctx, type, lead).length === 0).map(({ leadId }) => leadId);
  return ok({ byKey, byEmail: byEmail.value, unknowable });
}

/** Records that have an address of a lead; `planned`: the kind of record its values are named for, where that is another. */
export async function findByEmails(
  ctx: SyncContext,
  type: RecordType,
  leads: readonly LookedFor[],
  planned: RecordType = type,
): Promise<CrmResult<ReadonlyMap<string, CrmRecord>>> {
  const records = new Map<string, CrmRecord>();
  // Two leads may have one address: both are told the record, and only one can be it.
  const leadsByEmail = new Map<string, LookedFor[]>();
  for (const lead of leads)
    for (const email of emailsOf(ctx, planned, lead)) leadsByEmail.set(email, [...(leadsByEmail.get(email) ?? []), lead]);
  if (leadsByEmail.size === 0) return ok(records);
  const fields = fieldsOf(ctx.settings(), type);
  const found = await ctx.crm.findByEmail(type, [...leadsByEmail.keys()], fields);
  if (!found.ok) return found;
  const pairs = contactPairs(pairsOf(ctx.settings(), type), 'email');
  let isSomebodyUnknown = false;
  for (const record of found.value) {
    const emails = pairs.map(({ remote }) => record.values.get(remote)?.toLowerCase() ?? '');
    const owners = emails.flatMap((email) => leadsByEmail.get(email) ?? []);
    for (const { leadId } of owners) records.set(leadId, records.get(leadId) ?? record);
    if (owners.length === 0) isSomebodyUnknown = true;
  }
  if (!isSomebodyUnknown) return ok(records);
  // Found by an address that its fields do not show, as a second one: asked one by one, it is known whose it is.
  for (const [email, owners] of leadsByEmail) {
    const left = owners.filter(({ leadId }) => !records.has(leadId));
    if (left.length === 0) continue;
    const alone = await ctx.crm.findByEmail(type, [email], fields);
    if (!alone.ok) return alone;
    const [record] = alone.value;
    if (record) for (const { leadId } of left) records.set(leadId, record);
  }
  return ok(records);
}

function emailsOf(ctx: SyncContext, type: RecordType, { sent }: LookedFor): readonly string[] {
  return contactPairs(pairsOf(ctx.settings(), type), 'email').flatMap(({ id }) => sent.get(id)?.toLowerCase() ?? []);
}
