// @vitest-environment node
import { beforeEach, describe, expect, test } from 'vitest';
import { type FileTable, readFile } from '#shared/table/read-file.ts';
import { readSheetOrigin } from '#shared/table/read-sheet-file.ts';
import type { SheetFailureKind } from '#shared/table/sheet-failure.ts';
import { type SheetsAccess, sleep } from '../../../extension/platform/google-sheets.ts';
import { openGoogleSheet, readGoogleSheet, type SheetChoice, type SheetProgress } from '../../../extension/sources/google-sheet.ts';
import type { FakeCell, FakeTab } from '../../support/google/fake-sheets.ts';
import { ERRORS, type GoogleError } from '../../support/google/google-errors.ts';
import { fetchInto, makeGoogle } from '../../support/google/start-google.ts';

const ID = '1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms';
const HEADER: readonly FakeCell[] = ['Name', 'Email', 'Phone', 'Company'];
const person = (at: number): readonly FakeCell[] => [
  `Ann ${at}`,
  `ann${at}@example.com`,
  { shown: '4.15555E+09', value: 4155550100 + at },
  'Acme',
];

let google: ReturnType<typeof makeGoogle>;
let waits: number[];
beforeEach(() => {
  google = makeGoogle();
  waits = [];
});

function put(tabs: readonly FakeTab[], more: object = {}): void {
  google.sheets.spreadsheets.set(ID, { id: ID, title: 'Webinar', tabs, ...more });
}
function access(more: Partial<SheetsAccess> = {}): SheetsAccess {
  return {
    apiUrl: 'http://127.0.0.1:4000',
    accessToken: google.auth.grant('ann@example.com'),
    fetch: fetchInto(google),
    now: () => 0,
    random: () => 0,
    sleep: async (ms) => void waits.push(ms),
    ...more,
  };
}
async function read(choice: SheetChoice = {}, more: Partial<SheetsAccess> = {}, progress: SheetProgress = {}) {
  const how = access(more);
  const book = await openGoogleSheet(how, { spreadsheetId: ID });
  return book.ok ? readGoogleSheet(how, book.value, choice, progress) : book;
}
async function table(choice: SheetChoice = {}, options = {}): Promise<FileTable> {
  const given = await read(choice);
  if (!given.ok) throw new Error(given.error.kind);
  const result = await readFile(new Uint8Array(await given.value.blob.arrayBuffer()), options);
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
}
const tab = (rows: FakeTab['rows'], more: Partial<FakeTab> = {}): FakeTab => ({ gid: 0, title: 'Leads', rows, ...more });

describe('a sheet is read as people see it', () => {
  test('its tabs are named, hidden ones and charts among them', async () => {
    put([tab([HEADER]), tab([], { gid: 5, title: 'Old', hidden: true }), tab([], { gid: 7, title: 'Chart', sheetType: 'OBJECT' })]);
    const book = await openGoogleSheet(access(), { spreadsheetId: ID });
    expect(book).toMatchObject({
      ok: true,
      value: {
        title: 'Webinar',
        tabs: [
          { gid: 0, title: 'Leads', hidden: false, isGrid: true },
          { gid: 5, title: 'Old', hidden: true, isGrid: true },
          { gid: 7, title: 'Chart', isGrid: false },
        ],
      },
    });
    expect(google.sheets.requests).toHaveLength(1);
  });
  test('header, rows and the sheet’s own row numbers; numbers in full', async () => {
    put([tab([['Our leads'], [], HEADER, person(1), [], person(2)])]);
    const { headers, rows, lines, facts } = await table();
    expect([headers, facts.headerRow]).toEqual([HEADER, 3]);
    expect(rows).toEqual([['Ann 1', 'ann1@example.com', '4155550101', 'Acme'], [], ['Ann 2', 'ann2@example.com', '4155550102', 'Acme']]);
    expect([...Array.from(lines)]).toEqual([4, 5, 6]);
  });
  test('a row that ends early is no sign of trouble', async () => {
    put([tab([HEADER, ['Ann', 'ann@example.com'], person(2)])]);
    expect((await table()).rows[0]).toEqual(['Ann', 'ann@example.com', '', '']);
  });
  test('hidden and filtered rows are named, wherever the range begins', async () => {
    put([tab([HEADER, person(1), person(2), person(3), person(4)], { hiddenRows: [2], filteredRows: [4] })]);
    expect((await table()).hiddenRows).toEqual([1, 3]);
    expect((await table({ range: 'A2:D5' }, { headerRow: 0 })).hiddenRows).toEqual([1, 3]);
  });
  test('a cell that reaches over rows is a cell of each', async () => {
    const merges = [{ sheetId: 0, startRowIndex: 1, endRowIndex: 4, startColumnIndex: 3, endColumnIndex: 4 }];
    const short = (at: number) => person(at).slice(0, 3);
    put([tab([HEADER, person(1), short(2), short(3), short(4)], { merges })]);
    expect((await table()).rows.map((row) => row[3])).toEqual(['Acme', 'Acme', 'Acme', '']);
  });
  test('an error of a formula is blank, and said', async () => {
    put([tab([HEADER, person(1), ['Bea', '#N/A', { shown: '#REF!', value: '#REF!' }, 'Acme']])]);
    const { rows, errorCells } = await table();
    expect(rows[1]).toEqual(['Bea', '', '', 'Acme']);
    expect(errorCells).toEqual([
      { row: 1, column: 1, text: '#N/A' },
      { row: 1, column: 2, text: '#REF!' },
    ]);
  });
  test('a tab by its number, by its name, by a range', async () => {
    put([tab([HEADER, person(1)]), tab([HEADER, person(2)], { gid: 9, title: "Ann's Q4" })]);
    expect((await table({ gid: 9 })).rows[0]?.[0]).toBe('Ann 2');
    expect((await table({ tab: "ann's q4" })).rows[0]?.[0]).toBe('Ann 2');
    expect((await table({ range: "'Ann''s Q4'!B1:C2" })).headers).toEqual(['Email', 'Phone']);
  });
  test('the first tab that shows cells, unless another is asked for', async () => {
    put([
      tab([], { gid: 3, title: 'Chart', sheetType: 'OBJECT' }),
      tab([HEADER, person(8)], { gid: 1, title: 'H', hidden: true }),
      tab([HEADER, person(1)]),
    ]);
    expect((await table()).rows[0]?.[0]).toBe('Ann 1');
    expect((await table({ gid: 1 })).rows[0]?.[0]).toBe('Ann 8');
  });
  test('what is kept says where it is from, and reads the same every time', async () => {
    put([tab([HEADER, person(1)])]);
    const [one, other] = [await read({ range: 'a1:d2' }), await read({ range: 'a1:d2' })];
    if (!one.ok || !other.ok) throw new Error('both are good');
    const bytes = new Uint8Array(await one.value.blob.arrayBuffer());
    expect(bytes).toEqual(new Uint8Array(await other.value.blob.arrayBuffer()));
    expect(readSheetOrigin(bytes)).toEqual({ spreadsheetId: ID, gid: 0, title: 'Webinar', tab: 'Leads', range: 'A1:D2' });
    expect(one.value.name).toBe('Webinar - Leads');
  });
});

describe('a large sheet is read in pages', () => {
  const many = (count: number) => [HEADER, ...Array.from({ length: count }, (_, at) => person(at))];
  test('every row once, in order, in few questions', async () => {
    put([tab(many(45_000), { columnCount: 26 })]);
    const told: number[] = [];
    const given = await read({}, {}, { onRows: (rows) => told.push(rows) });
    if (!given.ok) throw new Error(given.error.kind);
    const result = await readFile(new Uint8Array(await given.value.blob.arrayBuffer()));
    const names = result.ok ? result.value.rows.map((row) => row[0]) : [];
    expect([names.length, names[0], names.at(-1), new Set(names).size]).toEqual([45_000, 'Ann 0', 'Ann 44999', 45_000]);
    expect(google.sheets.requests.length).toBeLessThan(20);
    expect(told.at(-1)).toBe(45_001);
  });
  test('a million blank rows below cost few questions', async () => {
    put([tab(many(10), { rowCount: 1_000_000, columnCount: 5 })]);
    expect((await table()).rows).toHaveLength(10);
    expect(google.sheets.requests.length).toBeLessThan(20);
  });
  test('over the limit it is refused, and no more is read', async () => {
    put([tab(many(60_000))]);
    const given = await read({}, {}, { maxBytes: 100_000 });
    expect(given).toMatchObject({ ok: false, error: { kind: 'tooLarge', data: { limit: 100_000 } } });
    expect(google.sheets.requests.length).toBeLessThan(6);
  });
  test.each([
    ['between two pages', 5],
    ['between two readings of a page', 6],
  ])('a row put in %s: it is read anew, and no row is lost or doubled', async (_when, question) => {
    put([tab(many(20_000))]);
    const spreadsheet = google.sheets.spreadsheets.get(ID);
    google.sheets.before = (_url, count) => {
      if (spreadsheet && count === question) spreadsheet.tabs = [tab([HEADER, person(99_999), ...many(20_000).slice(1)])];
      return null;
    };
    const names = (await table()).rows.map((row) => row[0]);
    expect([names.length, names[0], new Set(names).size]).toEqual([20_001, 'Ann 99999', 20_001]);
  });
  test('a text typed between the two readings is never mixed with another', async () => {
    put([tab(many(3))]);
    const spreadsheet = google.sheets.spreadsheets.get(ID);
    google.sheets.before = (url, count) => {
      if (spreadsheet && count === 4 && url.search.includes('UNFORMATTED'))
        spreadsheet.tabs = [tab([HEADER, ['New', 'new@example.com'], ...many(3).slice(1)])];
      return null;
    };
    expect((await table()).rows.map((row) => row[0])).toEqual(['New', 'Ann 0', 'Ann 1', 'Ann 2']);
  });
  test('one that never stands still is given up', async () => {
    let turn = 0;
    put([tab(many(3))]);
    const spreadsheet = google.sheets.spreadsheets.get(ID);
    google.sheets.before = () => {
      if (spreadsheet) spreadsheet.tabs = [tab([HEADER, [`Ann ${turn++}`]])];
      return null;
    };
    expect(await read()).toMatchObject({ ok: false, error: { kind: 'keepsChanging', retry: 'later' } });
  });
});

describe('patience', () => {
  test('over the quota Google says how long to wait, and so do we', async () => {
    put([tab([HEADER, person(1)])]);
    google.sheets.before = (_url, count) => (count === 2 ? ERRORS.quota : null);
    const told: unknown[] = [];
    expect((await read({}, { onWait: (wait) => told.push(wait) })).ok).toBe(true);
    expect(waits).toEqual([30_000]);
    expect(told).toEqual([{ until: 30_000, why: 'quota' }, null]);
  });
  test('ever longer where Google does not say, and not for ever', async () => {
    put([tab([HEADER, person(1)])]);
    const { retryAfter: _, ...quota } = ERRORS.quota;
    google.sheets.before = () => quota;
    expect(await read()).toMatchObject({ ok: false, error: { kind: 'quota', retry: 'later' } });
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
  });
  test('giving up ends it, also while waiting', async () => {
    put([tab([HEADER, person(1)])]);
    google.sheets.before = () => ERRORS.quota;
    const stop = new AbortController();
    const reading = read({}, { signal: stop.signal, sleep, onWait: () => stop.abort() });
    expect(await reading).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  });
});

describe('a sheet that cannot be read says why', () => {
  const refused = (kind: SheetFailureKind | 'badRange') => ({ ok: false, error: { kind } });
  test.each<readonly [SheetFailureKind, GoogleError]>([
    ['signedOut', ERRORS.noToken],
    ['noAccess', ERRORS.noAccess],
    ['scopeMissing', ERRORS.scopeMissing],
    ['apiDisabled', ERRORS.apiDisabled],
    ['notFound', ERRORS.notFound],
    ['notASpreadsheet', ERRORS.notASpreadsheet],
    ['googleTrouble', ERRORS.trouble],
    ['unexpected', ERRORS.badMask],
  ])('%s', async (kind, error) => {
    google.sheets.before = () => error;
    expect(await read()).toMatchObject(refused(kind));
  });
  test.each<readonly [what: string, kind: SheetFailureKind | 'badRange', choice: SheetChoice]>([
    ['a tab that is not there', 'tabNotFound', { gid: 99 }],
    ['a tab of no such name', 'tabNotFound', { tab: 'Nope' }],
    ['a chart', 'tabIsNoGrid', { gid: 7 }],
    ['an empty tab', 'tabEmpty', { gid: 5 }],
    ['an empty corner', 'tabEmpty', { range: 'H1:K9' }],
    ['a range beyond the sheet', 'tabEmpty', { range: 'A5000:B6000' }],
    ['a range nobody can read', 'badRange', { range: 'from A to B' }],
  ])('%s: %s', async (_what, kind, choice) => {
    put([tab([HEADER, person(1)]), tab([], { gid: 5, title: 'Empty' }), tab([], { gid: 7, title: 'Chart', sheetType: 'OBJECT' })]);
    expect(await read(choice)).toMatchObject(refused(kind));
  });
  test('a published page', async () => {
    expect(await openGoogleSheet(access(), { spreadsheetId: '2PACX-x', published: true })).toMatchObject(refused('published'));
  });
  test('the line is cut, and a page of a Wi-Fi is no answer', async () => {
    const cut = async () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await read({}, { fetch: cut })).toMatchObject(refused('unreachable'));
    const login = async () => new Response('<html>Log in</html>', { headers: { 'Content-Type': 'text/html' } });
    expect(await read({}, { fetch: login })).toMatchObject(refused('unexpected'));
  });
});
