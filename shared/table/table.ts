/** A table as read: cells by position, nothing renamed, nothing dropped without being counted. */
export type RawTable = {
  /** As read, by position; duplicates and blanks are kept. Empty when the table has no header. */
  readonly headers: readonly string[];
  /** Data rows, each a list of cells as long as its source row (ragged rows stay ragged). A blank row is []. */
  readonly rows: readonly (readonly string[])[];
  /** Physical line of each data row in the source, from 1. A row with line breaks in quotes counts from its first line. */
  readonly lines: ArrayLike<number>;
  /** Indexes of the data rows that held NUL characters, ascending; the cells have them no more. Absent when none did. */
  readonly nulRows?: readonly number[];
  readonly facts: FileFacts;
};

/** What was detected about a file. Every one can be given instead, in `ReadOptions`. */
export type FileFacts = {
  /** WHATWG label: utf-8, utf-16le, utf-16be, windows-1252 … */
  readonly encoding: string;
  readonly delimiter: ',' | ';' | '\t' | '|';
  /** Physical line of the header row, from 1; 0 = no header. */
  readonly headerRow: number;
  readonly preambleRows: number;
  readonly footerRows: number;
  readonly totalRows: number;
  readonly repeatedHeaders: number;
  readonly dummyRows: number;
  /** Data rows: blank ones count, the lines counted above do not; the line end after the last row makes no row. */
  readonly rowCount: number;
  readonly columnCount: number;
};

export type ReadOptions = {
  readonly encoding?: string;
  readonly delimiter?: FileFacts['delimiter'];
  /** Physical line of the header, from 1; 0 = the file has no header. */
  readonly headerRow?: number;
  /** Limit on decoded bytes. */
  readonly maxBytes?: number;
};
