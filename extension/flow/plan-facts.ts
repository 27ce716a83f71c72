import { checkLead, hasError } from '#shared/lead/check-lead.ts';
import { compileTableMapping } from '#shared/mapping/apply-mapping.ts';
import { changesOf } from '#shared/plan/find-rows.ts';
import type { RepairablePlan } from '#shared/plan/repairable-plan.ts';

/** Sums over a plan that are kept while it is mended. */
export type PlanFacts = {
  /** Rejected rows that the policy `reachable` would keep. */
  readonly reachable: number;
  /** Fields that updates and additions change in stored leads. */
  readonly updates: number;
};

/** Looks at every row once, and afterwards only at those that were decided again. */
export function createPlanFacts(plan: RepairablePlan) {
  const { table, mapping, policy } = plan.input;
  const toLead = compileTableMapping(table, mapping, plan.input.labels);
  const reachablePolicy = { ...policy, require: 'reachable' } as const;
  const keeps = new Uint8Array(plan.total);
  const changes = new Uint32Array(plan.total);
  let reachable = 0;
  let updates = 0;

  function look(at: number): void {
    const row = plan.row(at);
    if (!row) return;
    const keep = row.decision === 'reject' && wouldKeep(at) ? 1 : 0;
    const changed = changesOf(plan, row).length;
    reachable += keep - (keeps[at] ?? 0);
    updates += changed - (changes[at] ?? 0);
    keeps[at] = keep;
    changes[at] = changed;
  }

  function wouldKeep(at: number): boolean {
    if (policy.require !== 'complete') return false;
    return !hasError(checkLead(toLead(plan.stateOf(at).cells), reachablePolicy).problems);
  }

  for (let at = 0; at < plan.total; at++) look(at);
  return {
    look: (rows: Iterable<number>) => {
      for (const at of rows) look(at);
    },
    now: (): PlanFacts => ({ reachable, updates }),
  };
}
