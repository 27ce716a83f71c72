import type { Lead } from '../lead/lead.ts';
import { type Problem, problem } from '../problems.ts';
import type { ChangedField } from './compare-sheet-rows.ts';
import { type DecideOptions, decideRow, type Known, labelOf, type Verdict } from './decide-row.ts';
import { type ImportPolicy, policyOf, type RowRule } from './plan.ts';
import { printValue } from './sheet-prints.ts';

/** Rows of a table that were imported before and have changed since, by their line. */
export type ChangedRows = {
  readonly rule: RowRule['onDuplicate'];
  readonly fieldsByLine: ReadonlyMap<number, readonly ChangedField[]>;
};

/** What becomes of such a row, by which rule of its own, and what it may not replace. */
export type ChangedVerdict = { readonly verdict: Verdict; readonly rule: RowRule; readonly edited: readonly Problem[] };

/**
 * Decides a row that has changed in its sheet. Of the stored lead it may replace the fields whose cells changed, unless
 * somebody edited them since: then what is stored is not what the sheet said before. Nobody asked the workspace, nobody
 * knows what is stored: then only blanks are filled.
 */
export function decideChangedRow(
  lead: Lead,
  known: Known,
  policy: ImportPolicy,
  changed: { readonly rule: RowRule['onDuplicate']; readonly fields: readonly ChangedField[]; readonly asked: boolean },
  options: DecideOptions,
): ChangedVerdict {
  const fill: RowRule = { onDuplicate: 'fill', overwriteFields: [] };
  const decide = (rule: RowRule) => decideRow(lead, known, policyOf(policy, { rule }), options);
  if (changed.rule === 'fill' || !changed.asked) return { verdict: decide(fill), rule: fill, edited: [] };
  const all: RowRule = { onDuplicate: 'overwrite', overwriteFields: changed.fields.map(({ field }) => field) };
  const verdict = decide(all);
  const stored = known.leads.find(({ id }) => id === verdict.leadId)?.lead;
  const edited = stored ? changed.fields.filter(({ field, was }) => isEdited(stored, lead, field, was)) : [];
  if (edited.length === 0) return { verdict, rule: all, edited: [] };
  const left = new Set(edited.map(({ field }) => field));
  const rule: RowRule = { ...all, overwriteFields: all.overwriteFields.filter((field) => !left.has(field)) };
  const about = { leadId: verdict.leadId ?? '' };
  return {
    verdict: decide(rule),
    rule,
    edited: edited.map(({ field }) => problem('edited_since', { field: labelOf(field), data: about })),
  };
}

/** The stored value is neither what the sheet said before nor what it says now; a cell that was emptied says nothing. */
function isEdited(stored: Lead, lead: Lead, field: string, was: number): boolean {
  const [is, wanted] = [printValue(stored, field), printValue(lead, field)];
  return wanted !== 0 && is !== was && is !== wanted;
}
