import type { FileFacts } from './table.ts';

export type Delimiter = FileFacts['delimiter'];
/** The delimiters we read. Where two fit equally well the earlier one is meant: commas stand in any text, tabs in none. */
export const DELIMITERS = ['\t', '|', ';', ','] as const satisfies readonly Delimiter[];

/** How much of a file is looked at, in characters. */
export const SAMPLE_CHARS = 64 * 1024;

/** `sep=;` in the first line: what Excel writes and reads to name the delimiter. */
const SEP_LINE = /^sep=([^\r\n])(?=[\r\n]|$)/i;

/** What the beginning of a text says: its delimiter, and whether the first line is only there to name it. */
export type Dialect = { readonly delimiter: Delimiter; readonly hasSepLine: boolean };

/** Finds the delimiter from the first `SAMPLE_CHARS` characters of a text; a text of one column has a comma. */
export function detectDialect(text: string): Dialect {
  const named = SEP_LINE.exec(text)?.[1];
  const delimiter = DELIMITERS.find((candidate) => candidate === named);
  if (named !== undefined && delimiter) return { delimiter, hasSepLine: true };
  const counts = countDelimiters(text.slice(0, SAMPLE_CHARS));
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const [at, candidate] of DELIMITERS.entries()) {
    const score = scoreOf(counts.records.map((record) => record[at] ?? 0)) * (candidate === ',' ? counts.commaTrust : 1);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  return { delimiter: best, hasSepLine: named !== undefined };
}

/** Per record that is not blank: how often each delimiter stands outside quotes, in the order of `DELIMITERS`. */
type Counts = { readonly records: readonly (readonly number[])[]; readonly commaTrust: number };

/** A comma that would be there anyway: in a sentence, or between the digits of a number. */
const NATURAL_COMMA = /, |\d,\d/;
/** What a comma's score keeps when nearly all commas are natural: enough to win alone, not against a better one. */
const NATURAL_TRUST = 0.6;

function countDelimiters(sample: string): Counts {
  const records: number[][] = [];
  let record = DELIMITERS.map(() => 0);
  let commas = 0;
  let natural = 0;
  let isBlank = true;
  let atCellStart = true;
  for (let at = 0; at < sample.length; at++) {
    const character = sample[at] ?? '';
    if (character === '"' && atCellStart) {
      at = endOfQuoted(sample, at);
      isBlank = false;
      atCellStart = false;
      continue;
    }
    const index = DELIMITERS.indexOf(character as Delimiter); // any other character is simply not found
    if (index >= 0) record[index] = (record[index] ?? 0) + 1;
    if (character === ',') {
      commas++;
      if (NATURAL_COMMA.test(sample.slice(at - 1, at + 2))) natural++;
    }
    const endsRecord = character === '\n' || character === '\r';
    if (endsRecord) {
      if (!isBlank) records.push(record);
      record = DELIMITERS.map(() => 0);
      isBlank = true;
    } else if (index < 0 && character.trim() !== '') isBlank = false;
    atCellStart = endsRecord || index >= 0;
  }
  if (!isBlank) records.push(record);
  return { records, commaTrust: natural > commas * 0.8 ? NATURAL_TRUST : 1 };
}

/** Offset of the quote that closes the one at `from`: a quote before a delimiter, a line end or the end. */
function endOfQuoted(sample: string, from: number): number {
  for (let at = sample.indexOf('"', from + 1); at >= 0; at = sample.indexOf('"', at + 1)) {
    const next = sample[at + 1];
    if (next === '"') at++;
    else if (next === undefined || next === '\n' || next === '\r' || DELIMITERS.some((delimiter) => delimiter === next)) return at;
  }
  return sample.length;
}

/**
 * How well a delimiter explains the records: the share of records with the usual number of cells, the header's own
 * agreement, and the number of columns it makes. 0 when it makes one column, or explains neither header nor half of
 * the records: then it stands in sentences only.
 */
function scoreOf(delimitersPerRecord: readonly number[]): number {
  const records = new Map<number, number>();
  for (const count of delimitersPerRecord) if (count > 0) records.set(count, (records.get(count) ?? 0) + 1);
  let usual = 0;
  let most = 0;
  for (const [count, times] of records) {
    if (times > most || (times === most && count > usual)) {
      usual = count;
      most = times;
    }
  }
  if (usual === 0) return 0;
  const header = delimitersPerRecord[0] ?? 0;
  const headerAgrees = header > 0 && Math.abs(header - usual) <= 1;
  const share = most / delimitersPerRecord.length;
  if (!headerAgrees && share < 0.5) return 0;
  const consistency = 0.75 * share + (headerAgrees ? 0.25 : 0);
  return (consistency * usual) / (usual + 1);
}
