import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unguardFormula } from '#shared/lead/text.ts';
import { readText } from '#shared/table/read-csv.ts';
import { csvLine, guardFormula, writeCsv } from '#shared/table/write-csv.ts';
import { PAYLOADS } from '../../fixtures/formula-payloads.ts';

test.each([
  ['plain cells stand as they are', ['Ann', 'Lee', '+12025550123'], 'Ann,Lee,+12025550123'],
  ['a comma needs quotes', ['Lee, Ann'], '"Lee, Ann"'],
  ['a quote is doubled', ['5" pipe'], '"5"" pipe"'],
  ['line breaks stay inside quotes', ['a\nb', 'a\rb', 'a\r\nb'], '"a\nb","a\rb","a\r\nb"'],
  ['other delimiters too: who guesses must not guess from a cell', ['a;b', 'a\tb', 'a|b'], '"a;b","a\tb","a|b"'],
  ['outer blanks are kept by quotes', [' a', 'a '], '" a","a "'],
  ['a byte order mark is no mark inside quotes', ['\uFEFFName'], '"\uFEFFName"'],
  ['a header that looks like the name of the delimiter', ['SEP=x'], '"SEP=x"'],
  ['empty cells', ['', '', ''], ',,'],
])('writing: %s', (_rule, cells, line) => {
  expect(csvLine(cells)).toBe(`${line}\r\n`);
});

test('a whole table, with another delimiter', () => {
  expect(writeCsv(['Name', 'City'], [['Ann', 'A;B'], ['Bob']], { delimiter: ';' })).toBe('Name;City\r\nAnn;"A;B"\r\nBob\r\n');
});

test.each(PAYLOADS)('a spreadsheet cannot run %j, wherever it stands', (payload) => {
  for (const position of [0, 1, 2, 3, 4, 5]) {
    const cells = ['a', 'b', 'c', 'd', 'e', 'f'].with(position, payload);
    const table = readText(writeCsv(cells, [cells], { guard: true }), { delimiter: ',' });
    const read = table.ok ? [table.value.headers, ...table.value.rows] : [];
    expect(read).toHaveLength(2);
    for (const row of read) expect(row[position]).toBe(`'${payload.replaceAll('\0', '')}`);
  }
});

test.each([
  ['+12025550123', 'a phone'],
  ['+123456', 'the shortest phone'],
  ['+123456789012345', 'the longest phone'],
  ['Ann', 'a word'],
  ["O'Brien", 'an apostrophe inside'],
  ["'s-Hertogenbosch", 'an apostrophe in front of a letter'],
  ["'90s Vinyl", 'an apostrophe in front of a digit'],
  ['a=b', 'a sign further on'],
  ['ann@example.com', 'an address'],
  ['', 'nothing'],
  ["'", 'an apostrophe alone'],
])('%j stays as it is: %s is no formula', (text) => {
  expect(guardFormula(text)).toBe(text);
  expect(unguardFormula(text)).toBe(text);
});

test.each([
  ["'=1+1", 'a guarded formula'],
  ["'+12025550123", 'a phone some export has guarded'],
  ["''-", 'two apostrophes'],
  ["' a", 'a blank behind an apostrophe'],
  ['+12345', 'a phone too short'],
  ['+1234567890123456', 'a phone too long'],
  ['+44 20 7946 0018', 'a phone with blanks'],
  ['+123456\n', 'a phone and a line break'],
  ['-12.5', 'a number'],
  ['+', 'a sign alone'],
  [' ', 'a blank'],
  ['\u3000a', 'a wide blank'],
])('%j gets one apostrophe, and reading takes that one away again (%s)', (text) => {
  expect(guardFormula(text)).toBe(`'${text}`);
  expect(unguardFormula(`'${text}`)).toBe(text);
});

const SIGNS = [...'=+-@＝＋－＠'];
const BLANKS = [...'\t\r\n\0\v\f \u00a0\u1680\u2003\u2028\u202f\u3000\ufeff'];
/** The law once more, letter by letter and without a regular expression. */
function mustBeGuarded(text: string): boolean {
  const letters = [...text];
  const first = letters.find((letter) => letter !== "'");
  const digits = letters.slice(1);
  const isPhone = letters[0] === '+' && digits.length >= 6 && digits.length <= 15 && digits.every((digit) => digit >= '0' && digit <= '9');
  return !isPhone && first !== undefined && [...SIGNS, ...BLANKS].includes(first);
}
const starts = fc.string({ unit: fc.constantFrom("'", ...SIGNS, ...BLANKS, '1', '(', '.', 'a'), maxLength: 5 });
const anyText = fc.tuple(starts, fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\d{0,18}$/))).map((parts) => parts.join(''));

test('unless it is a phone, whatever a spreadsheet could run gets exactly one apostrophe, nothing else any, and all come back', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const guarded = guardFormula(text);
      expect(guarded).toBe(mustBeGuarded(text) ? `'${text}` : text);
      expect(unguardFormula(guarded)).toBe(text);
      expect(mustBeGuarded(guarded) && !guarded.startsWith("'")).toBe(false);
    }),
    { numRuns: 20_000 },
  );
});

test('a file of such texts, headers too, is read again byte by byte; only NULs go', () => {
  const row = fc.array(anyText, { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(row, row, fc.constantFrom(',', ';', '\t', '|'), (headers, cells, delimiter) => {
      const written = new TextEncoder().encode(writeCsv(['Name', ...headers], [['Ann', ...cells]], { delimiter, guard: true }));
      const table = readText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(written), { delimiter, headerRow: 1 });
      const read = table.ok ? [table.value.headers, ...table.value.rows] : [];
      const whole = (texts: readonly string[]) =>
        texts.map((text) => unguardFormula(guardFormula(text).replaceAll('\0', '')).toWellFormed());
      expect(read.map((one) => one.map(unguardFormula))).toEqual([
        ['Name', ...whole(headers)],
        ['Ann', ...whole(cells)],
      ]);
    }),
    { numRuns: 2_000 },
  );
});
