import type { Reason, ReasonCode } from '../problems.ts';
import { counted, percent } from './en-words.ts';

type ReasonSentence = string | ((data: NonNullable<Reason['data']>) => string);

/** Why a column was given its field: short, beside the field on the screen, without a full stop. */
export const REASON_SENTENCES = {
  same_name: 'Same name as the field',
  known_name: 'A usual name of this field',
  name_and_values: (data) =>
    data.share ? `Column name, and ${percent(Number(data.share))} are ${values(data.kind)}` : 'Column name and values agree',
  values: (data) => (data.share ? `${percent(Number(data.share))} are ${values(data.kind)}` : 'By its values'),
  rank: (data) =>
    data.columns
      ? `One of ${counted(Number(data.columns), 'column')} of this kind, in their usual order`
      : 'In the usual order of its kind',
  remembered: 'As you chose for these columns before',
  several_candidates: (data) =>
    data.share ? `${percent(Number(data.share))} are ${values(data.kind)}, and so are those of another column` : 'Several fields fit',
  values_disagree: (data) =>
    `The name fits, but ${Number(data.share) > 0 ? `only ${percent(Number(data.share))} are` : 'none are'} ${values(data.kind)}`,
  company_column: 'About the company, not the person',
  other_person: 'About somebody else',
  not_a_lead_field: 'Kept under its own name',
  empty_column: 'No values',
} as const satisfies Record<ReasonCode, ReasonSentence>;

const KINDS = new Map([
  ['email', 'email addresses'],
  ['phone', 'phone numbers'],
  ['profile', 'addresses of people'],
  ['name', 'names of people'],
  ['company', 'names of companies'],
]);

function values(kind: string | number | undefined): string {
  return KINDS.get(String(kind)) ?? 'values of this kind';
}

/** The sentence of a reason. */
export function reasonSentence({ code, data }: Reason): string {
  const sentence: ReasonSentence = REASON_SENTENCES[code];
  return typeof sentence === 'string' ? sentence : sentence(data ?? {});
}
