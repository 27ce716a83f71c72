import type { Lead } from '../lead/lead.ts';
import { decideAbout, decideRow, type Known, type KnownLead, type Verdict } from './decide-row.ts';
import type { ImportPolicy } from './plan.ts';

/**
 * What somebody says of a row that was kept aside. create: another person, store it · same: the person of a stored
 * lead · skip: leave it. Stored by index: new ones go to the end.
 */
export const REVIEW_ANSWERS = ['create', 'same', 'skip'] as const;
export type ReviewAnswer = (typeof REVIEW_ANSWERS)[number];

/** The stored leads a review row may be about, each once: those its keys lead to, and those earlier rows of its file became. */
export function candidateIds(known: Known): readonly string[] {
  const earlier = known.earlier.flatMap(({ leadId }) => leadId ?? []);
  return [...new Set([...known.leads.map(({ id }) => id), ...earlier])];
}

/**
 * Carries an answer out against what is known now. Suppression comes before everything that is written; a row that is
 * the same person as a row stored meanwhile is its duplicate, as everywhere. `target` is the lead a `same` is about, as it
 * is now.
 */
export function answerReview(as: ReviewAnswer, lead: Lead, known: Known, target: KnownLead | null, policy: ImportPolicy): Verdict {
  if (as === 'skip') return { decision: 'duplicate', ...(target ? { leadId: target.id } : {}) };
  if (as === 'same' && target && !known.suppressed) return decideAbout(lead, target, policy);
  return decideRow(lead, known, { ...policy, onDuplicate: 'create' });
}
