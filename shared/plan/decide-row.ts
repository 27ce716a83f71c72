import { foldedLeadName } from '../lead/duplicates.ts';
import type { Lead } from '../lead/lead.ts';
import { type Problem, problem } from '../problems.ts';
import { changesForLead } from './lead-changes.ts';
import type { Bucket, Decision, FieldChange, ImportPolicy, PlannedRow } from './plan.ts';

/** `link`: the row is a record that is this lead already, whatever its values say. */
export type MatchedOn = 'link' | 'email' | 'phone' | 'linkedin';

/** A lead of the workspace that shares a key with the row, with its values now. */
export type KnownLead = {
  readonly id: string;
  readonly version: number;
  readonly inList: boolean;
  readonly matchedOn: readonly MatchedOn[];
  readonly lead: Lead;
};

/** An earlier row of the same file that will itself be stored and shares a key with the row. */
export type EarlierRow = {
  readonly line: number;
  readonly matchedOn: readonly MatchedOn[];
  readonly lead: Lead;
  /** The lead the earlier row became, where that is known already. */
  readonly leadId?: string;
  /** `lead` is that stored lead, not what the row says: the row itself need not have the key. */
  readonly asStored?: true;
};

/** The entry of the suppression list that holds one of the row's values. `since` is an ISO date. */
export type SuppressedBy = { readonly entry: string; readonly kind: 'email' | 'domain' | 'phone'; readonly since: string };

/** What is known about a row's keys when it is decided. */
export type Known = {
  readonly earlier: readonly EarlierRow[];
  readonly leads: readonly KnownLead[];
  readonly suppressed?: SuppressedBy;
};

/** `unattended`: nobody reviews (POST /api/leads): a phone alone never asks a question. */
export type DecideOptions = { readonly unattended?: boolean };

export type Verdict = {
  readonly decision: Exclude<Decision, 'auto'>;
  readonly leadId?: string;
  readonly leadVersion?: number;
  readonly changes?: readonly FieldChange[];
  readonly matchedOn?: MatchedOn;
  /** Why the row is not simply created. */
  readonly because?: Problem;
};

/** The bucket a decision ends in when it is carried out. */
export const BUCKET_OF = {
  create: 'created',
  update: 'updated',
  add: 'addedToList',
  duplicate: 'duplicate',
  review: 'review',
  suppress: 'suppressed',
  reject: 'rejected',
  exclude: 'excluded',
  blank: 'blank',
} as const satisfies Record<Exclude<Decision, 'auto'>, Bucket>;

/**
 * Decides one valid row against what is known. Client and server run the same, so that the preview is the plan.
 * The order: suppression, the link of a record, the file itself, the workspace.
 */
export function decideRow(lead: Lead, known: Known, policy: ImportPolicy, options: DecideOptions = {}): Verdict {
  if (known.suppressed) return { decision: 'suppress', because: problem('suppressed', { data: { ...known.suppressed } }) };
  const linked = decideLinked(lead, known, policy);
  if (linked) return linked;
  const [sharesPhone] = known.earlier;
  // Two colleagues on one switchboard: who is known by address and number is no riddle, whoever else of the file has the
  // number, a namesake included.
  const isCertain = sharesPhone !== undefined && policy.onDuplicate !== 'create' && knownByMoreThanPhone(known.leads);
  const same = known.earlier.find((row) => !(isCertain && isPhoneOnly(row.matchedOn)) && isSamePerson(lead, row.lead, row.matchedOn));
  if (same) return duplicateOfRow(same);
  if (policy.onDuplicate === 'create')
    return sharesPhone ? { decision: 'create', because: phoneNote('phone_shared', sharesPhone) } : { decision: 'create' };
  if (sharesPhone && !isCertain) return sharedPhoneInFile(sharesPhone, options);
  return decideInWorkspace(lead, known.leads, policy, options);
}

/** Whose record a row is by its link is asked before what it shares with whom: no address makes it somebody else or new. */
function decideLinked(lead: Lead, { earlier, leads }: Known, policy: ImportPolicy): Verdict | null {
  const isLinked = ({ matchedOn }: Pick<KnownLead, 'matchedOn'>) => matchedOn.includes('link');
  const [before, own] = [earlier.find(isLinked), leads.find(isLinked)];
  if (before) return duplicateOfRow(before);
  return own ? decideAbout(lead, own, policy) : null;
}

/** A row that says who an earlier row of the file is already. */
export function duplicateOfRow(row: EarlierRow): Verdict {
  const matchedOn = strongest(row.matchedOn);
  const because = problem('duplicate_in_file', { data: { line: row.line, matchedOn } });
  return { decision: 'duplicate', matchedOn, because, ...(row.leadId === undefined ? {} : { leadId: row.leadId }) };
}

/** Another name and another address on the phone of an earlier row: a question, or where nobody answers a duplicate. */
function sharedPhoneInFile(row: EarlierRow, options: DecideOptions): Verdict {
  if (options.unattended) return duplicateOfRow(row);
  return { decision: 'review', matchedOn: 'phone', because: phoneNote('review_phone_in_file', row) };
}

function phoneNote(code: 'phone_shared' | 'review_phone_in_file', row: EarlierRow): Problem {
  const holder = row.asStored && row.leadId !== undefined ? { leadId: row.leadId } : {};
  return problem(code, { field: 'phone', data: { line: row.line, ...holder } });
}

/** Exactly one lead has an address or profile of the row, and the row's phone too. */
function knownByMoreThanPhone(leads: readonly KnownLead[]): boolean {
  const strong = leads.filter((lead) => !isPhoneOnly(lead.matchedOn));
  return strong.length === 1 && strong[0]?.matchedOn.includes('phone') === true;
}

function decideInWorkspace(lead: Lead, leads: readonly KnownLead[], policy: ImportPolicy, options: DecideOptions): Verdict {
  if (leads.length === 0) return { decision: 'create' };
  const target = targetOf(lead, leads, policy, options);
  return 'decision' in target ? target : decideAbout(lead, target, policy);
}

/** What a row comes to that is about this stored lead: an addition to the list, a change as the policy has it, or nothing. */
export function decideAbout(lead: Lead, target: KnownLead, policy: ImportPolicy): Verdict {
  const matchedOn = strongest(target.matchedOn);
  const found = { leadId: target.id, leadVersion: target.version, matchedOn };
  const counts = target.inList || policy.scope === 'workspace';
  const changes = changesForLead(target.lead, lead, policy);
  if (!counts) return { decision: 'add', ...found, ...(changes.length > 0 ? { changes } : {}) };
  if (changes.length > 0) return { decision: 'update', ...found, changes };
  return { decision: 'duplicate', ...found, because: knownNote(target.inList, target.id, matchedOn) };
}

/** The one lead the row is about, or the verdict when there is none or more than one. */
function targetOf(lead: Lead, leads: readonly KnownLead[], policy: ImportPolicy, options: DecideOptions): KnownLead | Verdict {
  const strong = leads.filter((known) => !isPhoneOnly(known.matchedOn));
  const [first] = strong;
  // A shared switchboard beside the right person is no second candidate: the phone key leads to that person too.
  const phoneAgrees = first?.matchedOn.includes('phone') || leads.length === strong.length;
  if (first && strong.length === 1 && phoneAgrees) return first;
  const [only] = leads;
  if (!only || leads.length > 1) return { decision: 'review', because: problem('review_several', { data: { count: leads.length } }) };
  if (options.unattended) return phoneOnlyUnattended(lead, only, policy);
  if (isSamePerson(lead, only.lead, only.matchedOn)) return only;
  const because = problem('review_phone', { field: 'phone', data: { leadId: only.id } });
  return { decision: 'review', matchedOn: 'phone', leadId: only.id, leadVersion: only.version, because };
}

/** Nobody reviews: a lead in the list is the duplicate, the same person elsewhere is the match, another person is new. */
function phoneOnlyUnattended(lead: Lead, known: KnownLead, policy: ImportPolicy): KnownLead | Verdict {
  const isMatch = known.inList || policy.scope === 'workspace' || isSamePerson(lead, known.lead, known.matchedOn);
  return isMatch ? known : { decision: 'create' };
}

/** An email or LinkedIn match is the same person; a phone alone is when the folded names agree or one side has no email. */
export function isSamePerson(a: Lead, b: Lead, matchedOn: readonly MatchedOn[]): boolean {
  if (!isPhoneOnly(matchedOn) || !a.email || !b.email) return true;
  const name = foldedLeadName(a);
  // Two leads without a name have none in common.
  return name !== '' && name === foldedLeadName(b);
}

/** Says whether nothing but a number is the same. */
export function isPhoneOnly(matchedOn: readonly MatchedOn[]): boolean {
  return matchedOn.every((kind) => kind === 'phone');
}

function strongest(matchedOn: readonly MatchedOn[]): MatchedOn {
  return STRENGTH.find((kind) => matchedOn.includes(kind)) ?? 'phone';
}

const STRENGTH: readonly MatchedOn[] = ['link', 'email', 'linkedin'];

/** What the server makes of a decision that came with a row: the same, or something stricter. */
export type Settled = Verdict & {
  /** The outcome differs from what the user was shown: another decision, or fewer values written. */
  readonly tightened: boolean;
  /** One for each value that was not replaced, as somebody changed it since. */
  readonly left?: readonly Problem[];
};

/** How strict a decision is: the server may only go up. */
export const STRICTNESS = { create: 0, update: 1, add: 1, duplicate: 2, review: 3, suppress: 4, reject: 5, exclude: 6, blank: 6 } as const;

/** A decision as it came with a row. `answered`: the row was in review, and the user said so. */
export type Asked = Pick<PlannedRow, 'decision' | 'leadId' | 'leadVersion' | 'seen'> & { readonly answered?: PlannedRow['answered'] };

/**
 * What was asked and answered is not asked again; everything stricter than a question still counts. That a row of the file
 * has the phone was the question, too, where the stored lead which that row became has the same name.
 */
function answeredVerdict({ decision, answered }: Asked, verdict: Verdict, target: KnownLead | null): Verdict {
  const isSharedPhone = verdict.because?.code === 'duplicate_in_file' && verdict.matchedOn === 'phone';
  if (verdict.decision !== 'review' && !(answered === 'create' && isSharedPhone)) return verdict;
  if (answered === 'create' && (decision === 'create' || decision === 'auto')) return { decision: 'create' };
  if (answered === undefined || !target || (decision !== 'update' && decision !== 'add')) return verdict;
  return { decision, leadId: target.id, leadVersion: target.version, matchedOn: verdict.matchedOn ?? 'phone' };
}

/**
 * Compares what was asked with what the server finds now (`found`), inside the transaction. `target` is the lead the
 * decision names as it is now, null when it is no more. An update and an addition write what the policy says of the
 * lead as it is now; a lead the user did not see in the plan is never changed, and one the row no longer leads to
 * neither. Of a lead that was changed since the user saw it (`leadVersion`), only values that are still as seen (`seen`)
 * are replaced, and blanks are filled.
 */
export function tighten(asked: Asked, found: Verdict, target: KnownLead | null, lead: Lead, policy: ImportPolicy): Settled {
  const { decision, leadId } = asked;
  const verdict = answeredVerdict(asked, found, target);
  if (decision === 'auto') return { ...verdict, tightened: false };
  if (decision === 'update' || decision === 'add') return target ? tightenChange(asked, verdict, target, lead, policy) : gone();
  if (decision === 'duplicate' && leadId !== undefined && !target) return gone();
  if (decision !== 'create') return { decision, tightened: false, ...(leadId === undefined ? {} : { leadId }) };
  if (verdict.decision === 'create') return { ...verdict, tightened: false };
  if (verdict.decision === 'add')
    return { ...withoutChanges(verdict), because: knownNote(false, verdict.leadId ?? '', verdict.matchedOn ?? 'email'), tightened: true };
  if (verdict.decision !== 'update') return { ...withoutChanges(verdict), tightened: true };
  const because = knownNote(policy.scope === 'list', verdict.leadId ?? '', verdict.matchedOn ?? 'email');
  return { ...withoutChanges(verdict), decision: 'duplicate', because, tightened: true };
}

function gone(): Settled {
  return { decision: 'reject', because: problem('target_gone'), tightened: true };
}

function tightenChange(asked: Asked, verdict: Verdict, target: KnownLead, lead: Lead, policy: ImportPolicy): Settled {
  if (STRICTNESS[verdict.decision] >= STRICTNESS.review) return { ...withoutChanges(verdict), tightened: true };
  // A later row of the file about the same lead never changes it.
  if (verdict.because?.code === 'duplicate_in_file') return { ...verdict, tightened: true };
  const found = { leadId: target.id, leadVersion: target.version };
  if (verdict.leadId !== target.id)
    return { decision: 'review', ...found, because: problem('review_changed', { data: { leadId: target.id } }), tightened: true };
  const matchedOn = verdict.matchedOn ?? 'email';
  const due = changesForLead(target.lead, lead, policy);
  const isStale = asked.leadVersion !== undefined && asked.leadVersion < target.version;
  const isUnseen = ({ field, old }: FieldChange) =>
    isStale && old !== '' && !asked.seen?.some((seen) => seen.field === field && seen.value === old);
  const changes = due.filter((change) => !isUnseen(change));
  const left = due.filter(isUnseen).map(({ field }) => problem('values_changed', { field: labelOf(field), data: { leadId: target.id } }));
  const rest = { ...found, matchedOn, ...(left.length > 0 ? { left } : {}), tightened: left.length > 0 };
  if (asked.decision === 'add' && !target.inList) return { decision: 'add', ...rest, ...(changes.length > 0 ? { changes } : {}) };
  if (asked.decision === 'update' && changes.length > 0) return { decision: 'update', ...rest, changes };
  if (left.length > 0) return { decision: 'duplicate', ...rest };
  return { decision: 'duplicate', ...found, matchedOn, because: knownNote(target.inList, target.id, matchedOn), tightened: true };
}

/** Problems name custom fields by their label. */
export function labelOf(field: string): string {
  const custom = 'custom:';
  return field.startsWith(custom) ? field.slice(custom.length) : field;
}

function knownNote(inList: boolean, leadId: string, matchedOn: MatchedOn): Problem {
  return problem(inList ? 'duplicate_in_list' : 'duplicate_in_workspace', { data: { leadId, matchedOn } });
}

function withoutChanges(verdict: Verdict): Verdict {
  const { changes: _, ...rest } = verdict;
  return rest;
}
