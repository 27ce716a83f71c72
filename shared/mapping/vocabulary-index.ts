import { normaliseHeader } from './normalise-header.ts';
import { VOCABULARIES } from './vocabularies.ts';
import type { Concept, Role, Vocabulary, Whose } from './vocabulary.ts';

/** Everything a phrase means in one language; several at once, as "mobile" is a phone and a role. */
export type Meaning = {
  /** Place of the language in the registry. */
  readonly language: number;
  readonly concepts: Set<Concept>;
  readonly weak: Set<Concept>;
  readonly roles: Set<Role>;
  readonly whose: Set<Whose>;
  readonly beside: Set<Concept>;
  small: boolean;
  about: boolean;
};

export type VocabularyIndex = {
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  readonly alone: ReadonlyMap<string, Concept>;
  /** Words of the longest phrase. */
  readonly longest: number;
};

/** Phrases by their normalised form, for the languages given. The first language wins where whole headers differ. */
export function indexVocabularies(vocabularies: readonly Vocabulary[]): VocabularyIndex {
  const meanings = new Map<string, Meaning[]>();
  const alone = new Map<string, Concept>();
  let longest = 1;
  for (const [language, vocabulary] of vocabularies.entries()) {
    const at = (phrase: string): Meaning => {
      const key = normaliseHeader(phrase);
      longest = Math.max(longest, key.split(' ').length);
      const known = meanings.get(key);
      const last = known?.at(-1);
      if (last?.language === language) return last;
      const fresh = newMeaning(language);
      if (known) known.push(fresh);
      else meanings.set(key, [fresh]);
      return fresh;
    };
    eachPhrase(vocabulary.concepts, (concept, phrase) => at(phrase).concepts.add(concept));
    eachPhrase(vocabulary.weak, (concept, phrase) => at(phrase).weak.add(concept));
    eachPhrase(vocabulary.roles, (role, phrase) => at(phrase).roles.add(role));
    eachPhrase(vocabulary.whose, (whose, phrase) => at(phrase).whose.add(whose));
    eachPhrase(vocabulary.beside, (concept, phrase) => at(phrase).beside.add(concept));
    for (const word of vocabulary.small ?? []) at(word).small = true;
    for (const word of vocabulary.about ?? []) at(word).about = true;
    inheritRoles(meanings, language);
    eachPhrase(vocabulary.alone, (concept, phrase) => {
      const key = normaliseHeader(phrase);
      if (!alone.has(key)) alone.set(key, concept);
    });
  }
  return { meanings, alone, longest };
}

/** A phrase of several words has the roles of its words: "contact mobile" is a mobile. */
function inheritRoles(meanings: ReadonlyMap<string, readonly Meaning[]>, language: number): void {
  for (const [phrase, list] of meanings) {
    const meaning = list.at(-1);
    if (!meaning || meaning.language !== language || meaning.roles.size > 0 || !phrase.includes(' ')) continue;
    if (!meaning.concepts.has('phone') && !meaning.concepts.has('email')) continue;
    for (const word of phrase.split(' ')) {
      const own = meanings.get(word)?.find((one) => one.language === language);
      for (const role of own?.roles ?? []) meaning.roles.add(role);
    }
  }
}

let everyLanguage: VocabularyIndex | null = null;

/** The index of all languages, made on first use. */
export function vocabularyIndex(): VocabularyIndex {
  everyLanguage ??= indexVocabularies(VOCABULARIES);
  return everyLanguage;
}

function newMeaning(language: number): Meaning {
  return {
    language,
    concepts: new Set(),
    weak: new Set(),
    roles: new Set(),
    whose: new Set(),
    beside: new Set(),
    small: false,
    about: false,
  };
}

function eachPhrase<K extends string>(
  table: { readonly [P in K]?: readonly string[] } | undefined,
  visit: (key: K, phrase: string) => void,
): void {
  // The keys of a literal typed by K are exactly K.
  for (const [key, phrases] of Object.entries(table ?? {}) as [K, readonly string[]][]) for (const phrase of phrases) visit(key, phrase);
}
