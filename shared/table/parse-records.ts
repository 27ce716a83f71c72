import Papa from 'papaparse';
import type { Delimiter } from './detect-dialect.ts';
import { type RecordScan, tidyText } from './scan-records.ts';

/** Text to records, as arrays of texts: header objects would lose `__proto__` and rename duplicates. */
export function parseRecords(text: string, delimiter: Delimiter, scan: RecordScan): string[][] {
  if (!scan.hasQuotedCells && scan.lineEnd !== 'mixed') return cutRecords(text, delimiter, scan);
  // Papa Parse fails on mixed line ends, and takes very long over bare quotes before long blanks: it gets tidy text only.
  const isTidy = scan.lineEnd !== 'mixed' && !scan.hasBareQuotes;
  const newline = scan.lineEnd === 'mixed' || !isTidy ? '\n' : scan.lineEnd;
  const input = isTidy ? text : tidyText(text, delimiter);
  const records = Papa.parse<string[]>(input, { delimiter, newline, header: false, dynamicTyping: false, skipEmptyLines: false }).data;
  if (records.length === scan.lines.length + 1) records.pop(); // what stands behind the last line end
  if (records.length !== scan.lines.length) throw new Error(`parser and scan disagree: ${records.length} and ${scan.lines.length} records`);
  return records;
}

/** Without quoted cells there is nothing to parse: the scan knows where the rows are, and delimiters are delimiters. */
function cutRecords(text: string, delimiter: Delimiter, { starts, lineEnd, safeEnd }: RecordScan): string[][] {
  return starts.map((start, record) => {
    const next = starts[record + 1] ?? (safeEnd > start ? safeEnd : null);
    return text.slice(start, next === null ? text.length : next - lineEnd.length).split(delimiter);
  });
}
