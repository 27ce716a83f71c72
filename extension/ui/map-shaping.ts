import { readEmailCell } from '#shared/lead/email.ts';
import { EMAIL_FIELDS, FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import { splitFullName } from '#shared/lead/name.ts';
import { splitPhoneCell } from '#shared/lead/phone-cell.ts';
import type { ColumnMapping, MappingTarget, Suggestion } from '#shared/mapping/mapping.ts';
import type { ProblemCode } from '#shared/problems.ts';
import type { PlanView } from '../flow/draft.ts';
import { countOf, plural } from './numbers.ts';

/**
 * What becomes of a column's values in its field where that is more than cleaning: names split, several values of a
 * cell spread. Counted where a plan has looked at every row, else seen in the samples. Null where there is nothing to say.
 */
export function shapingOf({ samples }: Suggestion, { column, field }: ColumnMapping, plan: PlanView | null): string | null {
  if (field === 'fullName') return splitWords(samples);
  const kind = KINDS.find(({ fields }) => fields.includes(field));
  if (!kind) return null;
  const counted = plan?.problems.find((problem) => problem.code === kind.code && problem.column === column)?.count;
  if (counted === 0 || (plan && counted === undefined) || (!plan && !samples.some(kind.isSeveral))) return null;
  const rows = counted === undefined ? 'Some rows hold' : `${countOf(counted, 'row')} ${plural(counted, 'holds', 'hold')}`;
  return `${rows} ${kind.several}: the first stays here, the others fill free alternates. What finds no place is kept as “${labelOfField(field)} (original)”.`;
}

type SpreadKind = {
  readonly fields: readonly MappingTarget[];
  readonly code: ProblemCode;
  readonly several: string;
  readonly isSeveral: (cell: string) => boolean;
};

const KINDS: readonly SpreadKind[] = [
  {
    fields: PHONE_FIELDS,
    code: 'phones_spread',
    several: 'several phones',
    isSeveral: (cell) => splitPhoneCell(cell).length > 1,
  },
  {
    fields: EMAIL_FIELDS,
    code: 'emails_spread',
    several: 'several emails',
    isSeveral: (cell) => readEmailCell(cell).good.length > 1,
  },
];

function labelOfField(field: MappingTarget): string {
  return field === 'custom' || field === 'ignore' || field === 'fullName' ? '' : FIELDS[field].label;
}

/** The first sample that comes apart, before and after. */
function splitWords(samples: readonly string[]): string | null {
  for (const sample of samples) {
    const { firstName, lastName } = splitFullName(sample);
    if (firstName && lastName) return `“${sample}” becomes ${firstName} · ${lastName}`;
  }
  return null;
}
