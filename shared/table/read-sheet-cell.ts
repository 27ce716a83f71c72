import { numberToText } from './number-format.ts';

/**
 * The text of a cell of a Google Sheet out of its two readings: `shown` as people see it (FORMATTED_VALUE), `value` as it
 * is (UNFORMATTED_VALUE with serial numbers for dates). As from a workbook: text as it is, numbers in full ("1.2E+10" is
 * 12000000000, "$1,200.00" is 1200), leading zeros and phone masks as shown, dates as ISO 8601.
 */
export function sheetCellText(shown: unknown, value: unknown): string {
  const text = typeof shown === 'string' ? shown : '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (typeof value !== 'number' || !Number.isFinite(value)) return text;
  if (text.includes('%')) return numberToText(String(value), { kind: 'percent' }, false);
  if (isMasked(text, value)) return text.trim();
  const plain = numberToText(String(value), { kind: 'plain' }, false);
  if (text === '' || isSameNumber(text, value)) return plain;
  return dateText(text, value) ?? (/\d/.test(text) && !/[:/]/.test(text) ? plain : text);
}

const ERRORS: ReadonlySet<string> = new Set([
  '#N/A',
  '#REF!',
  '#VALUE!',
  '#DIV/0!',
  '#NAME?',
  '#NUM!',
  '#NULL!',
  '#ERROR!',
  // A range of another spreadsheet that has not arrived yet.
  'Loading...',
]);

/** The error that a formula gave instead of a value, as "#N/A"; null for any other cell. */
export function sheetCellError(value: unknown): string | null {
  return typeof value === 'string' && ERRORS.has(value) ? value : null;
}

/** A zip code or a phone: the digits of the number, in a mask or behind zeros that the number itself has not. */
function isMasked(text: string, value: number): boolean {
  if (!Number.isInteger(value) || value < 0 || !/^[\d\s()+/-]+$/.test(text)) return false;
  const digits = text.replace(/\D/g, '');
  return digits.replace(/^0+(?=.)/, '') === String(value) && (digits.length > String(value).length || /[()+/-]/.test(text));
}

/** Says whether a text shows the number itself, rounded or grouped in whatever way. */
function isSameNumber(text: string, value: number): boolean {
  const digits = text.replace(/\D/g, '');
  if (digits === '' || /[a-z]{3}|\d[:/]\d|\d-\d/i.test(text)) return false;
  const decimals = /[.,](\d+)\D*$/.exec(text)?.[1]?.length ?? 0;
  const withDecimals = Math.abs(value).toFixed(Math.min(decimals, 20)).replace('.', '');
  return digits === withDecimals || digits === Math.abs(value).toFixed(0);
}

const DAY_MS = 86_400_000;
/** 1970-01-01 in days of Google Sheets, which counts from 1899-12-30. */
const EPOCH_DAY = 25_569;
/** 9999-12-31. */
const LAST_DAY = 2_958_465;

/** A date as ISO 8601 when every number in the text is a part of it; null when the text is none of this date. */
function dateText(text: string, serial: number): string | null {
  if (serial < 0 || serial > LAST_DAY) return null;
  const iso = new Date(Math.round((serial - EPOCH_DAY) * (DAY_MS / 1_000)) * 1_000).toISOString();
  const parts = iso.split(/\D/).map(Number);
  const [year = 0, month = 0, day = 0, hour = 0] = parts;
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  if (numbers.length === 0) return null;
  if (numbers.length === 1 && numbers[0] === Number(iso.slice(0, 10).replaceAll('-', ''))) return iso.slice(0, 10);
  const time = new Set([hour, hour % 12 || 12, ...parts.slice(4, 7)]);
  const date = [year, year % 100, month, day];
  if (!numbers.every((number) => date.includes(number) || time.has(number))) return null;
  const isNamed = /[\p{L}]{3}/u.test(text.replace(/\b(?:am|pm)\b/gi, ''));
  const showsDate = (numbers.includes(year) || numbers.includes(year % 100) || numbers.includes(day)) && (isNamed || hasDateMarks(text));
  if (!showsDate) return null;
  return /\d:\d/.test(text) && iso.slice(11, 16) !== '00:00' ? `${iso.slice(0, 10)}T${timeOf(iso)}` : iso.slice(0, 10);
}

/** 15/3/2023, 2023-03-15, 15. 3. 2023, 2023年3月15日 */
function hasDateMarks(text: string): boolean {
  return /\d\s?[/.-]\s?\d|[年月日년월일]/.test(text);
}

/** 13:05, or 13:05:09 where there are seconds. */
function timeOf(iso: string): string {
  const time = iso.slice(11, 19);
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}
