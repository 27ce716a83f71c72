import { expect, test } from 'vitest';
import { detectDialect, SAMPLE_CHARS } from '#shared/table/detect-dialect.ts';

const MANY = 40;

test.each([
  ['the usual', ',', 'Name,Email\nAnn,ann@example.com\n'],
  ['decimal commas', ';', 'Nom;Prénom;Montant\nMartinet;Chloé;1,5\nFaure;Luc;2,5\n'],
  ['decimal commas in every cell, no header', ';', '1,5;2,5;3,5\n4,5;5,5;6,5\n'],
  ['more commas than semicolons in every row but the header', ';', `a;b;c\n${'1,5;2,5;3,5\n'.repeat(MANY)}`],
  ['a comma in every cell of a column, header too', ';', 'City, State;Phone\nAustin, TX;512\nDenver, CO;303\n'],
  ['Excel "Unicode text"', '\t', 'Name\tCity, State\tPhone\nAnn\tAustin, TX\t512\n'],
  ['commas in notes', '\t', 'Name\tNote\nAnn\ta,b,c,d\nBob\te,f,g,h\n'],
  ['a database export', '|', 'name|email|note\nAnn|ann@example.com|a, b; c\n'],
  ['lists with semicolons in cells', ',', 'Name,Tags\nAnn,a;b;c\nBob,d;e;f\nCy,g;h;i\n'],
  ['pipes in cells', ',', 'Name,Note\nAnn,a|b\nBob,c|d\n'],
  ['semicolons inside quotes count for nothing', ',', 'Name,Company,City\n"Lee; Ann","Pine; Oak",x\n"Ray; Bo","Ash; Elm",y\n'],
  ['commas and line ends inside quotes count for nothing', ';', 'Name;Note\nAnn;"1,2,3\n4,5,6"\nBob;"7,8,9"\n'],
  ['doubled quotes stay inside', ',', 'Name,Note\nAnn,"he said ""a;b;c"" twice; or; more"\nBob,x\n'],
  ['one column', ',', 'Email\nann@example.com\nbob@example.com\n'],
  ['one column of sentences: any choice makes ragged rows, the comma is ours', ',', 'Note\nHello; there\nwell, well\nanother | one\n'],
  ['blanks after commas', ',', 'a, b, c\n1, 2, 3\n'],
  ['numbers only', ',', '1,2,3\n4,5,6\n'],
  ['a title above', ',', 'Report: sales; spring\n\nName,Email,Phone\nAnn,a@example.com,1\nBob,b@example.com,2\nCy,c@example.com,3\n'],
  ['old Mac line ends', ';', 'a;b;c;d\r1;2;3;4\r5;6;7;8\r'],
  ['rows end with one delimiter more than the header', ';', 'Nom;Mail\nA;a@example.com;\nB;b@example.com;\n'],
  ['ragged', ',', 'a,b\n1,2\n3\n4,5,6\n7,8\n'],
  ['a semicolon in every row, but fewer than commas', ',', 'Name,Tag;Group,Phone,City\nAnn,a;b,1,x\nBob,c;d,2,y\n'],
  ['more semicolons than commas, all inside quotes', ',', '"Name; A; B; C",City\n"Lee; Ann; J; K",Austin\n"Ray; Bo; L; M",Reno\n'],
  ['nothing', ',', ''],
])('the delimiter is found with %s (%j)', (_reason, delimiter, text) => {
  expect(detectDialect(text)).toEqual({ delimiter, hasSepLine: false });
});

test.each([
  ['sep=;\r\na,b;c,d\r\n', ';'],
  ['SEP=|\na|b\n', '|'],
  ['sep=\t\na\tb\n', '\t'],
  ['sep=,', ','],
  ['sep=^\na;b\n1;2\n', ';'],
])('a first line %j names the delimiter and is no header', (text, delimiter) => {
  expect(detectDialect(text)).toEqual({ delimiter, hasSepLine: true });
});

test.each([['"sep=;"\na,b\n'], ['sep=;;\na,b\n'], ['separator=;\na,b\n'], ['x\nsep=;\n']])('%j is an ordinary first line', (text) => {
  expect(detectDialect(text).hasSepLine).toBe(false);
});

test('only the beginning of a large file is looked at', () => {
  const start = 'a;b\n1;2\n'.repeat(SAMPLE_CHARS / 8);
  expect(detectDialect(start + 'a,b,c\n'.repeat(SAMPLE_CHARS)).delimiter).toBe(';');
});

test('a quote that stays open does not hide the rest of the sample from the first rows', () => {
  expect(detectDialect('a;b;c\n1;2;3\n4;5;6\n7;"8;9\n').delimiter).toBe(';');
});
