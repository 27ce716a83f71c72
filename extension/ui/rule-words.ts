import { FIELDS, isFieldId } from '#shared/lead/fields.ts';
import type { RequirePolicy } from '#shared/lead/lead.ts';
import type { DuplicatePolicy } from '#shared/plan/plan.ts';

/** How duplicates are treated. */
export const RULE_WORDS = {
  skip: 'Skip duplicates',
  fill: 'Fill blanks',
  overwrite: 'Overwrite chosen fields',
  create: 'Create anyway',
} as const satisfies Record<DuplicatePolicy, string>;

/** The rule with the fields it overwrites by name: "Overwrite chosen fields: Company, Segment". */
export function duplicateWords({ onDuplicate = 'skip', overwriteFields = [] }: DuplicateRule): string {
  if (onDuplicate !== 'overwrite' || overwriteFields.length === 0) return RULE_WORDS[onDuplicate];
  const names = overwriteFields.map((field) => (isFieldId(field) ? FIELDS[field].label : field.replace(/^custom:/, '')));
  return `${RULE_WORDS[onDuplicate]}: ${names.join(', ')}`;
}
type DuplicateRule = { readonly onDuplicate?: DuplicatePolicy; readonly overwriteFields?: readonly string[] };

/** What a lead must have. */
export const NEED_WORDS = {
  complete: 'all four fields required',
  reachable: 'a name and one way to reach',
  any: 'an email, a phone or a name',
} as const satisfies Record<RequirePolicy, string>;
