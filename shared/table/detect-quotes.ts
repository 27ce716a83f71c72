import type { FileFacts } from './table.ts';

export type QuoteStyle = FileFacts['quote'];

/** How much of a text is looked at for quotes around lines and apostrophes, in characters. */
const SAMPLE_CHARS = 64 * 1024;
/** What may stand between two cells, whichever it is here. */
const BETWEEN = '\t|;,';

/**
 * Says which style of quotes a text has: what is not surely another one is double quotes (RFC 4180). `none` is never
 * detected: it can only be chosen.
 */
export function detectQuotes(text: string): QuoteStyle {
  if (ESCAPED_QUOTE.test(text) && OPENING_QUOTE.test(text)) return 'backslash';
  const lines = text
    .slice(0, SAMPLE_CHARS)
    .split(/[\r\n]+/)
    .slice(0, text.length > SAMPLE_CHARS ? -1 : undefined)
    .filter((line) => line.trim() !== '');
  if (areWrapped(lines)) return 'lines';
  return haveApostrophes(lines) ? 'single' : 'double';
}

/** `\"` before a word: as RFC 4180 reads it, a closing quote is never there. */
const ESCAPED_QUOTE = /\\"(?=[\p{L}\p{N}])/u;
const OPENING_QUOTE = new RegExp(`(?:^|[${BETWEEN}\\r\\n])"`);

/** Texts that stand in quotes as a whole line, `""` in them being a quote: what a program makes of a line it takes for one cell. */
const WRAPPED = /^"((?:[^"]|"")*)"$/;

/** Most lines are wrapped, and unwrapped they all have the same cells, three at least ("Lee, Ann" is one name). */
function areWrapped(lines: readonly string[]): boolean {
  const wrapped = lines.filter((line) => WRAPPED.test(line));
  if (wrapped.length < 2 || wrapped.length < lines.length - 1) return false;
  const inner = lines.map(unwrapLine);
  return [...BETWEEN].some((delimiter) => {
    const count = countOutside(inner[0] ?? '', delimiter);
    const isSentence = delimiter === ',' && wrapped.every((line) => !/,\S/.test(line));
    return count >= 2 && !isSentence && inner.every((line) => countOutside(line, delimiter) === count);
  });
}

/** Delimiters of a line outside double quotes. */
function countOutside(line: string, delimiter: string): number {
  return line.replace(/"[^"]*"/g, '').split(delimiter).length - 1;
}

function unwrapLine(line: string): string {
  return WRAPPED.exec(line)?.[1]?.replaceAll('""', '"') ?? line;
}

/** The text with every line taken out of its quotes. Line ends stay, and with them the lines' numbers. */
export function unwrapLines(text: string): string {
  return text
    .split(/(\r\n|\r|\n)/)
    .map((part) => (part.startsWith('"') ? unwrapLine(part) : part))
    .join('');
}

/** A cell between apostrophes. */
const APOSTROPHES = new RegExp(`(?:^|[${BETWEEN}])'(?:[^']|'')*'(?=[${BETWEEN}]|$)`, 'g');
const DOUBLE = new RegExp(`(?:^|[${BETWEEN}])"`);

/** All cells of the first line stand between apostrophes, or some of nearly every further one do; none between quotes. */
function haveApostrophes(lines: readonly string[]): boolean {
  const [first = '', ...rest] = lines;
  if (!first.startsWith("'") && !rest[0]?.includes("'")) return false;
  if (lines.some((line) => DOUBLE.test(line))) return false;
  const cells = first.match(APOSTROPHES) ?? [];
  if (cells.length >= 2 && first.replace(APOSTROPHES, '').trim() === '') return true;
  const quoting = rest.filter((line) => (line.match(APOSTROPHES)?.length ?? 0) > 0);
  return quoting.length >= 2 && quoting.length >= rest.length * 0.8;
}
