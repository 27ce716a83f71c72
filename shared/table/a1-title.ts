/** A rectangle of a sheet, rows and columns from 1, both ends in it. No end: as far as the sheet goes. */
export type CellRange = {
  readonly firstRow: number;
  readonly lastRow?: number;
  readonly firstColumn: number;
  readonly lastColumn?: number;
};

/** All of a tab. */
export const WHOLE_TAB: CellRange = { firstRow: 1, firstColumn: 1 };

/** The title of a tab as A1 notation wants it: always in quotes, so that a title like A1 or one with an apostrophe is none. */
export function a1Title(title: string): string {
  return `'${title.replaceAll("'", "''")}'`;
}

/** A rectangle of a tab in A1 notation: `'Q4 leads'!A1:F200`. */
export function a1Range(title: string, range: CellRange): string {
  return `${a1Title(title)}!${a1Cells(range)}`;
}

/** The rectangle alone: A1:F200. */
export function a1Cells({ firstRow, lastRow, firstColumn, lastColumn }: CellRange): string {
  const last = `${lastColumn === undefined ? '' : columnName(lastColumn)}${lastRow ?? ''}`;
  return `${columnName(firstColumn)}${firstRow}${last === '' ? '' : `:${last}`}`;
}

/** 1 is A, 27 is AA. */
export function columnName(column: number): string {
  let name = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  return name;
}

/**
 * Reads a range as people type it: B2:F40, A:F, 3:20, A3:20, B2 (from there to the end), with or without $ and the tab before
 * it (`'Q4 leads'!A1:F200`). The corners may come in either order. Null when it is none.
 */
export function readA1Range(text: string): (CellRange & { readonly tab?: string }) | null {
  const parts = /^(?:(?:'((?:[^']|'')+)'|([^'!:]+))!)?([^!']*)$/.exec(text.trim());
  if (!parts) return null;
  const tab = parts[1]?.replaceAll("''", "'") ?? parts[2];
  const cells = parts[3]?.replaceAll(/[\s$]/g, '') ?? '';
  const range = cells === '' && tab !== undefined ? WHOLE_TAB : readCells(cells);
  return range && (tab === undefined ? range : { ...range, tab });
}

/** What a sheet of Google can have at most. */
const MAX_COLUMN = 18_278;
const MAX_ROW = 10_000_000;

function readCells(text: string): CellRange | null {
  const [from, to, ...more] = text.split(':').map(readCorner);
  if (!from || to === null || more.length > 0) return null;
  if (!to) return from.column === null || from.row === null ? null : { firstRow: from.row, firstColumn: from.column };
  // A:3 is no range: a corner without a row has a column, and so has the other, or neither has.
  // But A3:20 is one: rows from a column on.
  if ((from.column === null) !== (to.column === null) && (from.column === null || from.row === null)) return null;
  if (from.row === null && to.row !== null && from.column === null) return null;
  const [firstColumn, lastColumn] = order(from.column ?? 1, to.column);
  const [firstRow, lastRow] = order(from.row ?? 1, to.row);
  return {
    firstRow,
    ...(lastRow === null ? {} : { lastRow }),
    firstColumn,
    ...(lastColumn === null ? {} : { lastColumn }),
  };
}

type Corner = { readonly column: number | null; readonly row: number | null };

function readCorner(text: string): Corner | null {
  const found = /^([A-Z]{0,3})(\d{0,8})$/i.exec(text);
  if (!found || text === '') return null;
  const [, letters = '', digits = ''] = found;
  const column = letters === '' ? null : [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
  const row = digits === '' ? null : Number(digits);
  return (column ?? 1) > MAX_COLUMN || row === 0 || (row ?? 1) > MAX_ROW ? null : { column, row };
}

function order(first: number, last: number | null): readonly [number, number | null] {
  return last !== null && last < first ? [last, first] : [first, last];
}
