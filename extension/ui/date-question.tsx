import type { KnownDateOrder } from '#shared/mapping/date-order.ts';
import type { ColumnMapping, Suggestion } from '#shared/mapping/mapping.ts';
import { LinkButton } from './parts/button.tsx';

type DateQuestionProps = {
  readonly suggestion: Suggestion;
  readonly place: ColumnMapping;
  readonly onAnswer: (order: KnownDateOrder) => void;
};

/** Asks which is the day where every date of a column can be read both ways: a guess would move birthdays. */
export function DateQuestion({ suggestion, place, onAnswer }: DateQuestionProps) {
  if (!isAsked(suggestion, place)) return null;
  const { text, dayFirst, monthFirst } = exampleOf(suggestion.samples);
  if (place.dateOrder !== undefined) {
    const isDayFirst = place.dateOrder === 'dmy';
    return (
      <span>
        {text} is {isDayFirst ? dayFirst : monthFirst}.{' '}
        <LinkButton onClick={() => onAnswer(isDayFirst ? 'mdy' : 'dmy')}>It is {isDayFirst ? monthFirst : dayFirst}</LinkButton>
      </span>
    );
  }
  const question = `Is ${text} ${dayFirst} or ${monthFirst}?`;
  return (
    <fieldset class="row wrap tight question">
      <legend class="sr">{question}</legend>
      <span aria-hidden="true" class="strong">
        {question}
      </span>
      <button class="chip thin" type="button" onClick={() => onAnswer('dmy')}>
        {dayFirst}
      </button>
      <button class="chip thin" type="button" onClick={() => onAnswer('mdy')}>
        {monthFirst}
      </button>
      <span>Until you say, it stays text.</span>
    </fieldset>
  );
}

/** A column of dates that prove no order, kept as dates. */
function isAsked({ dateOrder }: Suggestion, { field, type }: ColumnMapping): boolean {
  return dateOrder === 'ambiguous' && field === 'custom' && type === 'date';
}

const IN_FIGURES = /^\s*((\d{1,2})[-/.](\d{1,2})[-/.]\d{2,4})/;
const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** A date of the column in both readings; a made-up one where its samples are the same either way. */
function exampleOf(samples: readonly string[]): { readonly text: string; readonly dayFirst: string; readonly monthFirst: string } {
  for (const sample of [...samples, '03/04/2025']) {
    const [, text = '', first, second] = IN_FIGURES.exec(sample) ?? [];
    const [a, b] = [Number(first), Number(second)];
    const [monthA, monthB] = [MONTHS[a - 1], MONTHS[b - 1]];
    if (monthA && monthB && a !== b) return { text, dayFirst: `${a} ${monthB}`, monthFirst: `${monthA} ${b}` };
  }
  throw new Error('the made-up date can be read both ways');
}
