import { MAX_FILE_BYTES, MAX_ROWS } from '../limits.ts';
import type { FileError } from '../problems.ts';
import { fail, ok, type Result } from '../result.ts';
import { buildTable } from './build-table.ts';
import { type DecodedText, decodeText } from './decode-text.ts';
import { detectDialect, SAMPLE_CHARS, usualWidthOf } from './detect-dialect.ts';
import { detectFileType } from './detect-file-type.ts';
import { detectQuotes, unwrapLines } from './detect-quotes.ts';
import { findTable } from './find-table.ts';
import { looksBinary, stretchesAt, takeOutNuls } from './odd-characters.ts';
import { parseRecords } from './parse-records.ts';
import { type Syntax, toSyntax, type Width } from './quoted-cell.ts';
import { repairRecords } from './repair-records.ts';
import { lookAtRows } from './row-looks.ts';
import { type RecordScan, scanRecords } from './scan-records.ts';
import type { RawTable, ReadOptions } from './table.ts';

import { mayHaveTests } from './test-rows.ts';

/**
 * Reads a whole file of delimited text. What was detected stands in `facts`; each of it can be given in `options`.
 * Errors are of the file: wrong type, too large (`options.maxBytes`, else `MAX_FILE_BYTES`), unknown encoding, empty,
 * header only, no table, a quote that is never closed, too many columns or rows. A row is never an error here.
 */
export function readTable(bytes: Uint8Array, options: ReadOptions = {}): Result<RawTable, FileError> {
  const refused = refuseBytes(bytes, options);
  if (refused) return fail(refused);
  const decoded = decodeText(bytes, options.encoding);
  return decoded.ok ? readDecoded(decoded.value, withoutNeed(options, decoded.value, bytes)) : decoded;
}

/**
 * Reads the first `rows` data rows of a file at a fraction of the cost of reading it all; `bytes` may be only its
 * beginning. The detection is the same as `readTable`'s, except that an encoding shows only where its first odd
 * character does, and a footer or a second table only where it stands; `facts` counts what was read.
 */
export function readTableHead(bytes: Uint8Array, options: ReadOptions, rows: number): Result<RawTable, FileError> {
  const refused = refuseBytes(bytes, options);
  if (refused) return fail(refused);
  let size = 0;
  for (let chars = SAMPLE_CHARS; size < bytes.length; chars *= 8) {
    size = chars * MAX_BYTES_PER_CHAR;
    const decoded = decodeText(bytes.subarray(0, size), options.encoding, true);
    if (!decoded.ok) return decoded;
    const table = readDecoded(decoded.value, options, chars);
    // Anything else may look different once more of the file is seen.
    if (table.ok ? table.value.rows.length >= rows : table.error.code === 'too_many_columns') return firstRows(table, rows);
  }
  return firstRows(readTable(bytes, options), rows);
}
/** Of a UTF-16 unit, in any encoding we read. */
const MAX_BYTES_PER_CHAR = 3;

function firstRows(table: Result<RawTable, FileError>, count: number): Result<RawTable, FileError> {
  if (!table.ok) return table;
  const { headers, rows, lines, nulRows, facts } = table.value;
  const kept = rows.slice(0, count);
  return ok({
    headers,
    rows: kept,
    lines: Array.from(lines).slice(0, count),
    facts: { ...facts, rowCount: kept.length },
    ...(nulRows ? { nulRows: nulRows.filter((row) => row < count) } : {}),
  });
}

function refuseBytes(bytes: Uint8Array, options: ReadOptions): FileError | null {
  const limit = options.maxBytes ?? MAX_FILE_BYTES;
  if (bytes.length > limit) return { code: 'file_too_large', data: { bytes: bytes.length, limit } };
  const type = detectFileType(bytes);
  return type ? { code: 'file_wrong_type', data: { refused: type } } : null;
}

/** Reads text that is decoded already (a pasted range, say); `encoding` is what `facts` shall say. */
export function readText(text: string, options: ReadOptions = {}, encoding = 'utf-8'): Result<RawTable, FileError> {
  return readDecoded({ text, encoding, sure: true }, options);
}

/** ASCII has no encoding to mend; a byte a character says that it is all there is. */
function withoutNeed(options: ReadOptions, { text, encoding }: DecodedText, bytes: Uint8Array): ReadOptions {
  return encoding === 'utf-8' && text.length === bytes.length ? { ...options, repair: false } : options;
}

/** With `onlyChars` the table is made of the whole rows in that many characters at the beginning. */
function readDecoded(decoded: DecodedText, options: ReadOptions, onlyChars?: number): Result<RawTable, FileError> {
  // A second byte order mark, or one behind NULs, is no text either.
  const asDecoded = decoded.text.replace(/^[\uFEFF\0]+/, (start) => (start.includes('\0') ? '\0' : ''));
  const wrapped = takeOutNuls(asDecoded);
  if (wrapped.text.trim() === '') return fail({ code: 'file_empty' });
  if (looksBinary(wrapped.text)) return fail({ code: 'file_wrong_type', data: { refused: 'binary' } });
  const quote = options.quote ?? detectQuotes(wrapped.text);
  const { text, nulOffsets } = quote === 'lines' ? takeOutNuls(unwrapLines(asDecoded)) : wrapped;
  const dialect = detectDialect(text, quote);
  const delimiter = options.delimiter ?? dialect.delimiter;
  const syntax = toSyntax(delimiter, quote);
  let width: Width | null = null; // most files never ask for it
  const usualWidth = () => {
    width ??= usualWidthOf(text, syntax);
    return width;
  };
  const piece = onlyChars === undefined ? text : wholeRows(text.slice(0, onlyChars), syntax, usualWidth);
  const scan = scanRecords(piece, syntax, { usualWidth });
  if (scan.openQuoteLine > 0) return fail({ code: 'quote_never_closed', data: { line: scan.openQuoteLine } });
  if (scan.isOverfull) return fail({ code: 'too_many_rows', data: { limit: MAX_ROWS } });
  const parsed = parseRecords(piece, syntax, scan, usualWidth);
  const { records, repairedRecords } = options.repair === false ? { records: parsed, repairedRecords: [] } : repairRecords(parsed, piece);
  const { lines, starts } = scan;
  const looks = lookAtRows(records, { text: piece, delimiter, starts });
  const near = recordsWithin(SAMPLE_CHARS, scan, piece.length);
  const place = findTable(records, lines, dialect.hasSepLine, { ...options, near, looks });
  if (!place) return fail({ code: 'file_no_table' });
  // Behind the last line end stands no row; a last row without one ends with the text.
  const nulRecords = stretchesAt(starts, nulOffsets, scan.safeEnd === piece.length ? scan.safeEnd : Number.POSITIVE_INFINITY);
  const facts = { encoding: decoded.encoding, encodingSure: decoded.sure, delimiter, quote };
  const { keepRows = false } = options;
  return buildTable({ records, lines, facts, nulRecords, repairedRecords, keepRows, mayHaveTests: mayHaveTests(piece) }, place);
}

/** Records that lie wholly in the first `chars` characters. */
function recordsWithin(chars: number, { starts }: RecordScan, length: number): number {
  if (length <= chars) return starts.length;
  const behind = starts.findIndex((start) => start > chars);
  return behind < 0 ? starts.length - 1 : behind - 1;
}

/** A text that was cut off, up to its last whole record. */
function wholeRows(text: string, syntax: Syntax, usualWidth: () => Width): string {
  return text.slice(0, scanRecords(text, syntax, { usualWidth, isCut: true }).safeEnd);
}
