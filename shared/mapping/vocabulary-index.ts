import { normaliseHeader } from './normalise-header.ts';
import { VOCABULARIES } from './vocabularies.ts';
import type { Concept, Role, Vocabulary, Whose } from './vocabulary.ts';

/** Everything a phrase means in one language; several at once, as "mobile" is a phone and a role. */
export type Meaning = {
  /** Place of the language in the registry. */
  readonly language: number;
  readonly concepts: ReadonlySet<Concept>;
  readonly weak: ReadonlySet<Concept>;
  readonly roles: ReadonlySet<Role>;
  readonly whose: ReadonlySet<Whose>;
  readonly beside: ReadonlySet<Concept>;
  readonly small: boolean;
  readonly about: boolean;
};
type Writable = { -readonly [K in keyof Meaning]: Meaning[K] };

export type VocabularyIndex = {
  readonly meanings: ReadonlyMap<string, readonly Meaning[]>;
  readonly alone: ReadonlyMap<string, Concept>;
  /** Words of the longest phrase. */
  readonly longest: number;
};

/** Phrases by their normalised form, for the languages given. The first language wins where whole headers differ. */
export function indexVocabularies(vocabularies: readonly Vocabulary[]): VocabularyIndex {
  const meanings = new Map<string, Writable[]>();
  const alone = new Map<string, Concept>();
  let longest = 1;
  for (const [language, vocabulary] of vocabularies.entries()) {
    const own = new Map<string, Writable>();
    const at = (phrase: string): Writable => {
      const key = normaliseHeader(phrase);
      const known = own.get(key);
      if (known) return known;
      const fresh: Writable = { language, ...MEANS_NOTHING };
      own.set(key, fresh);
      return fresh;
    };
    eachPhrase(vocabulary.concepts, (one, phrase) => set(at(phrase), 'concepts', one));
    eachPhrase(vocabulary.weak, (one, phrase) => set(at(phrase), 'weak', one));
    eachPhrase(vocabulary.roles, (one, phrase) => set(at(phrase), 'roles', one));
    eachPhrase(vocabulary.whose, (one, phrase) => set(at(phrase), 'whose', one));
    eachPhrase(vocabulary.beside, (one, phrase) => set(at(phrase), 'beside', one));
    for (const word of vocabulary.small ?? []) at(word).small = true;
    for (const word of vocabulary.about ?? []) at(word).about = true;
    eachPhrase(vocabulary.alone, (concept, phrase) => {
      const key = normaliseHeader(phrase);
      if (!alone.has(key)) alone.set(key, concept);
    });
    inheritRoles(own);
    for (const [phrase, meaning] of own) {
      longest = Math.max(longest, phrase.split(' ').length);
      const known = meanings.get(phrase);
      if (known) known.push(meaning);
      else meanings.set(phrase, [meaning]);
    }
  }
  return { meanings, alone, longest };
}

let latin: VocabularyIndex | null = null;
let everyLanguage: VocabularyIndex | null = null;

/** The index for a header, made on first use: the languages of other scripts wait for a header written in one. */
export function vocabularyIndex(header: string): VocabularyIndex {
  // Some systems write Korean as single letters (NFD), which no dictionary holds.
  if (OTHER_SCRIPT.test(header.slice(0, MAX_LOOKED_AT).normalize('NFC'))) {
    everyLanguage ??= indexVocabularies([...VOCABULARIES.latin, ...VOCABULARIES.otherScripts]);
    return everyLanguage;
  }
  latin ??= indexVocabularies(VOCABULARIES.latin);
  return latin;
}

const OTHER_SCRIPT = /[\u0400-\u04ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\uff61-\uff9f]/;
const MAX_LOOKED_AT = 500;

const NOTHING: ReadonlySet<never> = new Set<never>();
/** Most phrases mean one thing: they share the empty sets, as thousands of them would be felt. */
const MEANS_NOTHING = {
  concepts: NOTHING,
  weak: NOTHING,
  roles: NOTHING,
  whose: NOTHING,
  beside: NOTHING,
  small: false,
  about: false,
} as const;

type Sets = { concepts: Concept; weak: Concept; roles: Role; whose: Whose; beside: Concept };

function set<K extends keyof Sets>(meaning: { [P in K]: ReadonlySet<Sets[P]> }, key: K, one: Sets[K]): void {
  meaning[key] = new Set([...meaning[key], one]);
}

/** A phrase of several words has the roles of its words: "contact mobile" is a mobile. */
function inheritRoles(own: ReadonlyMap<string, Writable>): void {
  for (const [phrase, meaning] of own) {
    if (meaning.roles.size > 0 || !(meaning.concepts.has('phone') || meaning.concepts.has('email')) || !phrase.includes(' ')) continue;
    for (const word of phrase.split(' ')) for (const role of own.get(word)?.roles ?? []) set(meaning, 'roles', role);
  }
}

function eachPhrase<K extends string>(
  table: { readonly [P in K]?: readonly string[] } | undefined,
  visit: (key: K, phrase: string) => void,
): void {
  // The keys of a literal typed by K are exactly K.
  for (const [key, phrases] of Object.entries(table ?? {}) as [K, readonly string[]][]) {
    for (const phrase of phrases) for (const spelling of spellingsOf(phrase)) visit(key, spelling);
  }
}

/** "geschäftlich" is also "geschaeftlich" where a program knows no such letters. */
function spellingsOf(phrase: string): readonly string[] {
  if (!UMLAUT.test(phrase)) return [phrase];
  return [phrase, phrase.replace(/[äöüåÄÖÜÅ]/g, (letter) => DIGRAPHS.get(letter.toLowerCase()) ?? letter)];
}

const UMLAUT = /[äöüåÄÖÜÅ]/;
const DIGRAPHS: ReadonlyMap<string, string> = new Map([
  ['ä', 'ae'],
  ['ö', 'oe'],
  ['ü', 'ue'],
  ['å', 'aa'],
]);
