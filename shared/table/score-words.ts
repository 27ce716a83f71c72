import type { Language } from './languages.data.ts';

const ECHO_SCORE = 6;
const MAX_ECHOES = 6;

/**
 * How much speaks for a text that names come again in the addresses of their line: "Jörg" beside jorg@ or joerg@ tells
 * that the odd byte is an ö.
 */
export function scoreEchoes(text: string): number {
  let echoes = 0;
  for (const line of text.split('\n')) {
    const addresses = line
      .toLowerCase()
      .match(/[^\s,;|"<>@]+@/g)
      ?.join(' ');
    if (!addresses) continue;
    for (const word of line.match(/[\p{L}\p{M}]{3,}/gu) ?? []) {
      if (!/[^\0-\x7f]/.test(word)) continue;
      const folded = fold(word);
      if (addresses.includes(folded) || addresses.includes(fold(word.toLowerCase().replace(/[äöü]/g, '$&e')))) echoes++;
    }
  }
  return ECHO_SCORE * Math.min(MAX_ECHOES, echoes);
}

const FOLDED: ReadonlyMap<string, string> = new Map([
  ['ø', 'o'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ß', 'ss'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ı', 'i'],
]);

/** A word in lower-case plain letters. */
function fold(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\0-\x7f]/g, (letter) => FOLDED.get(letter) ?? letter);
}

const WORD_SCORE = 4;
const MAX_WORDS = 12;

/** How much speaks for a text that it has words with letters beyond ASCII which the language is known to have. */
export function scoreWords(text: string, language: Language): number {
  return WORD_SCORE * Math.min(MAX_WORDS, countWords(text, language));
}

const WIDE: readonly string[] = ['hangul', 'kana', 'han'];

function countWords(text: string, language: Language): number {
  if (language.words === '') return 0;
  const words = language.words
    .toLowerCase()
    .split(' ')
    .filter((word) => /[^\0-\x7f]/.test(word));
  if (WIDE.includes(language.script)) return words.filter((word) => text.includes(word)).length;
  const inText = new Set(text.toLowerCase().match(/[\p{L}\p{M}]{2,}/gu));
  return words.filter((word) => inText.has(word)).length;
}
