import { decodeBytes, decodeWindows1252 } from './decode-bytes.ts';
import { rankLegacy } from './guess-legacy.ts';
import type { FileFacts } from './table.ts';
import { decodeUtf8WithSlips } from './utf8-slips.ts';

/** A few cells of a file as they would read in an encoding (WHATWG label). */
export type EncodingPreview = { readonly encoding: string; readonly cells: readonly string[] };

/** Encodings offered, and cells shown of each. */
const OFFERED = 3;
const SHOWN_CELLS = 4;
/** A longer cell tells no more than its beginning. */
const SHOWN_BYTES = 48;
const QUOTE = 0x22;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * The same odd cells of a file in its likeliest encodings, the one in use first, for a person to choose by eye. Those
 * that give the same text are one. Empty where no cell has a byte beyond ASCII.
 */
export function previewEncodings(bytes: Uint8Array, { encoding, delimiter }: FileFacts): readonly EncodingPreview[] {
  const cells = oddCells(bytes, delimiter.charCodeAt(0));
  if (cells.length === 0) return [];
  const previews: EncodingPreview[] = [];
  for (const candidate of [encoding, ...rankLegacy(bytes)]) {
    const preview = { encoding: candidate, cells: cells.map((cell) => decodeCell(cell, candidate)) };
    const isNew = previews.every((earlier) => earlier.cells.some((text, at) => text !== preview.cells[at]));
    if (isNew) previews.push(preview);
    if (previews.length === OFFERED) break;
  }
  return previews;
}

/** The first different cells with bytes beyond ASCII. No encoding that is ever doubted has a delimiter inside a character, but for `|`. */
function oddCells(bytes: Uint8Array, delimiter: number): readonly Uint8Array[] {
  const cells: Uint8Array[] = [];
  const seen = new Set<string>();
  let start = 0;
  let isOdd = false;
  for (let at = 0; at <= bytes.length && cells.length < SHOWN_CELLS; at++) {
    const byte = bytes[at] ?? LINE_FEED;
    if (byte >= 0x80) isOdd = true;
    if (byte !== delimiter && byte !== LINE_FEED && byte !== CARRIAGE_RETURN && byte !== QUOTE) continue;
    const cell = bytes.subarray(start, at);
    const key = cell.join();
    if (isOdd && cell.length <= SHOWN_BYTES && !seen.has(key)) {
      seen.add(key);
      cells.push(cell);
    }
    start = at + 1;
    isOdd = false;
  }
  return cells;
}

function decodeCell(cell: Uint8Array, encoding: string): string {
  const text = encoding === 'utf-8' ? decodeUtf8WithSlips(cell, decodeWindows1252) : decodeBytes(cell, encoding);
  return text.trim();
}
