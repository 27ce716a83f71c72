import { CHUNK_TARGET_BYTES } from '../limits.ts';
import { type Problem, problem } from '../problems.ts';
import type { PlannedRow } from './plan.ts';

/** `{"rows":[]}` around a row, with some room. */
const ENVELOPE_BYTES = 16;
/** The largest JSON a single row may have. */
export const MAX_ROW_BYTES = CHUNK_TARGET_BYTES - ENVELOPE_BYTES;
/** A UTF-16 unit is at most this many bytes of JSON: \u0001. */
const MAX_BYTES_PER_UNIT = 6;
/** What is kept of the cells of a row that is too large: together well below the limit, whatever they hold. */
const SHORTENED_UNITS = 60_000;
const MAX_CELL_UNITS = 2_000;
const MAX_TEXT_UNITS = 500;
const MAX_PROBLEMS = 50;

/**
 * A row that does not fit a chunk by itself becomes a reject with `row_too_large` and shortened cells; any other row
 * is given back as it is. `cells` are the row's cells as read, `repaired` as they are now. Every row of a plan has gone
 * through this, so that the preview already says what sending will say.
 */
export function fitRow(row: PlannedRow, cells: readonly string[], repaired: readonly string[] = cells): PlannedRow {
  if (!mayBeTooLarge(row, cells) && (repaired === cells || !mayBeTooLarge(row, repaired))) return row;
  const bytes = jsonBytes(JSON.stringify(row));
  return bytes <= MAX_ROW_BYTES ? row : refuseRow(row, cells, bytes);
}

/** A row of that many bytes as a reject. */
export function refuseRow(row: PlannedRow, cells: readonly string[], bytes: number): PlannedRow {
  const problems = (row.decision === 'reject' ? (row.problems ?? []) : []).slice(0, MAX_PROBLEMS).map(shortenText);
  const tooLarge = problem('row_too_large', { data: { bytes, limit: MAX_ROW_BYTES } });
  return { line: row.line, decision: 'reject', problems: [...problems, tooLarge], raw: shortenCells(cells) };
}

/** A quick look: the lead, the cells and the texts of problems each hold at most what the row holds. */
function mayBeTooLarge(row: PlannedRow, cells: readonly string[]): boolean {
  let units = 0;
  for (const cell of cells) units += cell.length;
  const copies = 2 + (row.problems?.length ?? 0);
  return units * copies * MAX_BYTES_PER_UNIT > MAX_ROW_BYTES / 2;
}

/** Cells cut to an even share of what may be kept; the cut is marked. */
function shortenCells(cells: readonly string[]): readonly string[] {
  const share = Math.min(MAX_CELL_UNITS, Math.floor(SHORTENED_UNITS / Math.max(1, cells.length)));
  return cells.map((cell) => shorten(cell, share));
}

function shortenText(one: Problem): Problem {
  return one.text === undefined ? one : { ...one, text: shorten(one.text, MAX_TEXT_UNITS) };
}

/** Cut between characters, never inside a surrogate pair. */
function shorten(text: string, units: number): string {
  if (text.length <= units) return text;
  const last = text.charCodeAt(units - 1);
  return `${text.slice(0, last >= 0xd800 && last < 0xdc00 ? units - 1 : units)}…`;
}

/** Bytes of a text in UTF-8. A lone surrogate does not occur: JSON writes it as an escape. */
export function jsonBytes(json: string): number {
  let bytes = json.length;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (code < 0x80) continue;
    if (code < 0x800) bytes += 1;
    else if (code >= 0xd800 && code < 0xe000)
      bytes += 1; // half a pair: two of these are four bytes
    else bytes += 2;
  }
  return bytes;
}
