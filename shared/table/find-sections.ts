import { countFilled, shapeOf } from './cell-shape.ts';
import type { Records } from './find-header.ts';
import { canBeHeader, differsFrom, type HeaderLook, isSurelyHeader, lookAtHeader } from './judge-header.ts';

/** One of several tables in a file: its header's record, and its rows up to, not including, `end`. */
export type Section = { readonly header: number; readonly end: number };

/**
 * Splits the records below a header where another table begins: behind a blank row or a title stands a row that is
 * surely a header, and another one, or is one of a table of its own width. Each table ends where the blank rows and the title of the next begin. `filled` is
 * that of `RowLooks`.
 */
export function findSections(records: Records, filled: Uint8Array, header: number): readonly Section[] {
  const sections: Section[] = [];
  let current = header;
  let before = 2;
  for (let at = header + 1; at < records.length; at++) {
    const count = filled[at] ?? 0;
    if (count === 2 && before < 2 && beginsTable(records, filled, at, current)) {
      sections.push({ header: current, end: titleStart(filled, current, at) });
      current = at;
    }
    before = count;
  }
  sections.push({ header: current, end: records.length });
  return sections;
}

function beginsTable(records: Records, filled: Uint8Array, at: number, current: number): boolean {
  const row = records[at] ?? [];
  const look = lookAtHeader(row);
  if (isSameHeader(row, records[current] ?? [])) return false;
  if (!isSurelyHeader(look) && !isOtherTable(records, filled, at, current, look)) return false;
  let next = at + 1;
  while (filled[next] === 0) next++;
  return filled[next] === 2;
}

/**
 * Says whether a row of words nobody knows begins another table: behind a blank row, and perhaps a title, it is another
 * number of cells wide than the header above, all rows below it are no wider, and have values in its place.
 */
function isOtherTable(records: Records, filled: Uint8Array, at: number, current: number, look: HeaderLook): boolean {
  const isBehindBlank = filled[at - 1] === 0 || filled[at - 2] === 0;
  if (!isBehindBlank || look.values > 0 || !canBeHeader(look)) return false;
  const row = records[at] ?? [];
  if (look.filled === countFilled(records[current] ?? [])) return false;
  const below: (readonly string[])[] = [];
  for (let next = at + 1; filled[next] && below.length < SAMPLE_ROWS; next++) below.push(records[next] ?? []);
  return below.length > 0 && below.every((other) => countFilled(other) <= look.filled) && differsFrom(row, below);
}

/** Rows that tell what a table holds. */
const SAMPLE_ROWS = 20;

/** The table of people: of those with columns for a person the one with the most rows; the first when none has. */
export function choosePeople(records: Records, filled: Uint8Array, sections: readonly Section[]): Section | undefined {
  let best = sections[0];
  if (sections.length === 1) return best;
  let most = 0;
  for (const section of sections) {
    const rows = countRows(filled, section);
    if (rows > most && holdsPeople(records, section)) {
      best = section;
      most = rows;
    }
  }
  return best;
}

function holdsPeople(records: Records, { header, end }: Section): boolean {
  return isOfPeople(records[header] ?? [], records.slice(header + 1, Math.min(end, header + 1 + SAMPLE_ROWS)));
}

/** Says whether a table is one of people: two columns for a person, or one beside email addresses. Of its rows a few will do. */
export function isOfPeople(header: readonly string[], rows: Records): boolean {
  const { person } = lookAtHeader(header);
  return person >= 2 || (person === 1 && rows.some((row) => row.some((cell) => shapeOf(cell) === 'email')));
}

/** Rows of a section with text. */
export function countRows(filled: Uint8Array, { header, end }: Section): number {
  return filled.subarray(header + 1, end).reduce((rows, count) => (count > 0 ? rows + 1 : rows), 0);
}

/** Says whether a row repeats a header; case and outer blanks do not matter. */
export function isSameHeader(row: readonly string[], header: readonly string[]): boolean {
  const length = Math.max(row.length, header.length);
  for (let column = 0; column < length; column++) {
    const a = row[column] ?? '';
    const b = header[column] ?? '';
    if (a !== b && a.trim().toLowerCase() !== b.trim().toLowerCase()) return false;
  }
  return countFilled(header) >= 2;
}

/** Where the blank rows and the title above a header begin. */
function titleStart(filled: Uint8Array, above: number, header: number): number {
  let at = header;
  const countAbove = () => (at - 1 > above ? filled[at - 1] : 2);
  while (countAbove() === 0) at--;
  if (countAbove() === 1) at--;
  while (countAbove() === 0) at--;
  return at;
}
