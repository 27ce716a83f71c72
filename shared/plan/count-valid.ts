import { checkLead, hasError } from '../lead/check-lead.ts';
import type { RequirePolicy } from '../lead/lead.ts';
import { compileTableMapping } from '../mapping/apply-mapping.ts';
import { isBlankRow } from '../table/find-table.ts';
import type { PlanInput } from './build-plan.ts';
import type { ImportPlan } from './plan.ts';

/** Of `of` rows that are neither blank nor taken out, `valid` are good. */
export type ValidRows = { readonly valid: number; readonly of: number };

export type ValidCounter = {
  readonly total: number;
  /** Looks at up to `count` more rows; gives how many have been looked at. */
  readonly step: (count: number) => number;
  readonly finish: () => ValidRows;
};

/** How many rows would be valid under another required-fields policy: "2,531 of 2,547 rows have that". In steps. */
export function createValidCounter(input: PlanInput, require: RequirePolicy): ValidCounter {
  const { table } = input;
  const toLead = compileTableMapping(table, input.mapping, input.labels);
  const policy = { ...input.policy, require };
  const total = table.rows.length;
  let at = 0;
  let valid = 0;
  let of = 0;

  function step(count: number): number {
    for (const end = Math.min(total, at + count); at < end; at++) {
      const cells = table.rows[at] ?? [];
      if (isBlankRow(cells) || input.excludedLines?.has(table.lines[at] ?? 0)) continue;
      of++;
      if (!hasError(checkLead(toLead(cells), policy).problems)) valid++;
    }
    return at;
  }

  function finish(): ValidRows {
    step(total);
    return { valid, of };
  }

  return { total, step, finish };
}

/** The same at once. */
export function countValid(input: PlanInput, require: RequirePolicy): ValidRows {
  return createValidCounter(input, require).finish();
}

/**
 * The same from a plan, looking only at the rows it rejects: for a policy that asks for less than the plan's own, under
 * which whatever was valid stays valid.
 */
export function countValidFromPlan(plan: ImportPlan, input: PlanInput, require: RequirePolicy): ValidRows {
  const { table } = input;
  const toLead = compileTableMapping(table, input.mapping, input.labels);
  const policy = { ...input.policy, require };
  let { valid } = plan.summary;
  for (const [at, row] of plan.rows.entries()) {
    const isMended = row.decision === 'reject' && !hasError(checkLead(toLead(table.rows[at] ?? []), policy).problems);
    if (isMended) valid++;
  }
  return { valid, of: plan.summary.valid + plan.summary.invalid };
}
