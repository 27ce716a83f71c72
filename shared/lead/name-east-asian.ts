import { JAPANESE_FAMILIES, SHORT_FAMILIES } from './name-families.data.ts';

type Parts = { readonly firstName?: string; readonly lastName?: string };

const ALL_EAST_ASIAN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ーヶ\s\u3000・·＝=]+$/u;
const HAN_ONLY = /^[\p{Script=Han}々ヶ]+$/u;
const HANGUL_ONLY = /^\p{Script=Hangul}+$/u;
/** Family names of two characters where one is the rule. */
const LONG_FAMILY_NAMES = new Set(
  '欧阳,歐陽,司马,司馬,上官,诸葛,諸葛,东方,東方,皇甫,尉迟,公孙,公孫,慕容,司徒,令狐,夏侯,南宫,南宮,长孙,長孫,남궁,황보,제갈,사공,선우,독고,서문'.split(
    ',',
  ),
);

type Families = { readonly japanese: ReadonlySet<string>; readonly short: ReadonlySet<string> };
let families: Families | null = null;

/** Made with the first such name: most files have none. */
function knownFamilies(): Families {
  families ??= { japanese: new Set(JAPANESE_FAMILIES.split(' ')), short: new Set(SHORT_FAMILIES) };
  return families;
}

/**
 * Splits a name written in Chinese, Japanese or Korean, where the family name comes first; null for other names. A
 * middle dot parts a foreign name, written in its own order. Without a blank known family names decide, then a change
 * from Han to kana, then the length: two characters of four. What nobody can tell is left whole, as a last name where
 * it may be one.
 */
export function splitEastAsianName(name: string): Parts | null {
  if (!ALL_EAST_ASIAN.test(name)) return null;
  const foreign = name.split(/[・·＝=]/).filter((part) => part.trim() !== '');
  if (foreign.length > 1) return { firstName: foreign.slice(0, -1).join('・'), lastName: foreign.at(-1) ?? '' };
  const words = name.split(/[\s\u3000]+/).filter((word) => word !== '');
  const [family = '', ...given] = words;
  if (given.length > 0) return { firstName: given.join(' '), lastName: family };
  const characters = [...family];
  const length = familyLength(family, characters);
  if (length === 0) return { firstName: family };
  if (length === characters.length) return { lastName: family };
  return { firstName: characters.slice(length).join(''), lastName: characters.slice(0, length).join('') };
}

/** How many characters of an unparted name are the family name; all where it may be nothing else, 0 when nobody can tell. */
function familyLength(name: string, characters: readonly string[]): number {
  if (HAN_ONLY.test(name)) return hanFamilyLength(characters);
  if (characters.length < 2) return 0;
  if (HANGUL_ONLY.test(name)) return isLongFamily(characters) ? 2 : 1;
  const firstKana = characters.findIndex((character) => !HAN_ONLY.test(character));
  return Math.max(firstKana, 0);
}

function hanFamilyLength(characters: readonly string[]): number {
  const { japanese, short } = knownFamilies();
  for (let length = Math.min(characters.length, 4); length > 1; length--)
    if (japanese.has(characters.slice(0, length).join(''))) return length;
  if (characters.length > 3 || isLongFamily(characters)) return 2;
  return short.has(characters[0] ?? '') ? 1 : characters.length;
}

function isLongFamily(characters: readonly string[]): boolean {
  return characters.length > 2 && LONG_FAMILY_NAMES.has(characters.slice(0, 2).join(''));
}
