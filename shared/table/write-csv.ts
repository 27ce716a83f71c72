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
 * What spreadsheets take for the start of a formula (OWASP, "CSV Injection"): = + - @ and their full-width forms, TAB,
 * CR and LF, blanks and NULs before them.
 */
const FORMULA_START = /^[ \u00a0\0]*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
/** A phone or a number: digits, blanks and the signs people write between them can call no function. */
const PLAIN_NUMBER = /^[+-]?[\d ().\-/]*$/;

/**
 * Makes a cell safe to open in a spreadsheet by an apostrophe in front; phones and numbers need none. A text whose own
 * apostrophes stand before such a start, or before a digit, gets one more: whoever takes one off (`unguardFormula`)
 * has the original back.
 */
export function guardFormula(text: string): string {
  const own = /^'*/.exec(text)?.[0].length ?? 0;
  const rest = own > 0 ? text.slice(own) : text;
  const looksGuarded = own > 0 && (/^\d/.test(rest) || FORMULA_START.test(rest));
  const isFormula = own === 0 && FORMULA_START.test(text) && !(PLAIN_NUMBER.test(text) && /\d/.test(text));
  return looksGuarded || isFormula ? `'${text}` : text;
}
