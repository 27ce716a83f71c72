import { describe, expect, test } from 'vitest';
import { readXlsx, type SheetTable } from '#shared/table/read-xlsx.ts';
import type { ReadOptions } from '#shared/table/table.ts';
import { utf16 } from '../../fixtures/encode-text.ts';
import { type CellSource, makeWorkbook, makeZip, type SheetSource, type WorkbookSource } from '../../fixtures/make-workbook.ts';

async function read(source: WorkbookSource | Uint8Array, options?: ReadOptions): Promise<SheetTable> {
  const table = await readXlsx(source instanceof Uint8Array ? source : makeWorkbook(source), options);
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}

/** What one cell below a header is read as. */
async function readCell(cell: CellSource, workbook: Omit<WorkbookSource, 'sheets'> = {}): Promise<string | undefined> {
  const table = await read({
    ...workbook,
    sheets: [
      {
        name: 'S',
        rows: [
          ['Name', 'Value'],
          ['Ann', cell],
        ],
      },
    ],
  });
  return table.rows[0]?.[1];
}

const PEOPLE: SheetSource['rows'] = [
  ['Name', 'Email'],
  ['Zoë', 'zoe@example.com'],
  ['山田', 'yamada@example.jp'],
];

test('a sheet is read like a file of text', async () => {
  const table = await read({ sheets: [{ name: 'Leads', rows: PEOPLE }] });
  expect(table).toMatchObject({
    headers: ['Name', 'Email'],
    rows: [
      ['Zoë', 'zoe@example.com'],
      ['山田', 'yamada@example.jp'],
    ],
    facts: { headerRow: 1, rowCount: 2, columnCount: 2 },
    sheets: [{ name: 'Leads', hidden: false }],
    sheet: 'Leads',
  });
  expect(Array.from(table.lines)).toEqual([2, 3]);
});

test('titles, blank rows, sums and footers are told apart in a sheet, too, by its row numbers', async () => {
  const rows: SheetSource['rows'] = [
    ['Contact report'],
    { number: 3, cells: ['First Name', 'Last Name', 'Email'] },
    ['Ann', 'Lee', 'ann@example.com'],
    { number: 6, cells: ['Bob', 'Ray', 'bob@example.com'] },
    ['Total (2 records)'],
    ['Confidential'],
  ];
  const table = await read({ sheets: [{ name: 'S', rows }] });
  expect(table.facts).toMatchObject({ headerRow: 3, preambleRows: 2, totalRows: 1, footerRows: 1, rowCount: 3 });
  expect(table.rows.map((row) => row[0] ?? 'blank')).toEqual(['Ann', 'blank', 'Bob']);
  expect(Array.from(table.lines)).toEqual([4, 5, 6]);
});

const number = (value: string, style?: number): CellSource => ({ xml: `<v>${value}</v>`, ...(style === undefined ? {} : { style }) });

describe('numbers are never shortened', () => {
  test.each([
    ['a phone', '14155550101', 'General', '14155550101'],
    ['as some programs write it', '1.4155550101E10', 'General', '14155550101'],
    ['an id of 18 digits', '123456789012345678', 'General', '123456789012345678'],
    ['a very large one', '1.5E+21', 'General', '1500000000000000000000'],
    ['a very small one', '1.5E-7', 'General', '0.00000015'],
    ['the noise of a binary fraction', '0.30000000000000004', 'General', '0.3'],
    ['money', '1234.5', '#,##0.00 "€"', '1234.5'],
    ['an amount in scientific format', '4155550101', '0.00E+00', '4155550101'],
    ['a percentage', '0.285', '0%', '28.5%'],
    ['a negative one', '-12', 'General', '-12'],
  ])('%s', async (_what, value, format, text) => {
    expect(await readCell(number(value, 1), { formats: [format] })).toBe(text);
  });
});

describe('leading zeros are kept where the format has them', () => {
  test.each([
    ['a postal code', '1067', '00000', '01067'],
    ['a social security number', '12345678', '000-00-0000', '012-34-5678'],
    ['a phone with blanks', '612345678', '00 00 00 00 00', '06 12 34 56 78'],
    ['more digits than zeros', '1234567', '00000', '1234567'],
    ['a sign before the zeros', '4930123456', '"+"00000000', '+4930123456'],
    ['a text', undefined, '@', '00123'],
  ])('%s', async (_what, value, format, text) => {
    const cell = value === undefined ? text : number(value, 1);
    expect(await readCell(cell, { formats: [format] })).toBe(text);
  });
});

describe('dates are ISO dates, whatever they look like in Excel', () => {
  test.each([
    ['a day', '45322', 'dd/mm/yyyy', '2024-01-31'],
    ['in words', '45322', '[$-409]d\\ mmmm\\ yyyy;@', '2024-01-31'],
    ['in Japanese', '45322', 'yyyy"年"m"月"d"日"', '2024-01-31'],
    ['month and year', '45322', 'mmm-yy', '2024-01-31'],
    ['with a time', '45322.545138888891', 'm/d/yy h:mm', '2024-01-31T13:05'],
    ['with seconds', '45322.545243055552', 'yyyy-mm-dd hh:mm:ss', '2024-01-31T13:05:09'],
    ['a time alone', '0.54513888888888884', 'h:mm AM/PM', '13:05'],
    ['hours worked', '1.1041666666666667', '[h]:mm', '26:30'],
    ['before the leap day that never was', '59', 'dd/mm/yyyy', '1900-02-28'],
    ['after it', '61', 'dd/mm/yyyy', '1900-03-01'],
    ['no date at all', '-5', 'dd/mm/yyyy', '-5'],
  ])('%s', async (_what, value, format, text) => {
    expect(await readCell(number(value, 1), { formats: [format] })).toBe(text);
  });
  test.each([
    [14, '45322', '2024-01-31'],
    [22, '45322.5', '2024-01-31T12:00'],
    [20, '0.5', '12:00'],
    [58, '45322', '2024-01-31'],
    [1, '45322', '45322'],
  ])('format %i is built in', async (id, value, text) => {
    const styles = `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs></styleSheet>`;
    expect(await readCell(number(value, 1), { parts: { 'xl/styles.xml': styles } })).toBe(text);
  });
  test('days count from 1904 where an old Mac made the file, though an extension says nothing of it', async () => {
    expect(await readCell(number('43860', 1), { formats: ['d.m.yy'], is1904: true })).toBe('2024-01-31');
  });
});

describe('texts are what a person reads', () => {
  test.each<readonly [string, CellSource, string]>([
    ['text in runs', { type: 'inlineStr', xml: '<is><r><t>Ann </t></r><r><rPr><b/></rPr><t>Lee</t></r></is>' }, 'Ann Lee'],
    ['without the reading beside it', { type: 'inlineStr', xml: '<is><t>山田</t><rPh sb="0" eb="2"><t>ヤマダ</t></rPh></is>' }, '山田'],
    ['signs of XML', 'Fern & <Moss> "Ltd"', 'Fern & <Moss> "Ltd"'],
    ['numbered signs', { type: 'str', xml: '<v>Zo&#xEB; &#128512;</v>' }, 'Zoë 😀'],
    ['line breaks', 'Main St 1\nCork', 'Main St 1\nCork'],
    ['escaped line breaks', 'Main St 1_x000D_\nCork', 'Main St 1\r\nCork'],
    ['an escape that is meant', '_x005F_x000D_', '_x000D_'],
    ['what stands as it is', { type: 'str', xml: '<v><![CDATA[a<b&c]]></v>' }, 'a<b&c'],
    ['the result of a formula', { type: 'str', xml: '<f>A1&amp;B1</f><v>Ann Lee</v>' }, 'Ann Lee'],
    ['the number of a formula', { xml: '<f>1+1</f><v>2</v>' }, '2'],
    ['yes', { type: 'b', xml: '<v>1</v>' }, 'TRUE'],
    ['no', { type: 'b', xml: '<v>0</v>' }, 'FALSE'],
    ['an error', { type: 'e', xml: '<v>#N/A</v>' }, '#N/A'],
    ['a date in words', { type: 'd', xml: '<v>2024-01-31T00:00:00</v>' }, '2024-01-31'],
  ])('%s', async (_what, cell, text) => {
    expect(await readCell(cell)).toBe(text);
  });
  test('a wrong encoding is mended and marked as in a file of text', async () => {
    const table = await read({
      sheets: [
        {
          name: 'S',
          rows: [
            ['PrÃ©nom', 'Email'],
            ['ZoÃ«', 'zoe@example.com'],
          ],
        },
      ],
    });
    expect(table).toMatchObject({ headers: ['Prénom', 'Email'], rows: [['Zoë', 'zoe@example.com']], repairedRows: [0] });
  });
});

describe('sheets', () => {
  const other: SheetSource['rows'] = [
    ['Company', 'City'],
    ['Fern', 'Cork'],
  ];
  const sheets: readonly SheetSource[] = [
    { name: 'Empty', rows: [] },
    { name: 'Secret', state: 'hidden', rows: other },
    { name: 'Very secret', state: 'veryHidden', rows: other },
    { name: 'People "A>B"', rows: PEOPLE },
    { name: 'Companies', rows: other },
  ];
  test('the first visible one with a table is read; those that people can see or show again are offered', async () => {
    expect(await read({ sheets })).toMatchObject({
      sheet: 'People "A>B"',
      sheets: [
        { name: 'Empty', hidden: false },
        { name: 'Secret', hidden: true },
        { name: 'People "A>B"', hidden: false },
        { name: 'Companies', hidden: false },
      ],
      headers: ['Name', 'Email'],
    });
  });
  test('a cover in front is not taken for the leads', async () => {
    const cover: SheetSource = { name: 'Cover', rows: [['Spring fair 2026'], ['Prepared by our team'], ['Do not share']] };
    const terms: SheetSource = { name: 'Terms', rows: [['Word', 'Meaning'], ['Lead', 'A person'], ['Deal', 'A chance']] }; // biome-ignore format: a table
    const contact: SheetSource = { name: 'Contact', rows: [['Name', 'Email'], ['Us', 'us@example.com']] }; // biome-ignore format: a table
    const leads: SheetSource = { name: 'Leads', rows: PEOPLE };
    expect(await read({ sheets: [cover, leads] })).toMatchObject({ sheet: 'Leads', headers: ['Name', 'Email'], facts: { rowCount: 2 } });
    expect((await read({ sheets: [cover, terms, contact, leads] })).sheet).toBe('Leads');
    expect((await read({ sheets: [terms, cover] })).sheet).toBe('Terms');
    const [header = [], ...people] = PEOPLE;
    const longer: SheetSource = { name: 'Archive', rows: [header, ...Array.from({ length: 9 }, () => people).flat()] };
    const three: SheetSource = { name: 'Leads', rows: [header, ...people, ...people] };
    expect((await read({ sheets: [three, longer] })).sheet).toBe('Leads');
    expect((await read({ sheets: [cover, leads] }, { sheet: 'Cover' })).sheet).toBe('Cover');
  });
  test.each(['Companies', 'Secret'])('another one can be chosen: %s', async (sheet) => {
    expect(await read({ sheets }, { sheet })).toMatchObject({ sheet, headers: ['Company', 'City'] });
  });
  test.each([
    ['one that is not there', 'Nobody', { code: 'sheet_unknown', data: { sheet: 'Nobody' } }],
    ['one that only programs can show', 'Very secret', { code: 'sheet_unknown', data: { sheet: 'Very secret' } }],
    ['an empty one', 'Empty', { code: 'file_no_table' }],
  ])('%s is refused', async (_which, sheet, error) => {
    expect(await readXlsx(makeWorkbook({ sheets }), { sheet })).toEqual({ ok: false, error });
  });
  test('rows that a filter hides are marked', async () => {
    const rows: SheetSource['rows'] = [
      ['Name', 'Email'],
      ['Ann', 'a@example.com'],
      { hidden: true, cells: ['Bob', 'b@example.com'] },
      ['Eve', 'e@example.com'],
    ];
    expect(await read({ sheets: [{ name: 'S', rows }] })).toMatchObject({ hiddenRows: [1], facts: { rowCount: 3 } });
  });
});

describe('what other programs write is read, too', () => {
  const bare = (xml: string) => ({ sheets: [{ name: 'S', rows: [] }], parts: { 'xl/worksheets/sheet1.xml': xml } });
  test('rows and cells without their places', async () => {
    const xml =
      '<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Age</v></c></row><row><c t="str"><v>Ann</v></c><c><v>5</v></c></row></sheetData></worksheet>';
    expect(await read(bare(xml))).toMatchObject({ headers: ['Name', 'Age'], rows: [['Ann', '5']] });
  });
  test('names with a prefix, attributes in apostrophes, comments', async () => {
    const xml =
      "<x:worksheet><!-- <row> --><x:sheetData><x:row r='1'><x:c r='B1' t='str'><x:v>Name</x:v></x:c></x:row><x:row r='2'><x:c r='B2' t='str'><x:v>Ann</x:v></x:c></x:row></x:sheetData></x:worksheet>";
    expect(await read(bare(xml))).toMatchObject({ headers: ['', 'Name'], rows: [['', 'Ann']] });
  });
  test('paths from the root, in other letters, and parts that are not packed', async () => {
    const rels =
      '<Relationships><Relationship Id="rId1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/xl/Worksheets/Sheet1.xml"/></Relationships>';
    const source = makeWorkbook({
      sheets: [{ name: 'S', rows: [[{ type: 'str', xml: '<v>Name</v>' }], [{ type: 'str', xml: '<v>Ann</v>' }]] }],
      parts: { 'xl/_rels/workbook.xml.rels': rels },
    });
    expect(await read(source)).toMatchObject({ headers: ['Name'], rows: [['Ann']] });
  });
  test('a sheet in UTF-16', async () => {
    const xml =
      '<?xml version="1.0" encoding="UTF-16"?><worksheet><sheetData><row><c t="str"><v>Zoë</v></c></row><row><c t="str"><v>山</v></c></row></sheetData></worksheet>';
    const parts = {
      'xl/workbook.xml': '<workbook><sheets><sheet name="S" r:id="r"/></sheets></workbook>',
      'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r" Type="x/worksheet" Target="s.xml"/></Relationships>',
      'xl/s.xml': utf16(xml, 'little', true),
    };
    expect(await read(makeZip(parts, true))).toMatchObject({ headers: ['Zoë'], rows: [['山']] });
  });
});
