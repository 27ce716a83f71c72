import { shapeOf } from './cell-shape.ts';
import { HEADER_WORDS, PERSON_HEADER_WORDS } from './header-words.data.ts';

/** What a row looks like as a header. */
export type HeaderLook = {
  /** Cells with text. */
  readonly filled: number;
  /** Cells with an email or a phone: no header has one. */
  readonly contacts: number;
  /** Cells with a number, a date, a link, a long text. */
  readonly values: number;
  /** Cells with a word that columns are called. */
  readonly known: number;
  /** Of these, words for a person's own columns. */
  readonly person: number;
  /** Different texts among the filled cells. */
  readonly distinct: number;
};

/** Looks at a row as if it were a header. */
export function lookAtHeader(row: readonly string[]): HeaderLook {
  const look = { filled: 0, contacts: 0, values: 0, known: 0, person: 0 };
  const texts = new Set<string>();
  for (const cell of row) {
    const shape = shapeOf(cell);
    if (shape === 'blank') continue;
    look.filled++;
    texts.add(foldLabel(cell));
    if (shape === 'email' || shape === 'phone') look.contacts++;
    else if (shape !== 'text') look.values++;
    else if (hasWord(cell, HEADER_WORDS)) {
      look.known++;
      if (hasWord(cell, PERSON_HEADER_WORDS)) look.person++;
    }
  }
  return { ...look, distinct: texts.size };
}

/** Words of a label: "E-mail 1 - Value" has email and value, "phone_number" and "phoneNumber" have phone and number. */
function hasWord(cell: string, words: ReadonlySet<string>): boolean {
  const folded = foldLabel(cell);
  if (words.has(folded)) return true;
  const parts = foldLabel(cell.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')).match(/[\p{L}\p{M}]+/gu) ?? [];
  return parts.length <= MAX_WORDS && parts.some((part) => words.has(part));
}

/** A sentence that has the word "name" in it is no label. */
const MAX_WORDS = 5;

/** Small letters, Latin and Greek ones without accents, wide forms as plain ones, "E-Mail" as one word. */
function foldLabel(cell: string): string {
  return cell
    .normalize('NFKD')
    .replace(/([\p{Script=Latin}\p{Script=Greek}])[\u0300-\u036f]+/gu, '$1')
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ø', 'o')
    .replaceAll('ı', 'i')
    .replaceAll('ł', 'l')
    .replace(/\be[-\s]?(?=mail|post)/g, 'e')
    .trim();
}

/** Says whether a row can be a header at all: at least two cells, short different texts, no value among them. */
export function canBeHeader({ filled, contacts, values, known, distinct }: HeaderLook): boolean {
  // Years and the like are columns only among known ones.
  return filled >= 2 && contacts === 0 && distinct >= filled * 0.7 && (values === 0 || (known >= 3 && known >= values));
}

/** Says whether a row is a header for sure, wherever it stands: most of its cells are what columns are called. */
export function isSurelyHeader(look: HeaderLook): boolean {
  return canBeHeader(look) && look.values === 0 && look.known >= 2 && look.known >= look.filled * 0.5;
}

/** Says whether a column has values in the rows below where the header has a text. */
export function differsFrom(header: readonly string[], below: readonly (readonly string[])[]): boolean {
  return header.some((cell, column) => {
    if (shapeOf(cell) !== 'text') return false;
    const shapes = below.map((row) => shapeOf(row[column] ?? '')).filter((shape) => shape !== 'blank');
    const values = shapes.filter((shape) => shape !== 'text' && shape !== 'prose').length;
    return values > 0 && values >= shapes.length * 0.6;
  });
}
