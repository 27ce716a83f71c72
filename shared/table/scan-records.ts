import { MAX_ROWS } from '../limits.ts';
import type { Syntax, Width } from './quoted-cell.ts';
import { walkRecords } from './walk-records.ts';

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
  /** Cells whose quotes only we understand: `tidyText` is needed. */
  readonly needsTidying: boolean;
};

/** How to read quotes where two readings are possible: cells of most records, and whether the text was cut off. */
export type ScanHints = { readonly usualWidth: () => Width; readonly isCut?: boolean };

/** Surveys a text of any size. In one that was cut off the first doubtful quote ends the survey: what follows may clear it up. */
export function scanRecords(text: string, syntax: Syntax, { usualWidth, isCut = false }: ScanHints): RecordScan {
  const starts: number[] = [];
  const lines: number[] = [];
  let safeEnd = 0;
  let lineEnd = '';
  let hasQuotedCells = false;
  let needsTidying = false;
  const openQuoteLine = walkRecords(text, syntax, usualWidth, {
    onRecord(start, end, line, ending) {
      starts.push(start);
      lines.push(line);
      if (ending !== '') safeEnd = end + ending.length;
      if (ending !== lineEnd && ending !== '') lineEnd = lineEnd === '' && ending !== '\r\r\n' ? ending : 'mixed';
      return starts.length <= MAX_ROWS;
    },
    onQuoted({ start, open, close, after, hasBareQuote }) {
      hasQuotedCells = true;
      // Blanks behind the last quote of the text are no line end either.
      if (hasBareQuote || start < open || (after === text.length && after > close + 1)) needsTidying = true;
    },
    onLiteral() {
      hasQuotedCells = true;
      needsTidying = true;
      return !isCut;
    },
  });
  const known = lineEnd === '\r\n' || lineEnd === '\r' || lineEnd === 'mixed' ? lineEnd : '\n';
  const isOverfull = starts.length > MAX_ROWS;
  needsTidying ||= hasQuotedCells && syntax.escapes;
  return { starts, lines, lineEnd: known, safeEnd, openQuoteLine, isOverfull, hasQuotedCells, needsTidying };
}

/**
 * The same cells written so that no parser can misread them: every record ends with one line feed, quotes in quoted
 * cells are doubled, and cells that begin with a quote that is text are quoted. Line breaks inside cells stay.
 */
export function tidyText(text: string, syntax: Syntax, usualWidth: () => Width): string {
  const { quote, escapes } = syntax;
  const parts: string[] = [];
  let from = 0;
  const writeCell = (start: number, value: string, after: number) => {
    parts.push(text.slice(from, start), quote, value.replaceAll(quote, quote + quote), quote);
    from = after;
  };
  walkRecords(text, syntax, usualWidth, {
    onRecord(_start, end, _line, lineEnd) {
      parts.push(text.slice(from, end), '\n');
      from = end + lineEnd.length;
      return true;
    },
    onQuoted({ start, open, close, after }) {
      const value = text.slice(open + 1, close);
      const plain = escapes ? value.replace(ESCAPED, (_, escaped: string = '"') => escaped) : value.replaceAll(quote + quote, quote);
      writeCell(start, plain, after);
    },
    onLiteral({ start, after }) {
      writeCell(start, text.slice(start, after), after);
      return true;
    },
  });
  return parts.join('');
}

/** A backslash before a quote or another one, or a doubled quote. */
const ESCAPED = /\\(["\\])|""/g;
