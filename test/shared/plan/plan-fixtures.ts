import type { Lead } from '#shared/lead/lead.ts';
import type { EarlierRow, KnownLead, MatchedOn } from '#shared/plan/decide-row.ts';
import type { DuplicatePolicy, ImportPolicy } from '#shared/plan/plan.ts';

/** A policy with everything at its default but what a test is about. */
export function policyOf(onDuplicate: DuplicatePolicy = 'skip', rest: Partial<ImportPolicy> = {}): ImportPolicy {
  return { require: 'complete', defaultCountry: 'US', onDuplicate, scope: 'list', overwriteFields: [], ...rest };
}

/** The one lead most tests are about. */
export const ANN: Lead = { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', phone: '+12025550123' };
/** Somebody else with Ann's phone. */
export const BOB: Lead = { firstName: 'Bob', lastName: 'Ray', email: 'bob@example.com', phone: '+12025550123' };

export function storedLead(lead: Lead, matchedOn: readonly MatchedOn[], inList = true, id = 'lead-1'): KnownLead {
  return { id, version: 3, inList, matchedOn, lead };
}

export function earlierRow(lead: Lead, matchedOn: readonly MatchedOn[], line = 2): EarlierRow {
  return { line, matchedOn, lead };
}
