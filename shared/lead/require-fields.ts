import { type Problem, type ProblemCode, problem } from '../problems.ts';
import { EMAIL_FIELDS, PHONE_FIELDS } from './fields.ts';
import type { Lead, RequirePolicy } from './lead.ts';

const NOTHING: readonly Problem[] = [];

/** What a cleaned lead lacks under a policy, as errors; nothing when it can be stored. */
export function missingFields(lead: Lead, require: RequirePolicy): readonly Problem[] {
  return MISSING[require](lead);
}

const MISSING = {
  complete: (lead) => {
    if (lead.firstName && lead.lastName && lead.email && lead.phone) return NOTHING;
    const missing: Problem[] = [];
    if (!lead.firstName) missing.push(problem('first_name_missing', { field: 'firstName' }));
    if (!lead.lastName) missing.push(problem('last_name_missing', { field: 'lastName' }));
    if (!lead.email) missing.push(problem('email_missing', { field: 'email' }));
    if (!lead.phone) missing.push(problem('phone_missing', { field: 'phone' }));
    return missing;
  },
  reachable: (lead) => {
    const missing: Problem[] = [];
    if (!hasName(lead)) missing.push(problem('name_missing'));
    if (!hasEmail(lead) && !hasPhone(lead) && !lead.linkedinUrl) missing.push(problem('unreachable'));
    return missing;
  },
  any: (lead) => (hasEmail(lead) || hasPhone(lead) || hasName(lead) ? NOTHING : [problem('nobody')]),
} as const satisfies Record<RequirePolicy, (lead: Lead) => readonly Problem[]>;

/** Which missing codes a bad email or phone of the row explains better than they do. */
const EXPLAINED_BY_EMAIL: readonly ProblemCode[] = ['email_missing', 'unreachable', 'nobody'];
const EXPLAINED_BY_PHONE: readonly ProblemCode[] = ['phone_missing', 'unreachable', 'nobody'];

/**
 * Weighs bad emails and phones against the policy: one whose lack rejects the row is an error and takes the place of
 * "missing"; any other is a warning.
 */
export function weighProblems(bad: readonly Problem[], missing: readonly Problem[], require: RequirePolicy): readonly Problem[] {
  if (bad.length === 0) return missing;
  const explained = new Set<ProblemCode>();
  const weighed = bad.map((finding): Problem => {
    const counts = require !== 'complete' || finding.field === 'email' || finding.field === 'phone';
    const explains = finding.code.startsWith('email') ? EXPLAINED_BY_EMAIL : EXPLAINED_BY_PHONE;
    const lacks = counts ? missing.filter((lack) => explains.includes(lack.code)) : NOTHING;
    for (const lack of lacks) explained.add(lack.code);
    return { ...finding, severity: lacks.length > 0 ? 'error' : 'warning' };
  });
  return [...missing.filter((lack) => !explained.has(lack.code)), ...weighed];
}

function hasName(lead: Lead): boolean {
  return lead.firstName !== undefined || lead.lastName !== undefined;
}
function hasEmail(lead: Lead): boolean {
  return EMAIL_FIELDS.some((field) => lead[field] !== undefined);
}
function hasPhone(lead: Lead): boolean {
  return PHONE_FIELDS.some((field) => lead[field] !== undefined);
}
