import { readEmailCell } from '#shared/lead/email.ts';
import { EMAIL_FIELDS, FIELDS, PHONE_FIELDS } from '#shared/lead/fields.ts';
import { splitFullName } from '#shared/lead/name.ts';
import { splitPhoneCell } from '#shared/lead/split-phone-cell.ts';
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
  const kept = `kept as “${labelOfField(field)} (original)”`;
  if (!plan) return samples.some(kind.isSeveral) ? `Some rows hold ${kind.several}: ${SPREAD} What finds no place is ${kept}.` : null;
  const rowsWith = (code: ProblemCode) => plan.problems.find((one) => one.code === code && one.column === column)?.count ?? 0;
  const spread = rowsWith(kind.spread);
  const leftOver = rowsWith(kind.leftOver);
  if (spread + leftOver === 0) return null;
  const rows = Math.max(spread, leftOver);
  const first = `${countOf(rows, 'row')} ${plural(rows, 'holds', 'hold')} ${kind.several}: ${SPREAD}`;
  return leftOver === 0 ? first : `${first} In ${countOf(leftOver, 'row')} they found no place, and the whole cell is ${kept}.`;
}

const SPREAD = 'the first stays here, the others fill free alternates.';

type SpreadKind = {
  readonly fields: readonly MappingTarget[];
  readonly spread: ProblemCode;
  readonly leftOver: ProblemCode;
  readonly several: string;
  readonly isSeveral: (cell: string) => boolean;
};

const KINDS: readonly SpreadKind[] = [
  {
    fields: PHONE_FIELDS,
    spread: 'phones_spread',
    leftOver: 'phones_left_over',
    several: 'several phones',
    isSeveral: (cell) => splitPhoneCell(cell).length > 1,
  },
  {
    fields: EMAIL_FIELDS,
    spread: 'emails_spread',
    leftOver: 'emails_left_over',
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
