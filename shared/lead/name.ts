import { splitEastAsianName } from './name-east-asian.ts';
import { familyWordsBehind, familyWordsInFront, isCompany, withoutRemarks } from './name-order.ts';
import { trimText } from './text.ts';

/** `leftOut`: a title, a degree or a symbol was not taken over, so the whole text is worth keeping. */
export type SplitName = { readonly firstName?: string; readonly lastName?: string; readonly leftOut: boolean };

const TITLES = new Set(
  (
    'mr mrs ms miss mx dr prof professor sir dame lady lord rev reverend hon fr herr frau hr fru m mme mlle monsieur madame sr sra srta ' +
    'señor señora sig dott dottssa ing dipling mag dhr mevr mw drs ir pan pani г-н г-жа'
  ).split(' '),
);
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
const DEGREES = new Set(
  (
    'phd md mba cpa esq pmp cfa rn jd dds dmd msc bsc ma ba bs ms mph mpa pe pa cissp csm shrm shrmcp shrmscp sphr phr cfp chfc clu dvm do ' +
    'edd psyd llm llb acca cima mrics frcs aia leed leedap cism cisa pgmp acp safe ccna itil mpp meng beng bcom mcom mphil dphil np lcsw lmft ' +
    'cpt cscs ccim gri crs abr realtor'
  ).split(' '),
);

/**
 * Splits a full name into first and last name: "Ann Lee", "Lee, Ann", "Ludwig van der Berg", family name first where
 * it is written in Chinese, Japanese or Korean, in capitals, or before a patronymic. Titles, degrees, pronouns, symbols
 * and remarks are left out of both. One word alone is a first name.
 */
export function splitFullName(text: string): SplitName {
  const name = trimText(text);
  if (name === '') return { leftOut: false };
  if (name.length > LONGEST_NAME) return { firstName: name, leftOut: false };
  const eastAsian = splitEastAsianName(name);
  if (eastAsian) return { ...eastAsian, leftOut: false };
  const words = withoutRemarks(name.replace(/\s+/g, ' ').replace(/^"(.*)"$/, '$1'));
  const [head = '', ...rest] = words
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const headWords = nameWords(head);
  const kept = rest.filter((part) => !isDegreeList(part, headWords.length) && !(headWords.length > 1 && isCompany(part)));
  const generation = kept.filter((part) => GENERATIONS.has(plain(part)));
  const given = kept.filter((part) => !GENERATIONS.has(plain(part))).flatMap(nameWords);
  const parts = given.length > 0 ? lastFirst(withoutTitles(headWords), withoutTitles(given)) : firstLast(withoutTitles(headWords));
  const firstName = trimText(parts.firstName);
  const lastName = trimText([parts.lastName, ...generation].join(' '));
  const leftOut = lettersOf(firstName + lastName) !== lettersOf(name);
  return { ...(firstName ? { firstName } : {}), ...(lastName ? { lastName } : {}), leftOut };
}

/** A longer text is no name, and is not taken apart. */
const LONGEST_NAME = 300;

type Parts = { readonly firstName: string; readonly lastName: string };

/** Words of a name; symbols and emoji standing alone are none. */
function nameWords(text: string): readonly string[] {
  return text.split(' ').filter((word) => /[\p{L}\p{N}&]/u.test(word));
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[.'’®™-]/g, '');
}

function withoutTitles(words: readonly string[]): readonly string[] {
  let start = 0;
  while (start < words.length - 1 && (TITLES.has(plain(words[start] ?? '')) || (start > 0 && isAnd(words[start])))) start++;
  let end = words.length;
  // "Ann Lee PhD": written like a degree, not like a name. In "JOHN PAUL MA" nothing tells the two apart.
  const isShouted = !words.some((word) => /\p{Ll}/u.test(word));
  while (!isShouted && end - start > 2 && DEGREES.has(plain(words[end - 1] ?? '')) && /\p{Lu}.*\p{Lu}/u.test(words[end - 1] ?? '')) end--;
  return words.slice(start, end);
}

function firstLast(words: readonly string[]): Parts {
  if (words.length < 2) return { firstName: words[0] ?? '', lastName: '' };
  const front = familyWordsInFront(words);
  if (front > 0) return { firstName: words.slice(front).join(' '), lastName: words.slice(0, front).join(' ') };
  const behind = familyWordsBehind(words);
  if (behind > 1) return { firstName: words.slice(0, -behind).join(' '), lastName: words.slice(-behind).join(' ') };
  let start = words.length - 1;
  if (start > 1 && GENERATIONS.has(plain(words[start] ?? ''))) start--;
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

/** "Mr. & Mrs. Smith" */
function isAnd(word = ''): boolean {
  return /^(?:&|and|und|en)$/i.test(word);
}

/** "Berg, Jan van der": words before a last name that were put behind the first name go back. */
function lastFirst(last: readonly string[], given: readonly string[]): Parts {
  let end = given.length;
  while (end > 1 && isParticle(given[end - 1])) end--;
  return { firstName: given.slice(0, end).join(' '), lastName: [...given.slice(end), ...last].join(' ') };
}

/** "PhD", "MBA, PMP", "SHRM-CP": after a whole name any short word in capitals is one, after a single word only known ones. */
function isDegreeList(part: string, wordsBefore: number): boolean {
  const words = part.split(/[\s/&]+/).filter((word) => /\p{L}/u.test(word));
  if (words.length === 0) return true;
  return words.every((word) => DEGREES.has(plain(word)) || (wordsBefore > 1 && /^(?=.*\p{Lu}.*\p{Lu})[\p{L}.®™-]{2,8}$/u.test(word)));
}

/** Letters and digits in one order whatever the words' order, to see whether any is missing. */
function lettersOf(text: string): string {
  return [...text.replace(/[^\p{L}\p{N}]/gu, '')].sort().join('');
}
