import { LOCALE } from './locale.ts';

/** Numbers, shares, days and spans as people read them, in the language of the words around them. */

const WHOLE = new Intl.NumberFormat(LOCALE);
const MEGABYTES = new Intl.NumberFormat(LOCALE, { style: 'unit', unit: 'megabyte', unitDisplay: 'short', maximumFractionDigits: 1 });
const KILOBYTES = new Intl.NumberFormat(LOCALE, { style: 'unit', unit: 'kilobyte', unitDisplay: 'short', maximumFractionDigits: 0 });
const SECONDS = new Intl.NumberFormat(LOCALE, { style: 'unit', unit: 'second', unitDisplay: 'long', maximumFractionDigits: 0 });
const MINUTES = new Intl.NumberFormat(LOCALE, { style: 'unit', unit: 'minute', unitDisplay: 'long', maximumFractionDigits: 0 });
const HOURS = new Intl.NumberFormat(LOCALE, { style: 'unit', unit: 'hour', unitDisplay: 'long', maximumFractionDigits: 0 });
const PLURAL = new Intl.PluralRules('en'); // of the words around the number, which are English
const MEGABYTE = 1024 * 1024;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** 2,341 */
export function count(number: number): string {
  return WHOLE.format(number);
}

/** "1 row", "2,341 rows". `many` where the plural is not the word with an s. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${count(number)} ${plural(number, one, many)}`;
}

/** The word alone, fitting the number. */
export function plural(number: number, one: string, many = `${one}s`): string {
  return PLURAL.select(number) === 'one' ? one : many;
}

/** A share of 0 to 1: "98 %". All and none are said only where they are true. */
export function share(part: number): string {
  const whole = part <= 0 ? 0 : part >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(part * 100)));
  return `${WHOLE.format(whole)}\u00a0%`;
}

/** A size in bytes: "412 kB", "9.8 MB"; "empty" for none. */
export function size(bytes: number): string {
  if (bytes === 0) return 'empty';
  return bytes < MEGABYTE / 10 ? KILOBYTES.format(Math.max(1, Math.round(bytes / 1024))) : MEGABYTES.format(bytes / MEGABYTE);
}

/** A span, rounded to what one can wait for: "9 seconds", "3 minutes", "2 hours". */
export function span(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds));
  if (whole < 2 * MINUTE_S) return SECONDS.format(whole);
  return whole < 2 * HOUR_S ? MINUTES.format(Math.round(whole / MINUTE_S)) : HOURS.format(Math.round(whole / HOUR_S));
}

/** A day, without the year when it is the year of `now`; both in ms. */
export function day(at: number, now: number): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }) }).format(at);
}

/** Since when: the time where that is the day of `now`, else the day; both in ms. */
export function since(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit' }).format(at) : day(at, now);
}

/** A moment: the time on the day of `now`, else the day with it; both in ms. */
export function moment(at: number, now: number): string {
  const time = new Intl.DateTimeFormat(LOCALE, { hour: 'numeric', minute: '2-digit' }).format(at);
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return `${isToday ? 'Today' : day(at, now)}, ${time}`;
}
