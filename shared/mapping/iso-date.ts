import { fitsCustomType } from '../lead/custom-value.ts';
import type { KnownDateOrder } from './date-order.ts';

const FIGURES = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})\.?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
const EAST_ASIAN = /^(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日$/;
const DAY_FIRST = /^(?:\p{L}{3,9}\.?,?\s)?(\d{1,2})(?:st|nd|rd|th|\.)?[\s-](\p{L}{3,10})\.?,?[\s-](\d{4})$/iu;
const MONTH_FIRST = /^(?:\p{L}{3,9}\.?,?\s)?(\p{L}{3,10})\.?\s(\d{1,2})(?:st|nd|rd|th)?,?\s(\d{4})$/iu;
const CLOCK = /(?:T|,?\s)\s?(?=\d{1,2}:\d{2}).*$/;

/** Month names in the languages whose names a date is recognised by, in the order of the year. */
const MONTHS: readonly (readonly string[])[] = [
  'january januar janvier enero gennaio janeiro januari',
  'february februar février fevrier febrero febbraio fevereiro februari',
  'march märz marz mars marzo março marco maart mrt',
  'april avril abril aprile',
  'may mai mayo maggio maio mei',
  'june juni juin junio giugno junho',
  'july juli juillet julio luglio julho',
  'august août aout agosto augustus',
  'september septembre septiembre settembre setembro',
  'october oktober octobre octubre ottobre outubro',
  'november novembre noviembre novembro',
  'december dezember décembre decembre diciembre dicembre dezembro',
].map((names) => names.split(' '));

/**
 * A date as ISO 8601 (YYYY-MM-DD), a time of day behind it as it is written. Day and month in figures are told apart by
 * `order` alone; a year of two figures, a day that never was and everything that can be read in two ways stay as they
 * are written. The year in front, and months in words, need no order.
 */
export function toIsoDate(text: string, order: KnownDateOrder | undefined): string {
  const written = text.trim();
  if (!fitsCustomType(written, 'date')) return text;
  const clock = CLOCK.exec(written)?.[0] ?? '';
  const day = written.slice(0, written.length - clock.length);
  const iso = readFigures(day, order) ?? readWords(day);
  if (iso === null) return text;
  const time = clock.replace(/^T?,?\s*/, '');
  return time === '' ? iso : `${iso}${clock.startsWith('T') ? 'T' : ' '}${time}`;
}

function readFigures(day: string, order: KnownDateOrder | undefined): string | null {
  const whole = COMPACT.exec(day) ?? EAST_ASIAN.exec(day);
  if (whole) return isoOf(whole[1], whole[2], whole[3]);
  const [, first = '', second = '', third = ''] = FIGURES.exec(day) ?? [];
  if (first.length === 4 && third.length <= 2) return isoOf(first, second, third);
  if (first.length > 2 || third.length !== 4) return null;
  if (order === 'dmy') return isoOf(third, second, first);
  return order === 'mdy' ? isoOf(third, first, second) : null;
}

function readWords(day: string): string | null {
  const [, dayFirst, monthBehind = '', year] = DAY_FIRST.exec(day) ?? [];
  if (dayFirst !== undefined) return isoOf(year, monthNumber(monthBehind), dayFirst);
  const [, monthFirst = '', dayBehind, yearBehind] = MONTH_FIRST.exec(day) ?? [];
  return dayBehind === undefined ? null : isoOf(yearBehind, monthNumber(monthFirst), dayBehind);
}

/** The one month whose name, in any of the languages, begins so; '' where there is none, or several. */
function monthNumber(word: string): string {
  const start = word.toLowerCase();
  const found = MONTHS.flatMap((names, month) => (names.some((name) => name.startsWith(start)) ? [month + 1] : []));
  return found.length === 1 ? String(found[0]) : '';
}

/** Null where the calendar has no such day. */
function isoOf(year = '', month = '', day = ''): string | null {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const isReal = month !== '' && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
}
