import { checkLead } from '../lead/check-lead.ts';
import type { Lead } from '../lead/lead.ts';
import { emailForms, phoneForm } from '../lead/suppression-forms.ts';
import { compileTableMapping } from '../mapping/apply-mapping.ts';
import { compileRepair, originalState } from './apply-repair.ts';
import type { PlanInput } from './build-plan.ts';
import type { SuppressedBy } from './decide-row.ts';
import { entriesOf, type OptOut, type OptOutEntry, shutOutOf } from './opt-out-column.ts';
import type { PlannedRow } from './plan.ts';
import { createRowPlanner, type RowInput } from './plan-row.ts';

/** An entry, and the first column that asks for it. */
export type FoundOptOut = OptOutEntry & { readonly column: number };
/** What the file itself puts on the list, by value. `since` is an ISO date. */
export type OptedOut = { readonly since: string; readonly entries: ReadonlyMap<string, FoundOptOut> };

/**
 * What the file as it was read puts on the list, by value: other rows of the same people are suppressed with them. Of
 * the rows from `from` up to `to` alone, for whoever must let others run in between.
 */
export function readOptOuts(input: RowInput, from = 0, to = input.table.rows.length): ReadonlyMap<string, FoundOptOut> {
  const { table, optOut } = input;
  const found = new Map<string, FoundOptOut>();
  if (!optOut || optOut.columns.length === 0) return found;
  const toLead = compileTableMapping(table, input.mapping, input.labels);
  for (const cells of table.rows.slice(from, to)) {
    if (shutOutOf(optOut.columns, cells).length > 0) take(found, optOut, checkLead(toLead(cells), input.policy).lead, cells, cells);
  }
  return found;
}

/** Everything a planned file puts on the list, rejected and excluded rows included: as it was read, and as it was mended. */
export function collectOptOuts(input: PlanInput, planned: readonly PlannedRow[]): readonly FoundOptOut[] {
  const { table, optOut, repair = [] } = input;
  if (!optOut) return [];
  const found = new Map(readOptOuts(input));
  const mended = repair.length === 0 ? null : compileRepair(repair, createRowPlanner(input).ground);
  for (const [at, row] of planned.entries()) {
    const read = table.rows[at] ?? [];
    const now = mended ? mended.stateOf(originalState(table, at, input.excludedLines), at, row.line).cells : read;
    if (row.lead) take(found, optOut, row.lead, read, now);
  }
  return [...found.values()];
}

/** What a file's own columns put on the suppression list; undefined where none counts. */
export function optedOutBy(input: RowInput): OptedOut | undefined {
  return input.optOut && { since: input.optOut.since, entries: readOptOuts(input) };
}

/** The entry among a file's own that holds a value of the lead. */
export function heldByFile(lead: Lead, { since, entries }: OptedOut): SuppressedBy | undefined {
  if (entries.size === 0) return undefined;
  const formsOf = ({ kind, value }: OptOutEntry) => (kind === 'email' ? emailForms(value) : [phoneForm(value)]);
  const hit = entriesOf(lead)
    .flatMap(formsOf)
    .map((form) => entries.get(form))
    .find((entry) => entry !== undefined);
  return hit && { entry: hit.value, kind: hit.kind, since };
}

/** Why an entry is on the list, as it is kept there: up to 500 characters of the workspace's own words. */
export function optOutReason(header: string, fileName: string): string {
  return `Opt-out column ${header.slice(0, MAX_NAME)} of ${fileName.slice(0, MAX_NAME)}`;
}
const MAX_NAME = 240;

function take(found: Map<string, FoundOptOut>, { columns }: OptOut, lead: Lead, read: readonly string[], now: readonly string[]): void {
  for (const one of columns) {
    for (const { kind, value: own } of entriesOf(lead, shutOutOf([one], read, now))) {
      const value = kind === 'email' ? (emailForms(own)[0] ?? own) : phoneForm(own);
      if (!found.has(value)) found.set(value, { kind, value, column: one.column });
    }
  }
}
