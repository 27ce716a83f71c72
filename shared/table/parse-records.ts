import Papa from 'papaparse';
import type { Syntax, Width } from './quoted-cell.ts';
import { type RecordScan, tidyText } from './scan-records.ts';

/** Text to records, as arrays of texts: header objects would lose `__proto__` and rename duplicates. */
export function parseRecords(text: string, syntax: Syntax, scan: RecordScan, usualWidth: () => Width): string[][] {
  const { delimiter, quote: quoteChar } = syntax;
  if (!scan.hasQuotedCells) return cutRecords(text, delimiter, scan);
  // Papa Parse fails on mixed line ends, and takes very long over bare quotes before long blanks: it gets tidy text only.
  const isTidy = scan.lineEnd !== 'mixed' && !scan.needsTidying;
  const newline = scan.lineEnd === 'mixed' || !isTidy ? '\n' : scan.lineEnd;
  const input = isTidy ? text : tidyText(text, syntax, usualWidth);
  const records = Papa.parse<string[]>(input, {
    delimiter,
    newline,
    quoteChar,
    header: false,
    dynamicTyping: false,
    skipEmptyLines: false,
  }).data;
  if (records.length === scan.lines.length + 1) records.pop(); // what stands behind the last line end
  if (records.length !== scan.lines.length) throw new Error(`parser and scan disagree: ${records.length} and ${scan.lines.length} records`);
  return records;
}

/** Without quoted cells there is nothing to parse: the scan knows where the rows are, and delimiters are delimiters. */
function cutRecords(text: string, delimiter: Syntax['delimiter'], { starts, lineEnd, safeEnd }: RecordScan): string[][] {
  return starts.map((start, record) => {
    const next = starts[record + 1] ?? (safeEnd > start ? safeEnd : null);
    const row = next === null ? text.slice(start) : text.slice(start, next - (lineEnd === 'mixed' ? 0 : lineEnd.length));
    return (next !== null && lineEnd === 'mixed' ? row.replace(ONE_LINE_END, '') : row).split(delimiter);
  });
}

const ONE_LINE_END = /(?:\r\r\n|\r\n|\r|\n)$/;

/** Text that a program wrote by RFC 4180: commas, double quotes, LF; nothing is detected or repaired. Empty lines are none. */
export function parseProgramCsv(text: string): readonly (readonly string[])[] {
  return Papa.parse<string[]>(text, {
    delimiter: ',',
    newline: '\n',
    quoteChar: '"',
    header: false,
    dynamicTyping: false,
    skipEmptyLines: true,
  }).data;
}
