import { expect, test } from 'vitest';
import { readText } from '#shared/table/read-csv.ts';
import type { RawTable, ReadOptions } from '#shared/table/table.ts';

function read(lines: readonly string[], options?: ReadOptions): RawTable {
  const table = readText(`${lines.join('\n')}\n`, options);
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}

/** A webinar's report: a table of facts, the hosts, the panelists, the attendees. */
const WEBINAR = [
  'Attendee Report,,,,,',
  'Report Generated:,2024-02-01 10:00,,,,',
  'Topic,Webinar ID,Actual Start Time,Duration (minutes),# Registered,',
  'Spring demo,812 3456 7890,2024-01-31 17:00,58,40,',
  'Host Details,,,,,',
  'Attended,User Name (Original Name),Email,Join Time,Leave Time,',
  'Yes,Ann Lee,ann@example.com,2024-01-31 16:55,2024-01-31 18:00,',
  'Panelist Details,,,,,',
  'Attended,User Name (Original Name),Email,Join Time,Country/Region Name,',
  'Yes,Bob Ray,bob@example.com,2024-01-31 16:57,Ireland,',
  'Attendee Details,,,,,',
  'Attended,First Name,Last Name,Email,Phone,Registration Time',
  'Yes,Eve,Fox,eve@example.com,+1 415 555 0101,2024-01-20 09:00',
  'No,Zoë,Brandt,zoe@example.com,--,2024-01-21 09:00',
  'Yes,Tom,Hill,tom@example.com,--,2024-01-22 09:00',
];

test('of several tables that of people is proposed, and the others are offered', () => {
  const table = read(WEBINAR);
  expect(table.headers).toEqual(['Attended', 'First Name', 'Last Name', 'Email', 'Phone', 'Registration Time']);
  expect(table.rows.map((row) => row[1])).toEqual(['Eve', 'Zoë', 'Tom']);
  expect(table.facts).toMatchObject({ headerRow: 12, preambleRows: 11, footerRows: 0, rowCount: 3 });
  expect(table.otherTables?.map(({ headerRow, lastRow, rows }) => [headerRow, lastRow, rows])).toEqual([
    [3, 4, 1],
    [6, 7, 1],
    [9, 10, 1],
  ]);
  expect(table.otherTables?.[1]?.headers.slice(0, 3)).toEqual(['Attended', 'User Name (Original Name)', 'Email']);
});

test('another table is chosen by the lines of its header and its last row', () => {
  for (const options of [{ headerRow: 6 }, { headerRow: 6, lastRow: 7 }]) {
    const table = read(WEBINAR, options);
    expect(table.rows).toEqual([['Yes', 'Ann Lee', 'ann@example.com', '2024-01-31 16:55', '2024-01-31 18:00', '']]);
    expect(table.facts).toMatchObject({ headerRow: 6, preambleRows: 5, footerRows: 8, rowCount: 1 });
    expect(table.otherTables?.map(({ headerRow }) => headerRow)).toEqual([3, 9, 12]);
  }
});

test('the table with more people is proposed, also when it comes first', () => {
  const table = read([
    'Name,Email',
    'Ann,ann@example.com',
    'Bob,bob@example.com',
    '',
    'Speakers',
    'Name,Email,Company',
    'Eve,eve@example.com,Fern',
  ]);
  expect(table).toMatchObject({
    headers: ['Name', 'Email'],
    facts: { rowCount: 2, footerRows: 4 },
    otherTables: [{ headerRow: 6, lastRow: 7, rows: 1 }],
  });
});

test.each<readonly [string, readonly string[], number, number, number]>([
  ['with a title', ['', 'Invoices', 'No,Amount', '1,5', '2,6'], 5, 7, 2],
  ['without', ['', 'No,Amount', '1,5', '2,6'], 4, 6, 2],
  ['that is wider', ['', 'Sums', 'aa,bb,cc,dd,ee', 'x,1,2,3,4'], 5, 6, 1],
])(
  'a table of something else below the people is offered, and none of its rows is a person: %s',
  (_what, below, headerRow, lastRow, rows) => {
    const table = read(['Name,City,Email', 'Ann,Cork,ann@example.com', ...below]);
    expect(table.rows).toEqual([['Ann', 'Cork', 'ann@example.com']]);
    expect(table.otherTables).toMatchObject([{ headerRow, lastRow, rows }]);
  },
);

test('a header that is chosen above the table that was found ends where that one begins', () => {
  const lines = [
    'Webinar',
    'Host Details',
    'Name,Email',
    'Ann,ann@x.com',
    'Bo,bo@x.com',
    '',
    'Attendees',
    'First Name,Last Name,Email,Phone',
  ];
  const file = [...lines, 'Eve,Fox,e@x.com,4155550101'];
  expect(read(file).facts.headerRow).toBe(8);
  const hosts = read(file, { headerRow: 3 });
  expect(hosts.rows.map(([name]) => name)).toEqual(['Ann', 'Bo']);
  expect(hosts.otherTables?.map(({ headerRow }) => headerRow)).toEqual([8]);
});

test.each<readonly [string, readonly string[]]>([
  ['groups of people with their own titles', ['Name,Email', 'Ann,ann@example.com', '', 'Team B', 'Bob,bob@example.com']],
  ['a blank row before a row of plain words', ['Name,Email,City', 'Ann,ann@example.com,Cork', '', 'Bob,none,Kiel']],
  ['the same header once more', ['Name,Email', 'Ann,ann@example.com', '', 'Name,Email', 'Bob,bob@example.com']],
  ['a short row behind a blank one', ['Name,Email,City', 'Ann,ann@example.com,Cork', '', 'Bob,bob@example.com', 'Cy,5']],
  ['a header in the middle of rows', ['Name,Email', 'Ann,ann@example.com', 'First Name,Last Name', 'Bob,bob@example.com']],
  ['a person whose job sounds like a column', ['Name,Title', 'Ann,Sales', '', 'Lead,Account Phone Manager Number One Two']],
])('a file with %s is one table', (_what, lines) => {
  const table = read(lines);
  expect(table.otherTables).toBeUndefined();
  expect(table.facts).toMatchObject({ headerRow: 1, preambleRows: 0, footerRows: 0 });
});
