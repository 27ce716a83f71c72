import { type GoodPhone, type PhoneOptions, type PhoneReading, readPhone } from './phone.ts';
import { trimText } from './text.ts';

export type BadPhone = { readonly kind: 'invalid' | 'digits_lost'; readonly text: string };
/** The numbers of one cell in their order, without repeats. Both lists are empty for a blank cell. */
export type PhoneCell = { readonly good: readonly GoodPhone[]; readonly bad: readonly BadPhone[] };

/** Longer cells are no list of numbers and are not taken apart. */
const MAX_PHONE_CELL = 2_000;
/** More parts than that are not read: no address book has them, and what is left counts as one unreadable part. */
const MAX_PARTS = 20;
const NOTHING: readonly never[] = [];
const BLANK_CELL: PhoneCell = { good: NOTHING, bad: NOTHING };
/** Every separator in one class, so that the usual cell is asked once. */
const MAY_BE_SEVERAL = /[;/,|\n\r、，；]|:::|\s(?:\+|&|[a-z]{1,4}\s)/i;
/** What parts two numbers, but may stand inside one: a comma, "or", the + of the next one. */
const BETWEEN_NUMBERS = /[,、，]|\s(?:or|and|oder|und|ou|et|o|e|y|og|och|&)\s|\s(?=\+)/i;

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

/**
 * Splits a cell into its numbers. `:::`, `;`, `|` and line breaks always part them (not RFC 3966's `;ext=`). A slash
 * parts them once a whole number stands before it (030/1234567 is one number), a comma or "or" only between whole ones.
 */
export function splitPhoneCell(text: string): readonly string[] {
  const parts: string[] = [];
  for (const piece of text.split(/:::|;(?!\s*ext=)|；|[|\r\n]+/i)) {
    for (const half of splitAtComma(piece)) splitAtSlash(half, parts);
  }
  const filled = parts.filter((part) => part.trim() !== '');
  return filled.length > MAX_PARTS ? [...filled.slice(0, MAX_PARTS), filled.slice(MAX_PARTS).join(' ')] : filled;
}

function splitAtComma(text: string): readonly string[] {
  if (!BETWEEN_NUMBERS.test(text)) return [text];
  const halves = text.split(BETWEEN_NUMBERS).filter((half) => half.trim() !== '');
  return halves.every(isWholeNumber) ? halves : [text];
}

function splitAtSlash(text: string, parts: string[]): void {
  let current = '';
  for (const piece of text.split('/')) {
    if (current === '') current = piece;
    else if (isWholeNumber(current)) {
      parts.push(current);
      current = piece;
    } else current += `/${piece}`;
  }
  parts.push(current);
}

/** Seven digits: the shortest local number people write down on its own. */
function isWholeNumber(text: string): boolean {
  let digits = 0;
  for (let index = 0; index < text.length && digits < 7; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0x30 && code <= 0x39) digits++;
  }
  return digits >= 7;
}
