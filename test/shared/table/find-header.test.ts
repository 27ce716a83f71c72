import { describe, expect, test } from 'vitest';
import { readTableHead, readText } from '#shared/table/read-csv.ts';
import type { RawTable } from '#shared/table/table.ts';
import { utf8 } from '../../fixtures/encode-text.ts';

function read(lines: readonly string[]): RawTable {
  const table = readText(`${lines.join('\r\n')}\r\n`);
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}

const ROWS = ['Ann,Lee,ann@example.com,Fern', 'Bob,Ray,bob@example.com,Moss'];

describe('the header is found below what stands above it', () => {
  test.each<readonly [string, readonly string[], number]>([
    [
      'the notes LinkedIn puts there, one long and quoted',
      [
        'Notes:',
        '"When exporting your connections, you may notice that some addresses are missing, since they are private."',
        '',
        'First Name,Last Name,Email Address,Company',
        ...ROWS,
      ],
      4,
    ],
    ['the title of a report', ['Contacts by owner', '', 'First Name,Last Name,Email,Account', ...ROWS], 3],
    ['a title filled up with commas', ['All contacts,,,', ',,,', 'First Name,Last Name,Email,Account', ...ROWS], 3],
    [
      'company, report and period of an accounting program',
      ['Fern & Moss Ltd', 'Customer Contact List', '"January - March, 2024"', '', 'Customer,Full Name,Email,Company', ...ROWS],
      5,
    ],
    ['facts in two cells', ['Report generated:,2024-01-31', 'By:,ann@example.com', '', 'First Name,Last Name,Email,Account', ...ROWS], 4],
    ['the groups of the columns', [',,Contact,', 'First Name,Last Name,Email,Company', ...ROWS], 2],
    ['remarks of a program', ['# exported by a program', '# version 2', 'given,family,mail,firm', ...ROWS], 3],
    [
      'a title in Japanese',
      ['名刺一覧', '件数：2件', '', '氏名,会社名,メールアドレス,電話番号', '山田,桜,yamada@example.jp,03-1234-5678'],
      4,
    ],
    ['a title in German', ['Kundenliste', 'Vorname;Nachname;E-Mail;Firma', 'Zoë;Groß;zoe@example.de;Kühn'], 2],
    ['the groups of the columns, some of them known', ['Contact,,,Company', 'First,Last,Email,Name', ...ROWS], 2],
    ['no word it knows, but values below words', ['Übersicht', '', 'aa,bb,cc', 'x,y,12.5', 'z,w,13.5'], 3],
  ])('%s', (_what, lines, headerRow) => {
    const table = read(lines);
    expect(table.facts).toMatchObject({ headerRow, preambleRows: headerRow - 1 });
    expect(table.headers.length).toBeGreaterThan(2);
    expect(table.rows).toHaveLength(lines.length - headerRow);
    expect(table.skipped?.map(({ line, kind }) => [line, kind])).toEqual(
      Array.from({ length: headerRow - 1 }, (_, at) => [at + 1, 'preamble']),
    );
  });
});

describe('a header at the top stays the header', () => {
  test.each<readonly [string, readonly string[]]>([
    ['of words', ['First Name,Last Name,Email,Company', ...ROWS]],
    ['of words nobody knows', ['foo,bar,baz,qux', ...ROWS]],
    ['of words nobody knows above words', ['Foo Bar,Baz', 'one thing,x', 'other,y']],
    ['of words nobody knows above numbers', ['Foo,Bar', 'Ann,1', 'Bob,2']],
    ['of years', ['Name,2022,2023,2024', 'Ann,1,2,3', 'Bob,4,5,6']],
    ['of which half the names are missing', ['Name,,Email,', ...ROWS]],
    ['of which only the first is there', ['Name,,,', 'Ann,Lee,Fern,Moss', 'Bob,Ray,Fern,Moss']],
    ['with line breaks', ['"First\nname","Last\nname",Email,Company', ...ROWS]],
    ['of one column', ['Email', 'ann@example.com', 'bob@example.com']],
    ['of numbers', ['1,2,3,4', ...ROWS]],
    ['with a second line that explains it', ['fname,lname,mail,firm', 'First Name,Last Name,Email,Company', ...ROWS]],
    ['above rows that are wider than it', ['Name,Email', 'Ann,ann@example.com,x', 'Bob,bob@example.com,y']],
    ['above one row', ['Name,Email', 'Ann,ann@example.com']],
    ['above blank rows', ['Name,Email', '', '', 'Ann,ann@example.com']],
    ['that says email and phone in one cell', ['Name,Email/Phone', 'Ann,ann@example.com', 'Bob,+1 415 555 0101']],
  ])('%s', (_what, lines) => {
    const table = read(lines);
    expect(table.facts).toMatchObject({ headerRow: 1, preambleRows: 0 });
    expect(table.skipped).toBeUndefined();
  });
});

describe('a file without a header has none', () => {
  test.each<readonly [string, readonly string[]]>([
    ['the first row has an email', ROWS],
    ['the first row is all there is', [ROWS[0] ?? '']],
    ['emails alone', ['ann@example.com', 'bob@example.com']],
    ['phones where the rows below have phones', ['Ann,+1 415 555 0101', 'Bob,+1 415 555 0102', 'Eve,+1 415 555 0103']],
    ['names where the rows below have names', ['Ann,Lee', 'Bob,Ray']],
    ['names of several words', ['Ann Marie,van der Berg,Oslo', "Bob,O'Neil,New York", 'Cy,Oh,Rome']],
    ['a row with a title nobody should take for a header', ['Ann,Account Manager,ann@example.com', 'Bob,Phone Sales,bob@example.com']],
  ])('%s', (_why, lines) => {
    const table = read(lines);
    expect(table.headers).toEqual([]);
    expect(table.rows).toHaveLength(lines.length);
    expect(table.facts).toMatchObject({ headerRow: 0, preambleRows: 0, rowCount: lines.length });
  });
});

test('what was found can be overruled', () => {
  const text = 'Contacts\n\nName,Email\nAnn,ann@example.com\n';
  expect(readText(text)).toMatchObject({ value: { facts: { headerRow: 3 } } });
  expect(readText(text, { headerRow: 1 })).toMatchObject({ value: { headers: ['Contacts'], facts: { headerRow: 1, rowCount: 3 } } });
  expect(readText(text, { headerRow: 0 })).toMatchObject({ value: { headers: [], facts: { headerRow: 0, rowCount: 4 } } });
  expect(readText('ann@example.com,Ann\nbob@example.com,Bob\n', { headerRow: 1 })).toMatchObject({
    value: { headers: ['ann@example.com', 'Ann'], facts: { headerRow: 1, rowCount: 1 } },
  });
});

test('the beginning of a file is enough to find it', () => {
  const rows = Array.from({ length: 20_000 }, (_, at) => `Ann${at},Lee,ann${at}@example.com,Fern`);
  const text = ['Notes:', 'a title', '', 'First Name,Last Name,Email,Company', ...rows].join('\n');
  const whole = readText(text);
  const head = readTableHead(utf8(text), {}, 10);
  expect(head).toMatchObject({
    value: { headers: ['First Name', 'Last Name', 'Email', 'Company'], facts: { headerRow: 4, preambleRows: 3 } },
  });
  expect(head.ok && whole.ok && head.value.rows).toEqual(whole.ok && whole.value.rows.slice(0, 10));
});
