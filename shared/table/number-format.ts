/**
 * What a spreadsheet's number format makes of a number, as far as it changes what the number means: a date, a time, a
 * percentage, or an id with leading zeros. Everything else is shown as the number itself.
 */
export type NumberFormat =
  | { readonly kind: 'plain' }
  | { readonly kind: 'date'; readonly hasDay: boolean; readonly hasTime: boolean }
  | { readonly kind: 'percent' }
  /** Digits put into a mask: "00000", "000-00-0000". */
  | { readonly kind: 'mask'; readonly mask: string };

const PLAIN: NumberFormat = { kind: 'plain' };

/** Built-in formats that stand for dates and times (ECMA-376, part 1, 18.8.30), and for percentages. */
const BUILT_IN: readonly (readonly [first: number, last: number, format: NumberFormat])[] = [
  [9, 10, { kind: 'percent' }],
  [14, 17, { kind: 'date', hasDay: true, hasTime: false }],
  [18, 21, { kind: 'date', hasDay: false, hasTime: true }],
  [22, 22, { kind: 'date', hasDay: true, hasTime: true }],
  [27, 31, { kind: 'date', hasDay: true, hasTime: false }],
  [32, 35, { kind: 'date', hasDay: false, hasTime: true }],
  [36, 36, { kind: 'date', hasDay: true, hasTime: false }],
  [45, 47, { kind: 'date', hasDay: false, hasTime: true }],
  [50, 54, { kind: 'date', hasDay: true, hasTime: false }],
  [55, 56, { kind: 'date', hasDay: false, hasTime: true }],
  [57, 58, { kind: 'date', hasDay: true, hasTime: false }],
];

/** Reads a format by its number, and by its code where it is not built in. */
export function readNumberFormat(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return BUILT_IN.find(([first, last]) => id >= first && id <= last)?.[2] ?? PLAIN;
  const section = code.split(';')[0] ?? '';
  // Literals, fill characters, colours and conditions say nothing; [h] counts hours.
  const bare = section.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  if (/general/i.test(bare)) return PLAIN;
  const hasTime = /[hs]/i.test(bare);
  const hasDay = /[yde]/i.test(bare.replace(/e[+-]/gi, '')) || (/m/i.test(bare) && !hasTime);
  if (hasDay || hasTime) return { kind: 'date', hasDay, hasTime };
  if (bare.includes('%')) return { kind: 'percent' };
  const mask = section.replace(/\[[^\]]*\]/g, '').replace(/"([^"]*)"|\\(.)/g, '$1$2');
  return (bare.match(/0/g)?.length ?? 0) >= 2 && /^[0\s()+/-]*$/.test(bare) ? { kind: 'mask', mask } : PLAIN;
}

/**
 * The text of a number cell as it stands in the file ("4.15555E9"): never in scientific notation, dates as ISO 8601.
 * `is1904`: days count from 1904, as on old Macs.
 */
export function numberToText(raw: string, format: NumberFormat, is1904: boolean): string {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return raw;
  if (format.kind === 'date') return serialToText(value, format, is1904) ?? plainText(raw, value);
  if (format.kind === 'percent') return `${plainText('', value * 100)}%`;
  if (format.kind === 'mask' && Number.isInteger(value) && value >= 0) return fillMask(plainText(raw, value), format.mask);
  return plainText(raw, value);
}

/** Spreadsheets show 15 digits at most; what is stored beyond them is noise of the binary number. */
const DIGITS = 15;

function plainText(raw: string, value: number): string {
  if (/^-?\d+$/.test(raw)) return raw; // digits as they were written, however many
  const rounded = Number(value.toPrecision(DIGITS));
  const text = String(rounded);
  if (!text.includes('e')) return text;
  return Math.abs(rounded) >= 1 ? BigInt(rounded).toString() : rounded.toFixed(20).replace(/0+$/, '');
}

/** Digits from the right into the zeros of the mask; those that are too many stand in front. */
function fillMask(digits: string, mask: string): string {
  let left = digits;
  let text = '';
  const firstZero = mask.indexOf('0');
  for (let at = mask.length - 1; at >= 0; at--) {
    if (mask[at] !== '0') text = mask[at] + text;
    else if (at === firstZero) text = left.padStart(1, '0') + text;
    else {
      text = (left.at(-1) ?? '0') + text;
      left = left.slice(0, -1);
    }
  }
  return text;
}

const DAY_SECONDS = 86_400;
/** Day 0 of either calendar, in days from 1970-01-01. */
const DAY_0_1900 = -25_569;
const DAY_0_1904 = -24_107;
/** Spreadsheets hold 1900 for a leap year: until its 29 February days are off by one. */
const FALSE_LEAP_DAY = 60;
/** 9999-12-31. */
const LAST_DAY = 2_958_465;

function serialToText(
  serial: number,
  { hasDay, hasTime }: { readonly hasDay: boolean; readonly hasTime: boolean },
  is1904: boolean,
): string | null {
  if (serial < 0 || serial > LAST_DAY) return null;
  const seconds = Math.round(serial * DAY_SECONDS);
  const day = Math.floor(seconds / DAY_SECONDS);
  const time = timeToText(seconds % DAY_SECONDS);
  if (!hasDay) return day === 0 ? time : hoursToText(seconds);
  const fromEpoch = is1904 ? day + DAY_0_1904 : day + DAY_0_1900 + (day < FALSE_LEAP_DAY ? 1 : 0);
  const date = new Date(fromEpoch * DAY_SECONDS * 1000).toISOString().slice(0, 10);
  return hasTime && seconds % DAY_SECONDS !== 0 ? `${date}T${time}` : date;
}

/** 13:05, or 13:05:09 where there are seconds. */
function timeToText(seconds: number): string {
  const text = new Date(seconds * 1000).toISOString().slice(11, 19);
  return text.endsWith(':00') ? text.slice(0, 5) : text;
}

/** Times of more than a day are durations: 26:30. */
function hoursToText(seconds: number): string {
  return `${Math.floor(seconds / 3600)}${timeToText(seconds % 3600).slice(2)}`;
}
