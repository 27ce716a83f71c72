import { decodeBytes } from './decode-bytes.ts';

/** An encoding that UTF-8 was misread in, and how that looks. */
type Misread = {
  readonly encoding: string;
  /** A first character that such a text is sure to have, and to have soon: texts are long, and this is quick to say. */
  readonly start?: string;
  /** First characters of all pairs. */
  readonly first: string;
  /** Pairs that are sometimes written on purpose tell nothing when there is only one in a text. */
  readonly pairsNeeded: 1 | 2;
};
const MISREADINGS: readonly Misread[] = [
  { encoding: 'windows-1252', first: '\u00c2-\u00f4', pairsNeeded: 1 },
  { encoding: 'macintosh', start: '√', first: '√', pairsNeeded: 1 },
  { encoding: 'windows-1251', start: 'Р', first: 'ВГДЕРС', pairsNeeded: 2 },
];

/** How far the rarer ones are looked for. */
const BEGINNING = 256 * 1024;
/** How often a text may have gone wrong, one time upon another. */
const MAX_TIMES = 3;

/**
 * Finds out whether a text has cells whose UTF-8 was read in another encoding and written again ("TÃ©lÃ©phone").
 * Gives a function that mends one cell, and gives back unchanged what is sound; null when the text shows no such cell.
 */
export function findDoubleEncoding(text: string): ((cell: string) => string) | null {
  const seen = MISREADINGS.filter((misread) => showsIn(text, misread)).map(({ encoding }) => bytesIn(encoding));
  return seen.length === 0 ? null : (cell) => (ONLY_ASCII.test(cell) ? cell : (mend(cell, seen, MAX_TIMES) ?? cell));
}

const ONLY_ASCII = /^[\0-\x7f]*$/;

function showsIn(text: string, { encoding, start, first, pairsNeeded }: Misread): boolean {
  if (start !== undefined && !text.slice(0, BEGINNING).includes(start)) return false;
  const next = [...bytesIn(encoding)].filter(([, byte]) => byte < 0xc0).map(([character]) => character);
  const pair = new RegExp(`[${first}][${next.join('')}]`); // none of them has a meaning in a class: all are beyond ASCII
  const found = text.search(pair);
  return found >= 0 && (pairsNeeded === 1 || pair.test(text.slice(found + 2)));
}

/** A first byte of UTF-8 and one of those that follow it, as Windows-1252 shows them. */
const WESTERN_PAIR = /[\u00c2-\u00f4][\u0080-\u00bf\u0100-\uffff]/;
let westernBytes: Bytes | null = null;

/** The same for one short text by itself, for UTF-8 read as Windows-1252 only: two characters prove no more. */
export function mendWestern(text: string): string {
  if (!WESTERN_PAIR.test(text)) return text;
  westernBytes ??= bytesIn('windows-1252');
  return mend(text, [westernBytes], MAX_TIMES) ?? text;
}

type Bytes = ReadonlyMap<string, number>;

/** Null when the cell is sound, or nothing sensible comes out. */
function mend(cell: string, seen: readonly Bytes[], times: number): string | null {
  if (times === 0) return null;
  for (const bytes of seen) {
    const once = mendOnce(cell, bytes);
    if (once === null || once === cell) continue;
    const mended = mend(once, seen, times - 1) ?? once;
    if (isText(mended)) return mended;
  }
  return null;
}

/**
 * All or nothing: every character beyond ASCII must be a byte of sound UTF-8, which hardly any real text is. Decoded by
 * hand (RFC 3629): a decoder that throws for every sound cell takes many times as long.
 */
function mendOnce(cell: string, bytes: Bytes): string | null {
  let mended = '';
  let copied = 0;
  for (let at = 0; at < cell.length; at++) {
    if (cell.charCodeAt(at) < 0x80) continue;
    const first = bytes.get(cell[at] ?? '') ?? 0;
    const size = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (size === 0) return null;
    let code = first & (0x7f >> size);
    for (let next = at + 1; next < at + size; next++) {
      const byte = bytes.get(cell[next] ?? '') ?? 0;
      if (byte < 0x80 || byte > 0xbf) return null;
      code = (code << 6) | (byte & 0x3f);
    }
    if (code < (SMALLEST[size - 2] ?? 0) || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff) return null;
    // A byte order mark is no text.
    mended += cell.slice(copied, at) + (code === 0xfeff && at === 0 ? '' : String.fromCodePoint(code));
    at += size - 1;
    copied = at + 1;
  }
  return mended + cell.slice(copied);
}

/** The smallest code point that takes two, three and four bytes. */
const SMALLEST = [0x80, 0x800, 0x10000] as const;

/** Control, unassigned and private characters, phonetic signs: nobody wrote them. */
const NO_TEXT = /[\u0080-\u009f\u0250-\u02af\p{Cn}\p{Co}]/u;
/** What may come out alone: letters of Western and Central Europe, signs. "CAFÉ”" and "Æ’" are sound. */
const FINE_ALONE = /[\u00a0-\u017f\u0218-\u021b\u2000-\u{1ffff}]/u;

function isText(mended: string): boolean {
  if (NO_TEXT.test(mended)) return false;
  const odd = mended.match(/[^\0-\x7f]/gu) ?? [];
  return odd.length !== 1 || FINE_ALONE.test(odd[0]);
}

/** Byte of each character beyond ASCII. */
function bytesIn(encoding: string): Bytes {
  const bytes = new Map<string, number>();
  // Programs that know Latin-1 only write the bytes 0x80 to 0x9F as control characters.
  if (encoding === 'windows-1252') for (let byte = 0x80; byte < 0xa0; byte++) bytes.set(String.fromCharCode(byte), byte);
  for (let byte = 0x80; byte <= 0xff; byte++) {
    bytes.set(decodeBytes(Uint8Array.of(byte), encoding), byte);
  }
  return bytes;
}
