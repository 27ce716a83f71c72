import { travelsOut } from '#shared/crm/merge-record.ts';
import { contactPairs } from '#shared/crm/pair-lead.ts';
import type { CrmRecord, PairValues, RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
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
  const isHidden = !byEmail.ok && byEmail.error.kind === 'scope';
  if (!byEmail.ok && !isHidden) return byEmail;
  const unseen = rest.filter((lead) => isHidden || emailsOf(ctx, type, lead).length === 0);
  return ok({ byKey, byEmail: byEmail.ok ? byEmail.value : new Map(), unknowable: hasKey ? [] : unseen.map(({ leadId }) => leadId) });
}

/**
 * Whether it can be found out at all who is there already. Where addresses of a kind travel, looking them up tells, and an
 * admin may have switched them off; where nobody ever mapped them, as they were hidden, whoever is made is made twice.
 */
export async function mayLookUp(ctx: SyncContext, type: RecordType): Promise<CrmResult<unknown>> {
  const pairs = contactPairs(pairsOf(ctx.settings(), type), 'email');
  if (pairs.some(travelsOut)) return ok(null);
  const seen = await ctx.crm.findByEmail(type, [], []);
  return seen.ok && pairs.length === 0 ? fail({ kind: 'scope', code: EMAIL_UNMAPPED, message: type }) : seen;
}
/** The code of a run that makes nobody of a kind, as its addresses are in no map; its message is the kind. */
const EMAIL_UNMAPPED = 'email_unmapped';

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
