import type { Piece } from './cut-phrases.ts';
import type { Concept, Role, Whose } from './vocabulary.ts';
import type { Meaning } from './vocabulary-index.ts';

/** A piece of a header with the meanings that count. */
export type Word = {
  readonly words: string;
  readonly concepts: ReadonlySet<Concept>;
  readonly weak: ReadonlySet<Concept>;
  readonly roles: ReadonlySet<Role>;
  readonly whose: ReadonlySet<Whose>;
  readonly beside: ReadonlySet<Concept>;
  readonly small: boolean;
  readonly about: boolean;
  /** Set for a number standing alone. */
  readonly number: number | null;
  readonly known: boolean;
  readonly languages: readonly number[];
};

const NOTHING: ReadonlySet<never> = new Set<never>();
const BLANK = { concepts: NOTHING, weak: NOTHING, roles: NOTHING, whose: NOTHING, beside: NOTHING, small: false, about: false } as const;

/**
 * Gives every piece the meanings of the languages that know most of the header: "commercial" beside "Telefone" is
 * Portuguese and a kind of phone, beside "nom" French and a colleague. A piece those languages do not know keeps all
 * its meanings.
 */
export function mergeMeanings(pieces: readonly Piece[]): readonly Word[] {
  const counts = new Map<number, number>();
  for (const piece of pieces) {
    if (piece.kind !== 'phrase') continue;
    for (const { language } of piece.meanings) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  const most = Math.max(0, ...counts.values());
  const best = (language: number) => counts.get(language) === most;
  return pieces.map((piece): Word => {
    if (piece.kind === 'number') return { ...BLANK, words: '', number: piece.number, known: true, languages: [] };
    if (piece.kind === 'unknown') return { ...BLANK, words: piece.word, number: null, known: false, languages: [] };
    const chosen = piece.meanings.filter(({ language }) => best(language));
    return mergeAll(piece.words, chosen.length > 0 ? chosen : piece.meanings);
  });
}

function mergeAll(words: string, meanings: readonly Meaning[]): Word {
  const languages = meanings.map(({ language }) => language);
  const [only] = meanings;
  if (only && meanings.length === 1) return { ...only, words, number: null, known: true, languages };
  const union = <T>(pick: (meaning: Meaning) => ReadonlySet<T>): ReadonlySet<T> => {
    const all = new Set<T>();
    for (const meaning of meanings) for (const one of pick(meaning)) all.add(one);
    return all;
  };
  return {
    words,
    concepts: union((meaning) => meaning.concepts),
    weak: union((meaning) => meaning.weak),
    roles: union((meaning) => meaning.roles),
    whose: union((meaning) => meaning.whose),
    beside: union((meaning) => meaning.beside),
    small: meanings.some((meaning) => meaning.small),
    about: meanings.some((meaning) => meaning.about),
    number: null,
    known: true,
    languages,
  };
}
