import { normaliseHeader } from './normalise-header.ts';
import { type HeaderReading, readHeader } from './read-header.ts';
import type { Concept } from './vocabulary.ts';
import { vocabularyIndex } from './vocabulary-index.ts';

/** Share of the headers, and how many at least, that begin with a word before it says nothing. */
const SHARE = 0.6;
const FEWEST = 4;

/**
 * What the headers say without the word nearly all of them begin with: "IMP Voornaam", "usr_email", "tbl first name".
 * A word somebody knows stays, as does one in front of things that are no person's ("product_name", "product_price").
 * Null where the headers have no such word; a header without it has its own reading.
 */
export function readWithoutPrefix(headers: readonly string[]): readonly (HeaderReading | null)[] | null {
  const normal = headers.map(normaliseHeader);
  const prefix = prefixOf(normal);
  if (prefix === null) return null;
  const readings = normal.map((header, i) => readHeader(header.startsWith(prefix) ? header.slice(prefix.length) : (headers[i] ?? '')));
  const sure = readings.filter((reading) => reading?.partial === false && reading.whose === 'person');
  const persons = new Set(sure.map((reading) => reading?.concept).filter((concept) => concept && PERSONS.includes(concept)));
  return persons.size > 1 ? readings : null;
}

/** Two of these make a person of what the prefix stands for. */
const PERSONS: readonly Concept[] = ['firstName', 'lastName', 'fullName', 'email', 'phone'];

/** The first word with its blank, where enough headers share it and no language knows it. */
function prefixOf(normal: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const header of normal) {
    const blank = header.indexOf(' ');
    if (blank > 0) counts.set(header.slice(0, blank), (counts.get(header.slice(0, blank)) ?? 0) + 1);
  }
  const named = normal.filter((header) => header !== '').length;
  for (const [word, count] of counts) {
    if (count >= FEWEST && count >= named * SHARE) return vocabularyIndex(word).meanings.has(word) ? null : `${word} `;
  }
  return null;
}
