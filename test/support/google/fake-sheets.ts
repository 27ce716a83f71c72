import type { sheets_v4 } from 'googleapis/build/src/apis/sheets/index.js';
import { type CellRange, readA1Range, WHOLE_TAB } from '#shared/table/a1-title.ts';
import { applyFieldMask, readFieldMask } from './field-mask.ts';
import { ERRORS, errorAnswer, type GoogleError } from './google-errors.ts';

type Value = string | number | boolean;
/** What a cell is; where that is not what is shown, both. Null = nothing. */
export type FakeCell = Value | null | { readonly shown: string; readonly value: Value };
export type FakeTab = {
  readonly gid: number;
  readonly title: string;
  /** A chart on a tab of its own has no grid. */
  readonly sheetType?: 'GRID' | 'OBJECT';
  readonly hidden?: boolean;
  /** At least as many as there are cells. */
  readonly rowCount?: number;
  readonly columnCount?: number;
  readonly rows: readonly (readonly FakeCell[])[];
  /** Row indexes from 0. */
  readonly hiddenRows?: readonly number[];
  readonly filteredRows?: readonly number[];
  readonly merges?: readonly sheets_v4.Schema$GridRange[];
};
export type FakeSpreadsheet = {
  readonly id: string;
  readonly title: string;
  /** Who may open it; everybody with a token unless given. */
  readonly readers?: readonly string[];
  /** An Excel file in Drive. */
  readonly isOffice?: boolean;
  tabs: readonly FakeTab[];
};

/** Who asks, as the authorization server knows it: null = the token is no good. */
export type WhoAsks = (token: string) => { readonly email: string; readonly scopes: readonly string[] } | null;

export type FakeSheets = {
  readonly answer: (request: Request) => Response;
  /** Of every request that came: method, path and query. */
  readonly requests: string[];
  readonly spreadsheets: Map<string, FakeSpreadsheet>;
  /** Looks at a request before it is answered; an error is answered instead. */
  before: (url: URL, count: number) => GoogleError | null;
};

const READ_SCOPES = ['https://www.googleapis.com/auth/spreadsheets.readonly', 'https://www.googleapis.com/auth/spreadsheets'];

/** The two methods of the Sheets API, version 4, that a reader needs; shapes are those of Google's discovery document. */
export function makeFakeSheets(spreadsheets: readonly FakeSpreadsheet[], whoAsks: WhoAsks): FakeSheets {
  const fake: FakeSheets = {
    requests: [],
    spreadsheets: new Map(spreadsheets.map((one) => [one.id, one])),
    before: () => null,
    answer: (request) => {
      const url = new URL(request.url);
      fake.requests.push(`${request.method} ${url.pathname}${url.search}`);
      const early = fake.before(url, fake.requests.length);
      if (early) return errorAnswer(early);
      const who = whoAsks(/^Bearer (.+)$/.exec(request.headers.get('Authorization') ?? '')?.[1] ?? '');
      if (!who) return errorAnswer(ERRORS.noToken);
      if (!who.scopes.some((scope) => READ_SCOPES.includes(scope))) return errorAnswer(ERRORS.scopeMissing);
      const [, id = '', method] = /^\/v4\/spreadsheets\/([^/:]+)(\/values:batchGet)?$/.exec(url.pathname) ?? [];
      const spreadsheet = fake.spreadsheets.get(decodeURIComponent(id));
      if (!spreadsheet) return errorAnswer(ERRORS.notFound);
      if (spreadsheet.readers && !spreadsheet.readers.includes(who.email)) return errorAnswer(ERRORS.noAccess);
      if (spreadsheet.isOffice) return errorAnswer(ERRORS.notASpreadsheet);
      return method ? values(spreadsheet, url.searchParams) : get(spreadsheet, url.searchParams);
    },
  };
  return fake;
}

function get(spreadsheet: FakeSpreadsheet, query: URLSearchParams): Response {
  const fields = query.get('fields');
  const mask = fields === null ? 'all' : readFieldMask(fields);
  if (!mask) return errorAnswer(ERRORS.badMask);
  const areas = query.getAll('ranges').map((range) => ({ range, area: findArea(spreadsheet, range) }));
  const unknown = areas.find(({ area }) => area === null);
  if (unknown) return errorAnswer(ERRORS.badRange(unknown.range));
  const shown = areas.length === 0 ? spreadsheet.tabs : spreadsheet.tabs.filter((tab) => areas.some(({ area }) => area?.tab === tab));
  const body: sheets_v4.Schema$Spreadsheet = {
    spreadsheetId: spreadsheet.id,
    properties: { title: spreadsheet.title, locale: 'en_US', timeZone: 'Europe/Berlin' },
    sheets: shown.map((tab, index) => toSheet(tab, index, mask !== 'all', areas.find(({ area }) => area?.tab === tab)?.area ?? null)),
    spreadsheetUrl: `https://docs.google.com/spreadsheets/d/${spreadsheet.id}/edit`,
  };
  return Response.json(applyFieldMask(body, mask));
}

/** As protobuf goes to JSON, Google leaves zeros, noes and empty lists out, except for an index and an id. */
function toSheet(tab: FakeTab, index: number, withData: boolean, area: Area | null): sheets_v4.Schema$Sheet {
  const isGrid = tab.sheetType !== 'OBJECT';
  const { rows, columns } = sizeOf(tab);
  const first = area?.firstRow ?? 1;
  const last = Math.min(area?.lastRow ?? rows, rows);
  return {
    properties: {
      sheetId: tab.gid,
      title: tab.title,
      index,
      sheetType: tab.sheetType ?? 'GRID',
      ...(isGrid ? { gridProperties: { rowCount: rows, columnCount: columns } } : {}),
      ...(tab.hidden ? { hidden: true } : {}),
    },
    ...(withData && isGrid
      ? {
          data: [
            {
              ...(first > 1 ? { startRow: first - 1 } : {}),
              rowMetadata: Array.from({ length: last - first + 1 }, (_, at) => ({
                pixelSize: 21,
                ...(tab.hiddenRows?.includes(first - 1 + at) ? { hiddenByUser: true } : {}),
                ...(tab.filteredRows?.includes(first - 1 + at) ? { hiddenByFilter: true } : {}),
              })),
            },
          ],
        }
      : {}),
    ...(tab.merges ? { merges: [...tab.merges] } : {}),
  };
}

function values(spreadsheet: FakeSpreadsheet, query: URLSearchParams): Response {
  const render = query.get('valueRenderOption') ?? 'FORMATTED_VALUE';
  if (!['FORMATTED_VALUE', 'UNFORMATTED_VALUE', 'FORMULA'].includes(render)) return errorAnswer(ERRORS.badMask);
  const valueRanges: sheets_v4.Schema$ValueRange[] = [];
  for (const range of query.getAll('ranges')) {
    const area = findArea(spreadsheet, range);
    if (!area) return errorAnswer(ERRORS.badRange(range));
    const { rows, columns } = sizeOf(area.tab);
    if (area.firstRow > rows || area.firstColumn > columns) return errorAnswer(ERRORS.beyond(range));
    const cells = area.tab.rows
      .slice(area.firstRow - 1, area.lastRow)
      .map((row) => withoutBlankEnd(row.slice(area.firstColumn - 1, area.lastColumn).map((cell) => shownAs(cell, render))));
    const length = cells.findLastIndex((row) => row.length > 0) + 1;
    valueRanges.push({ range, majorDimension: 'ROWS', ...(length > 0 ? { values: cells.slice(0, length) } : {}) });
  }
  const body: sheets_v4.Schema$BatchGetValuesResponse = { spreadsheetId: spreadsheet.id, valueRanges };
  const fields = query.get('fields');
  const mask = fields === null ? 'all' : readFieldMask(fields);
  return mask ? Response.json(applyFieldMask(body, mask)) : errorAnswer(ERRORS.badMask);
}

type Area = CellRange & { readonly tab: FakeTab };

function findArea(spreadsheet: FakeSpreadsheet, text: string): Area | null {
  const whole = /^'((?:[^']|'')*)'$/.exec(text)?.[1]?.replaceAll("''", "'");
  const range = whole === undefined ? readA1Range(text) : { ...WHOLE_TAB, tab: whole };
  const tab = spreadsheet.tabs.find(({ title, sheetType }) => sheetType !== 'OBJECT' && (range?.tab === undefined || title === range.tab));
  return range && tab ? { ...range, tab } : null;
}

function sizeOf(tab: FakeTab): { readonly rows: number; readonly columns: number } {
  const width = tab.rows.reduce((most, row) => Math.max(most, row.length), 0);
  return { rows: tab.rowCount ?? Math.max(1000, tab.rows.length), columns: tab.columnCount ?? Math.max(26, width) };
}

function shownAs(cell: FakeCell, render: string): Value {
  if (cell === null) return '';
  if (typeof cell === 'object') return render === 'FORMATTED_VALUE' ? cell.shown : cell.value;
  return render === 'FORMATTED_VALUE' ? (typeof cell === 'boolean' ? String(cell).toUpperCase() : String(cell)) : cell;
}

function withoutBlankEnd(row: readonly Value[]): Value[] {
  return row.slice(0, row.findLastIndex((cell) => cell !== '') + 1);
}
