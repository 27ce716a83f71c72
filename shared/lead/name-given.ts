import { GIVEN_NAMES } from './name-given.data.ts';

let names: ReadonlySet<string> | null = null;

/** Says whether a word is one of the common given names, whatever its case and accents: "Ann", "JÜRGEN", "Marie-Claire". */
export function isGivenName(word: string): boolean {
  names ??= new Set(GIVEN_NAMES.split(' ').map(foldWord));
  const plain = foldWord(word);
  if (names.has(plain)) return true;
  const hyphen = plain.indexOf('-');
  return hyphen > 1 && names.has(plain.slice(0, hyphen));
}

function foldWord(word: string): string {
  if (!BEYOND_ASCII.test(word)) return word.toLowerCase();
  return word.normalize('NFD').replace(MARKS, '').normalize('NFC').toLowerCase();
}

const BEYOND_ASCII = /[\u0080-\uffff]/;
const MARKS = /[\u0300-\u036f]/g;
