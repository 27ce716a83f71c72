import { expect, test } from 'vitest';
import { readTable, readText } from '#shared/table/read-csv.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import { utf8 } from '../../fixtures/encode-text.ts';

function read(text: string, options: ReadOptions = {}) {
  const table = readText(text, options);
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}
const flat = (text: string, options: ReadOptions = {}) => read(text, options).rows.map((row) => row.join('·'));

test.each([
  ['in a sheet', 'Name\tNotes\tPhone\nAnn\t"quoted" start\t4155550103\n', ['Ann·"quoted" start·4155550103']],
  [
    'in a file, and the rows below stay',
    'Name,Notes,Phone\nAnn,"quoted" start,1\nBob,"the "best" one",2\nCy,x,3\n',
    ['Ann·"quoted" start·1', 'Bob·the "best" one·2', 'Cy·x·3'],
  ],
  ['with a quoted cell behind it', 'Name,Notes,City\nAnn,"quoted" start,"Oslo, NO"\nBob,x,y\n', ['Ann·"quoted" start·Oslo, NO', 'Bob·x·y']],
  ['with two quoted words', 'Name,Notes\nAnn,"A" or "B"\nBob,x\n', ['Ann·"A" or "B"', 'Bob·x']],
  ['a quoted row below', 'Name,Notes,Phone\nAnn,"quoted" start,1\n"Bob","x","2"\n', ['Ann·"quoted" start·1', 'Bob·x·2']],
])('a cell that begins with a quote and is no quoted cell is text: %s', (_where, text, rows) => {
  expect(flat(text)).toEqual(rows);
});

test.each([
  [
    'a ditto mark and an inch mark',
    'Name\tSize\tCity\nAnn\t"\tOslo\nBob\t5"\tRome\nCy\tx\tBern\n',
    ['Ann·"·Oslo', 'Bob·5"·Rome', 'Cy·x·Bern'],
  ],
  ['two ditto marks', 'Name\tSize\tCity\nAnn\t"\tOslo\nBob\tx\tRome\nCy\t"\tBern\n', ['Ann·"·Oslo', 'Bob·x·Rome', 'Cy·"·Bern']],
  ['two columns', 'Name\tSize\nAnn\t"\nBob\t"\nCy\tx\n', ['Ann·"', 'Bob·"', 'Cy·x']],
  ['one ditto mark alone', 'Name\tSize\nAnn\t"\nBob\tx\n', ['Ann·"', 'Bob·x']],
  ['at the end of its row', 'Name\tCity\tSize\nAnn\tx\t"\nBob\t5"\ty\nCy\tz\tw\n', ['Ann·x·"', 'Bob·5"·y', 'Cy·z·w']],
  [
    'words behind the mark',
    'Name\tSize\tCity\tTag\nAnn\t"big\tOslo\tx\nBob\t5"\tRome\ty\nCy\tx\tBern\tz\n',
    ['Ann·"big·Oslo·x', 'Bob·5"·Rome·y', 'Cy·x·Bern·z'],
  ],
])('a quote that is text swallows no row: %s', (_what, text, rows) => {
  expect(flat(text)).toEqual(rows);
});

test.each([
  ['a note of two lines', 'Name,Notes,City\nAnn,"one\ntwo",Oslo\nBob,x,Rome\n', ['Ann·one\ntwo·Oslo', 'Bob·x·Rome']],
  ['with commas', 'Name,Notes,City\nAnn,"Hi, there\nBye, Bob",Oslo\nBob,x,Rome\n', ['Ann·Hi, there\nBye, Bob·Oslo', 'Bob·x·Rome']],
  ['in the last of two columns', 'Name,Notes\nAnn,"Dear Ann\nthanks,Bob"\nCy,x\n', ['Ann·Dear Ann\nthanks,Bob', 'Cy·x']],
  ['with a line end at its end', 'Name,Notes\nAnn,"one\n"\nCy,x\n', ['Ann·one\n', 'Cy·x']],
  ['that begins with one', 'Name,Notes,City\nAnn,"\none",Oslo\nCy,x,y\n', ['Ann·\none·Oslo', 'Cy·x·y']],
])('a quoted cell of several lines stays one: %s', (_what, text, rows) => {
  expect(flat(text)).toEqual(rows);
});

test.each([
  ['the usual ones', 'double', 'Name,City\n"Lee, Ann","Oslo"\n', ['Lee, Ann·Oslo']],
  ['a blank before them', 'double', 'First Name, "Last Name", "Email"\nAnn, "Lee, Jr", "a@x.com"\n', ['Ann·Lee, Jr·a@x.com']],
  ['apostrophes', 'single', "'Name','Email'\n'O, Lee','a@x.com'\n'','b@x.com'\n", ['O, Lee·a@x.com', '·b@x.com']],
  ['apostrophes, doubled inside', 'single', "'Name','Email'\n'O''Lee, Ann','a@x.com'\n", ["O'Lee, Ann·a@x.com"]],
  ['apostrophes around texts only', 'single', "Id,Name\n1,'Lee, Ann'\n2,'Ray, Bo'\n", ['1·Lee, Ann', '2·Ray, Bo']],
  [
    'a backslash before those inside',
    'backslash',
    'Name,Notes\nAnn,"said \\"hi\\", left"\nBob,"a\\\\b"\n',
    ['Ann·said "hi", left', 'Bob·a\\b'],
  ],
  ['around whole lines', 'lines', '"Name,Email,Phone"\n"Ann,a@x.com,1"\n"Bob,b@x.com,2"\n', ['Ann·a@x.com·1', 'Bob·b@x.com·2']],
  [
    'around whole lines, doubled inside',
    'lines',
    '"Name,""Email"",Phone"\n"""Lee, Ann"",""a@x.com"",1"\n"Bob,""b@x.com"",2"\n',
    ['Lee, Ann·a@x.com·1', 'Bob·b@x.com·2'],
  ],
  ['a column of names in quotes', 'double', '"Name"\n"Lee, Ann"\n"Ray, Bo"\n', ['Lee, Ann', 'Ray, Bo']],
  ['names with apostrophes', 'double', "Name,Phone\n't Hooft,'0151\nO'Neil,'0152\n", ["'t Hooft·'0151", "O'Neil·'0152"]],
  ['folders with backslashes', 'double', 'Name,Folder\nAnn,"C:\\x\\"\nBob,"C:\\y\\"\n', ['Ann·C:\\x\\', 'Bob·C:\\y\\']],
])('the style of quotes is found: %s', (_what, quote, text, rows) => {
  expect(read(text).facts.quote).toBe(quote);
  expect(flat(text)).toEqual(rows);
});

test.each([
  ['none', 'Name,Notes\nAnn,"open\nBob,x\n', ['Ann·"open', 'Bob·x']],
  ['none', 'Name,Notes\r\nAnn,"a"\nBob,"b\r', ['Ann·"a"', 'Bob·"b']],
  ['single', "Name,Notes\nAnn,'a, b'\n", ['Ann·a, b']],
  ['double', "'Name','Notes'\n'Ann','b'\n", ["'Ann'·'b'"]],
] as const)('the style can be chosen: %s (%j)', (quote, text, rows) => {
  expect(flat(text, { quote })).toEqual(rows);
  expect(read(text, { quote }).facts.quote).toBe(quote);
});

test('a quote that nothing closes is refused, and is text when quotes are', () => {
  const text = 'Name,Notes\nAnn,"open\nBob,x\n';
  expect(readText(text)).toMatchObject({ error: { code: 'quote_never_closed', data: { line: 2 } } });
  expect(flat(text, { quote: 'none' })).toEqual(['Ann·"open', 'Bob·x']);
});

test('lines keep their numbers when they are taken out of quotes', () => {
  const table = readTable(utf8('"Name,Email,Phone"\r\n"Ann,a@x.com,1"\r\n\r\n"Bob,b@x.com,2"\r\n'));
  expect(table.ok && Array.from(table.value.lines)).toEqual([2, 3, 4]);
});

test.each([
  ['^', 'First Name^Last Name^Email\nAnn^Lee^ann@x.com\nBob^Ray^bob@x.com\n'],
  ['~', 'First Name~Last Name~Email\nAnn~Lee~ann@x.com\nBob~Ray~bob@x.com\n'],
  [':', 'First Name:Last Name:Email\nAnn:Lee:ann@x.com\nBob:Ray:bob@x.com\n'],
  [',', 'Note: name: email\nhello\nwell: then\n'],
])('a rare delimiter is found where every line has it: %s', (delimiter, text) => {
  expect(read(text).facts.delimiter).toBe(delimiter);
});
