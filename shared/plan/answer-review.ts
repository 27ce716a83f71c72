// Rebuilt from its callers after it was overwritten by accident: its author compares it with the original, then takes this line out.
import type { Lead } from '../lead/lead.ts';
import { problem } from '../problems.ts';
import { decideAbout, type Known, type KnownLead, type Verdict } from './decide-row.ts';
import type { ImportPolicy } from './plan.ts';

/** How a row in review can be decided. Stored by index: new ones go to the end. */
export const REVIEW_ANSWERS = ['create', 'same', 'skip'] as const;
export type ReviewAnswer = (typeof REVIEW_ANSWERS)[number];

/** The stored leads a row in review may be about, each once: those its keys lead to, and those earlier rows became. */
export function candidateIds(known: Known): readonly string[] {
  const earlier = known.earlier.flatMap(({ leadId }) => (leadId === undefined ? [] : [leadId]));
  return [...new Set([...known.leads.map(({ id }) => id), ...earlier])];
}

/**
 * What an answer makes of a row in review. `target` is the lead it is the same person as (`same`), or would have been
 * (`skip`); null where there is none. An opt-out goes before every answer.
 */
export function answerReview(as: ReviewAnswer, lead: Lead, known: Known, target: KnownLead | null, policy: ImportPolicy): Verdict {
  if (known.suppressed) return { decision: 'suppress', because: problem('suppressed', { data: { ...known.suppressed } }) };
  if (as === 'skip') return target ? { decision: 'exclude', leadId: target.id } : { decision: 'exclude' };
  if (as === 'create') return { decision: 'create' };
  return target ? decideAbout(lead, target, policy) : { decision: 'reject', because: problem('target_gone') };
}
