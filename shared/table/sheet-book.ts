import { fail, ok, type Result } from '../result.ts';
import { type SheetFailure, sheetFailure } from './sheet-failure.ts';

/** What is asked of the Sheets API, version 4; each edge has its own way to ask it. */
export type SheetsApi = {
  /** `spreadsheets.get` with a field mask. */
  readonly spreadsheet: (
    spreadsheetId: string,
    fields: string,
    ranges: readonly string[],
  ) => Promise<Result<SpreadsheetAnswer, SheetFailure>>;
  /** `spreadsheets.values.batchGet` of one range, by rows; blank ends are left out. Dates are serial numbers. */
  readonly values: (
    spreadsheetId: string,
    range: string,
    render: 'FORMATTED_VALUE' | 'UNFORMATTED_VALUE',
  ) => Promise<Result<readonly (readonly unknown[])[], SheetFailure>>;
};

/** The part of a Spreadsheet we ask for. Google leaves zeros, noes and empty lists out. */
export type SpreadsheetAnswer = {
  readonly properties?: { readonly title?: string };
  readonly sheets?: readonly {
    readonly properties?: {
      readonly sheetId?: number;
      readonly title?: string;
      readonly sheetType?: string;
      readonly hidden?: boolean;
      readonly gridProperties?: { readonly rowCount?: number; readonly columnCount?: number };
    };
    readonly merges?: readonly {
      readonly startRowIndex?: number;
      readonly endRowIndex?: number;
      readonly startColumnIndex?: number;
      readonly endColumnIndex?: number;
    }[];
    readonly data?: readonly {
      readonly startRow?: number;
      readonly rowMetadata?: readonly { readonly hiddenByFilter?: boolean; readonly hiddenByUser?: boolean }[];
    }[];
  }[];
};

/** A spreadsheet and its tabs, in their order. */
export type SheetBook = { readonly spreadsheetId: string; readonly title: string; readonly tabs: readonly SheetTab[] };
export type SheetTab = {
  readonly gid: number;
  readonly title: string;
  /** People who open the spreadsheet do not see it. */
  readonly hidden: boolean;
  /** False for a chart on a tab of its own, and for data that lies elsewhere. */
  readonly isGrid: boolean;
  /** What the grid has room for, text or not. */
  readonly rows: number;
  readonly columns: number;
};

const BOOK_FIELDS = 'properties.title,sheets.properties(sheetId,title,sheetType,hidden,gridProperties(rowCount,columnCount))';

/** Reads the names: one small question, no cell. */
export async function readSheetBook(api: SheetsApi, spreadsheetId: string): Promise<Result<SheetBook, SheetFailure>> {
  const answer = await api.spreadsheet(spreadsheetId, BOOK_FIELDS, []);
  if (!answer.ok) return answer;
  const tabs = (answer.value.sheets ?? []).map(({ properties = {} }): SheetTab => {
    const { sheetId = 0, title = '', sheetType = 'GRID', hidden = false, gridProperties = {} } = properties;
    const { rowCount = 0, columnCount = 0 } = gridProperties;
    return { gid: sheetId, title, hidden, isGrid: sheetType === 'GRID', rows: rowCount, columns: columnCount };
  });
  return ok({ spreadsheetId, title: answer.value.properties?.title ?? '', tabs });
}

/** The tab that is wanted: by its number, by its name, else the first that shows cells. */
export function chooseTab(book: SheetBook, want: { readonly gid?: number; readonly tab?: string }): Result<SheetTab, SheetFailure> {
  const isIt = ({ gid, title, hidden, isGrid }: SheetTab) => {
    if (want.tab !== undefined) return title === want.tab;
    return want.gid === undefined ? isGrid && !hidden : gid === want.gid;
  };
  const isNearly = ({ title }: SheetTab) => title.trim().toLowerCase() === want.tab?.trim().toLowerCase();
  const tab = book.tabs.find(isIt) ?? book.tabs.find(isNearly);
  return tab ? ok(tab) : fail(sheetFailure('tabNotFound', want.tab === undefined ? {} : { data: { tab: want.tab } }));
}
