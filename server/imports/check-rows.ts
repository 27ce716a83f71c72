import { checkLead, hasError } from '#shared/lead/check-lead.ts';
import { EMAIL_FIELDS } from '#shared/lead/fields.ts';
import type { CheckedLead, Lead } from '#shared/lead/lead.ts';
import { recheckLead } from '#shared/lead/recheck-lead.ts';
import type { Decision, ImportPolicy, PlannedRow } from '#shared/plan/plan.ts';
import type { Problem } from '#shared/problems.ts';
import type { OwnerCheck } from '../store/check-owner.ts';
import type { CheckedRow } from '../store/records.ts';

/** Decisions that write the row's lead, or may lead to it when somebody has decided: only these are looked at again. */
const WRITING: ReadonlySet<Decision> = new Set<Decision>(['create', 'update', 'add', 'review']);

/**
 * Rows as a client sent them, checked: what somebody decided gets the cheap check (and a row that fails it is turned
 * down), what nobody decided the full one. The client's problems stay in front: they know their columns.
 */
export function checkRows(rows: readonly PlannedRow[], policy: ImportPolicy, checkOwner: OwnerCheck): CheckedRow[] {
  return rows.map((row) => {
    if (row.decision === 'auto') return checkUndecided(row, policy, checkOwner);
    return WRITING.has(row.decision) && (row.lead || row.decision !== 'review') ? checkDecided(row, policy, checkOwner) : row;
  });
}

function checkDecided(row: PlannedRow, policy: ImportPolicy, checkOwner: OwnerCheck): CheckedRow {
  const lead = isFolded(row.lead) ? (row.lead ?? {}) : checkLead(row.lead ?? {}, policy).lead;
  const errors = recheckLead(lead, policy);
  const owned = lead.ownerEmail === undefined ? { lead, problem: null } : checkOwner(lead);
  if (errors.length === 0 && owned.lead === row.lead) return row;
  const problems = withFound(row.problems ?? [], owned.problem ? [...errors, owned.problem] : errors);
  const checked = { ...row, lead: owned.lead, problems };
  return errors.length === 0 ? checked : { ...checked, decision: 'reject', turnedDown: true };
}

function checkUndecided(row: PlannedRow, policy: ImportPolicy, checkOwner: OwnerCheck): CheckedRow {
  const checked: CheckedLead = checkLead(row.lead ?? {}, policy);
  const owned = checkOwner(checked.lead);
  const problems = withFound(row.problems ?? [], owned.problem ? [...checked.problems, owned.problem] : checked.problems);
  return { ...row, lead: owned.lead, problems, ...(hasError(problems) ? { decision: 'reject' as const } : {}) };
}

/** Addresses are compared in lower case, so they must be stored so. */
function isFolded(lead: Lead | undefined): boolean {
  return lead === undefined || EMAIL_FIELDS.every((field) => lead[field] === undefined || lead[field] === lead[field].toLowerCase());
}

/** What the client found and what the server found besides. */
function withFound(sent: readonly Problem[], found: readonly Problem[]): readonly Problem[] {
  const isKnown = (one: Problem) => sent.some((other) => other.code === one.code && other.field === one.field);
  return sent.length === 0 ? found : [...sent, ...found.filter((one) => !isKnown(one))];
}

/** Rows this server has planned itself: only whether an owner is a member is still to be asked. */
export function checkOwners(rows: readonly PlannedRow[], checkOwner: OwnerCheck): CheckedRow[] {
  return rows.map((row) => {
    if (row.lead?.ownerEmail === undefined) return row;
    const owned = checkOwner(row.lead);
    return owned.problem ? { ...row, lead: owned.lead, problems: [...(row.problems ?? []), owned.problem] } : row;
  });
}
