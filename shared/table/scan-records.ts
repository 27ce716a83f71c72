import { MAX_CELL_BYTES, MAX_ROWS } from '../limits.ts';
import type { Delimiter } from './detect-dialect.ts';

/** Where the records of a text begin, found by its quotes and line ends alone. */
export type RecordScan = {
  /** Offset of each record in the text. */
  readonly starts: readonly number[];
  /** Physical line each record begins on, from 1. The line end after the last record makes no record. */
  readonly lines: readonly number[];
  /** The line end of every record; `mixed` when they differ, or have a carriage return too many (CR CR LF). */
  readonly lineEnd: '\n' | '\r\n' | '\r' | 'mixed';
  /** Offset behind the last line end of a record: a text that was cut off is safe up to here. */
  readonly safeEnd: number;
  /** Physical line of a quote that is never closed; 0 when all are. */
  readonly openQuoteLine: number;
  /** There are more than `MAX_ROWS` records; the rest was not looked at. */
  readonly isOverfull: boolean;
  readonly hasQuotedCells: boolean;
  /** Cells that hold a bare quote: `tidyText` is needed. */
  readonly hasBareQuotes: boolean;
  /** Cells in which a bare quote begins a line: well meant in a note, or a quote that was never closed. */
  readonly doubtfulQuotes: readonly { readonly record: number; readonly line: number }[];
};

/** A quoted cell: offsets of its quotes, and where the delimiter or line end after it stands. */
type QuotedCell = { open: number; close: number; after: number; hasBareQuote: boolean; hasQuoteAtLineStart: boolean };

type Visitor = {
  /** The record's text without its line end is [start, end). False: enough. */
  readonly onRecord: (start: number, end: number, line: number, lineEnd: string) => boolean;
  /** The cell is reused: take what you need. */
  readonly onQuoted: (cell: Readonly<QuotedCell>, line: number) => void;
};

/** Surveys a text of any size: a few look-ups per line and quote, none per cell. */
export function scanRecords(text: string, delimiter: Delimiter): RecordScan {
  const starts: number[] = [];
  const lines: number[] = [];
  let safeEnd = 0;
  const doubtfulQuotes: { record: number; line: number }[] = [];
  let lineEnd = '';
  let hasQuotedCells = false;
  let hasBareQuotes = false;
  const openQuoteLine = walkRecords(text, delimiter, {
    onRecord(start, end, line, ending) {
      starts.push(start);
      lines.push(line);
      if (ending !== '') safeEnd = end + ending.length;
      if (ending !== lineEnd && ending !== '') lineEnd = lineEnd === '' && ending !== '\r\r\n' ? ending : 'mixed';
      return starts.length <= MAX_ROWS;
    },
    onQuoted(cell, line) {
      hasQuotedCells = true;
      // Blanks behind the last quote of the text are no line end either.
      if (cell.hasBareQuote || (cell.after === text.length && cell.after > cell.close + 1)) hasBareQuotes = true;
      if (cell.hasQuoteAtLineStart) doubtfulQuotes.push({ record: lines.length, line });
    },
  });
  const known = lineEnd === '\r\n' || lineEnd === '\r' || lineEnd === 'mixed' ? lineEnd : '\n';
  const isOverfull = starts.length > MAX_ROWS;
  return { starts, lines, lineEnd: known, safeEnd, openQuoteLine, isOverfull, hasQuotedCells, hasBareQuotes, doubtfulQuotes };
}

/**
 * The same cells written so that no parser can misread them: every record ends with one line feed, bare quotes in
 * quoted cells are doubled. Line breaks inside cells stay as they are.
 */
export function tidyText(text: string, delimiter: Delimiter): string {
  const parts: string[] = [];
  let from = 0;
  walkRecords(text, delimiter, {
    onRecord(_start, end, _line, lineEnd) {
      parts.push(text.slice(from, end), '\n');
      from = end + lineEnd.length;
      return true;
    },
    onQuoted({ open, close, after }) {
      const value = text.slice(open + 1, close).replaceAll('""', '"');
      parts.push(text.slice(from, open), '"', value.replaceAll('"', '""'), '"');
      from = after;
    },
  });
  return parts.join('');
}

/**
 * Visits every record and quoted cell and gives the line of a quote that is never closed, or 0.
 * A quote opens only at the start of a cell, and closes before a delimiter, a line end or the end, blanks between.
 */
function walkRecords(text: string, delimiter: Delimiter, visitor: Visitor): number {
  const cell: QuotedCell = { open: 0, close: 0, after: 0, hasBareQuote: false, hasQuoteAtLineStart: false };
  const next = (character: string, from: number) => {
    const at = text.indexOf(character, from);
    return at < 0 ? text.length : at;
  };
  // The next of each is kept, so that every stretch of text is searched once for each.
  let quote = next('"', 0);
  let feed = next('\n', 0);
  let carriage = next('\r', 0);
  let line = 1;
  const takeLineEnd = (): LineEnd => {
    const at = feed < carriage ? feed : carriage;
    const found = lineEndAt(text, at);
    line += found === '\r\r\n' ? 2 : 1; // an editor shows a carriage return too many as a line of its own
    const behind = at + found.length;
    if (feed < behind) feed = next('\n', behind);
    if (carriage < behind) carriage = next('\r', behind);
    return found;
  };
  let start = 0;
  let startLine = 1;
  for (;;) {
    const end = feed < carriage ? feed : carriage;
    if (quote < end && !startsCell(text, quote, delimiter)) quote = next('"', quote + 1);
    else if (quote < end) {
      if (!closeQuoted(text, quote, delimiter, cell)) return line;
      visitor.onQuoted(cell, line);
      while (Math.min(feed, carriage) < cell.close) takeLineEnd();
      quote = next('"', cell.close + 1);
    } else if (end < text.length) {
      const lineEnd = takeLineEnd();
      if (!visitor.onRecord(start, end, startLine, lineEnd)) return 0;
      start = end + lineEnd.length;
      startLine = line;
    } else break;
  }
  if (start < text.length) visitor.onRecord(start, text.length, startLine, '');
  return 0;
}

type LineEnd = '\n' | '\r\n' | '\r' | '\r\r\n';

/** The line end at `at`, as one of four texts: to cut it out a hundred thousand times would take longer. */
function lineEndAt(text: string, at: number): LineEnd {
  if (text.charCodeAt(at) === FEED) return '\n';
  if (text.charCodeAt(at + 1) === FEED) return '\r\n';
  return text.charCodeAt(at + 1) === CARRIAGE && text.charCodeAt(at + 2) === FEED ? '\r\r\n' : '\r';
}

const FEED = 0x0a;
const CARRIAGE = 0x0d;

function startsCell(text: string, at: number, delimiter: Delimiter): boolean {
  const before = text[at - 1];
  return at === 0 || before === delimiter || before === '\n' || before === '\r';
}

/**
 * Finds where the cell opened at `open` closes and writes it into `cell`; false when it never does. A bare quote that
 * stands where a cell of a later line would open says so too, and so does a cell with bare quotes longer than any may
 * be: taking it for text would swallow whole rows.
 */
function closeQuoted(text: string, open: number, delimiter: Delimiter, cell: QuotedCell): boolean {
  cell.open = open;
  cell.hasBareQuote = false;
  cell.hasQuoteAtLineStart = false;
  let hasLineEnd = false;
  let seen = open + 1;
  for (let at = text.indexOf('"', seen); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') {
      at++;
      continue;
    }
    if (cell.hasBareQuote && at - open > MAX_CELL_BYTES) return false;
    const after = skipBlanks(text, at + 1, delimiter);
    const next = text[after];
    if (next === undefined || next === delimiter || next === '\n' || next === '\r') {
      cell.close = at;
      cell.after = after;
      return true;
    }
    cell.hasBareQuote = true;
    hasLineEnd ||= /[\r\n]/.test(text.slice(seen, at));
    seen = at;
    const before = text[at - 1];
    if (hasLineEnd && before === delimiter) return false;
    if (before === '\n' || before === '\r') cell.hasQuoteAtLineStart = true;
  }
  return false;
}

function skipBlanks(text: string, from: number, delimiter: Delimiter): number {
  let at = from;
  for (let next = text[at]; next !== undefined && next !== delimiter && next !== '\n' && next !== '\r'; next = text[++at]) {
    if (next !== ' ' && next !== '\t' && next.trim() !== '') break;
  }
  return at;
}
