import type { Lead } from '../lead/lead.ts';
import { problem } from '../problems.ts';
import { decideAbout, decideRow, duplicateOfRow, type Known, type Verdict } from './decide-row.ts';
import type { ImportPolicy } from './plan.ts';
import type { Answer } from './repair.ts';

/**
 * What the user's answer, given before the import, makes of a row that `verdict` puts in review. `same` is about the
 * stored lead the answer or the verdict names, else about the earlier row of the file; where that is not to be told
 * (several leads and none named) the row stays in review.
 */
export function answerRow(verdict: Verdict, answer: Answer, known: Known, lead: Lead, policy: ImportPolicy): Verdict {
  if (answer.as === 'skip') return { decision: 'exclude' };
  const earlier = verdict.because?.code === 'review_phone_in_file' ? known.earlier[0] : undefined;
  if (answer.as === 'create') {
    if (!earlier) return { decision: 'create' };
    // Another person than the row above, but by its address or profile still the one that is stored.
    const apart = decideRow(lead, { ...known, earlier: [] }, policy);
    if (apart.decision !== 'create' && apart.decision !== 'review') return apart;
    return { decision: 'create', because: problem('phone_shared', { field: 'phone', data: { line: earlier.line } }) };
  }
  const leadId = answer.leadId ?? verdict.leadId;
  const target = known.leads.find((one) => one.id === leadId);
  if (target) return decideAbout(lead, target, policy);
  const row = leadId === undefined ? earlier : known.earlier.find((one) => one.leadId === leadId);
  return row ? duplicateOfRow(row) : verdict;
}
