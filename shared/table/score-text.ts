import type { Language } from './languages.data.ts';

/** What a character says about the text it stands in, as a logarithm of how likely it is: 0 = certain, never above. */
const LIKELY = {
  /** Accented letters stand here and there among plain ones, letters of other alphabets stand together. */
  latinCommon: -4.8,
  latinRare: -7.2,
  /** Any other letter of the script: names travel. */
  latinForeign: -10.5,
  ownCommon: -3.2,
  ownRare: -5.5,
  ownForeign: -8,
  /** A listed or any other character of a script that has thousands. */
  wideCommon: -5.3,
  wideRare: -7,
  wideForeign: -9.5,
  halfWidthKana: -6.5,
  punctuation: -7.5,
  symbol: -11,
  /** A letter of another script. */
  otherScript: -12,
  /** No text has it: a control character, an unassigned or private one, a byte that fits nothing. */
  impossible: -17,
} as const;

/** What the neighbours of a character add. */
const CONTEXT = {
  /** "JosÈ": an upper-case letter behind a lower-case one. */
  capitalInside: -5,
  /** "M¸ller": a sign between two letters. */
  signInside: -5,
  /** "Gйrard": letters of two alphabets in a word. */
  mixedWord: -6,
  /** "ABC株式会社" is common, "M乼ler" is not; both cost a little. */
  mixedIdeographs: -4,
  /** A sign that stands where such signs stand. */
  inPlace: 3,
  /** A letter on its own. */
  lonely: -4,
  /** Half-width kana stand in rows. */
  lonelyKana: -6,
  /** "Ł500": a letter at a number. */
  atDigit: -4,
  /** "Kšhler": a consonant between consonants. */
  noVowel: -3,
} as const;

const LETTER = /\p{L}|\p{M}/u;
const PUNCTUATION = '’‘“”„‚«»–—…·•\u00a0°´ªº€£¥§®™©½¼¾';
const CURRENCY = '€£¥§½¼¾';
const BEHIND_WORDS = '”’»…®™©°';
const BEFORE_WORDS = '“‘«„';
const BETWEEN_WORDS = '–—•';
const SYMBOL = /[\p{P}\p{S}\p{N}\u3000-\u303f\uff00-\uff60]/u;
/** Nothing that a list of people has: bytes that stand for nothing, box drawings, mathematics. */
const IMPOSSIBLE = /[\ufffd\p{Cc}\p{Cn}\p{Co}\p{Cs}\u2200-\u22ff\u2500-\u25ff]/u;
const SCRIPTS: readonly (readonly [Language['script'] | 'other', RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['hangul', /\p{Script=Hangul}/u],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u],
  ['han', /\p{Script=Han}/u],
];
const WIDE: readonly string[] = ['hangul', 'kana', 'han'];

/**
 * How likely a text is in a language, judged by its characters beyond ASCII, their neighbours and the words it knows:
 * the logarithm of a probability, so that texts made of the same bytes can be compared whatever their length.
 */
export function scoreText(text: string, language: Language): number {
  const likely = likelihoods(language);
  const known = new Map<string, number>();
  let score = 0;
  let before = '';
  const characters = Array.from(text);
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? '';
    if (character >= '\u0080') {
      const own = known.get(character) ?? ownScore(character, language, likely);
      known.set(character, own);
      const after = characters[at + 1] ?? '';
      if (isHalfWidthKana(character)) score += own + (isHalfWidthKana(before) || isHalfWidthKana(after) ? 0 : CONTEXT.lonelyKana);
      else score += own + (LETTER.test(character) ? letterScore(before, character, after) : signScore(characters, at));
    }
    before = character;
  }
  return score;
}

function likelihoods(language: Language): ReadonlyMap<string, number> {
  const kind = kindOf(language.script);
  const likely = new Map<string, number>();
  for (const letter of language.rare) likely.set(letter, LIKELY[`${kind}Rare`]);
  for (const letter of language.common) likely.set(letter, LIKELY[`${kind}Common`]);
  return likely;
}

function ownScore(character: string, language: Language, likely: ReadonlyMap<string, number>): number {
  const listed = likely.get(character) ?? likely.get(character.toLowerCase());
  if (listed !== undefined) return listed;
  if (IMPOSSIBLE.test(character)) return LIKELY.impossible;
  if (PUNCTUATION.includes(character)) return LIKELY.punctuation;
  if (isHalfWidthKana(character)) return language.script === 'kana' ? LIKELY.halfWidthKana : LIKELY.otherScript;
  if (!LETTER.test(character)) return LIKELY.symbol;
  const script = scriptOf(character);
  const isOwn = script === language.script || (script === 'han' && WIDE.includes(language.script));
  return isOwn ? LIKELY[`${kindOf(language.script)}Foreign`] : LIKELY.otherScript;
}

function kindOf(script: Language['script']): 'latin' | 'own' | 'wide' {
  return WIDE.includes(script) ? 'wide' : script === 'latin' ? 'latin' : 'own';
}

/** Signs where they belong: an opening quote before a word, a dash between blanks, an apostrophe before "s". */
function signScore(characters: readonly string[], at: number): number {
  const sign = characters[at] ?? '';
  const before = characters[at - 1] ?? '';
  const after = characters[at + 1] ?? '';
  const joinsBefore = LETTER.test(before);
  const joinsAfter = LETTER.test(after);
  if (joinsBefore && joinsAfter) {
    if (sign === '·' || !SYMBOL.test(sign)) return 0;
    return sign === '’' && isApostrophe(characters, at) ? CONTEXT.inPlace : CONTEXT.signInside;
  }
  const isInPlace =
    (BEFORE_WORDS.includes(sign) && !joinsBefore && joinsAfter) ||
    (BEHIND_WORDS.includes(sign) && (joinsBefore || isDigit(before))) ||
    (BETWEEN_WORDS.includes(sign) && !joinsBefore && !joinsAfter) ||
    (CURRENCY.includes(sign) && (isDigit(before.trim() || (characters[at - 2] ?? '')) || isDigit(after)));
  return isInPlace ? CONTEXT.inPlace : 0;
}

/** "O’Brien", "d’Or", "it’s", "we’re": not "Garc’a". */
function isApostrophe(characters: readonly string[], at: number): boolean {
  const before = characters.slice(Math.max(0, at - 3), at).join('');
  const after = characters.slice(at + 1, at + 4).join('');
  return /(?:^|[^\p{L}])(?:\p{L}|[qQ]u)$/u.test(before) || /^(?:[stdm]|re|ll|ve)(?![\p{L}])/u.test(after);
}

function letterScore(before: string, character: string, after: string): number {
  const joinsBefore = LETTER.test(before);
  const joinsAfter = LETTER.test(after);
  const script = scriptOf(character);
  let score = 0;
  for (const neighbour of [before, after]) {
    if (LETTER.test(neighbour) && neighbour < '\u0080' && script !== 'latin')
      score += WIDE.includes(script) ? CONTEXT.mixedIdeographs : CONTEXT.mixedWord;
  }
  if (joinsBefore && isUpper(character) && isLower(before)) score += CONTEXT.capitalInside;
  if (joinsAfter && after < '\u0080' && isLower(character) && isUpper(after)) score += CONTEXT.capitalInside;
  if (script === 'latin' && joinsBefore && joinsAfter && ![before, character, after].some(isVowel)) score += CONTEXT.noVowel;
  if (!joinsBefore && !joinsAfter && !WIDE.includes(script)) score += CONTEXT.lonely;
  if ((isDigit(before) || isDigit(after)) && !WIDE.includes(script)) score += CONTEXT.atDigit;
  return score;
}

function scriptOf(character: string): Language['script'] | 'other' {
  return SCRIPTS.find(([, pattern]) => pattern.test(character))?.[0] ?? 'other';
}

function isHalfWidthKana(character: string): boolean {
  return character >= '\uff61' && character <= '\uff9f';
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function isUpper(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

function isLower(letter: string): boolean {
  return letter !== letter.toUpperCase();
}

function isVowel(letter: string): boolean {
  return /[aeiouyøæœı]/i.test(letter.normalize('NFD')[0] ?? '');
}
