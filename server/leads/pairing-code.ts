import type { Backend } from './backend.ts';

/** No 0, O, 1, I, L, U: a code is read from a terminal and typed by hand. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 30 letters, 8 places: 39 bits for 5 minutes. */
export const PAIRING_LENGTH = 8;
/** Pasted, not typed, and good for days: 78 bits. */
export const INVITE_LENGTH = 16;

/** Random letters for a code. Bytes past the last whole multiple of the alphabet are thrown away: every letter is equally likely. */
export function drawLetters(backend: Pick<Backend, 'randomBytes'>, length: number): string {
  const fair = 256 - (256 % ALPHABET.length);
  let letters = '';
  while (letters.length < length) {
    for (const byte of backend.randomBytes(length)) {
      if (byte < fair && letters.length < length) letters += ALPHABET[byte % ALPHABET.length];
    }
  }
  return letters;
}

/** Letters in groups of four, as K7Q4-9XWD. */
export function toCode(letters: string): string {
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

/** The letters of a code as somebody sent it: case, blanks and dashes do not matter, nor the address before its `#`. */
export function readCode(text: string): string {
  return text
    .slice(text.lastIndexOf('#') + 1)
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '');
}
