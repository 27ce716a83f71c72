import type { RequirePolicy } from '#shared/lead/lead.ts';
import type { DuplicatePolicy } from '#shared/plan/plan.ts';

/** How duplicates are treated. */
export const RULE_WORDS = {
  skip: 'Skip duplicates',
  fill: 'Fill blanks',
  overwrite: 'Overwrite chosen fields',
  create: 'Create anyway',
} as const satisfies Record<DuplicatePolicy, string>;

/** What a lead must have. */
export const NEED_WORDS = {
  complete: 'all four fields required',
  reachable: 'a name and one way to reach',
  any: 'an email, a phone or a name',
} as const satisfies Record<RequirePolicy, string>;
