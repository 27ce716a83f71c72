import { cutPhrases } from './cut-phrases.ts';
import { mergeMeanings, type Word } from './merge-meanings.ts';
import { normaliseHeader } from './normalise-header.ts';
import type { Concept, Role, Whose } from './vocabulary.ts';
import { type VocabularyIndex, vocabularyIndex } from './vocabulary-index.ts';

/** What a header says. */
export type HeaderReading = {
  readonly concept: Concept | null;
  /** A word that is used for the field, but for other things too. */
  readonly weak: boolean;
  /** Words nobody knows stand beside the concept: only values can say whether they turn the meaning round. */
  readonly partial: boolean;
  /** Null when the header names none. */
  readonly role: Role | null;
  /** The number behind the thing ("Phone 2"), null without one. */
  readonly number: number | null;
  readonly whose: Whose;
  /** The person has a word or a number of its own: "Contact name", "Person 2 email". */
  readonly personNamed: boolean;
  readonly personNumber: number | null;
  /** The words for an `aside`, to tell one from another: "broker". */
  readonly aside: string | null;
};

const ALONE = {
  weak: false,
  partial: false,
  role: null,
  number: null,
  whose: 'person',
  personNamed: false,
  personNumber: null,
  aside: null,
} as const;

/**
 * Reads a header by explaining every word of it: what it is about, which of several, whose. Null when a word is not
 * understood, as it can turn the meaning round; `concept: null` when all are, but none says what the column holds
 * ("Home", "Primary"). What stands in brackets or below a line break is left out where it alone is not understood.
 */
export function readHeader(header: string, index: VocabularyIndex = vocabularyIndex(header)): HeaderReading | null {
  const normal = normaliseHeader(header);
  if (normal === '') return null;
  const words = wordsOf(normal, index);
  const alone = index.alone.get(normal);
  if (alone) return { ...ALONE, concept: alone, weak: alone === 'fullName', role: alone === 'phone' ? roleOf(words) : null };
  const whole = readWords(words);
  if (whole) return whole;
  if (words.some((word) => word.about || isSomebodyElse(word))) return readRemarked(header, normal, words, index);
  return readInside(header, normal, index) ?? readOfAddress(words) ?? readWithoutAsides(header, normal, index) ?? readPart(words);
}

/** "Email (verified)": a remark about the column, or about what it holds. Only values can tell. */
function readRemarked(header: string, normal: string, words: readonly Word[], index: VocabularyIndex): HeaderReading | null {
  const reading = words.some(isSomebodyElse) ? null : readWithoutAsides(header, normal, index);
  return reading && isWay(reading.concept) ? { ...reading, partial: true } : null;
}

/** "contact[first]", "lead.first", "Contact First": a word for the person, and what is inside by itself. */
function readInside(header: string, normal: string, index: VocabularyIndex): HeaderReading | null {
  const marked = /^([^[:.]{1,40}?)(?: - |[:.[])([^[:]{1,60}?)\]?$/.exec(header.trim());
  const [before, behind] = marked ? [marked[1] ?? '', marked[2] ?? ''] : splitAtLastBlank(normal.includes(' ') ? normal : header.trim()); // normal East Asian words have none
  const inside = index.alone.get(normaliseHeader(behind));
  if (!inside) return null;
  const outside = readWords(wordsOf(normaliseHeader(before), index));
  const isPersons = outside !== null && outside.concept === null && outside.whose === 'person' && outside.personNamed;
  return isPersons ? { ...ALONE, concept: inside, personNamed: true, personNumber: outside.number } : null;
}

function splitAtLastBlank(text: string): readonly [string, string] {
  const blank = text.search(/\s\S*$/) + 1;
  return [text.slice(0, blank), text.slice(blank)];
}

function wordsOf(normal: string, index: VocabularyIndex): readonly Word[] {
  return mergeMeanings(cutPhrases(normal.split(' '), index));
}

/** "address_telephone", "Default Address Company": what stands with a postal address, behind what stands by itself. */
function readOfAddress(words: readonly Word[]): HeaderReading | null {
  const start = words.findIndex((word) => word.words === 'address');
  if (start < 0 || start === words.length - 1 || words.slice(0, start).some((word) => !word.roles.has('main') && !isPerson(word)))
    return null;
  const reading = readWords(words.slice(start + 1));
  if (reading?.whose !== 'person') return null;
  if (reading.concept === 'phone') return { ...reading, role: reading.role ?? 'other' };
  if (reading.concept === 'companyName') return { ...reading, weak: true };
  // "billingAddress.firstName": the address of the bill has the name of who pays it.
  const isPayer = words.slice(0, start).some((word) => word.whose.has('second'));
  const isName = reading.concept === 'firstName' || reading.concept === 'lastName' || reading.concept === 'name';
  return isPayer && isName ? { ...reading, whose: 'second', personNamed: true } : null;
}

/** The header without its asides: weaker, as they may say something. */
function readWithoutAsides(header: string, normal: string, index: VocabularyIndex): HeaderReading | null {
  if (header.length > LONGEST_WITH_ASIDE) return null;
  const [firstLine = ''] = header.trimStart().split(/[\r\n]/, 1);
  const plain = normaliseHeader(firstLine.replace(ASIDE, ' '));
  if (plain === '' || plain === normal) return null;
  const reading = readWords(wordsOf(plain, index));
  if (!reading) return null;
  const asides = wordsOf(normaliseHeader([...header.matchAll(ASIDE)].map(([, aside]) => aside).join(' ')), index);
  const whose = whoseOf(asides, null).whose;
  if (whose === 'other' || whose === 'owner' || whose === 'aside') return null;
  if (whose === 'company') return { ...reading, weak: true, whose, concept: reading.concept === 'name' ? 'companyName' : reading.concept };
  return { ...reading, weak: true };
}

const ASIDE = /[(（【]([^)）】]*)[)）】]/g;

const LONGEST_WITH_ASIDE = 300;

/** An address, a phone or a profile among unknown words; the values have to say so too. */
function readPart(words: readonly Word[]): HeaderReading | null {
  const known = words.filter((word) => word.known);
  if (known.length === words.length) return null;
  const concept = conceptOf(known)?.concept;
  if (!isWay(concept)) return null;
  return { concept, weak: true, partial: true, ...numbersOf(known), role: roleOf(known), ...whoseOf(known, concept) };
}

function readWords(words: readonly Word[]): HeaderReading | null {
  if (words.some((word) => !word.known)) return null;
  const concept = conceptOf(words);
  if (concept === undefined || !isExplained(words, concept.concept)) return null;
  return { ...concept, partial: false, ...numbersOf(words), role: roleOf(words), ...whoseOf(words, concept.concept) };
}

/** What a person is reached by, and what values show. */
function isWay(concept: Concept | null | undefined): concept is 'email' | 'phone' | 'linkedinUrl' {
  return concept === 'email' || concept === 'phone' || concept === 'linkedinUrl';
}

function isSomebodyElse({ whose }: Word): boolean {
  return whose.has('other') || whose.has('owner') || whose.has('aside');
}

function isPerson(word: Word): boolean {
  return word.whose.has('person') || word.whose.has('second');
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

function conceptOf(words: readonly Word[]): { concept: Concept | null; weak: boolean } | undefined {
  const named = new Set<Concept>();
  const weak = new Set<Concept>();
  for (const word of words) {
    for (const concept of word.concepts) named.add(concept);
    for (const concept of word.weak) weak.add(concept);
  }
  // "Organization 1 - Name" is the company's, "Company contact name" a person's.
  if (named.has('companyName') && named.has('name')) named.delete(words.some(isPerson) ? 'companyName' : 'name');
  if (named.has('firstName') && named.has('lastName')) return { concept: 'fullName', weak: false };
  if (named.has('firstName') && named.has('name')) {
    // "Nom, Prénom" is both names; "First name / Nombre" the same one in two languages.
    if (inOneLanguage(words, 'firstName', 'name')) return { concept: 'fullName', weak: false };
    named.delete('name');
  }
  if (named.has('lastName') && named.has('name')) {
    if (inOneLanguage(words, 'lastName', 'name')) return { concept: 'fullName', weak: false };
    named.delete('name');
  }
  if (named.has('title') && named.size > 1) named.delete('companyName');
  // "Company contact person" is the person.
  if (weak.has('fullName') && named.has('companyName') && named.size === 1 && words.some(isPerson))
    return { concept: 'fullName', weak: true };
  const strong = STRENGTH.filter((concept) => named.has(concept));
  // Roles that are phones by themselves ("mobile", "direct") stand back before a real concept; others may not mix.
  const [first] = strong;
  if (first) return mixes(strong) && !turnsRound(words, first) ? { concept: first, weak: false } : undefined;
  if (weak.size > 1) return undefined;
  const [only] = weak;
  return { concept: only ?? null, weak: only !== undefined };
}

/** A word that names something else and nothing more beside it: "Company description" is no company. */
function turnsRound(words: readonly Word[], concept: Concept): boolean {
  const isKin = (other: Concept) => other === concept || (concept === 'title' && other === 'jobTitle');
  return words.some(({ concepts, weak, roles, whose, beside, small }) => {
    const isOnlyWeak = weak.size > 0 && concepts.size + roles.size + whose.size === 0 && !small && !beside.has(concept);
    return isOnlyWeak && ![...weak].some(isKin);
  });
}

/** One language knows a word for the one and a word for the other. */
function inOneLanguage(words: readonly Word[], one: Concept, other: Concept): boolean {
  const languagesOf = (concept: Concept) => words.filter((word) => word.concepts.has(concept)).flatMap((word) => word.languages);
  const others = new Set(languagesOf(other));
  return languagesOf(one).some((language) => others.has(language));
}

/** Two concepts in one header: a company word says whose, a LinkedIn word where from; anything else is two things. */
function mixes(concepts: readonly Concept[]): boolean {
  const rest = concepts.slice(1).filter((concept) => concept !== 'companyName');
  const [first] = concepts;
  if (rest.length === 0) return first !== 'jobTitle' || !concepts.includes('companyName');
  if (rest.length > 1) return false;
  if (rest[0] === 'linkedinUrl') return first === 'jobTitle' || first === 'firstName' || first === 'lastName' || first === 'fullName';
  return (
    (rest[0] === 'phone' && first === 'email') ||
    (rest[0] === 'title' && first === 'jobTitle') ||
    (rest[0] === 'name' && first === 'fullName')
  );
}

/** Every word has a part to play: a filler word only beside the concept it belongs to. */
function isExplained(words: readonly Word[], concept: Concept | null): boolean {
  return words.every((word) => {
    if (word.number !== null || word.small) return true;
    if (word.concepts.size + word.weak.size + word.roles.size + word.whose.size > 0) return true;
    return concept !== null && word.beside.has(concept);
  });
}

function numbersOf(words: readonly Word[]): { number: number | null; personNumber: number | null } {
  let number: number | null = null;
  let personNumber: number | null = null;
  words.forEach((word, i) => {
    if (word.number === null) return;
    const before = words[i - 1];
    // "Person 2 email" is the second person's; "Email 2" and "Phone contact 2" are the second of their kind.
    if (before && isPerson(before) && before.concepts.size === 0 && i < words.length - 1) personNumber = word.number;
    else number = word.number;
  });
  return { number, personNumber };
}

const ROLE_ORDER: readonly Role[] = ['mobile', 'third', 'home', 'work', 'other', 'main'];

function roleOf(words: readonly Word[]): Role | null {
  return ROLE_ORDER.find((role) => words.some((word) => word.roles.has(role))) ?? null;
}

function whoseOf(words: readonly Word[], concept: Concept | null): Pick<HeaderReading, 'whose' | 'personNamed' | 'aside'> {
  const found = new Set<Whose>();
  for (const word of words) {
    const isConcept = concept !== null && (word.concepts.has(concept) || word.weak.has(concept));
    if (!isConcept) for (const whose of word.whose) found.add(whose);
  }
  if (isWay(concept) && words.some((word) => word.concepts.has('companyName') && !word.roles.has('work'))) found.add('company');
  const whose = (['other', 'owner', 'aside', 'company', 'account', 'second'] as const).find((one) => found.has(one)) ?? 'person';
  const aside = words.find((word) => word.whose.has('aside'))?.words ?? null;
  return { whose, personNamed: found.has('person') || found.has('second'), aside: whose === 'aside' ? aside : null };
}
