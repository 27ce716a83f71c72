import { GIVEN_NAMES } from './name-given.data.ts';

let names: ReadonlySet<string> | null = null;

/** Says whether a word is one of the common given names, whatever its case and accents: "Ann", "JÜRGEN", "Marie-Claire". */
export function isGivenName(word: string): boolean {
  names ??= new Set(GIVEN_NAMES.split(' '));
  const plain = word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  if (names.has(plain) || names.has(plain.normalize('NFC'))) return true;
  const hyphen = plain.indexOf('-');
  return hyphen > 1 && names.has(plain.slice(0, hyphen));
}
