import { normaliseHeader } from './normalise-header.ts';
import { type Concept, type Role, VOCABULARIES, type Vocabulary, type Whose } from './synonyms.data.ts';

/** What a header says. Null when a word of it is not understood: an unknown word can turn the meaning round. */
export type HeaderReading = {
  readonly concept: Concept | null;
  /** A word that is used for the field, but for other things too. */
  readonly weak: boolean;
  /** Null when the header names none. */
  readonly role: Role | null;
  /** The number behind the thing ("Phone 2"), null without one. */
  readonly number: number | null;
  readonly whose: Whose;
  /** The person has a word or a number of its own: "Contact name", "Person 2 email". */
  readonly personNamed: boolean;
  readonly personNumber: number | null;
};

/** Everything a phrase can mean; several at once, as "mobile" is a phone and a role. */
type Meaning = {
  concepts: Set<Concept>;
  weak: Set<Concept>;
  roles: Set<Role>;
  whose: Set<Whose>;
  beside: Set<Concept>;
  small: boolean;
};
type Index = { readonly meanings: ReadonlyMap<string, Meaning>; readonly alone: ReadonlyMap<string, Concept>; readonly longest: number };

let index: Index | null = null;

/** The phrases of all languages, normalised, made on first use. */
function vocabularyIndex(): Index {
  if (index) return index;
  const meanings = new Map<string, Meaning>();
  const alone = new Map<string, Concept>();
  const at = (phrase: string): Meaning => {
    const key = normaliseHeader(phrase);
    const known = meanings.get(key);
    if (known) return known;
    const fresh: Meaning = { concepts: new Set(), weak: new Set(), roles: new Set(), whose: new Set(), beside: new Set(), small: false };
    meanings.set(key, fresh);
    return fresh;
  };
  for (const vocabulary of Object.values<Vocabulary>(VOCABULARIES)) {
    eachPhrase(vocabulary.concepts, (concept, phrase) => at(phrase).concepts.add(concept));
    eachPhrase(vocabulary.weak ?? {}, (concept, phrase) => at(phrase).weak.add(concept));
    eachPhrase(vocabulary.roles ?? {}, (role, phrase) => at(phrase).roles.add(role));
    eachPhrase(vocabulary.whose ?? {}, (whose, phrase) => at(phrase).whose.add(whose));
    eachPhrase(vocabulary.beside ?? {}, (concept, phrase) => at(phrase).beside.add(concept));
    for (const word of vocabulary.small ?? []) at(word).small = true;
    eachPhrase(vocabulary.alone ?? {}, (concept, phrase) => alone.set(normaliseHeader(phrase), concept));
  }
  const longest = Math.max(...[...meanings.keys()].map((phrase) => phrase.split(' ').length));
  index = { meanings, alone, longest };
  return index;
}

function eachPhrase<K extends string>(table: { readonly [P in K]?: readonly string[] }, visit: (key: K, phrase: string) => void): void {
  // The keys of a literal typed by K are exactly K.
  for (const [key, phrases] of Object.entries(table) as [K, readonly string[]][]) for (const phrase of phrases) visit(key, phrase);
}

type Piece = { readonly words: string; readonly meaning: Meaning } | { readonly number: number };

/** Cuts a normalised header into the longest known phrases; null when a word stays unexplained. */
function cutPhrases(words: readonly string[]): readonly Piece[] | null {
  const { meanings, longest } = vocabularyIndex();
  const pieces: Piece[] = [];
  for (let start = 0; start < words.length; ) {
    let length = Math.min(longest, words.length - start);
    for (; length > 0; length--) {
      const phrase = words.slice(start, start + length).join(' ');
      const meaning = meanings.get(phrase);
      if (meaning) {
        pieces.push({ words: phrase, meaning });
        break;
      }
    }
    if (length === 0) {
      const word = words[start] ?? '';
      const compound = splitCompound(word);
      if (compound) pieces.push(...compound);
      else if (/^\d{1,2}$/.test(word)) pieces.push({ number: Number(word) });
      else return null;
      length = 1;
    }
    start += length;
  }
  return pieces;
}

/** "mobilephone", "emailaddress", "Firmentelefon": two known words written as one. */
function splitCompound(word: string): readonly Piece[] | null {
  const { meanings } = vocabularyIndex();
  for (let cut = 3; cut <= word.length - 3; cut++) {
    const [left, right] = [word.slice(0, cut), word.slice(cut)];
    const [first, second] = [meanings.get(left), meanings.get(right)];
    if (first && second) {
      return [
        { words: left, meaning: first },
        { words: right, meaning: second },
      ];
    }
  }
  return null;
}

/**
 * Reads a header by explaining every word of it: what it is about, which of several, whose. Null when a word is not
 * understood; `concept: null` when all are, but none says what the column holds ("Home", "Primary").
 */
export function readHeader(header: string): HeaderReading | null {
  const normal = normaliseHeader(header);
  if (normal === '') return null;
  const alone = vocabularyIndex().alone.get(normal);
  if (alone) return { concept: alone, weak: false, role: null, number: null, whose: 'person', personNamed: false, personNumber: null };
  const words = normal.split(' ');
  const pieces = cutPhrases(words);
  if (!pieces) return null;
  const concept = conceptOf(pieces);
  if (concept === undefined || !isExplained(pieces, concept.concept)) return null;
  return { ...concept, ...numbersOf(pieces), role: roleOf(pieces), ...whoseOf(pieces, concept.concept) };
}

function isPerson(piece: Piece): boolean {
  return !('number' in piece) && piece.meaning.whose.has('person');
}

/** What decides when a header names two things: "LinkedIn job title" is a job, "company email" an address. */
const STRENGTH: readonly Concept[] = [
  'email',
  'jobTitle',
  'fullName',
  'firstName',
  'lastName',
  'phone',
  'linkedinUrl',
  'title',
  'tags',
  'notes',
  'companyName',
  'name',
];

function conceptOf(pieces: readonly Piece[]): { concept: Concept | null; weak: boolean } | undefined {
  const named = new Set<Concept>();
  const weak = new Set<Concept>();
  for (const piece of pieces) {
    if ('number' in piece) continue;
    for (const concept of piece.meaning.concepts) named.add(concept);
    for (const concept of piece.meaning.weak) weak.add(concept);
  }
  // "Organization 1 - Name" is the company's, "Company contact name" a person's.
  if (named.has('companyName') && named.has('name')) named.delete(pieces.some(isPerson) ? 'companyName' : 'name');
  if ((named.has('name') || named.has('lastName')) && named.has('firstName')) return { concept: 'fullName', weak: false };
  if (named.has('title') && named.size > 1) named.delete('companyName');
  const strong = STRENGTH.filter((concept) => named.has(concept));
  // Roles that are phones by themselves ("mobile", "direct") stand back before a real concept; others may not mix.
  const [first] = strong;
  if (first) return mixes(strong) ? { concept: first, weak: false } : undefined;
  if (weak.size > 1) return undefined;
  const [only] = weak;
  return { concept: only ?? null, weak: only !== undefined };
}

/** Two concepts in one header: a company word says whose, a LinkedIn word where from; anything else is two things. */
function mixes(concepts: readonly Concept[]): boolean {
  const rest = concepts.slice(1).filter((concept) => concept !== 'companyName');
  const [first] = concepts;
  if (rest.length === 0) return first !== 'jobTitle' || !concepts.includes('companyName');
  if (rest.length > 1) return false;
  if (rest[0] === 'linkedinUrl') return first === 'jobTitle' || first === 'firstName' || first === 'lastName' || first === 'fullName';
  return rest[0] === 'phone' && first === 'email';
}

/** Every piece has a part to play: a filler word only beside the concept it belongs to. */
function isExplained(pieces: readonly Piece[], concept: Concept | null): boolean {
  return pieces.every((piece) => {
    if ('number' in piece) return true;
    const { meaning } = piece;
    if (meaning.concepts.size + meaning.weak.size + meaning.roles.size + meaning.whose.size > 0 || meaning.small) return true;
    return concept !== null && meaning.beside.has(concept);
  });
}

function numbersOf(pieces: readonly Piece[]): { number: number | null; personNumber: number | null } {
  let number: number | null = null;
  let personNumber: number | null = null;
  pieces.forEach((piece, i) => {
    if (!('number' in piece)) return;
    const before = pieces[i - 1];
    const afterPerson = before && !('number' in before) && before.meaning.whose.has('person') && before.meaning.concepts.size === 0;
    // "Person 2 email" is the second person's; "Email 2" and "Phone contact 2" are the second of their kind.
    if (afterPerson && i < pieces.length - 1) personNumber = piece.number;
    else number = piece.number;
  });
  return { number, personNumber };
}

const ROLE_ORDER: readonly Role[] = ['mobile', 'third', 'other', 'home', 'work', 'main'];

function roleOf(pieces: readonly Piece[]): Role | null {
  const roles = new Set<Role>();
  for (const piece of pieces) if (!('number' in piece)) for (const role of piece.meaning.roles) roles.add(role);
  return ROLE_ORDER.find((role) => roles.has(role)) ?? null;
}

function whoseOf(pieces: readonly Piece[], concept: Concept | null): { whose: Whose; personNamed: boolean } {
  const found = new Set<Whose>();
  for (const piece of pieces) {
    if ('number' in piece) continue;
    const isConcept = concept !== null && (piece.meaning.concepts.has(concept) || piece.meaning.weak.has(concept));
    if (!isConcept) for (const whose of piece.meaning.whose) found.add(whose);
  }
  const whose = (['other', 'owner', 'company', 'account'] as const).find((one) => found.has(one)) ?? 'person';
  return { whose, personNamed: found.has('person') };
}
