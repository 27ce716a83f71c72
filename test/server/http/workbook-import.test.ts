import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeWorkbook } from '../../fixtures/make-workbook.ts';
import { answered } from '../../support/bodies.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const HEADER = ['First Name', 'Last Name', 'Email', 'Phone', 'Since'];
const person = (name: string, phone: number, since: string) => [
  name,
  'Lee',
  `${name.toLowerCase()}@example.com`,
  `+12025550${phone}`,
  since,
];
const WORKBOOK = Uint8Array.from(
  makeWorkbook({
    sheets: [
      {
        name: 'Fair',
        rows: [
          HEADER,
          person('Ann', 101, '25/04/2026'),
          { hidden: true, cells: person('Bob', 102, '03/04/2026') },
          person('Cy', 103, '05/06/2026'),
        ],
      },
      { name: 'Booth 2', rows: [HEADER, person('Dot', 104, '03/04/2026')] },
      { name: 'Old', state: 'hidden', rows: [HEADER, person('Eve', 105, '03/04/2026')] },
    ],
  }),
);
const post = (path: string, body: BodyInit, type = XLSX) => server.ask(path, { method: 'POST', headers: { 'Content-Type': type }, body });
const leads = async () =>
  (await (await server.ask('/api/leads?sort=name')).json()).leads as { firstName: string; customFields: unknown[] }[];

describe('a workbook', () => {
  test('the preview says which sheets there are, which one was read, and that hidden rows stay out', async () => {
    const [status, preview] = await answered(await post('/api/imports/preview?fileName=leads.xlsx', WORKBOOK));
    expect(status).toBe(200);
    expect(preview.file).toMatchObject({
      sheet: 'Fair',
      sheets: [
        { name: 'Fair', hidden: false },
        { name: 'Booth 2', hidden: false },
        { name: 'Old', hidden: true },
      ],
      headerRow: 1,
      rowCount: 3,
    });
    expect(preview.summary).toMatchObject({ total: 3, valid: 2, excluded: 1 });
    expect(preview.preview.map(({ line }: { line: number }) => line)).toEqual([2, 4]);
  });

  test('another sheet, and hidden rows, are imported when they are asked for', async () => {
    const [, other] = await answered(await post('/api/imports/preview?sheet=Booth%202', WORKBOOK));
    expect(other).toMatchObject({ file: { sheet: 'Booth 2', rowCount: 1 }, preview: [{ lead: { firstName: 'Dot' } }] });
    const [, all] = await answered(await post('/api/imports/preview?includeHidden=true', WORKBOOK));
    expect(all.summary).toMatchObject({ total: 3, valid: 3, excluded: 0 });
  });

  test('it is imported at once as its preview says, dates as ISO', async () => {
    const [status, receipt] = await answered(await post('/api/imports?fileName=leads.xlsx&listName=Fair', WORKBOOK));
    expect([status, receipt]).toEqual([201, expect.objectContaining({ total: 3, created: 2, excluded: 1 })]);
    expect((await (await server.ask('/api/imports')).json()).imports).toMatchObject([{ source: 'xlsx', fileName: 'leads.xlsx' }]);
    const stored = await leads();
    expect(stored.map(({ firstName }) => firstName).sort()).toEqual(['Ann', 'Cy']);
    expect(stored.find(({ firstName }) => firstName === 'Cy')?.customFields).toMatchObject([{ label: 'Since', value: '2026-06-05' }]);
  });

  test('it may come without its type, or in a form with the sheet among the options', async () => {
    expect((await post('/api/imports/preview', WORKBOOK, 'application/octet-stream')).status).toBe(200);
    const form = new FormData();
    form.set('file', new File([WORKBOOK], 'leads.xlsx', { type: XLSX }));
    form.set('options', JSON.stringify({ sheet: 'Old', includeHidden: true }));
    const [status, receipt] = await answered(await server.ask('/api/imports', { method: 'POST', body: form }));
    expect([status, receipt.created]).toEqual([201, 1]);
    expect((await leads()).map(({ firstName }) => firstName)).toEqual(['Eve']);
  });

  test('a sheet that is not there is a mistake in the request, and is named', async () => {
    for (const path of ['/api/imports', '/api/imports/preview']) {
      const [status, body] = await answered(await post(`${path}?sheet=Summer`, WORKBOOK));
      expect([status, body.code, body.error]).toEqual([400, 'INVALID_REQUEST', expect.stringContaining('Summer')]);
    }
  });

  test.each([
    ['of the old kind', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0), 415, 'UNSUPPORTED_TYPE', 'file_wrong_type'],
    ['with a password', encrypted(), 400, 'INVALID_FILE', 'file_encrypted'],
    ['that was cut off', WORKBOOK.subarray(0, WORKBOOK.length - 40), 400, 'INVALID_FILE', 'file_damaged'],
    ['that unpacks to a gigabyte', bomb(), 413, 'TOO_LARGE', 'file_too_large'],
  ])('one %s is refused by name', async (_what, bytes, status, code, fileCode) => {
    const answer = await answered(await post('/api/imports/preview', Uint8Array.from(bytes)));
    expect(answer).toEqual([status, expect.objectContaining({ code, details: [expect.objectContaining({ code: fileCode })] })]);
  });
});

test('one column may feed two fields, a value may be fixed, and dates are read in the order that is chosen', async () => {
  const form = new FormData();
  form.set('file', new File(['Who\tMail\tCall\tBorn\nAnn Lee\tann@example.com\t2025550123\t03/04/1990\n'], 'people.tsv'));
  const mapping = [
    { column: 0, field: 'fullName' },
    { column: 1, field: 'email' },
    { column: 1, field: 'custom', label: 'Login' },
    { column: 2, field: 'phone' },
    { column: 3, field: 'custom', label: 'Birthday', type: 'date', dateOrder: 'dmy' },
    { field: 'custom', value: 'Spring', label: 'Season' },
    { field: 'tags', value: 'fair' },
  ];
  form.set('options', JSON.stringify({ mapping }));
  const [status] = await answered(await server.ask('/api/imports', { method: 'POST', body: form }));
  expect(status).toBe(201);
  const [ann] = (await (await server.ask('/api/leads')).json()).leads;
  expect(ann).toMatchObject({
    firstName: 'Ann',
    tags: ['fair'],
    customFields: [
      { label: 'Login', value: 'ann@example.com' },
      { label: 'Birthday', value: '1990-04-03' },
      { label: 'Season', value: 'Spring' },
    ],
  });
});

test('a template’s order of day and month gives way to the one the file proves', async () => {
  const headers = ['Name', 'Email', 'Phone', 'Born'];
  const mapping = [
    { column: 0, field: 'fullName' },
    { column: 1, field: 'email' },
    { column: 2, field: 'phone' },
    { column: 3, field: 'custom', label: 'Birthday', type: 'date', dateOrder: 'mdy' },
  ];
  const { id } = await (await server.send('POST', '/api/mapping-templates', { name: 'Fair', headers, mapping })).json();
  const born = ['25/04/1990', '03/04/1991', '05/06/1992'];
  const rows = born.map((date, at) => `Ann Lee${'abc'[at]},ann${at}@example.com,202555013${at},${date}`);
  const [status] = await answered(await post(`/api/imports?templateId=${id}`, [headers.join(','), ...rows, ''].join('\n'), 'text/csv'));
  expect(status).toBe(201);
  const stored = (await leads()).flatMap(({ customFields }) => customFields as { value: string }[]).map(({ value }) => value);
  expect(stored.sort()).toEqual(['1990-04-25', '1991-04-03', '1992-06-05']);
});

/** What a workbook with a password begins with, and the name of the part that holds it. */
function encrypted(): Uint8Array {
  const name = [...'EncryptedPackage'].flatMap((letter) => [letter.charCodeAt(0), 0]);
  return Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Uint8Array(504), ...name]);
}

/** Half a megabyte that unpacks far beyond what a workbook of 10 MB could. */
function bomb(): Uint8Array {
  const blanks = ' '.repeat(150_000_000);
  return makeWorkbook({ sheets: [{ name: 'S', rows: [] }], parts: { 'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${blanks}` } });
}
