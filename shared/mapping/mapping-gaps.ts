import type { FieldId } from '../lead/fields.ts';
import type { RequirePolicy } from '../lead/lead.ts';
import type { ProblemCode } from '../problems.ts';
import type { Mapping, MappingTarget } from './mapping.ts';

/** What a policy needs and no column feeds, as the code of the problem every row would have. */
export type MappingGap = Extract<
  ProblemCode,
  'first_name_missing' | 'last_name_missing' | 'email_missing' | 'phone_missing' | 'name_missing' | 'unreachable' | 'nobody'
>;

const NAMES = ['firstName', 'lastName', 'fullName'] as const satisfies readonly MappingTarget[];
const WAYS = ['email', 'phone', 'linkedinUrl'] as const satisfies readonly MappingTarget[];

/** Each need of a policy is met by any one of its targets. A full name feeds first and last name. */
const NEEDS: { readonly [R in RequirePolicy]: readonly (readonly [MappingGap, readonly MappingTarget[]])[] } = {
  complete: [
    ['first_name_missing', ['firstName', 'fullName']],
    ['last_name_missing', ['lastName', 'fullName']],
    ['email_missing', ['email']],
    ['phone_missing', ['phone']],
  ],
  reachable: [
    ['name_missing', NAMES],
    ['unreachable', WAYS],
  ],
  any: [['nobody', [...NAMES, 'email', 'phone']]],
};

/** The needs of the policy that no column and no constant can feed; with one of them left, no row can be valid. */
export function findMappingGaps(mapping: Mapping, require: RequirePolicy): readonly MappingGap[] {
  const fed = new Set(mapping.map((entry) => entry.field));
  return NEEDS[require].filter(([, targets]) => !targets.some((target) => fed.has(target))).map(([gap]) => gap);
}

/** The field a gap is about, where it is one field: the screen marks it. */
export function fieldOfGap(gap: MappingGap): FieldId | null {
  const fields: { readonly [G in MappingGap]: FieldId | null } = {
    first_name_missing: 'firstName',
    last_name_missing: 'lastName',
    email_missing: 'email',
    phone_missing: 'phone',
    name_missing: null,
    unreachable: null,
    nobody: null,
  };
  return fields[gap];
}
