import type { Lead } from '#shared/lead/lead.ts';
import { BUCKET_OF, decideRow, type Known, type KnownLead, type MatchedOn, type Settled, tighten } from '#shared/plan/decide-row.ts';
import { type Bucket, type Decision, type FieldChange, type ImportPolicy, policyOf } from '#shared/plan/plan.ts';
import { type Problem, problem } from '#shared/problems.ts';
import type { CheckedRow } from './records.ts';

/** What an engine has to do for one row, and what it keeps of it. */
export type RowPlan = {
  readonly bucket: Bucket;
  /** The stored lead it is about; none for a new one. */
  readonly leadId?: string;
  readonly matchedOn?: MatchedOn;
  readonly changes: readonly FieldChange[];
  /** Stricter than what the client had decided. */
  readonly changed: boolean;
  readonly problems: readonly Problem[];
  readonly raw: readonly string[] | null;
  /** The lead of a row that is not written now but may have to be shown or decided later. */
  readonly kept: Lead | null;
};

/** How an engine finds out, inside its transaction, what is known about a row. */
export type Lookup = {
  readonly findKnown: (lead: Lead) => Known;
  /** The lead a decision names, as it is now; null when it is no more. */
  readonly findTarget: (leadId: string) => KnownLead | null;
  /** What is known about a row that is this lead by a link: the lead, or the earlier row that touched it. */
  readonly findLinked: (lead: Lead, leadId: string) => Known;
};

const NOTHING: readonly never[] = [];
const CREATE: RowPlan = { bucket: 'created', changes: NOTHING, changed: false, problems: NOTHING, raw: null, kept: null };
/** Decisions that need no look at the workspace unless the row brings a lead. */
const SETTLED: ReadonlySet<Decision> = new Set<Decision>(['reject', 'exclude', 'blank', 'suppress']);
const WRITTEN: ReadonlySet<Decision> = new Set<Decision>(['create', 'update', 'add', 'auto']);

/**
 * Settles one row against what is known now: carries out what was decided, or something stricter, or decides an `auto`
 * row. Suppressed rows keep no values; only rejected and review rows keep their original.
 */
export function settleRow(row: CheckedRow, lookup: Lookup, policy: ImportPolicy, unattended: boolean): RowPlan {
  const found = row.problems ?? NOTHING;
  if (SETTLED.has(row.decision) || !row.lead) return settleWithoutLead(row, lookup, found);
  const { lead } = row;
  const known = row.isLinked && row.leadId !== undefined ? lookup.findLinked(lead, row.leadId) : lookup.findKnown(lead);
  const isNew = known.leads.length === 0 && known.earlier.length === 0 && !known.suppressed;
  if (isNew && (row.decision === 'create' || row.decision === 'auto')) return found.length === 0 ? CREATE : { ...CREATE, problems: found };
  const own = policyOf(policy, row);
  const verdict = decideRow(lead, known, own, { unattended });
  const target = row.leadId === undefined || row.decision === 'auto' ? null : lookup.findTarget(row.leadId);
  const isHeld = verdict.decision === 'suppress' && (row.decision === 'duplicate' || row.decision === 'review');
  const settled: Settled = isHeld ? { ...verdict, tightened: true } : tighten(row, verdict, target, lead, own);
  return toPlan(row, lead, settled, found);
}

function settleWithoutLead(row: CheckedRow, lookup: Lookup, found: readonly Problem[]): RowPlan {
  const about = row.leadId;
  if (row.decision === 'duplicate' && about !== undefined && !lookup.findTarget(about))
    return { ...CREATE, bucket: 'rejected', changed: true, problems: [...found, problem('target_gone')], raw: row.raw ?? null };
  // A row that should be written but brings no lead cannot be.
  const bucket = WRITTEN.has(row.decision) ? 'rejected' : BUCKET_OF[row.decision as Exclude<Decision, 'auto'>]; // auto is in WRITTEN
  const isKept = bucket === 'rejected' || bucket === 'review';
  const problems = bucket === 'suppressed' ? found.map(withoutValues) : found;
  const plan: RowPlan = { ...CREATE, bucket, changed: row.turnedDown === true, problems, raw: (isKept && row.raw) || null };
  const withLead = isKept && row.lead ? { ...plan, kept: row.lead } : plan;
  return bucket !== 'suppressed' && about !== undefined ? { ...withLead, leadId: about } : withLead;
}

/** What a settled row comes to. Suppressed rows keep no values; only rejected and review rows keep their original. */
export function toPlan(row: Pick<CheckedRow, 'raw'>, lead: Lead, settled: Settled, found: readonly Problem[]): RowPlan {
  const bucket = BUCKET_OF[settled.decision];
  const isKept = bucket === 'rejected' || bucket === 'review';
  const isHeld = bucket === 'suppressed';
  const own = isHeld ? found.map(withoutValues) : found;
  return {
    bucket,
    changes: settled.changes ?? NOTHING,
    changed: settled.tightened,
    problems: [...own, ...(settled.because ? [settled.because] : NOTHING), ...(settled.left ?? NOTHING)],
    raw: (isKept && row.raw) || null,
    kept: isKept ? lead : null,
    ...(settled.leadId !== undefined && !isHeld ? { leadId: settled.leadId } : {}),
    ...(settled.matchedOn ? { matchedOn: settled.matchedOn } : {}),
  };
}

/** The same for a suppressed row, which still names the entry that holds it, and since when. */
function withoutValues(finding: Problem): Problem {
  const { entry, kind, since } = finding.data ?? {};
  if (finding.code !== 'suppressed' || entry === undefined) return withoutText(finding);
  return { ...withoutText(finding), data: { entry, ...(kind === undefined ? {} : { kind }), ...(since === undefined ? {} : { since }) } };
}

/** A problem without the words of the person. */
export function withoutText(finding: Problem): Problem {
  const { text: _, data: __, ...rest } = finding;
  return rest;
}
