import { MAX_CELL_BYTES } from '../limits.ts';
import type { FileFacts } from './table.ts';

/** How cells are told from one another. `quote` is empty where quotes are text; `escapes`: a backslash before one makes it text. */
export type Syntax = { readonly delimiter: FileFacts['delimiter']; readonly quote: '"' | "'" | ''; readonly escapes: boolean };

/** The syntax of a style of quotes. Lines that stand in quotes are unwrapped first, and have quotes of their own. */
export function toSyntax(delimiter: FileFacts['delimiter'], style: FileFacts['quote']): Syntax {
  const quote = style === 'none' ? '' : style === 'single' ? "'" : '"';
  return { delimiter, quote, escapes: style === 'backslash' };
}

/** Cells of a record; `isUsual`: half of the records in the beginning of a text have so many, two at least. Else the first one's. */
export type Width = { readonly cells: number; readonly isUsual: boolean };

/** Offsets: of the cell's first character (a blank, perhaps), of its quotes, and of the delimiter or line end after it. */
export type QuotedCell = { start: number; open: number; close: number; after: number; hasBareQuote: boolean };

/** What a file may spend on quotes that are none: each bare quote is one step. Behind that they are text, unseen. */
export type Budget = { steps: number };

/** What a look for the closing quote found out, beside the cell: bare quotes, and whether one stood where a cell would open. */
type Bare = { count: number; first: number; opensCell: boolean };

/**
 * Says how the cell is to be read whose quote stands at `cell.open`, and writes its offsets into `cell`.
 * quoted: as RFC 4180 has it, bare quotes in it being text · literal: its quotes are text, and it ends at the first
 * delimiter or line end · open: it has one quote, which nothing closes.
 */
export function readQuoted(
  text: string,
  cell: QuotedCell,
  syntax: Syntax,
  { recordStart, lineEnd, usualWidth, budget }: QuotedContext,
): 'quoted' | 'literal' | 'open' {
  const { delimiter, quote } = syntax;
  const bare: Bare = { count: 0, first: 0, opensCell: false };
  const isClosed = findClose(text, cell, syntax, bare, lineEnd, budget);
  const spans = isClosed && lineEnd < cell.close;
  if (isClosed && !spans && bare.count === 0) return 'quoted';
  const end = literalEnd(text, cell.open, delimiter);
  const isIndented = cell.start < cell.open;
  if (isClosed && !isIndented) {
    const isQuoted = spans
      ? isOneCell(text, cell, syntax, recordStart, usualWidth(), bare.count > 0)
      : isOneText(text, cell, syntax, recordStart, usualWidth, bare);
    if (isQuoted) return 'quoted';
    if (bare.count === 0) return asLiteral(cell, end);
  }
  const isAlone = text.slice(cell.open, end).trim() === quote;
  const another = text.indexOf(quote, cell.open + 1);
  return !isIndented && !isAlone && (another < 0 || another >= end) ? 'open' : asLiteral(cell, end);
}

/** `lineEnd`: the first line end behind the cell's beginning. */
export type QuotedContext = {
  readonly recordStart: number;
  readonly lineEnd: number;
  readonly usualWidth: () => Width;
  readonly budget: Budget;
};

function asLiteral(cell: QuotedCell, end: number): 'literal' {
  cell.close = end;
  cell.after = end;
  return 'literal';
}

/**
 * Finds the quote that closes a cell: before a delimiter, a line end or the end, blanks between. False when there is
 * none; a bare quote where a cell of a later line would open says so too, and so does a cell with bare quotes longer
 * than any may be.
 */
function findClose(
  text: string,
  cell: QuotedCell,
  { delimiter, quote, escapes }: Syntax,
  bare: Bare,
  lineEnd: number,
  budget: Budget,
): boolean {
  const { open } = cell;
  cell.hasBareQuote = false;
  for (let at = text.indexOf(quote, open + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (escapes && isEscaped(text, at, open)) continue;
    if (text[at + 1] === quote) {
      at++;
      continue;
    }
    if (bare.count > 0 && at - open > MAX_CELL_BYTES) return false;
    const after = skipBlanks(text, at + 1, delimiter);
    const next = text[after];
    if (next === undefined || next === delimiter || next === '\n' || next === '\r') {
      cell.close = at;
      cell.after = after;
      cell.hasBareQuote = bare.count > 0;
      return true;
    }
    if (bare.count === 0) bare.first = at;
    bare.count++;
    if (budget.steps-- <= 0) return false;
    if (text[at - 1] !== delimiter) continue;
    if (lineEnd < at) return false;
    bare.opensCell = true;
  }
  return false;
}

/** An odd number of backslashes before a quote. */
function isEscaped(text: string, at: number, open: number): boolean {
  let before = at;
  while (before - 1 > open && text[before - 1] === '\\') before--;
  return (at - before) % 2 === 1;
}

/** Offset of the first character from `from` on that is no blank inside a cell. */
function skipBlanks(text: string, from: number, delimiter: string): number {
  let at = from;
  for (let next = text[at]; next !== undefined && next !== delimiter && next !== '\n' && next !== '\r'; next = text[++at]) {
    if (next !== ' ' && next !== '\t' && next.trim() !== '') break;
  }
  return at;
}

/** A cell of one line with bare quotes: one in quotes ("the "best" one"), or a text that begins with some ("A" or "B")? */
function isOneText(text: string, cell: QuotedCell, syntax: Syntax, recordStart: number, usualWidth: () => Width, bare: Bare): boolean {
  const { open, close } = cell;
  if (text.slice(open, close).includes(syntax.delimiter)) {
    const width = usualWidth().cells;
    const before = countCells(text, recordStart, open, syntax);
    const asOne = before + countCells(text, close + 1, lineEndFrom(text, close), syntax) - 1;
    const asText = before + countCells(text, open + 1, lineEndFrom(text, close), syntax) - 1;
    if (asOne !== asText && (asOne === width || asText === width)) return asOne === width;
    return !bare.opensCell;
  }
  const opensWord = /\s|[([]/.test(text[bare.first - 1] ?? '') || bare.first === open + 1;
  return opensWord || bare.count % 2 === 1;
}

/** A comma as people write it between words, and as no program writes it between cells. */
const NATURAL = ', ';

/**
 * A cell of several lines: one in quotes, or rows that a quote which is text ("5"", a ditto mark) would swallow? They
 * are rows where each of its lines has as many cells as usual, or where it leaves its own row ragged and holds whole ones.
 */
function isOneCell(
  text: string,
  cell: QuotedCell,
  syntax: Syntax,
  recordStart: number,
  { cells: width, isUsual }: Width,
  hasBare: boolean,
): boolean {
  const { open, close } = cell;
  if (width < 2 || !(isUsual || hasBare)) return true;
  const { delimiter, quote } = syntax;
  // Nobody but a program doubles a quote.
  if (!hasBare && text.slice(open + 1, close).includes(quote + quote)) return true;
  const isMark = isCellEnd(text, open + 1, delimiter) || isCellEnd(text, close - 1, delimiter);
  if (!hasBare && hasFewer(text, open, close, delimiter, isMark ? 1 : width - 1)) return true;
  const before = countCells(text, recordStart, open, syntax);
  const end = lineEndFrom(text, close);
  const asOne = before + countCells(text, close + 1, end, syntax) - 1;
  let lines = 0;
  let whole = 0;
  for (let at = open + 1; at <= end; ) {
    const lineEnd = Math.min(lineEndFrom(text, at), end);
    const cells = countCells(text, at, lineEnd, syntax) + (lines === 0 ? before - 1 : 0);
    if (lineEnd > at || lines === 0) {
      lines++;
      if (cells === width) whole++;
    }
    at = lineEnd + (text.startsWith('\r\n', lineEnd) ? 2 : 1);
  }
  if (whole === lines && (isMark || (width > 2 && hasPlainDelimiter(text, open, close, delimiter)))) return false;
  return asOne === width || (whole === 0 && !hasBare) || (width === 2 && !hasBare && !isMark);
}

/** Says whether a quote's neighbour is what ends a cell: the quote is all there is of it. */
function isCellEnd(text: string, at: number, delimiter: string): boolean {
  const character = text[at];
  return character === delimiter || character === '\n' || character === '\r';
}

function hasFewer(text: string, from: number, to: number, delimiter: string, count: number): boolean {
  let at = from;
  for (let found = 0; found < count; found++) {
    at = text.indexOf(delimiter, at + 1);
    if (at < 0 || at >= to) return true;
  }
  return false;
}

/** A delimiter that stands there as one, not as a comma of a sentence. */
function hasPlainDelimiter(text: string, from: number, to: number, delimiter: string): boolean {
  for (let at = text.indexOf(delimiter, from); at >= 0 && at < to; at = text.indexOf(delimiter, at + 1))
    if (!text.startsWith(NATURAL, at)) return true;
  return false;
}

/** Cells between two offsets of one record; delimiters in quotes that close before `end` count for nothing. */
export function countCells(text: string, start: number, end: number, { delimiter, quote }: Syntax): number {
  let cells = 1;
  let atStart = true;
  for (let at = start; at < end; at++) {
    const character = text[at];
    if (character === delimiter) {
      cells++;
      atStart = true;
    } else if (atStart && quote !== '' && character === quote) {
      const close = closeBefore(text, at, end, delimiter, quote);
      if (close > 0) at = close;
      atStart = false;
    } else atStart = false;
  }
  return cells;
}

/** Offset of the quote that closes a cell without bare quotes; 0 when none does before `end`. */
function closeBefore(text: string, open: number, end: number, delimiter: string, quote: string): number {
  for (let at = text.indexOf(quote, open + 1); at >= 0 && at < end; at = text.indexOf(quote, at + 1)) {
    if (text[at + 1] === quote) at++;
    else return at + 1 >= end || isCellEnd(text, at + 1, delimiter) ? at : 0;
  }
  return 0;
}

/** Offset of the first line end from `from` on; the text's length when there is none. */
export function lineEndFrom(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === FEED || code === CARRIAGE) return at;
  }
  return text.length;
}

const FEED = 0x0a;
const CARRIAGE = 0x0d;

/** Where a cell ends whose quotes are text. */
function literalEnd(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && !isCellEnd(text, at, delimiter)) at++;
  return at;
}
