import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { DELIMITERS, RARE_DELIMITERS } from '#shared/table/detect-dialect.ts';
import { readTable, readText } from '#shared/table/read-csv.ts';
import type { ReadOptions } from '#shared/table/table.ts';

const require = createRequire(import.meta.url);

/** Looked at on 2026-11-22: its JSON has another phone than its own CSV. */
const SPECTRUM_OTHERWISE: readonly string[] = ['location_coordinates'];

/** csv-spectrum (BSD-2-Clause): files with what they hold as JSON. */
describe('csv-spectrum', () => {
  const folder = dirname(require.resolve('csv-spectrum/package.json'));
  const names = readdirSync(join(folder, 'csvs')).map((file) => file.replace(/\.csv$/, ''));
  test('has its dozen files', () => expect(names.length).toBeGreaterThanOrEqual(12));
  test.each(names.filter((name) => !SPECTRUM_OTHERWISE.includes(name)))('%s', (name) => {
    const expected = [JSON.parse(readFileSync(join(folder, 'json', `${name}.json`), 'utf8'))].flat() as readonly Record<string, string>[]; // one row may stand alone
    const table = readTable(readFileSync(join(folder, 'csvs', `${name}.csv`)));
    if (!table.ok) throw new Error(JSON.stringify(table.error));
    const { headers, rows } = table.value;
    expect(rows.map((row) => headers.map((header, column) => [header, row[column]]))).toEqual(
      expected.map((entry) => Object.entries(entry)),
    );
  });
});

type PapaCase = {
  readonly description: string;
  readonly input: unknown;
  readonly disabled?: boolean;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly expected: { readonly data: readonly unknown[]; readonly errors: readonly unknown[] };
};
type PapaSuite = { readonly CORE_PARSER_TESTS: readonly PapaCase[]; readonly PARSE_TESTS: readonly PapaCase[] };

type ReadCase = {
  readonly description: string;
  readonly input: string;
  readonly read: ReadOptions;
  readonly skipsBlank: boolean;
  readonly expected: PapaCase['expected'];
};

/** Papa Parse's own cases (MIT, they come with the package): those that ask for nothing we have no word for. */
function papaCases(): readonly ReadCase[] {
  const code = readFileSync(join(dirname(require.resolve('papaparse')), 'tests/test-cases.js'), 'utf8');
  const describeNothing = Object.assign(() => {}, { skip() {} });
  const world = { module: { exports: {} }, require: () => ({ assert: {} }), describe: describeNothing };
  runInNewContext(code, world);
  const suite = world as unknown as PapaSuite; // the file declares both lists
  const toCases = (cases: readonly PapaCase[], start: ReadOptions) =>
    cases.flatMap(({ description, input, config = {}, disabled, expected }): ReadCase[] => {
      if (typeof input !== 'string' || disabled || !expected.data.every(Array.isArray)) return [];
      const options = Object.entries(config).map(([name, value]) => toReadOption(name, value));
      if (options.includes(null)) return [];
      const skipsBlank = 'skipEmptyLines' in config;
      return [{ description, input, expected, skipsBlank, read: Object.assign({ headerRow: 0, keepRows: true, ...start }, ...options) }];
    });
  return [...toCases(suite.CORE_PARSER_TESTS, { delimiter: ',' }), ...toCases(suite.PARSE_TESTS, {})];
}

/** An option of Papa Parse as one of ours; null where there is none. Ends of lines need none, blank rows are seen to below. */
function toReadOption(name: string, value: unknown): ReadOptions | null {
  if (name === 'newline' || name === 'fastMode' || name === 'skipEmptyLines') return {};
  if (name === 'quoteChar' && value === "'") return { quote: 'single' };
  if (name === 'escapeChar' && value === '\\') return { quote: 'backslash' };
  const delimiter = name === 'delimiter' ? [...DELIMITERS, ...RARE_DELIMITERS].find((one) => one === value) : undefined;
  return delimiter ? { delimiter } : null;
}

/** Looked at on 2026-11-22, each with what we do otherwise. */
const OTHERWISE: readonly string[] = [
  'Mixed slash n and slash r should choose first as precident', // rows end at every kind of line end
  'Quoted field with whitespace around quotes', // blanks before a quote do not make it text
  'Quoted field has invalid trailing quote before delimiter', // a quote behind which text stands swallows no row
];

describe('Papa Parse', () => {
  const cases = papaCases();
  test('has its cases, those with other quotes and other escapes among them', () => {
    expect(cases.length).toBeGreaterThan(85);
    expect(new Set(cases.map(({ read }) => read.quote))).toEqual(new Set([undefined, 'single', 'backslash']));
  });
  test.each(cases.filter(({ description }) => !OTHERWISE.includes(description)))(
    '$description',
    ({ input, read, skipsBlank, expected }) => {
      const { data, errors } = expected;
      const table = readText(input, read);
      const rows = data.filter(Array.isArray).map((row) => (row.every((cell) => cell.trim() === '') ? [] : row));
      if (/[\r\n]$/.test(input) && rows.at(-1)?.length === 0) rows.pop(); // behind the last line end stands no row
      const isAsked = (row: readonly string[]) => !skipsBlank || row.length > 0;
      const isAboutQuotes = errors.some((error) => JSON.stringify(error).includes('"Quotes"'));
      if (rows.every((row) => row.length === 0))
        expect(table).toMatchObject({ error: { code: expect.stringMatching(/^file_(empty|no_table)$/) } });
      else if (isAboutQuotes && !table.ok)
        expect(table.error.code).toBe('quote_never_closed'); // Papa Parse gives a swallowed row
      else expect(table.ok && table.value.rows.filter(isAsked)).toEqual(rows.filter(isAsked));
    },
  );
});

/**
 * The rest of what sineemore/csv-test-data and the W3C's csvw tests ask of a reader of CSV, in cases of our own. Looked at
 * on 2026-11-22: the first has no licence, so that it may not be copied, and we found no package of npm that holds the second.
 */
describe('what other suites ask', () => {
  test.each<readonly [string, string, readonly string[], readonly (readonly string[])[]]>([
    ['empty cells', 'a,b,c\r\n,,x\r\n', ['a', 'b', 'c'], [['', '', 'x']]],
    ['an empty cell at the end', 'a,b\r\n1,\r\n', ['a', 'b'], [['1', '']]],
    ['blanks before and behind', 'a, b\r\n 1,2 \r\n', ['a', ' b'], [[' 1', '2 ']]],
    ['one column', 'a\r\n1\r\n2\r\n', ['a'], [['1'], ['2']]],
    ['quotes around everything', '"a","b"\r\n"1","2"\r\n', ['a', 'b'], [['1', '2']]],
    ['quotes around nothing', 'a,b\r\n"",""\r\n1,2\r\n', ['a', 'b'], [[], ['1', '2']]],
    ['quotes around a delimiter', 'a,b\r\n"1,5",2\r\n', ['a', 'b'], [['1,5', '2']]],
    ['doubled quotes', 'a,b\r\n"say ""hi""",2\r\n', ['a', 'b'], [['say "hi"', '2']]],
    ['quotes around a line end', 'a,b\r\n"1\r\n2",3\r\n', ['a', 'b'], [['1\r\n2', '3']]],
    ['a quote that ends too early', 'a,b\r\n"1"2,3\r\n', ['a', 'b'], [['"1"2', '3']]],
    ['quotes around blanks', 'a,b\r\n" 1 ",2\r\n', ['a', 'b'], [[' 1 ', '2']]],
    ['no line end at the end', 'a,b\r\n1,2', ['a', 'b'], [['1', '2']]],
    ['letters of the world', 'a,b\r\nü,山\r\n', ['a', 'b'], [['ü', '山']]],
    ['tabs', 'a\tb\r\n1\t2\r\n', ['a', 'b'], [['1', '2']]],
    ['a header of two names alike', 'a,a\r\n1,2\r\n', ['a', 'a'], [['1', '2']]],
    ['rows that are too short', 'a,b\r\n1\r\n', ['a', 'b'], [['1']]],
    ['rows that are too long', 'a,b\r\n1,2,3\r\n', ['a', 'b'], [['1', '2', '3']]],
  ])('%s', (_what, text, headers, rows) => {
    expect(readText(text)).toMatchObject({ ok: true, value: { headers, rows } });
  });
  test.each([['a quote that is missing', 'a,b\r\n1,"2\r\n']])('and %s is refused', (_what, text) => {
    expect(readText(text)).toMatchObject({ error: { code: 'quote_never_closed', data: { line: 2 } } });
  });
});
