import type { Lead } from '../lead/lead.ts';
import { type Problem, type ProblemData, problem } from '../problems.ts';
import { changesForLead } from './lead-changes.ts';
import type { Bucket, Decision, FieldChange, ImportPolicy } from './plan.ts';

export type MatchedOn = 'email' | 'phone' | 'linkedin';

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
 * The order: suppression, the file itself, the workspace.
 */
export function decideRow(lead: Lead, known: Known, policy: ImportPolicy, options: DecideOptions = {}): Verdict {
  if (known.suppressed) return { decision: 'suppress', because: problem('suppressed', { data: { ...known.suppressed } }) };
  const inFile = decideInFile(lead, known.earlier, policy, options);
  if (inFile && inFile.decision !== 'create') return inFile;
  if (policy.onDuplicate === 'create') return inFile ?? { decision: 'create' };
  return decideInWorkspace(lead, known.leads, policy, options);
}

function decideInFile(lead: Lead, earlier: readonly EarlierRow[], policy: ImportPolicy, options: DecideOptions): Verdict | null {
  if (earlier.length === 0) return null;
  const phoneIsEnough = options.unattended && policy.onDuplicate !== 'create';
  const same = earlier.find((row) => phoneIsEnough || isSamePerson(lead, row.lead, row.matchedOn));
  if (same) {
    const matchedOn = strongest(same.matchedOn);
    const because = problem('duplicate_in_file', { data: { line: same.line, matchedOn } });
    return { decision: 'duplicate', matchedOn, because, ...(same.leadId ? { leadId: same.leadId } : {}) };
  }
  const data = { line: earlier[0]?.line ?? 0 };
  if (policy.onDuplicate === 'create') return { decision: 'create', because: problem('phone_shared', { field: 'phone', data }) };
  return { decision: 'review', matchedOn: 'phone', because: problem('review_phone_in_file', { field: 'phone', data }) };
}

function decideInWorkspace(lead: Lead, leads: readonly KnownLead[], policy: ImportPolicy, options: DecideOptions): Verdict {
  if (leads.length === 0) return { decision: 'create' };
  const target = targetOf(lead, leads, policy, options);
  if ('decision' in target) return target;
  const matchedOn = strongest(target.matchedOn);
  const found = { leadId: target.id, leadVersion: target.version, matchedOn };
  const counts = target.inList || policy.scope === 'workspace';
  const changes = changesForLead(target.lead, lead, policy);
  const data: ProblemData = { leadId: target.id, matchedOn };
  if (!counts) return { decision: 'add', ...found, ...(changes.length > 0 ? { changes } : {}) };
  if (changes.length > 0) return { decision: 'update', ...found, changes };
  return { decision: 'duplicate', ...found, because: problem(target.inList ? 'duplicate_in_list' : 'duplicate_in_workspace', { data }) };
}

/** The one lead the row is about, or the verdict when there is none or more than one. */
function targetOf(lead: Lead, leads: readonly KnownLead[], policy: ImportPolicy, options: DecideOptions): KnownLead | Verdict {
  const strong = leads.filter((known) => !isPhoneOnly(known.matchedOn));
  const [first] = strong;
  // A shared switchboard beside the right person is no second candidate: the phone key leads to that person too.
  const phoneAgrees = first?.matchedOn.includes('phone') || leads.length === strong.length;
  if (first && strong.length === 1 && phoneAgrees) return first;
  if (strong.length === 0 && options.unattended) return phoneOnlyUnattended(lead, leads, policy);
  const [only] = leads;
  if (!only || leads.length > 1) return { decision: 'review', because: problem('review_several', { data: { count: leads.length } }) };
  if (isSamePerson(lead, only.lead, only.matchedOn)) return only;
  const because = problem('review_phone', { field: 'phone', data: { leadId: only.id } });
  return { decision: 'review', matchedOn: 'phone', leadId: only.id, leadVersion: only.version, because };
}

/** Nobody reviews: the lead in the list is the duplicate, the same person elsewhere is the match, another person is new. */
function phoneOnlyUnattended(lead: Lead, leads: readonly KnownLead[], policy: ImportPolicy): KnownLead | Verdict {
  const same = leads.filter((known) => isSamePerson(lead, known.lead, known.matchedOn));
  const inScope = leads.filter((known) => known.inList || policy.scope === 'workspace');
  if (same.length > 1) return { decision: 'review', because: problem('review_several', { data: { count: same.length } }) };
  const match = same[0] ?? inScope[0];
  return match ?? { decision: 'create' };
}

/** An email or LinkedIn match is the same person; a phone alone is when the folded names agree or one side has no email. */
export function isSamePerson(a: Lead, b: Lead, matchedOn: readonly MatchedOn[]): boolean {
  return !isPhoneOnly(matchedOn) || foldedName(a) === foldedName(b) || !a.email || !b.email;
}

function isPhoneOnly(matchedOn: readonly MatchedOn[]): boolean {
  return matchedOn.every((kind) => kind === 'phone');
}

function strongest(matchedOn: readonly MatchedOn[]): MatchedOn {
  return matchedOn.includes('email') ? 'email' : matchedOn.includes('linkedin') ? 'linkedin' : 'phone';
}

/** A name for comparing: Unicode compatibility form, no case, no accents, single blanks. */
export function foldedName(lead: Lead): string {
  const name = `${lead.firstName ?? ''} ${lead.lastName ?? ''}`;
  return name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** What the server makes of a decision that came with a row: the same, or something stricter. */
export type Settled = Verdict & {
  /** The outcome differs from what the user was shown. */
  readonly tightened: boolean;
};

/** How strict a decision is: the server may only go up. */
const STRICTNESS = { create: 0, update: 1, add: 1, duplicate: 2, review: 3, suppress: 4, reject: 5, exclude: 6, blank: 6 } as const;

/**
 * Compares what was asked with what the server finds now, inside the transaction. `target` is the lead the
 * decision names as it is now, null when it is no more.
 */
export function tighten(
  asked: { readonly decision: Decision; readonly leadId?: string },
  verdict: Verdict,
  target: KnownLead | null,
  lead: Lead,
  policy: ImportPolicy,
): Settled {
  if (asked.decision === 'auto') return { ...verdict, tightened: false };
  const aboutLead =
    asked.decision === 'update' || asked.decision === 'add' || (asked.decision === 'duplicate' && asked.leadId !== undefined);
  if (aboutLead && !target) return { decision: 'reject', because: problem('target_gone'), tightened: true };
  if (asked.decision === 'update' || asked.decision === 'add')
    return tightenChange(asked.decision, verdict, target as KnownLead, lead, policy); // checked above
  if (asked.decision !== 'create') return { decision: asked.decision, tightened: false, ...(asked.leadId ? { leadId: asked.leadId } : {}) };
  if (verdict.decision === 'create') return { ...verdict, tightened: false };
  // Fields of a lead the user did not see in the plan are never changed.
  if (verdict.decision === 'update') return { ...withoutChanges(verdict), decision: 'duplicate', tightened: true };
  return { ...withoutChanges(verdict), tightened: true };
}

function tightenChange(asked: 'update' | 'add', verdict: Verdict, target: KnownLead, lead: Lead, policy: ImportPolicy): Settled {
  if (STRICTNESS[verdict.decision] >= STRICTNESS.review) return { ...withoutChanges(verdict), tightened: true };
  if (verdict.leadId !== undefined && verdict.leadId !== target.id)
    return { decision: 'review', because: problem('review_several', { data: { count: 2 } }), tightened: true };
  const found = { leadId: target.id, leadVersion: target.version };
  const changes = changesForLead(target.lead, lead, policy);
  if (asked === 'add' && !target.inList) return { decision: 'add', ...found, changes, tightened: false };
  if (changes.length > 0 && asked === 'update') return { decision: 'update', ...found, changes, tightened: false };
  const because = problem('duplicate_in_list', { data: { leadId: target.id, matchedOn: verdict.matchedOn ?? 'email' } });
  return { decision: 'duplicate', ...found, because, tightened: true };
}

function withoutChanges(verdict: Verdict): Verdict {
  const { changes: _, ...rest } = verdict;
  return rest;
}
