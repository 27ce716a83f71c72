import { expect, test } from 'vitest';
import type { FileError } from '#shared/problems.ts';
import { readTable } from '#shared/table/read-csv.ts';
import type { RawTable, ReadOptions } from '#shared/table/table.ts';
import { utf8, utf8WithMark, utf16, windows1252 } from '../../fixtures/encode-text.ts';

function read(source: string | Uint8Array, options?: ReadOptions): RawTable {
  const table = readTable(typeof source === 'string' ? utf8(source) : source, options);
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}

/** Rows as one text each: `1·2`, and `blank` for one without cells. */
function flat(table: RawTable): string[] {
  return table.rows.map((row) => (row.length === 0 ? 'blank' : row.join('·')));
}

function refusal(source: string | Uint8Array, options?: ReadOptions): FileError | null {
  const table = readTable(typeof source === 'string' ? utf8(source) : source, options);
  return table.ok ? null : table.error;
}

test('a plain file is read with everything that was detected about it', () => {
  const table = read('Name,Email\r\nAnn,ann@example.com\r\nBob,bob@example.com\r\n');
  expect(table).toEqual({
    headers: ['Name', 'Email'],
    rows: [
      ['Ann', 'ann@example.com'],
      ['Bob', 'bob@example.com'],
    ],
    lines: Uint32Array.of(2, 3),
    facts: {
      encoding: 'utf-8',
      encodingSure: true,
      delimiter: ',',
      quote: 'double',
      headerRow: 1,
      preambleRows: 0,
      footerRows: 0,
      totalRows: 0,
      repeatedHeaders: 0,
      dummyRows: 0,
      repairedRows: 0,
      rowCount: 2,
      columnCount: 2,
    },
  });
});

const PEOPLE = 'Name;City\nZoë;Köln\n"Lee; Ann";Paris\n';
test.each([
  ['utf-8', utf8(PEOPLE)],
  ['utf-8', utf8WithMark(PEOPLE)],
  ['utf-16le', utf16(PEOPLE, 'little', true)],
  ['utf-16be', utf16(PEOPLE, 'big', true)],
  ['utf-16le', utf16(PEOPLE, 'little', false)],
  ['utf-16be', utf16(PEOPLE, 'big', false)],
  ['windows-1252', windows1252(PEOPLE)],
])('the same people come out of a file in %s (%#)', (encoding, bytes) => {
  const { headers, rows, facts } = read(bytes);
  expect(headers).toEqual(['Name', 'City']);
  expect(rows).toEqual([
    ['Zoë', 'Köln'],
    ['Lee; Ann', 'Paris'],
  ]);
  expect(facts).toMatchObject({ encoding, delimiter: ';' });
});

test.each([
  ['Unix', 'a,b\n1,2\n', ['1·2']],
  ['Windows', 'a,b\r\n1,2\r\n', ['1·2']],
  ['old Macs', 'a,b\r1,2\r', ['1·2']],
  ['no line end after the last row', 'a,b\n1,2', ['1·2']],
  ['all mixed', 'a,b\r\n1,2\n3,4\r5,6', ['1·2', '3·4', '5·6']],
  ['mixed, with quotes', 'a,b\n1,2\r\n"3",4\n', ['1·2', '3·4']],
  ['a carriage return too many is no blank row', 'a,b\r\r\n1,2\r\r\n3,4\r\r\n', ['1·2', '3·4']],
  ['a Mac file with an empty line at its end', 'a,b\r1,2\r\r', ['1·2', 'blank']],
  ['a line feed in a quoted cell stays', 'a,b\r\n1,"x\ny"\r\n', ['1·x\ny']],
  ['so do both', 'a,b\n1,"x\r\ny"\n', ['1·x\r\ny']],
  ['also when the rows end differently', 'a,b\n1,"x\ry\nz"\r\n3,4\n', ['1·x\ry\nz', '3·4']],
  ['also in a Mac file', 'a,b\r1,"x\ny"\r', ['1·x\ny']],
])('line ends: %s (%j)', (_reason, text, rows) => {
  expect(flat(read(text))).toEqual(rows);
});

test.each([
  ['doubled quotes are one', 'a,b\n1,"say ""hi"""\n', ['1', 'say "hi"']],
  ['a quote inside a cell is text', 'a,b\n1,5" pipe\n', ['1', '5" pipe']],
  ['quotes inside a cell are text', 'a,b\n1,the "best" one\n', ['1', 'the "best" one']],
  ['a quote inside a cell protects nothing', 'a,b\n1,x "y, z\n', ['1', 'x "y', ' z']],
  ['quotes that were not doubled', 'a,b\n1,"the "best" one"\n', ['1', 'the "best" one']],
  ['even at the start of a line', 'a,b\n1,"note:\n"best" one"\n', ['1', 'note:\n"best" one']],
  ['blanks behind a closing quote', 'a,b\n"1" ,"2"  \n', ['1', '2']],
  ['blanks behind the last quote of the file', 'a,b\n1,"2"  ', ['1', '2']],
  ['a blank before a quote', 'a,b\n1, "2, 3"\n', ['1', '2, 3']],
  ['an empty quoted cell', 'a,b\n"",x\n', ['', 'x']],
  ['a single quote', 'a,b\n"""",x\n', ['"', 'x']],
  ['apostrophes quote nothing', "a,b\n'1,2'\n", ["'1", "2'"]],
])('quotes: %s (%j)', (_reason, text, row) => {
  expect(read(text).rows).toEqual([row]);
});

test.each([
  ['ragged rows stay as long as they are', 'a,b,c\n1,2\n1,2,3,4\n', ['1·2', '1·2·3·4'], 4],
  ['empty cells beyond the header make no column', 'a,b\n1,2,,\n', ['1·2··'], 2],
  ['an empty line is a blank row', 'a,b\n1,2\n\n3,4\n', ['1·2', 'blank', '3·4'], 2],
  ['cells of blanks make a blank row', 'a,b\n1,2\n , \t\u00a0\n,\n3,4\n', ['1·2', 'blank', 'blank', '3·4'], 2],
  ['only the line end after the last row makes no row', 'a,b\n1,2\n\n\n', ['1·2', 'blank', 'blank'], 2],
  ['blanks around text stay', 'a,b\n 1 , 2\n', [' 1 · 2'], 2],
  ['numbers stay text', 'a,b\n1e3,007\n', ['1e3·007'], 2],
  ['words stay text', 'a,b\ntrue,null\n', ['true·null'], 2],
])('rows: %s (%j)', (_reason, text, rows, columnCount) => {
  const table = read(text);
  expect(flat(table)).toEqual(rows);
  expect(table.facts).toMatchObject({ rowCount: rows.length, columnCount });
});

test('header names are only labels: reserved, doubled, empty and long ones keep their place', () => {
  const headers = ['__proto__', 'constructor', 'toString', '', 'Email', 'Email', '', 'x'.repeat(1000), 'two\nlines', ' Name '];
  const cells = headers.map((_, at) => `cell ${at}`);
  const table = read(`${headers.map((header) => `"${header}"`).join(',')}\n${cells.join(',')}\n`);
  expect(table.headers).toEqual(headers);
  expect(table.rows).toEqual([cells]);
  expect(Object.hasOwn(Object.prototype, 'cell 0')).toBe(false);
});

test.each([
  ['counted by row', 'a\0,b\n1,2\n3,\0\0 4\n5,6\n\x007,8\n', ['1·2', '3· 4', '5·6', '7·8'], [1, 3]],
  ['a quote behind a NUL still opens', 'a,b\n1,\0"x\n,\0y"\n3,4\n', ['1·x\n,y', '3·4'], [0]],
  ['a row of NULs is blank', 'a,b\n\0,\0\n3,4\n', ['blank', '3·4'], [0]],
  ['a mark behind a NUL is no text', '\0\uFEFFa,b\n1,2\n', ['1·2'], []],
  ['NULs behind the last row belong to none', 'a,b\n1,2\n\0\0\0', ['1·2'], []],
])('NULs never reach a cell: %s (%j)', (_reason, text, rows, nulRows) => {
  const table = read(text);
  expect(table.headers).toEqual(['a', 'b']);
  expect(flat(table)).toEqual(rows);
  expect(table.nulRows ?? []).toEqual(nulRows);
});

test.each([
  [
    'the line that names the delimiter',
    'sep=;\na;b\n1;2\n',
    undefined,
    { headerRow: 2, preambleRows: 1, delimiter: ';' },
    ['a', 'b'],
    ['1·2'],
  ],
  ['empty lines above the header', '\n\n a,b\n1,2\n', undefined, { headerRow: 3, preambleRows: 2 }, [' a', 'b'], ['1·2']],
  ['a given header', 'Title\n\na,b\n1,2\n', 3, { headerRow: 3, preambleRows: 2 }, ['a', 'b'], ['1·2']],
  ['given by its physical line', '"two\nlines"\na,b\n1,2\n', 3, { headerRow: 3, preambleRows: 1 }, ['a', 'b'], ['1·2']],
  ['any line of a header means it', '"two\nlines",b\n1,2\n', 2, { headerRow: 1, preambleRows: 0 }, ['two\nlines', 'b'], ['1·2']],
  ['no header', '1,2\n3,4\n', 0, { headerRow: 0, preambleRows: 0, columnCount: 2 }, [], ['1·2', '3·4']],
  ['no header below the line that names the delimiter', 'sep=;\n1;2\n', 0, { headerRow: 0, preambleRows: 1 }, [], ['1·2']],
  ['without a header an empty line is a row', '\n1,2\n', 0, { headerRow: 0, preambleRows: 0, rowCount: 2 }, [], ['blank', '1·2']],
])('the header: %s (%j)', (_reason, text, headerRow, facts, headers, rows) => {
  const table = read(text, headerRow === undefined ? {} : { headerRow });
  expect(table.facts).toMatchObject({ ...facts, rowCount: rows.length });
  expect(table.headers).toEqual(headers);
  expect(flat(table)).toEqual(rows);
});

test('what was detected can be overruled', () => {
  expect(read('a;b,c\n1;2,3\n', { delimiter: ',' }).rows).toEqual([['1;2', '3']]);
  expect(read('a;b,c\n1;2,3\n', { delimiter: ';' }).rows).toEqual([['1', '2,3']]);
  expect(read(windows1252('Ä,b\n1,2\n'), { encoding: 'iso-8859-5' })).toMatchObject({
    headers: ['Ф', 'b'],
    facts: { encoding: 'iso-8859-5' },
  });
});

test.each([
  ['one line a row', 'a,b\n1,2\n3,4\n', [2, 3]],
  ['a line break in a cell counts', 'a,b\r\n1,"x\ny"\r\n3,4\r\n', [2, 4]],
  ['in the header, in a cell, an empty line', '"a\nb",c\n1,2\n\n3,"x\r\n\r\ny"\n5,6\n', [3, 4, 5, 8]],
  ['the line that names the delimiter counts', 'sep=,\na,b\n1,2\n', [3]],
  ['any mixture', 'a,b\r1,"x\r\ny\rz"\n3,4\r\n5,6', [2, 5, 6]],
  ['a carriage return too many looks like a line in an editor', 'a,b\r\r\n1,"x\r\r\ny"\r\r\n3,4\r\r\n', [3, 7]],
  ['NULs do not matter', 'a,b\n\0"1\n",2\n3,4\n', [2, 4]],
])('a row is found by its line in the file: %s (%j)', (_reason, text, lines) => {
  expect([...Array.from(read(text).lines)]).toEqual(lines);
});

test.each([
  ['nothing', '', 'file_empty', undefined],
  ['blanks only', ' \r\n\t\r\n', 'file_empty', undefined],
  ['a mark only', '\uFEFF', 'file_empty', undefined],
  ['NULs only', '\0\0\0\0', 'file_empty', undefined],
  ['a header only', 'a,b', 'file_header_only', undefined],
  ['a header and a line end', 'a,b\r\n', 'file_header_only', undefined],
  ['blank rows are no leads', 'a,b\n\n,\n', 'file_header_only', undefined],
  ['nothing below', 'sep=;\n', 'file_no_table', undefined],
  ['delimiters only', ',,\n,,\n', 'file_no_table', undefined],
  ['a quote that stays open', 'a,b\n1,"2\n3,4\n', 'quote_never_closed', { line: 2 }],
  ['counted in lines of the file', 'a,b\n1,2\n\n"x\ny",2\n3,"4\n', 'quote_never_closed', { line: 6 }],
  ['a later row has quotes of its own', 'a,b\n1,"2\n3,"4"\n', 'quote_never_closed', { line: 2 }],
  ['and rows between', 'a,b\n1,"2\nx,y\n3,"4"\n5,"6"\n', 'quote_never_closed', { line: 2 }],
  ['every cell has quotes', '"a","b"\n"1","2\n"3","4"\n', 'quote_never_closed', { line: 2 }],
  ['behind a NUL', 'a,b\n1,2\n\0"x', 'quote_never_closed', { line: 3 }],
  ['a web page in it', '<html><body>\n', 'file_wrong_type', { refused: 'html' }],
  ['a printed list in it', '%PDF-1.7', 'file_wrong_type', { refused: 'pdf' }],
  ['control characters are no text', '\x01\x02\x03\x04,\x05\x06\x07\x08'.repeat(20), 'file_wrong_type', { refused: 'binary' }],
])('a file with %s is refused, with what to say about it (%j)', (_reason, text, code, data) => {
  expect(refusal(text)).toEqual(data ? { code, data } : { code });
});

test('bare quotes in a cell longer than any may be are text, and the file opens', () => {
  const note = (length: number) => read(`a,b\n1,2\n3,"x "y" ${'z'.repeat(length)}"\n`).rows[1]?.[1]?.slice(0, 7);
  expect(note(30_000)).toBe('x "y" z');
  expect(note(40_000)).toBe('"x "y" ');
});

test('what the user asked for and is not there is said', () => {
  expect(refusal('a,b\n1,2\n', { headerRow: 2 })).toEqual({ code: 'file_header_only' });
  expect(refusal('a,b\n\n1,2\n', { headerRow: 2 })).toEqual({ code: 'file_no_table' });
  expect(refusal(',\n', { headerRow: 0 })).toEqual({ code: 'file_no_table' });
  expect(refusal('a,b\n1,2\n', { encoding: 'klingon' })).toEqual({ code: 'encoding_unknown', data: { encoding: 'klingon' } });
});
