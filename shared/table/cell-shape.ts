/** What a cell looks like, whatever its column is called. `phone`: with a plus, brackets or groups, or very many digits. */
export type CellShape = 'blank' | 'email' | 'link' | 'phone' | 'date' | 'number' | 'text' | 'prose';

/** Longer than any column name. */
const MAX_LABEL = 80;

const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;
const LINK = /^(?:https?:\/\/|www\.)\S+$/i;
/** `p:` is what Meta writes before phones. */
const PHONE = /^(?:p:|tel:)?'?(?:\+|00)?[\d\s().\-/\u00a0]{7,24}$/i;
/** Date alone, or with a time behind it: 2024-01-31, 31.1.24, 1/31/2024 13:05, 31 Jan 2024, 2024/1/31. */
const DATE =
  /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2}[ -]\p{L}{3,9}\.?[ -]\d{2,4}|\p{L}{3,9}\.? \d{1,2},? \d{4})(?:[T ,].*)?$/u;
/** With a currency, a percent sign, groups of thousands. */
const NUMBER = /^[-+(]?\s?[€$£¥₹]?\s?\d[\d.,' \u00a0\u202f]*(?:e[+-]?\d+)?\s?[%€$£¥]?\)?$/i;

/** Says what a cell looks like. Blanks around it do not count. */
export function shapeOf(cell: string): CellShape {
  const text = cell.trim();
  if (text === '') return 'blank';
  if (text.length > MAX_LABEL) return 'prose';
  if (text.includes('@') && EMAIL.test(text)) return 'email';
  if (LINK.test(text)) return 'link';
  if (!/\d/.test(text)) return 'text';
  if (DATE.test(text)) return 'date';
  if (PHONE.test(text) && isPhone(text)) return 'phone';
  return NUMBER.test(text) ? 'number' : 'text';
}

const MIN_DIGITS = 7;
/** A bare number this long is no amount. */
const MANY_DIGITS = 9;

function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, '').length;
  if (digits < MIN_DIGITS || digits > 16) return false;
  if (/^(?:p:|tel:)?'?(?:\+|00|\()/i.test(text)) return true;
  return /\d[\s().\-/\u00a0]+\d/.test(text) ? !/^\d{1,3}(?:[ \u00a0.]\d{3})+$/.test(text) : digits >= MANY_DIGITS;
}

/** Cells of a row that have text. */
export function countFilled(row: readonly string[]): number {
  let filled = 0;
  for (const cell of row) if (cell !== '' && cell.trim() !== '') filled++;
  return filled;
}
