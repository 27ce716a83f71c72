import { expect, test } from 'vitest';
import { readText } from '#shared/table/read-csv.ts';

test.each<readonly [string, string, readonly string[], readonly (readonly string[])[]]>([
  [
    'Excel: tabs, and a line end after the last row',
    'Name\tEmail\r\nAnn\tann@example.com\r\nBob\tbob@example.com\r\n',
    ['Name', 'Email'],
    [
      ['Ann', 'ann@example.com'],
      ['Bob', 'bob@example.com'],
    ],
  ],
  ['Google Sheets: no line end after the last row', 'Name\tEmail\nAnn\tann@example.com', ['Name', 'Email'], [['Ann', 'ann@example.com']]],
  [
    'a line break in a cell comes in quotes',
    'Name\tNote\r\nAnn\t"first line\nsecond line"\r\nBob\tok\r\n',
    ['Name', 'Note'],
    [
      ['Ann', 'first line\nsecond line'],
      ['Bob', 'ok'],
    ],
  ],
  [
    'with quotes of its own, doubled',
    'Name\tNote\r\nAnn\t"said ""yes""\nand ""no"""\r\n',
    ['Name', 'Note'],
    [['Ann', 'said "yes"\nand "no"']],
  ],
  ['a tab in a cell, too', 'Name\tNote\nAnn\t"a\tb"\n', ['Name', 'Note'], [['Ann', 'a\tb']]],
  [
    'quotes in a cell of one line come as they are',
    'Name\tNote\r\nAnn\tsaid "yes" twice\r\n',
    ['Name', 'Note'],
    [['Ann', 'said "yes" twice']],
  ],
  [
    'commas are no delimiter beside tabs',
    'Name\tCompany\r\nLee, Ann\tFern, Moss & Co, Ltd\r\n',
    ['Name', 'Company'],
    [['Lee, Ann', 'Fern, Moss & Co, Ltd']],
  ],
  [
    'a header with a line break',
    '"First\nName"\tEmail\r\nAnn\tann@example.com\r\n',
    ['First\nName', 'Email'],
    [['Ann', 'ann@example.com']],
  ],
  [
    'empty cells at the end of a row',
    'Name\tEmail\tNote\r\nAnn\tann@example.com\t\r\n',
    ['Name', 'Email', 'Note'],
    [['Ann', 'ann@example.com', '']],
  ],
  ['one column', 'Email\r\nann@example.com\r\nbob@example.com\r\n', ['Email'], [['ann@example.com'], ['bob@example.com']]],
  [
    'rows without a header',
    'Ann\tLee\tann@example.com\r\nBob\tRay\tbob@example.com\r\n',
    [],
    [
      ['Ann', 'Lee', 'ann@example.com'],
      ['Bob', 'Ray', 'bob@example.com'],
    ],
  ],
  [
    'a title above',
    'Contacts\t\t\r\n\t\t\r\nFirst Name\tLast Name\tEmail\r\nAnn\tLee\tann@example.com\r\n',
    ['First Name', 'Last Name', 'Email'],
    [['Ann', 'Lee', 'ann@example.com']],
  ],
])('a pasted range is read: %s', (_what, text, headers, rows) => {
  expect(readText(text)).toMatchObject({ ok: true, value: { headers, rows, facts: { encoding: 'utf-8', encodingSure: true } } });
});
