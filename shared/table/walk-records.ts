import { type Budget, type QuotedCell, readQuoted, type Syntax, type Width } from './quoted-cell.ts';

export type LineEnd = '\n' | '\r\n' | '\r' | '\r\r\n';

export type Visitor = {
  /** The record's text without its line end is [start, end). False: enough. */
  readonly onRecord: (start: number, end: number, line: number, lineEnd: LineEnd | '') => boolean;
  /** The cell is reused: take what you need. */
  readonly onQuoted: (cell: Readonly<QuotedCell>) => void;
  /** A cell that begins with a quote that is text: [open, after). False: enough. */
  readonly onLiteral: (cell: Readonly<QuotedCell>) => boolean;
};

/** Bare quotes in a file before all further ones are text: far more than any file has, and soon counted. */
const MAX_STEPS = 2_000_000;

/**
 * Visits every record and quoted cell of a text of any size, at a few look-ups per line and quote, none per cell. Gives
 * the line of a quote that is never closed, or 0. A quote opens only at the start of a cell, blanks before it; whether
 * the cell is a quoted one, `readQuoted` says. `usualWidth`: cells of most records.
 */
export function walkRecords(text: string, syntax: Syntax, usualWidth: () => Width, visitor: Visitor): number {
  const { delimiter, quote: mark } = syntax;
  const cell: QuotedCell = { start: 0, open: 0, close: 0, after: 0, hasBareQuote: false };
  const budget: Budget = { steps: MAX_STEPS };
  const next = (character: string, from: number) => {
    const at = character === '' ? -1 : text.indexOf(character, from);
    return at < 0 ? text.length : at;
  };
  // The next of each is kept, so that every stretch of text is searched once for each.
  let quote = next(mark, 0);
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
    if (quote < end) {
      cell.start = cellStart(text, quote, delimiter);
      if (cell.start < 0) {
        quote = next(mark, quote + 1);
        continue;
      }
      cell.open = quote;
      const reading = readQuoted(text, cell, syntax, { recordStart: start, lineEnd: end, usualWidth, budget });
      if (reading === 'open') return line;
      if (reading === 'quoted') {
        visitor.onQuoted(cell);
        while (Math.min(feed, carriage) < cell.close) takeLineEnd();
      } else if (!visitor.onLiteral(cell)) return 0;
      quote = next(mark, reading === 'quoted' ? cell.close + 1 : cell.after);
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

/** The line end at `at`, as one of four texts: to cut it out a hundred thousand times would take longer. */
function lineEndAt(text: string, at: number): LineEnd {
  if (text.charCodeAt(at) === FEED) return '\n';
  if (text.charCodeAt(at + 1) === FEED) return '\r\n';
  return text.charCodeAt(at + 1) === CARRIAGE && text.charCodeAt(at + 2) === FEED ? '\r\r\n' : '\r';
}

const FEED = 0x0a;
const CARRIAGE = 0x0d;

/** Where the cell begins that a quote may open: at the quote, or at the blanks before it; -1 when text stands before it. */
function cellStart(text: string, quote: number, delimiter: string): number {
  let at = quote;
  while (at > 0 && text[at - 1] === ' ') at--;
  const before = text[at - 1];
  return at === 0 || before === delimiter || before === '\n' || before === '\r' ? at : -1;
}
