import type { Delimiter } from './detect-dialect.ts';

export type WriteOptions = {
  /** A comma unless given. */
  readonly delimiter?: Delimiter;
  /** Cells a spreadsheet would run as a formula get an apostrophe (`guardFormula`). False unless given. */
  readonly guard?: boolean;
};

const LINE_END = '\r\n';

/**
 * Writes a table as CSV (RFC 4180): a line end of CR LF after every row, the last one included. Reading it again with
 * the same delimiter gives the same cells, except that a row of blanks comes back as a blank row.
 */
export function writeCsv(headers: readonly string[], rows: Iterable<readonly string[]>, options: WriteOptions = {}): string {
  const lines = [csvLine(headers, options)];
  for (const row of rows) lines.push(csvLine(row, options));
  return lines.join('');
}

/** One row with its line end, for writing a file piece by piece. */
export function csvLine(cells: readonly string[], { delimiter = ',', guard = false }: WriteOptions = {}): string {
  return cells.map((cell) => quoted(guard ? guardFormula(cell) : cell)).join(delimiter) + LINE_END;
}

/** Any delimiter counts, not only the one in use: a program that guesses the delimiter must not guess from our cells. A byte order mark is a blank here. */
const NEEDS_QUOTES = /["\r\n,;\t|]|^\s|\s$|^sep=/i;

function quoted(cell: string): string {
  return NEEDS_QUOTES.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/**
 * What spreadsheets take for the start of a formula (OWASP, "CSV Injection"): = + - @ and their full-width forms, TAB, CR,
 * LF, NUL and blanks, which some of them skip. Own apostrophes before it count too: reading takes one off (`unguardFormula`).
 */
const FORMULA_START = /^'*[=+\-@\uff1d\uff0b\uff0d\uff20\0\s]/;
/** A number in E.164, or a part of one: a spreadsheet makes at most a number of it, and readers of phones need the sign. */
const PHONE = /^\+\d{6,15}$/;

/** Makes a cell safe to open in a spreadsheet by ONE apostrophe in front; phones, + and 6 to 15 digits, need none. */
export function guardFormula(text: string): string {
  return FORMULA_START.test(text) && !PHONE.test(text) ? `'${text}` : text;
}
