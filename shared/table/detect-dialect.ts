import { lookAtHeader } from './judge-header.ts';
import { type Syntax, toSyntax, type Width } from './quoted-cell.ts';
import type { FileFacts } from './table.ts';

export type Delimiter = FileFacts['delimiter'];
/** The delimiters we read. Where two fit equally well the earlier one is meant: commas stand in any text, tabs in none. */
export const DELIMITERS = ['\t', '|', ';', ','] as const satisfies readonly Delimiter[];
/** Those that stand in texts more often than between cells: only where nothing else fits, and every line says so. */
export const RARE_DELIMITERS = ['^', '~', ':'] as const satisfies readonly Delimiter[];

/** How much of a file is looked at, in characters. */
export const SAMPLE_CHARS = 64 * 1024;

/** `sep=;` in the first line: what Excel writes and reads to name the delimiter. */
const SEP_LINE = /^sep=([^\r\n])(?=[\r\n]|$)/i;

/** What the beginning of a text says: its delimiter, and whether the first line is only there to name it. */
export type Dialect = { readonly delimiter: Delimiter; readonly hasSepLine: boolean };

/** Finds the delimiter from the first `SAMPLE_CHARS` characters of a text; a text of one column has a comma. */
export function detectDialect(text: string, quotes: FileFacts['quote'] = 'double'): Dialect {
  const named = SEP_LINE.exec(text)?.[1];
  const delimiter = DELIMITERS.find((candidate) => candidate === named);
  if (named !== undefined && delimiter) return { delimiter, hasSepLine: true };
  const counts = countDelimiters(text, toSyntax(',', quotes));
  let best: Delimiter = ',';
  let bestScore = 0;
  for (const [at, candidate] of DELIMITERS.entries()) {
    const score = scoreOf(counts.records.map((record) => record[at] ?? 0)) * (candidate === ',' ? counts.commaTrust : 1);
    if (score > bestScore) {
      best = candidate;
      bestScore = score;
    }
  }
  const rare = bestScore === 0 && named === undefined ? findRare(text.slice(0, SAMPLE_CHARS)) : undefined;
  return { delimiter: rare ?? best, hasSepLine: named !== undefined };
}

/** A rare delimiter that stands equally often in every line, the first of which has names of columns between them. */
function findRare(sample: string): Delimiter | undefined {
  const lines = sample.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  if (sample.length === SAMPLE_CHARS) lines.pop(); // it is cut off
  const [first = ''] = lines;
  return RARE_DELIMITERS.find((delimiter) => {
    const cells = first.split(delimiter);
    const isRegular = lines.length >= 2 && lines.every((line) => line.split(delimiter).length === cells.length);
    return isRegular && cells.length >= (delimiter === ':' ? 3 : 2) && lookAtHeader(cells).known >= 2;
  });
}

/** How many cells the records of a text usually have. */
export function usualWidthOf(text: string, syntax: Syntax): Width {
  const { records } = countDelimiters(text, syntax, [syntax.delimiter]);
  const counts = new Map<number, number>();
  for (const [found = 0] of records) counts.set(found + 1, (counts.get(found + 1) ?? 0) + 1);
  for (const [cells, times] of counts) if (times >= 2 && times >= records.length * 0.5) return { cells, isUsual: true };
  return { cells: (records[0]?.[0] ?? 0) + 1, isUsual: false };
}

/** Per record that is not blank: how often each delimiter stands outside quotes, in the order of `DELIMITERS`. */
type Counts = { readonly records: readonly (readonly number[])[]; readonly commaTrust: number };

/** A comma that would be there anyway: in a sentence, or between the digits of a number. */
const NATURAL_COMMA = /, |\d,\d/;
/** What a comma's score keeps when nearly all commas are natural: enough to win alone, not against a better one. */
const NATURAL_TRUST = 0.6;

function countDelimiters(text: string, syntax: Syntax, delimiters: readonly Delimiter[] = DELIMITERS): Counts {
  const sample = text.slice(0, SAMPLE_CHARS);
  const records: number[][] = [];
  let record = delimiters.map(() => 0);
  let commas = 0;
  let natural = 0;
  let isBlank = true;
  let atCellStart = true;
  for (let at = 0; at < sample.length; at++) {
    const character = sample[at] ?? '';
    if (character === syntax.quote && atCellStart) {
      at = endOfQuoted(sample, at, syntax, delimiters) ?? (sample.length < text.length ? sample.length : at);
      isBlank = false;
      atCellStart = false;
      continue;
    }
    const index = delimiters.indexOf(character as Delimiter); // any other character is simply not found
    if (index >= 0) record[index] = (record[index] ?? 0) + 1;
    if (character === ',') {
      commas++;
      if (NATURAL_COMMA.test(sample.slice(at - 1, at + 2))) natural++;
    }
    const endsRecord = character === '\n' || character === '\r';
    if (endsRecord) {
      if (!isBlank) records.push(record);
      record = delimiters.map(() => 0);
      isBlank = true;
    } else if (index < 0 && character.trim() !== '') isBlank = false;
    atCellStart = endsRecord || index >= 0 || (atCellStart && character === ' ');
  }
  if (!isBlank) records.push(record);
  return { records, commaTrust: natural > commas * 0.8 ? NATURAL_TRUST : 1 };
}

/** Offset of the quote that closes the one at `from`: before a delimiter, a line end or the end. Undefined: none does, it is text. */
function endOfQuoted(sample: string, from: number, { quote, escapes }: Syntax, delimiters: readonly Delimiter[]): number | undefined {
  for (let at = sample.indexOf(quote, from + 1); at >= 0; at = sample.indexOf(quote, at + 1)) {
    if (escapes && sample[at - 1] === '\\') continue;
    const next = sample[at + 1];
    if (next === quote) at++;
    else if (next === undefined || next === '\n' || next === '\r' || delimiters.some((delimiter) => delimiter === next)) return at;
  }
  return undefined;
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
