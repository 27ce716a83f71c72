import { splitEastAsianName } from './name-east-asian.ts';
import { familyWordsBehind, familyWordsInFront, isCompany, withoutRemarks } from './name-order.ts';
import { isFirstSurname } from './name-spanish.ts';
import { isAnd, isDegreeList, isTitleWord, plainWord, withoutTitles } from './name-titles.ts';
import { trimText } from './text.ts';

/**
 * `leftOut`: a title, a degree, a symbol or a second person was not taken over, so the whole text is worth keeping;
 * `several`: the text names more than one person, and the first is taken.
 */
export type SplitName = {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly leftOut: boolean;
  readonly several?: true;
};

/** Words before a last name that belong to it. */
const PARTICLES = new Set(
  (
    'van von der den de del della dello degli di da dos das do du la le los las lo el al bin ibn binti ter ten te zu zum zur vom af av ' +
    "san santa st st. ste. 't 's op ap ben bar mac y e"
  ).split(' '),
);
/** "v.d. Berg", "v. d. Berg": in small letters only, as "V." and "D." are initials. */
const SHORT_PARTICLE = /^(?:v\.?d\.?|v\/d|v\.|d\.)$/;
const GENERATIONS = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'junior', 'senior', 'filho', 'neto']);

/**
 * Splits a full name into first and last name: "Ann Lee", "Lee, Ann", "Ludwig van der Berg", family name first where
 * it is written in Chinese, Japanese or Korean, in capitals, or before a patronymic. Titles, degrees, pronouns, symbols
 * and remarks are left out of both. One word alone is a first name, behind a title ("Frau Fuchs") a last name.
 */
export function splitFullName(text: string): SplitName {
  const name = trimText(text);
  if (name === '') return { leftOut: false };
  const plain = splitPlainName(name);
  if (plain) return plain;
  if (name.length > LONGEST_NAME) return { firstName: name, leftOut: false };
  const eastAsian = splitEastAsianName(name);
  if (eastAsian) return { ...eastAsian, leftOut: false };
  const remarkless = withoutRemarks(name.replace(/\s+/g, ' ').replace(/^"(.*)"$/, '$1'));
  const words = firstPerson(remarkless);
  const [head = '', ...rest] = words
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const headWords = nameWords(head);
  const kept = rest.filter((part) => !isDegreeList(part, headWords) && !(headWords.length > 1 && isCompany(part)));
  const generation = kept.filter((part) => GENERATIONS.has(plainWord(part)));
  const given = kept.filter((part) => !GENERATIONS.has(plainWord(part))).flatMap(nameWords);
  const front = withoutTitles(headWords);
  const parts =
    given.length > 0
      ? lastFirst(front.words, withoutTitles(given).words)
      : front.family
        ? { firstName: '', lastName: front.words.join(' ') }
        : firstLast(front.words);
  const firstName = trimText(parts.firstName);
  const lastName = trimText([parts.lastName, ...generation].join(' '));
  const leftOut = !hasSameLetters(firstName + lastName, name);
  const split = { ...(firstName ? { firstName } : {}), ...(lastName ? { lastName } : {}), leftOut };
  return words === remarkless ? split : { ...split, several: true };
}

/** "Ann Lee": most names are two words that say nothing else, and a file has many of them. */
function splitPlainName(name: string): SplitName | null {
  if (!TWO_WORDS.test(name)) return null;
  const blank = name.indexOf(' ');
  const firstName = name.slice(0, blank);
  return isTitleWord(firstName) ? null : { firstName, lastName: name.slice(blank + 1), leftOut: false };
}

const TWO_WORDS = /^[A-Z][a-z]{1,20} [A-Z][a-z]{1,20}$/;

/** A longer text is no name, and is not taken apart. */
const LONGEST_NAME = 300;

type Parts = { readonly firstName: string; readonly lastName: string };

/** Words of a name; symbols and emoji standing alone are none. */
function nameWords(text: string): readonly string[] {
  return text.split(' ').filter((word) => /[\p{L}\p{N}&]/u.test(word));
}

function firstLast(words: readonly string[]): Parts {
  if (words.length < 2) return { firstName: words[0] ?? '', lastName: '' };
  const front = familyWordsInFront(words);
  if (front > 0) return { firstName: words.slice(front).join(' '), lastName: words.slice(0, front).join(' ') };
  const behind = familyWordsBehind(words);
  if (behind > 1) return { firstName: words.slice(0, -behind).join(' '), lastName: words.slice(-behind).join(' ') };
  let start = words.length - 1;
  if (start > 1 && GENERATIONS.has(plainWord(words[start] ?? ''))) start--;
  if (start > 1 && isFirstSurname(words[start - 1] ?? '')) start--;
  while (start > 1 && isParticle(words[start - 1])) {
    start--;
    // "von und zu Guttenberg"
    if (start > 2 && isAnd(words[start - 1]) && isParticle(words[start - 2])) start -= 2;
    // "Ortega y Gasset": the word before "y" belongs to the last name too.
    if (start > 1 && /^[ye]$/i.test(words[start] ?? '')) start--;
  }
  return { firstName: words.slice(0, start).join(' '), lastName: words.slice(start).join(' ') };
}

function isParticle(word = ''): boolean {
  return PARTICLES.has(word.toLowerCase()) || SHORT_PARTICLE.test(word);
}

/** The first of "Ann Lee / Bob Ray", two whole names; "Ann & Bob Lee" is a couple with one. */
function firstPerson(text: string): string {
  if (!MAY_BE_SEVERAL.test(text)) return text;
  const parts = text.split(SEVERAL).map((part) => part.trim());
  const [first = ''] = parts;
  const commas = first.split(',').length;
  const isWhole = (part: string) =>
    withoutTitles(nameWords(part)).words.filter((word) => !isParticle(word)).length > 1 && part.split(',').length === commas;
  return parts.length > 1 && parts.every(isWhole) ? first : text;
}

const MAY_BE_SEVERAL = /[/;&+]|\s(?:and|und|et)\s/i;
const SEVERAL = /\s*[/;]\s*|\s[&+]\s|\s(?:and|und|et)\s(?!zu\s)/i;

/** "Berg, Jan van der": words before a last name that were put behind the first name go back. */
function lastFirst(last: readonly string[], given: readonly string[]): Parts {
  let end = given.length;
  while (end > 1 && isParticle(given[end - 1])) end--;
  return { firstName: given.slice(0, end).join(' '), lastName: [...given.slice(end), ...last].join(' ') };
}

/** Says whether two texts have the same letters and digits, whatever their order. */
export function hasSameLetters(one: string, other: string): boolean {
  return lettersOf(one) === lettersOf(other);
}

function lettersOf(text: string): string {
  return [...text.replace(/[^\p{L}\p{N}]/gu, '')].sort().join('');
}
