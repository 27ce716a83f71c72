import { countFilled, shapeOf } from './cell-shape.ts';
import type { Records } from './find-header.ts';
import { isSurelyHeader, lookAtHeader } from './judge-header.ts';

/** One of several tables in a file: its header's record, and its rows up to, not including, `end`. */
export type Section = { readonly header: number; readonly end: number };

/**
 * Splits the records below a header where another table begins: behind a blank row or a title stands a row that is
 * surely a header, and another one. Each table ends where the blank rows and the title of the next begin.
 */
export function findSections(records: Records, header: number): readonly Section[] {
  const sections: Section[] = [];
  let current = header;
  let before = 2;
  for (let at = header + 1; at < records.length; at++) {
    const row = records[at] ?? [];
    const filled = countUpTo2(row);
    if (
      filled === 2 &&
      before < 2 &&
      !isSameHeader(row, records[current] ?? []) &&
      isSurelyHeader(lookAtHeader(row)) &&
      hasRows(records, at)
    ) {
      sections.push({ header: current, end: titleStart(records, current, at) });
      current = at;
    }
    before = filled;
  }
  sections.push({ header: current, end: records.length });
  return sections;
}

/** Rows that tell what a table holds. */
const SAMPLE_ROWS = 20;

/** The table of people: of those with columns for a person the one with the most rows; the first when none has. */
export function choosePeople(records: Records, sections: readonly Section[]): Section | undefined {
  let best = sections[0];
  if (sections.length === 1) return best;
  let most = 0;
  for (const section of sections) {
    const rows = countRows(records, section);
    if (rows > most && holdsPeople(records, section)) {
      best = section;
      most = rows;
    }
  }
  return best;
}

function holdsPeople(records: Records, { header, end }: Section): boolean {
  const { person } = lookAtHeader(records[header] ?? []);
  const rows = records.slice(header + 1, Math.min(end, header + 1 + SAMPLE_ROWS));
  return person >= 2 || (person === 1 && rows.some((row) => row.some((cell) => shapeOf(cell) === 'email')));
}

/** Rows of a section with text. */
export function countRows(records: Records, { header, end }: Section): number {
  let rows = 0;
  for (let at = header + 1; at < end; at++) if (countUpTo2(records[at] ?? []) > 0) rows++;
  return rows;
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

/** Cells with text, counted to two at most: nearly every row is done after its second cell. */
export function countUpTo2(row: readonly string[]): 0 | 1 | 2 {
  if (isPlain(row[0]) && isPlain(row[1])) return 2;
  let filled: 0 | 1 = 0;
  for (const cell of row) {
    if (!isPlain(cell) && cell.trim() === '') continue;
    if (filled === 1) return 2;
    filled = 1;
  }
  return filled;
}

/** Begins with a letter, a digit or a sign of ASCII: no need to trim it. */
function isPlain(cell: string | undefined): boolean {
  const first = cell?.charCodeAt(0) ?? 0;
  return first > 0x20 && first < 0x80;
}

function hasRows(records: Records, header: number): boolean {
  for (let at = header + 1; at < records.length; at++) {
    const filled = countUpTo2(records[at] ?? []);
    if (filled > 0) return filled === 2;
  }
  return false;
}

/** Where the blank rows and the title above a header begin. */
function titleStart(records: Records, above: number, header: number): number {
  let at = header;
  const filledAbove = () => (at - 1 > above ? countUpTo2(records[at - 1] ?? []) : 2);
  while (filledAbove() === 0) at--;
  if (filledAbove() === 1) at--;
  while (filledAbove() === 0) at--;
  return at;
}
