import { countFilled, shapeOf } from './cell-shape.ts';
import { canBeHeader, differsFrom, type HeaderLook, isSurelyHeader, lookAtHeader } from './judge-header.ts';

export type Records = readonly (readonly string[])[];

/** How far down a header is looked for, in rows from the first that is not blank. */
const REACH = 30;
/** Rows below a header that it is compared with. */
const BODY = 20;

/**
 * Index of the header's record among the records from `from` on: the first row with text, unless it cannot be one (a
 * title, a note, a line of facts about the report) and a row further down is one; only the records up to `end` are
 * looked at. -1 when the first row is a
 * person already, so that there is no header. Null when all rows are blank.
 */
export function findHeader(records: Records, from: number, end: number): number | null {
  const first = nextFilled(records, from);
  if (first === null || first >= end) return first;
  const look = lookAtHeader(records[first] ?? []);
  if (look.contacts === 0 && fitsBelow(records, first, end, look)) {
    const lower = lowerLine(records, first, end, look);
    if (lower !== null) return lower;
    return isLikeRowsBelow(records, first, end, look) ? -1 : first;
  }
  const header = findBelow(records, first, end);
  if (header !== null) return header;
  return isPerson(records, first, end) ? -1 : first;
}

/** Of a header in two lines the lower one, when it names more columns: the upper one names groups of them ("Contact,,,Company"). */
function lowerLine(records: Records, first: number, end: number, upper: HeaderLook): number | null {
  const next = first + 1;
  if (next >= end || rowsBelow(records, next, end).length === 0) return null;
  const look = lookAtHeader(records[next] ?? []);
  return look.filled > upper.filled && isSurelyHeader(look) ? next : null;
}

/** A name as it is written: "Ann", "de la Cruz", "O'Neil-Ray". */
const NAME = /^(?:\p{Ll}{1,4} ){0,2}\p{Lu}[\p{L}'’-]*\.?(?: (?:\p{Lu}[\p{L}'’-]*\.?|\p{Ll}{1,4})){0,2}$/u;

/** Names, and nothing but names below them: where no word is one that columns are called, the first row is one of them. */
function isLikeRowsBelow(records: Records, first: number, end: number, look: HeaderLook): boolean {
  const below = rowsBelow(records, first, end);
  if (look.known > 0 || look.values > 0 || look.filled < 2 || below.length === 0) return false;
  const areNames = (row: readonly string[]) => row.every((cell) => cell.trim() === '' || NAME.test(cell.trim()));
  return [records[first] ?? [], ...below].every((row) => countFilled(row) === look.filled && areNames(row));
}

/** A header names at least half of the columns that rows usually fill. */
function fitsBelow(records: Records, at: number, end: number, { filled }: HeaderLook): boolean {
  const usual = usualWidth(rowsBelow(records, at, end));
  return usual < 2 || (filled >= 2 && filled >= usual * 0.5);
}

/** The first row that looks like a header, has rows of its kind below, and only narrower ones above. */
function findBelow(records: Records, first: number, end: number): number | null {
  let widestAbove = lookAtHeader(records[first] ?? []).filled;
  for (let at = first + 1; at < Math.min(end, first + REACH); at++) {
    const row = records[at] ?? [];
    const look = lookAtHeader(row);
    const below = rowsBelow(records, at, end);
    const isWide = look.filled > widestAbove && look.filled >= usualWidth(below) * 0.6;
    if (isWide && below.length > 0 && canBeHeader(look) && (isKnown(look) || differsFrom(row, below))) return at;
    widestAbove = Math.max(widestAbove, look.filled);
  }
  return null;
}

function isKnown({ known, filled }: HeaderLook): boolean {
  return known >= 2 || (known === 1 && filled === 2);
}

/** An email is never the name of a column; a phone is none where the rows below have phones in its place. */
function isPerson(records: Records, at: number, end: number): boolean {
  const row = records[at] ?? [];
  const below = rowsBelow(records, at, end);
  return row.some((cell, column) => {
    const shape = shapeOf(cell);
    if (shape === 'email') return true;
    return shape === 'phone' && below.filter((other) => shapeOf(other[column] ?? '') === 'phone').length > below.length * 0.5;
  });
}

function rowsBelow(records: Records, at: number, end: number): Records {
  const rows: (readonly string[])[] = [];
  for (let next = at + 1; next < end && rows.length < BODY; next++) {
    const row = records[next] ?? [];
    if (countFilled(row) > 0) rows.push(row);
  }
  return rows;
}

/** Cells with text that three rows of four do not exceed. */
function usualWidth(rows: Records): number {
  const widths = rows.map(countFilled).sort((a, b) => a - b);
  return widths[Math.floor((widths.length - 1) * 0.75)] ?? 0;
}

function nextFilled(records: Records, from: number): number | null {
  for (let at = from; at < records.length; at++) if (countFilled(records[at] ?? []) > 0) return at;
  return null;
}
