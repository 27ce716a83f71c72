import type { Meaning, VocabularyIndex } from './vocabulary-index.ts';

/** A part of a header: a known phrase with what it means in each language, a number, or a word nobody knows. */
export type Piece =
  | { readonly kind: 'phrase'; readonly words: string; readonly meanings: readonly Meaning[] }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'unknown'; readonly word: string };

type Phrase = Extract<Piece, { kind: 'phrase' }>;

const EAST_ASIAN = /[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]/;
/** A word written together is cut into at most this many, none shorter than this in alphabets. */
const MAX_PARTS = 4;
const SHORTEST_PART = 3;
/** Longer words are no names of columns. */
const LONGEST_WORD = 40;
/** Letters between two German or Nordic words written as one: "Arbeitstelefon", "Kundenname". */
const JOINTS = ['', 's', 'n', 'en', 'es', 'er'];

/** Cuts a normalised header into the longest known phrases. */
export function cutPhrases(words: readonly string[], index: VocabularyIndex): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let start = 0; start < words.length; ) {
    let length = Math.min(index.longest, words.length - start);
    for (; length > 0; length--) {
      const phrase = words.slice(start, start + length).join(' ');
      const meanings = index.meanings.get(phrase);
      if (!meanings) continue;
      pieces.push({ kind: 'phrase', words: phrase, meanings });
      break;
    }
    if (length === 0) {
      pieces.push(...readWord(words[start] ?? '', index));
      length = 1;
    }
    start += length;
  }
  return pieces;
}

function readWord(word: string, index: VocabularyIndex): readonly Piece[] {
  if (/^\d{1,2}$/.test(word)) return [{ kind: 'number', number: Number(word) }];
  return splitWord(word, index) ?? [{ kind: 'unknown', word }];
}

/** "mobilephone", "Firmentelefon", "携帯電話番号": known words written as one, as few as possible; null when a letter is left. */
function splitWord(word: string, { meanings }: VocabularyIndex): readonly Phrase[] | null {
  if (word.length > LONGEST_WORD) return null;
  const eastAsian = EAST_ASIAN.test(word);
  const shortest = eastAsian ? 1 : SHORTEST_PART;
  const joints = eastAsian ? [''] : JOINTS;
  const best: (readonly Phrase[] | null)[] = [[]];
  for (let end = 1; end <= word.length; end++) {
    best[end] = null;
    for (let start = 0; start <= end - shortest; start++) {
      const before = best[start];
      if (!before || before.length >= MAX_PARTS) continue;
      if ((best[end]?.length ?? MAX_PARTS + 1) <= before.length + 1) continue;
      for (const joint of end < word.length ? joints : ['']) {
        const part = word.slice(start, end);
        if (!part.endsWith(joint) || part.length - joint.length < shortest) continue;
        const phrase = part.slice(0, part.length - joint.length);
        const known = meanings.get(phrase);
        // A small word inside another one is an accident: "van" in "advance".
        if (!known || (!eastAsian && known.every((meaning) => meaning.small))) continue;
        best[end] = [...before, { kind: 'phrase', words: phrase, meanings: known }];
        break;
      }
    }
  }
  return best[word.length] ?? null;
}
