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

/**
 * Splits a name written in Chinese, Japanese or Korean, where the family name comes first; null for other names. A
 * middle dot parts a foreign name, written in its own order. Without a blank the usual lengths decide: one character
 * of three or two, two of four, and a change from Han to kana parts too.
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
  return { firstName: characters.slice(length).join(''), lastName: characters.slice(0, length).join('') };
}

/** How many characters of an unparted name are the family name; 0 when nobody can tell. */
function familyLength(name: string, characters: readonly string[]): number {
  if (characters.length < 2) return 0;
  if (HANGUL_ONLY.test(name)) return isLongFamily(characters) ? 2 : 1;
  if (HAN_ONLY.test(name)) {
    if (characters.length > 3) return 2;
    return isLongFamily(characters) && characters.length === 3 ? 2 : 1;
  }
  const firstKana = characters.findIndex((character) => !HAN_ONLY.test(character));
  return Math.max(firstKana, 0);
}

function isLongFamily(characters: readonly string[]): boolean {
  return characters.length > 2 && LONG_FAMILY_NAMES.has(characters.slice(0, 2).join(''));
}
