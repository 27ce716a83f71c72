import { fail, ok, type Result } from '#shared/result.ts';
import { a1Cells, readA1Range } from '#shared/table/a1-title.ts';
import { readSheetTab } from '#shared/table/read-sheet.ts';
import { writeSheetFile } from '#shared/table/read-sheet-file.ts';
import type { SheetAddress } from '#shared/table/sheet-address.ts';
import { chooseTab, readSheetBook, type SheetBook } from '#shared/table/sheet-book.ts';
import { type SheetFailure, sheetFailure } from '#shared/table/sheet-failure.ts';
import { utf8Size } from '#shared/table/utf8-size.ts';
import { type SheetsAccess, sheetsApi } from '../platform/google-sheets.ts';
import type { Given, LeadSource } from './source.ts';

/** Longer names are cut: the server keeps 300 characters. */
const MAX_NAME = 255;

/** A tab of a Google Sheet, as `readGoogleSheet` gave it. From here on it is a file like any other. */
export const googleSheet: LeadSource = {
  id: 'google-sheet',
  origin: 'google-sheets',
  open: async (given) => {
    if (given.kind !== 'sheet') throw new Error('a sheet source needs a sheet');
    return { name: given.name, bytes: given.bytes, blob: given.blob, sheet: given.sheet };
  },
};

/** What can be read of a sheet before a cell of it is: its name and its tabs. */
export async function openGoogleSheet(access: SheetsAccess, address: SheetAddress): Promise<Result<SheetBook, SheetFailure>> {
  if (address.published) return fail(sheetFailure('published'));
  return readSheetBook(sheetsApi(access), address.spreadsheetId);
}

export type SheetChoice = {
  /** Else the first tab that shows cells. */
  readonly gid?: number;
  /** Instead of `gid`. */
  readonly tab?: string;
  /** A1 notation as typed, as B2:F40; all of the tab unless given. */
  readonly range?: string;
};
export type SheetProgress = {
  /** Limit on the text of all cells, in bytes. */
  readonly maxBytes?: number;
  readonly onRows?: (rows: number, total: number) => void;
};
/** The failures of a sheet, and a range that nobody can read. */
export type SheetTrouble = SheetFailure | { readonly kind: 'badRange'; readonly retry: 'never' };

/** Reads a tab, or a range of it; `given` goes to the source. Cancelled by the signal of `access`. */
export async function readGoogleSheet(
  access: SheetsAccess,
  book: SheetBook,
  choice: SheetChoice,
  progress: SheetProgress = {},
): Promise<Result<Extract<Given, { kind: 'sheet' }>, SheetTrouble>> {
  const range = choice.range === undefined || choice.range.trim() === '' ? null : readA1Range(choice.range);
  if (range === null && choice.range?.trim()) return fail({ kind: 'badRange', retry: 'never' });
  const tab = chooseTab(book, range?.tab === undefined ? choice : { tab: range.tab });
  if (!tab.ok) return tab;
  const { spreadsheetId, title } = book;
  const want = { spreadsheetId, tab: tab.value, ...(range ? { range } : {}) };
  const content = await readSheetTab(sheetsApi(access), want, progress);
  if (!content.ok) return content;
  const origin = { spreadsheetId, gid: tab.value.gid, title, tab: tab.value.title, ...(range ? { range: a1Cells(range) } : {}) };
  const name = `${title} - ${tab.value.title}`.slice(0, MAX_NAME);
  const bytes = content.value.rows.reduce((sum, row) => row.reduce((size, cell) => size + utf8Size(cell), sum), 0);
  return ok({ kind: 'sheet', name, bytes, sheet: origin, blob: writeSheetFile(origin, content.value) });
}
