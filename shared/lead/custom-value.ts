import type { CustomFieldType } from './lead.ts';

/** Long texts are no number, date or yes/no; nothing below looks at them. */
const MAX_TYPED = 60;

/**
 * Says whether a text fits a custom field's type. A text that does not is kept as it is, with a warning. Numbers with
 * the grouping of any country, dates in the orders people write (day and month are not guessed), yes and no in several
 * languages. Every text fits `text` and `choice`: choices are the workspace's, not the row's.
 */
export function fitsCustomType(value: string, type: CustomFieldType): boolean {
  if (type === 'text' || type === 'choice') return true;
  if (value.length > MAX_TYPED) return false;
  if (type === 'number') return isNumberText(value);
  return type === 'date' ? isDateText(value) : YES_NO.test(value);
}

const YES_NO =
  /^(?:yes|no|y|n|true|false|t|f|1|0|on|off|x|ja|nein|j|oui|non|s[ií]|não|nao|sim|nej|nee|tak|nie|да|нет|是|否|はい|いいえ|✓|✔|✗|✘)$/i;

const CURRENCY = '(?:\\p{Sc}|[A-Z]{3})';
/** Sign, currency and percent around; one mark before the decimals, another one or blanks between groups of three. */
const NUMBER = new RegExp(
  `^(?:[+-]\\s?(?:${CURRENCY}\\s?)?|(?:${CURRENCY}\\s?)?[+-]?)` +
    `(?:\\d+|\\d{1,3}(?:,\\d{2,3})+|\\d{1,3}(?:[.' \\u00a0\\u202f’]\\d{3})+)(?:[.,]\\d+)?(?:e[+-]?\\d{1,3})?\\s?(?:%|${CURRENCY})?$`,
  'iu',
);

function isNumberText(value: string): boolean {
  return NUMBER.test(value) || /^[+-]?[.,]\d+$/.test(value);
}

const CLOCK = /(?:[ T,]\s?\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?\s?(?:[ap]\.?m\.?)?\s?(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)$/i;
const MONTH =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mai|okt|dez|fév|fev|avr|juin|juil|aoû|aou|déc|ene|abr|ago|dic|gen|mag|giu|lug|set|ott|out|mrt|mei';
const DAY_MONTH_NAME = new RegExp(
  `^(?:[a-z]{3,9},?\\s)?\\d{1,2}(?:st|nd|rd|th|\\.)?[\\s-](?:${MONTH})[\\p{L}]{0,7}\\.?,?[\\s-]\\d{2,4}$`,
  'iu',
);
const MONTH_NAME_DAY = new RegExp(`^(?:[a-z]{3,9},?\\s)?(?:${MONTH})[\\p{L}]{0,7}\\.?\\s\\d{1,2}(?:st|nd|rd|th)?,?\\s\\d{2,4}$`, 'iu');

const FIGURES = /^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?$/;

function isDateText(value: string): boolean {
  const day = value.replace(CLOCK, '');
  const numeric = FIGURES.exec(day);
  if (numeric) return isNumericDate(Number(numeric[1]), Number(numeric[3]), Number(numeric[4]));
  const cjk = /^(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?日$/.exec(day);
  if (cjk) return isDay(Number(cjk[2]), Number(cjk[3]));
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(day);
  if (compact) return Number(compact[1]) >= 1900 && isDay(Number(compact[2]), Number(compact[3]));
  return DAY_MONTH_NAME.test(day) || MONTH_NAME_DAY.test(day);
}

/**
 * Says whether a date leaves open which day it is, whatever the order of day and month: a day no calendar has
 * ("30/02/2025"), or a year of two figures ("1/2/25", "5 Mar 24"). Every other text is clear, or no date at all.
 */
export function isUnclearDate(value: string): boolean {
  if (value.length > MAX_TYPED || ISO_DAY.test(value) || !isDateText(value)) return false;
  const day = value.replace(CLOCK, '');
  const [, first = '', , second = '', third = ''] = FIGURES.exec(day) ?? [];
  if (first === '') return /(?:^|\D)\d{2}$/.test(day) && !/\d{4}/.test(day);
  if (first.length > 2) return !isRealDay(Number(first), Number(second), Number(third));
  if (third.length < 4) return true;
  return !isRealDay(Number(third), Number(first), Number(second)) && !isRealDay(Number(third), Number(second), Number(first));
}

const ISO_DAY = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])(?:[T ]|$)/;

function isRealDay(year: number, month: number, day: number): boolean {
  return new Date(Date.UTC(year, month - 1, day)).getUTCMonth() === month - 1 && day > 0;
}

/** Year first, or the year last with day and month in either order. */
function isNumericDate(first: number, second: number, third: number): boolean {
  if (first > 31) return isDay(second, third);
  return isDay(first, second) || isDay(second, first);
}

function isDay(month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}
