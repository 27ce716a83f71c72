import { MAX_FILE_BYTES, MAX_ROWS } from '../limits.ts';
import { fail, ok, type Result } from '../result.ts';
import { a1Range, a1Title, type CellRange, WHOLE_TAB } from './a1-title.ts';
import type { SheetContent } from './read-sheet-file.ts';
import { joinReadings } from './read-sheet-page.ts';
import type { SheetsApi, SheetTab } from './sheet-book.ts';
import { type SheetFailure, sheetFailure } from './sheet-failure.ts';
import { utf8Size } from './utf8-size.ts';

/** Which cells of which tab. */
export type SheetWant = { readonly spreadsheetId: string; readonly tab: SheetTab; readonly range?: CellRange };
export type SheetReading = {
  /** Limit on the text of all cells, in bytes of UTF-8; `MAX_FILE_BYTES` unless given. */
  readonly maxBytes?: number;
  /** Rows read so far, of the rows the tab has at most. */
  readonly onRows?: (rows: number, total: number) => void;
};

/** Cells asked for at once: an answer of about 2 MB, as Google advises. */
const PAGE_CELLS = 200_000;
const MAX_PAGE_ROWS = 20_000;
/** Blank stretches are gone through in ever larger steps: a sheet may have a million rows below its last one. */
const MAX_STRIDE = 16;
/** Attempts at a sheet that is edited while it is read. */
const ATTEMPTS = 2;

/**
 * Reads the cells of a tab, in pages and each twice: as shown and as they are. A sheet that changes meanwhile is read
 * anew, once. The rows run from the first of the range to the last with text; vertical merges are filled down, errors
 * are blank.
 */
export async function readSheetTab(
  api: SheetsApi,
  want: SheetWant,
  reading: SheetReading = {},
): Promise<Result<SheetContent, SheetFailure>> {
  if (!want.tab.isGrid) return fail(sheetFailure('tabIsNoGrid', { data: { tab: want.tab.title } }));
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const read = await readOnce(api, want, reading);
    if (read !== 'changed') return read;
  }
  return fail(sheetFailure('keepsChanging'));
}

async function readOnce(
  api: SheetsApi,
  { spreadsheetId, tab, range = WHOLE_TAB }: SheetWant,
  { maxBytes = MAX_FILE_BYTES, onRows = () => {} }: SheetReading,
): Promise<Result<SheetContent, SheetFailure> | 'changed'> {
  const empty = fail(sheetFailure('tabEmpty', { data: { tab: tab.title } }));
  const known = clip(range, tab);
  if (!known) return empty;
  const looks = await readLooks(api, spreadsheetId, tab, range === WHOLE_TAB ? a1Title(tab.title) : a1Range(tab.title, known));
  if (!looks.ok) return looks;
  // The tab may have grown since its name was read.
  const area = clip(range, looks.value.size);
  if (!area) return empty;
  const columns = area.lastColumn - area.firstColumn + 1;
  const pageRows = Math.max(1, Math.min(MAX_PAGE_ROWS, Math.floor(PAGE_CELLS / columns)));
  const rows: (readonly string[])[] = [];
  const errors: [row: number, column: number, text: string][] = [];
  let last: readonly unknown[] | null = null;
  let size = 0;
  let stride = 1;
  for (let first = area.firstRow; first <= area.lastRow; ) {
    const end = Math.min(area.lastRow, first + pageRows * stride - 1);
    // The last row of the page before comes again: when rows were put in or taken out above, it is another one now.
    const from: number = last === null ? first : first - 1;
    const page = await readPage(api, spreadsheetId, a1Range(tab.title, { ...area, firstRow: from, lastRow: end }));
    if (page === 'changed') return 'changed';
    if (!page.ok) return page;
    const values = page.value.values;
    if (last !== null && !isSameText(last, values[0] ?? [])) return 'changed';
    const skipped = first - from;
    for (const [at, cells] of page.value.rows.entries()) {
      if (at < skipped || cells.length === 0) continue;
      const row = first - skipped + at - area.firstRow;
      for (const cell of cells) size += utf8Size(cell);
      if (size > maxBytes) return fail(sheetFailure('tooLarge', { data: { limit: maxBytes } }));
      if (row >= MAX_ROWS) return fail(sheetFailure('tooLarge', { data: { rows: MAX_ROWS } }));
      while (rows.length < row) rows.push([]);
      rows.push(cells);
    }
    for (const [at, column, text] of page.value.errors)
      if (at >= skipped) errors.push([first - skipped + at - area.firstRow, column, text]);
    last = values[end - from] ?? [];
    stride = values.length > skipped ? 1 : Math.min(stride * 2, MAX_STRIDE);
    onRows(end - area.firstRow + 1, area.lastRow - area.firstRow + 1);
    first = end + 1;
  }
  if (rows.length === 0) return empty;
  const { filled, count } = fillDown(rows, looks.value.merges, area);
  const hidden = looks.value.hidden.map((row) => row - area.firstRow + 1).filter((row) => row >= 0 && row < filled.length);
  return ok({ firstRow: area.firstRow, rows: filled, hidden, errors, mergedCells: count });
}

type Area = { readonly firstRow: number; readonly lastRow: number; readonly firstColumn: number; readonly lastColumn: number };

function clip({ firstRow, lastRow, firstColumn, lastColumn }: CellRange, { rows, columns }: GridSize): Area | null {
  const area = { firstRow, lastRow: Math.min(lastRow ?? rows, rows), firstColumn, lastColumn: Math.min(lastColumn ?? columns, columns) };
  return area.firstRow <= area.lastRow && area.firstColumn <= area.lastColumn ? area : null;
}

type Page = {
  readonly rows: readonly (readonly string[])[];
  readonly errors: readonly (readonly [row: number, column: number, text: string])[];
  readonly values: readonly (readonly unknown[])[];
};

async function readPage(api: SheetsApi, spreadsheetId: string, range: string): Promise<Result<Page, SheetFailure> | 'changed'> {
  const shown = await api.values(spreadsheetId, range, 'FORMATTED_VALUE');
  if (!shown.ok) return shown;
  const values = await api.values(spreadsheetId, range, 'UNFORMATTED_VALUE');
  if (!values.ok) return values;
  const joined = joinReadings(shown.value, values.value);
  if (joined.texts === 'differ') {
    // Either somebody typed between the two readings, or a format writes something beside the text.
    const again = await api.values(spreadsheetId, range, 'FORMATTED_VALUE');
    if (!again.ok) return again;
    if (JSON.stringify(again.value) !== JSON.stringify(shown.value)) return 'changed';
  }
  return ok({ rows: joined.rows, errors: joined.errors, values: values.value });
}

/** Whether two readings of a row have the same texts; numbers may be of the hour or of chance. */
function isSameText(before: readonly unknown[], now: readonly unknown[]): boolean {
  const length = Math.max(before.length, now.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [before[at] ?? '', now[at] ?? ''];
    if ((typeof one === 'string' || typeof other === 'string') && one !== other) return false;
  }
  return true;
}

type GridSize = Pick<SheetTab, 'rows' | 'columns'>;
/** Rows and columns of the sheet from 0, as Google counts them; the end is not in it. */
type Merge = { readonly firstRow: number; readonly endRow: number; readonly column: number };
type Looks = { readonly size: GridSize; readonly hidden: readonly number[]; readonly merges: readonly Merge[] };

const LOOKS_FIELDS =
  'sheets(properties(sheetId,gridProperties(rowCount,columnCount)),merges,data(startRow,rowMetadata(hiddenByFilter,hiddenByUser)))';

/** How large a tab is now, which of its rows are hidden by hand or by a filter, and which cells hang together. */
async function readLooks(api: SheetsApi, spreadsheetId: string, tab: SheetTab, range: string): Promise<Result<Looks, SheetFailure>> {
  const answer = await api.spreadsheet(spreadsheetId, LOOKS_FIELDS, [range]);
  if (!answer.ok) return answer;
  const sheet = answer.value.sheets?.find(({ properties }) => (properties?.sheetId ?? 0) === tab.gid);
  if (!sheet) return fail(sheetFailure('tabNotFound', { data: { tab: tab.title } }));
  const { rowCount = tab.rows, columnCount = tab.columns } = sheet.properties?.gridProperties ?? {};
  const hidden: number[] = [];
  for (const { startRow = 0, rowMetadata = [] } of sheet.data ?? []) {
    for (const [at, row] of rowMetadata.entries()) if (row.hiddenByFilter || row.hiddenByUser) hidden.push(startRow + at);
  }
  const merges = (sheet.merges ?? []).map(({ startRowIndex = 0, endRowIndex = 0, startColumnIndex = 0 }) => ({
    firstRow: startRowIndex,
    endRow: endRowIndex,
    column: startColumnIndex,
  }));
  return ok({ size: { rows: rowCount, columns: columnCount }, hidden: hidden.sort((a, b) => a - b), merges });
}

/** A cell that reaches over several rows is a cell of each; one that reaches over several columns stays in the first. */
function fillDown(rows: readonly (readonly string[])[], merges: readonly Merge[], area: Area) {
  const filled = [...rows];
  let count = 0;
  for (const merge of merges) {
    const column = merge.column - (area.firstColumn - 1);
    const first = merge.firstRow - (area.firstRow - 1);
    const text = rows[first]?.[column] ?? '';
    if (text === '') continue;
    for (let at = first + 1; at < Math.min(merge.endRow - (area.firstRow - 1), filled.length); at++) {
      const row = [...(filled[at] ?? [])];
      while (row.length < column) row.push('');
      row[column] = text;
      filled[at] = row;
      count++;
    }
  }
  return { filled, count };
}
