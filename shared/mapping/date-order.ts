export const DATE_ORDERS = ['dmy', 'mdy', 'ymd', 'ambiguous'] as const;
/** In which order a column writes day, month and year. */
export type DateOrder = (typeof DATE_ORDERS)[number];
/** An order that is proven or chosen. */
export type KnownDateOrder = Exclude<DateOrder, 'ambiguous'>;
export const KNOWN_DATE_ORDERS = ['dmy', 'mdy', 'ymd'] as const satisfies readonly KnownDateOrder[];

const IN_FIGURES = /^\s*(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})(?!\d)/;
const LAST_MONTH = 12;

/**
 * The order that the dates of a column prove: a day above 12 shows where the days stand. `ambiguous` where every date
 * can be read both ways, or some prove the one order and some the other; a guess would move birthdays. Null where no
 * date is written in figures.
 */
export function guessDateOrder(values: Iterable<string>): DateOrder | null {
  let figures = 0;
  let yearFirst = 0;
  let dayFirst = false;
  let monthFirst = false;
  for (const value of values) {
    const parts = IN_FIGURES.exec(value);
    if (!parts) continue;
    figures++;
    const [first, second] = [Number(parts[1]), Number(parts[2])];
    if ((parts[1] ?? '').length === 4) yearFirst++;
    else if (first > LAST_MONTH) dayFirst = true;
    else if (second > LAST_MONTH) monthFirst = true;
  }
  if (figures === 0) return null;
  if (yearFirst === figures) return 'ymd';
  if (dayFirst === monthFirst || yearFirst > 0) return 'ambiguous';
  return dayFirst ? 'dmy' : 'mdy';
}
