import { isNullWord, trimText } from './text.ts';

/** Words that exports and people put before a number: `p:` (Meta), `tel:` (RFC 3966), "Mobile:". */
const LABEL =
  /^(?:[ptmchwod]\s?:|[tmchwod]\.?\s(?=[\d+(])|(?:tel|phone|telephone|telefon|tél|mobile|mobil|mob|cell|home|work|office|direct|whatsapp|電話|携帯|手机|电话)\s?[.:：]{0,2}\s?(?=[\d+(]))/i;
/** The same words after a number: "202-555-0123 (home)". */
const LABEL_AFTER = /\s?[\s(（](?:mobile|mobil|mob|cell|home|work|office|direct|main|ext\.?|x|[mchwo]|代表?|直通?)\.?[)）]?$/i;
/** `="…"`: how a spreadsheet is made to keep a number as text. */
const TEXT_FORMULA = /^="([^"]*)"$/;

const MAX_LABELLED = 80;

/** Takes off what surrounds a number: outer blanks, leading apostrophes, `="…"`, a label such as `p:` or `tel:`. */
export function stripPhoneDecoration(text: string): string {
  let result = trimText(text);
  const formula = TEXT_FORMULA.exec(result);
  if (formula) result = trimText(formula[1] ?? '');
  while (result.charCodeAt(0) === 0x27) result = trimText(result.slice(1));
  const label = LABEL.exec(result);
  if (label) result = trimText(result.slice(label[0].length));
  const after = result.length > MAX_LABELLED ? null : LABEL_AFTER.exec(result);
  return after && after.index > 0 ? trimText(result.slice(0, after.index)) : result;
}

/** Says whether nothing is given: no text, or one of the words for nothing. */
export function isPhoneBlank(stripped: string): boolean {
  return stripped === '' || isNullWord(stripped);
}

/** 4.15555E+09: a spreadsheet's scientific notation, whose last digits are gone. */
export function hasLostDigits(stripped: string): boolean {
  return /^\+?\d{1,17}(?:[.,]\d{1,17})?e\+?\d{1,3}$/i.test(stripped);
}

const EXTENSION =
  /(?:;ext=|extension|extn|ext|x|#|内線|分机|分機|转|轉|내선|\bdurchwahl|\bdw|\bposte|\binterno|\bint|\banexo|\bramal|доб)[.:]?\s?[.:#]?\s?(\d{1,7})[)）]?$/i;

/** Parts an extension (x123, ext. 5, #12, Durchwahl 3) from its number. `extension` is digits, '' when there is none. */
export function splitExtension(stripped: string): { readonly number: string; readonly extension: string } {
  const found = EXTENSION.exec(stripped);
  if (!found || found.index === 0) return { number: stripped, extension: '' };
  return { number: withoutTail(stripped.slice(0, found.index)), extension: found[1] ?? '' };
}

/** Takes off what led over to the extension: blanks, a comma, an opening bracket, a dash. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t\u00a0,;(（-–'.includes(text[end - 1] ?? '')) end--;
  return text.slice(0, end);
}

/** What people put between digits. Blanks of every kind, marks of text direction and dashes of every kind count too. */
const BETWEEN_DIGITS = /[\s().\-/[\]_~·•'’‐-―−⁃﹣－\u200b-\u200f\u202a-\u202e\u2060-\u2069]/;

/**
 * The digits of a number without anything between them, after a + where it begins with one. Digits of other scripts
 * become 0 to 9. Null when there is anything else, such as a letter.
 */
export function digitsOfPhone(text: string): string | null {
  const plain = withAsciiDigits(thousandsOff(text));
  let digits = '';
  for (const character of plain) {
    if (character >= '0' && character <= '9') digits += character;
    else if (character === '+' && digits === '') digits = '+';
    else if (!BETWEEN_DIGITS.test(character)) return null;
  }
  return digits === '' || digits === '+' ? null : digits;
}

/** 4155552671.0 and 4,155,552,671: a number that a program wrote as a quantity, with every digit still there. */
function thousandsOff(text: string): string {
  if (/^\d{7,15}\.0$/.test(text)) return text.slice(0, -2);
  return /^\d{1,3}(?:,\d{3}){2,4}$/.test(text) ? text.replaceAll(',', '') : text;
}

/** First digits of the scripts whose digits are met in address books: Arabic-Indic, Persian, Devanagari, Bengali, full width. */
const ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0xff10];

function withAsciiDigits(text: string): string {
  if (!/\P{ASCII}/u.test(text)) return text;
  let result = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code <= first + 9);
    if (zero !== undefined) result += String(code - zero);
    else result += character === '＋' ? '+' : character;
  }
  return result;
}
