/** Cleaning of single values as people type and spreadsheets export them. */

/** Blanks that `trim` leaves alone are outer blanks too: zero-width characters and marks of text direction. */
function isOuterBlank(code: number): boolean {
  if (code > 0x20 && code < 0xa0) return false;
  if (code <= 0x20 || code === 0xa0 || code === 0xfeff || code === 0x3000 || code === 0x1680) return true;
  return (code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f) || (code >= 0x205f && code <= 0x206f);
}

/** Takes off outer blanks: ASCII, non-breaking, ideographic and zero-width ones, and marks of text direction. */
export function trimText(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isOuterBlank(text.charCodeAt(start))) start++;
  while (end > start && isOuterBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

/** What our files guard (`guardFormula` of the tables' room): a formula's first sign or a blank behind the apostrophes. */
const GUARDED = /^'+[=+\-@\uff1d\uff0b\uff0d\uff20\0\s]/;

/**
 * Takes off the ONE apostrophe that exporters put before a cell so that a spreadsheet reads it as text. A text that
 * itself began with apostrophes was given one more by our own export, so that what was written comes back unchanged;
 * an apostrophe before anything else ("'90s", "'s-Hertogenbosch") is the text's own.
 * Cells of files only: what arrives by the API is meant as it is.
 */
export function unguardFormula(text: string): string {
  return text.charCodeAt(0) === 0x27 && GUARDED.test(text) ? text.slice(1) : text;
}

/** The words exports write for "nothing", and lone dashes. Only phones, emails and links are asked: "None" is a name. */
export function isNullWord(text: string): boolean {
  return text.length <= 4 && /^(?:null|n\/a|none|[-–—]+)$/i.test(text);
}

/**
 * A text for comparing: Unicode compatibility form, no case, no accents, one kind of apostrophe, single blanks. Only
 * accents go: the vowel signs of Indic and other scripts tell names apart.
 */
export function foldText(text: string): string {
  const plain = text.normalize('NFKD').replace(/[\u0300-\u036f]/g, '');
  return plain
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** Size in UTF-8 bytes, looked at closely only where it could pass `limit`; otherwise any number up to it. */
export function utf8Bytes(text: string, limit: number): number {
  if (text.length * 3 <= limit) return text.length;
  let bytes = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) bytes += 1;
    else if (code < 0x800) bytes += 2;
    // A surrogate pair is four bytes in all; a lone half is written as U+FFFD, three bytes.
    else if (code >= 0xd800 && code < 0xdc00 && isLowSurrogate(text.charCodeAt(index + 1))) {
      bytes += 4;
      index++;
    } else bytes += 3;
  }
  return bytes;
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code < 0xe000;
}
