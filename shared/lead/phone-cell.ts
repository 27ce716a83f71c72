import { type GoodPhone, type PhoneOptions, type PhoneReading, readPhone } from './phone.ts';
import { splitPhoneCell } from './split-phone-cell.ts';
import { trimText } from './text.ts';

export type BadPhone = { readonly kind: 'invalid' | 'digits_lost'; readonly text: string };
/** The numbers of one cell in their order, without repeats. Both lists are empty for a blank cell. */
export type PhoneCell = { readonly good: readonly GoodPhone[]; readonly bad: readonly BadPhone[] };

/** Longer cells are no list of numbers and are not taken apart. */
const MAX_PHONE_CELL = 2_000;
const NOTHING: readonly never[] = [];
const BLANK_CELL: PhoneCell = { good: NOTHING, bad: NOTHING };
/** Every separator in one class, so that the usual cell is asked once. */
const MAY_BE_SEVERAL = /[;/,|\n\r、，；]|:::|\s(?:\+|&|[a-z]{1,4}\s)/i;

/** Reads a cell that may hold several numbers: `:::`, `;`, a line break, `/`, and a comma, "or" or "and" between numbers. */
export function readPhoneCell(text: string, options: PhoneOptions): PhoneCell {
  if (text.length > MAX_PHONE_CELL) return trimText(text) === '' ? BLANK_CELL : { good: NOTHING, bad: [{ kind: 'invalid', text }] };
  if (!MAY_BE_SEVERAL.test(text)) return fromReading(readPhone(text, options), text);
  const parts = splitPhoneCell(text);
  if (parts.length <= 1) return fromReading(readPhone(parts[0] ?? '', options), text);
  const good: GoodPhone[] = [];
  const bad: BadPhone[] = [];
  for (const part of parts) {
    const reading = readPhone(part, options);
    if (reading.kind === 'ok') {
      if (!good.some((earlier) => earlier.e164 === reading.e164)) good.push(reading);
    } else if (reading.kind !== 'blank') bad.push({ kind: reading.kind, text: part });
  }
  return { good, bad };
}

function fromReading(reading: PhoneReading, text: string): PhoneCell {
  if (reading.kind === 'ok') return { good: [reading], bad: NOTHING };
  return reading.kind === 'blank' ? BLANK_CELL : { good: NOTHING, bad: [{ kind: reading.kind, text }] };
}
