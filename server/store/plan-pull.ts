import { mergeRecord, type OpenQuestion, type RecordMerge } from '#shared/crm/merge-record.ts';
import { contactPairs, rawLeadOfRecord, valuesOfLead, valuesOfRecord } from '#shared/crm/pair-lead.ts';
import { toLocalText, toRemoteText } from '#shared/crm/pair-values.ts';
import { type CrmRecord, type FieldPair, type LocalField, OPT_OUT_KINDS, type OptOutKind, type PairValues } from '#shared/crm/record.ts';
import { checkLead, hasError } from '#shared/lead/check-lead.ts';
import { EMAIL_FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { emailForms, phoneForm } from '#shared/lead/suppression-forms.ts';
import { decideRow, isPhoneOnly, type Known } from '#shared/plan/decide-row.ts';
import type { LinkRecord, MergedRecord, NewConflict, PulledRecord } from './sync-records.ts';

/** A row of an import is this record: the lead it became, or a person still decides. */
export type ImportedAs = { readonly kind: 'lead'; readonly leadId: string } | { readonly kind: 'waiting' };

/** What a store knows, inside its transaction, about a record that was read. */
export type PullKnown = {
  /** Of the record itself. */
  readonly link: LinkRecord | null;
  /** Of a lead that is this record too, and was linked with another one. */
  readonly aliasLink: LinkRecord | null;
  /** Of the first of the records that were merged into it, where one has a link. */
  readonly mergedLink: LinkRecord | null;
  /** Its lead was deleted here, or that of a record that was merged into it. */
  readonly isDeletedHere: boolean;
  /** What an import made of it, where nothing links it yet. */
  readonly imported: ImportedAs | null;
  /** Whether a lead is there. */
  readonly hasLead: (leadId: string) => boolean;
  readonly linkOf: (leadId: string) => LinkRecord | null;
  /** Of a contact only: the link that its lead has as a lead of the CRM. */
  readonly linkAsLeadOf: (leadId: string) => LinkRecord | null;
  /** Leads that share a key, and the suppression list. */
  readonly findKnown: (lead: Lead) => Known;
};
/**
 * What is to be done with a record. `link`: it becomes this lead's; a former link of the lead is replaced. `made_here`: the
 * same, once it is known what we wrote into it: what still stands of that is no value of theirs against the lead's.
 */
export type PullTarget =
  | { readonly kind: 'merge' | 'link' | 'made_here'; readonly leadId: string }
  | { readonly kind: 'create'; readonly lead: Lead }
  | { readonly kind: 'other_record'; readonly leadId: string; readonly linkedTo: LinkRecord }
  | { readonly kind: 'review' | 'waiting' | 'refused' | 'suppressed' | 'deleted_here' | 'left_out' };

/** What leaves a record where it was. */
const UNSETTLED: ReadonlySet<MergedRecord['kind']> = new Set(['refused', 'review', 'waiting', 'other_record', 'made_here', 'left_out']);

/** A record was taken in whole, or never will be: an earlier error of it is over. */
export function isTakenIn({ kind, unfit, isNobody = false }: Pick<MergedRecord, 'kind' | 'unfit' | 'isNobody'>): boolean {
  return !UNSETTLED.has(kind) && unfit.length === 0 && !isNobody;
}

/** Nothing says any more who a lead is: what an import would not take in. */
export function isNobody(lead: Lead): boolean {
  return [...NAME_FIELDS, ...EMAIL_FIELDS, ...PHONE_FIELDS].every((field) => !lead[field]);
}
const NAME_FIELDS = ['firstName', 'lastName'] as const;

/** How long a record that was not found may still be in a CRM's bin: none keeps longer than HubSpot, 90 days. */
export const BIN_MS = 90 * 24 * 60 * 60 * 1000;

/** The rules of an import, with nobody's fields overwritten: who is known anywhere in the workspace is the same person. */
const POLICY = { require: 'any', onDuplicate: 'skip', scope: 'workspace', overwriteFields: [] } as const;

/**
 * Whose record this is, and in this order: the lead it is linked to, the lead an import or our own key names, the same
 * person by address, profile or phone. A record whose lead was deleted here makes no new one, unless a lead is named for it.
 */
export function findPullTarget(
  pulled: PulledRecord,
  known: PullKnown,
  pairs: readonly FieldPair[],
  options: { readonly creates: boolean; readonly defaultCountry: string },
): PullTarget {
  if (known.link) return { kind: 'merge', leadId: known.link.leadId };
  if (known.isDeletedHere && pulled.leadId === undefined) return { kind: 'deleted_here' };
  if (known.aliasLink) return linkTo(known.aliasLink.leadId, known, pulled);
  if (known.mergedLink) return { kind: 'other_record', leadId: known.mergedLink.leadId, linkedTo: known.mergedLink };
  // Nobody is made, and nobody linked, beside the answer of a person.
  if (known.imported?.kind === 'waiting') return { kind: 'waiting' };
  const { lead, problems } = checkLead(rawLeadOfRecord(pulled.record.values, pairs, options), { ...POLICY, ...options });
  const imported = known.imported?.kind === 'lead' ? known.imported.leadId : undefined;
  const named = [pulled.leadId, imported, pulled.key ?? pulled.record.key].find((id) => id !== undefined && known.hasLead(id));
  if (named !== undefined) {
    const target = linkTo(named, known, pulled);
    return target.kind === 'link' && named === pulled.record.key && pulled.ours === undefined ? { ...target, kind: 'made_here' } : target;
  }
  if (hasError(problems)) return { kind: 'refused' };
  const verdict = decideRow(lead, withoutColleagues(known, lead), { ...POLICY, ...options });
  if (verdict.decision === 'suppress') return { kind: 'suppressed' };
  // As an import leaves out who refused, whether an address is named or not.
  if (verdict.decision === 'create' && OPT_OUT_KINDS.some((kind) => pulled.record.optOut[kind])) return { kind: 'suppressed' };
  if (verdict.decision === 'create') return options.creates ? { kind: 'create', lead } : { kind: 'left_out' };
  if (verdict.decision === 'review' || verdict.leadId === undefined) return { kind: 'review' };
  return linkTo(verdict.leadId, known, pulled);
}

/** Who shares no more than a number with a lead that is another record already is somebody else: the CRM keeps both. */
function withoutColleagues({ findKnown, linkOf }: PullKnown, lead: Lead): Known {
  const found = findKnown(lead);
  const isOther = ({ id, matchedOn }: Known['leads'][number]) => isPhoneOnly(matchedOn) && linkOf(id)?.state === 'linked';
  return { ...found, leads: found.leads.filter((each) => !isOther(each)) };
}

function linkTo(leadId: string, known: PullKnown, { isApart }: PulledRecord): PullTarget {
  // A person may be both kinds; where the one became the other, which may not have been seen yet, its link has to go over first.
  const asLead = isApart ? null : known.linkAsLeadOf(leadId);
  if (asLead?.state === 'linked' || asLead?.state === 'unseen') return { kind: 'other_record', leadId, linkedTo: asLead };
  const linkedTo = known.linkOf(leadId);
  return linkedTo?.state === 'linked' ? { kind: 'other_record', leadId, linkedTo } : { kind: 'link', leadId };
}

export type LeadToMerge = {
  readonly lead: Lead;
  /** Null where the two meet for the first time. */
  readonly link: LinkRecord | null;
  readonly open: ReadonlyMap<string, OpenQuestion>;
  /** When each pair's value was written on the lead (ms), where it is known. */
  readonly localTimes?: ReadonlyMap<string, number>;
};

/**
 * Whether the two `meets` for the first time: a value that came here with a file is no newer edit then than the CRM's, only
 * what a person changed by hand is.
 */
export function meets({ ours }: Pick<PulledRecord, 'ours'>, link: LinkRecord | null): 'meets' | 'goes_on' {
  return link === null && !ours?.size ? 'meets' : 'goes_on';
}

/**
 * Merges a lead with its record; where they meet for the first time, over what we wrote into it. The time of a value is the
 * field's where the CRM tells it, else the record's.
 */
export function mergePulled(
  pulled: PulledRecord,
  { lead, link, open, localTimes }: LeadToMerge,
  pairs: readonly FieldPair[],
  options: { readonly defaultCountry: string },
): RecordMerge {
  const { record, times, ours } = pulled;
  const at = changedAt(pulled);
  return mergeRecord({
    pairs,
    base: link ? link.base : (ours ?? null),
    local: valuesOfLead(lead, pairs),
    remote: valuesOfRecord(record.values, pairs),
    ...(localTimes ? { localTimes } : {}),
    remoteTimes: times ?? new Map(pairs.map(({ id }) => [id, at])),
    open,
    options,
  });
}

/** When the CRM's value of a pair was set, and by whom; the record's last change where it tells no more. */
export function originThere(pulled: PulledRecord, pairId: string): Pick<NewConflict, 'theirsAt' | 'theirsBy'> {
  const by = pulled.authors?.get(pairId);
  return { theirsAt: pulled.times?.get(pairId) ?? changedAt(pulled), ...(by === undefined ? {} : { theirsBy: by }) };
}

/** When a record last changed (ms), by our clock. */
function changedAt({ record, clockOffsetMs = 0 }: Pick<PulledRecord, 'record' | 'clockOffsetMs'>): number {
  return record.modifiedAt - clockOffsetMs;
}

/** The addresses and numbers a person refused to be contacted by in the CRM, as the list has them: they go on the suppression list, and none ever comes off it. */
export function refusedContacts(
  { record }: PulledRecord,
  pairs: readonly FieldPair[],
  options: { readonly defaultCountry: string },
): readonly { readonly kind: OptOutKind; readonly value: string }[] {
  const kinds = OPT_OUT_KINDS.filter((kind) => record.optOut[kind]);
  return kinds.flatMap((kind) =>
    contactPairs(pairs, kind).flatMap((pair) => {
      const value = toLocalText(pair, record.values.get(pair.remote), options);
      return value === null || value === '' ? [] : [{ kind, value: kind === 'email' ? (emailForms(value)[0] ?? value) : phoneForm(value) }];
    }),
  );
}

/**
 * The base of a link whose lead was converted, by the contact's pairs. Not every field goes over: where the contact holds
 * nothing the two meet anew, so that no blank counts as an edit.
 */
export function baseInContact(
  base: PairValues | null,
  pairs: readonly FieldPair[],
  contact: Pick<CrmRecord, 'values'>,
  pairsThere: readonly FieldPair[],
  options: { readonly defaultCountry: string },
): PairValues {
  const agreed = new Map<string, string>();
  for (const pair of pairsThere) {
    const before = pairs.find(({ local }) => isSameField(local, pair.local));
    const old = before && base?.get(before.id);
    if (!before || old === undefined || !contact.values.has(pair.remote)) continue;
    agreed.set(pair.id, toRemoteText(pair, toLocalText(before, old, options) ?? old, options));
  }
  return agreed;
}

function isSameField(a: LocalField, b: LocalField): boolean {
  return a.kind === 'field' ? b.kind === 'field' && a.id === b.id : b.kind === 'custom' && a.label === b.label;
}
