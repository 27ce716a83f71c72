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
  /** Indexes of the data rows with cells whose encoding was mended ("JosÃ©"), ascending. Absent when none was. */
  readonly repairedRows?: readonly number[];
  /** Indexes of the data rows that a sheet hides (by a filter, say), ascending. Absent when it hides none. */
  readonly hiddenRows?: readonly number[];
  /** Cells of data rows in which a formula gave an error ("#N/A"): they are blank. Absent when there are none. */
  readonly errorCells?: readonly ErrorCell[];
  /** Cells whose value no lead can hold and whose source keeps it: they are blank. Absent when there are none. */
  readonly largeCells?: readonly LargeCell[];
  /** Cells that were filled from a merged cell above them, in the whole of the sheet. Absent when there are none. */
  readonly mergedCells?: number;
  /** The lines of the file that are no data rows and no header, in their order. Absent when there are none. */
  readonly skipped?: readonly SkippedRow[];
  /** Further tables of the file; `headerRow` and `lastRow` in `ReadOptions` choose one. Absent when there are none. */
  readonly otherTables?: readonly OtherTable[];
  readonly facts: FileFacts;
};

/** By the index of the data row and of the column. */
export type ErrorCell = { readonly row: number; readonly column: number; readonly text: string };

/** By the index of the data row and of the column; `bytes`: of the value in UTF-8. */
export type LargeCell = { readonly row: number; readonly column: number; readonly bytes: number };

/** preamble: above the header · footer: below the table · the others: what a report or an ad platform puts between rows */
export type SkippedKind = 'preamble' | 'footer' | 'total' | 'repeatedHeader' | 'dummy';
export type SkippedRow = { readonly line: number; readonly kind: SkippedKind; readonly cells: readonly string[] };

/** A sheet of a workbook; `hidden` = people who open the workbook do not see it. */
export type SheetName = { readonly name: string; readonly hidden: boolean };

export type OtherTable = {
  /** Physical lines of its header and its last row. */
  readonly headerRow: number;
  readonly lastRow: number;
  /** Rows with text. */
  readonly rows: number;
  readonly headers: readonly string[];
};

/** What was detected about a file. Every one can be given instead, in `ReadOptions`. */
export type FileFacts = {
  /** WHATWG label, one of `ENCODING_CHOICES`: utf-8, utf-16le, utf-16be, windows-1252 … */
  readonly encoding: string;
  /** False when another encoding is nearly as likely, or a few bytes did not fit: the choice should catch the eye. */
  readonly encodingSure: boolean;
  readonly delimiter: ',' | ';' | '\t' | '|' | '^' | '~' | ':';
  /**
   * What quotes cells. double: `"`, one inside doubled (RFC 4180) · backslash: `"`, one inside behind a backslash · single:
   * apostrophes · lines: whole lines stand in double quotes · none: quotes are text.
   */
  readonly quote: 'double' | 'backslash' | 'single' | 'lines' | 'none';
  /** Physical line of the header row, from 1; 0 = no header. */
  readonly headerRow: number;
  readonly preambleRows: number;
  readonly footerRows: number;
  readonly totalRows: number;
  readonly repeatedHeaders: number;
  readonly dummyRows: number;
  /** Data rows with cells whose encoding was mended; the header may have had some, too. */
  readonly repairedRows: number;
  /** Data rows: blank ones count, the lines counted above do not; the line end after the last row makes no row. */
  readonly rowCount: number;
  readonly columnCount: number;
};

export type ReadOptions = {
  readonly encoding?: string;
  readonly delimiter?: FileFacts['delimiter'];
  readonly quote?: FileFacts['quote'];
  /** Physical line of the header, from 1; 0 = the file has no header. */
  readonly headerRow?: number;
  /** Physical line of the last row of the table; all further down is its footer. */
  readonly lastRow?: number;
  /** Footers, totals, repeated headers and dummy rows are data rows like any. False unless given. */
  readonly keepRows?: boolean;
  /** Cells whose encoding went wrong before are mended. True unless given. */
  readonly repair?: boolean;
  /** The sheet of a workbook by its name; else the first visible one with a table. */
  readonly sheet?: string;
  /** Rows that a sheet hides are rows like any, instead of being left out. False unless given. */
  readonly includeHidden?: boolean;
  /** Limit on decoded bytes. */
  readonly maxBytes?: number;
};
