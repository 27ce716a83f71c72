import { sheetCellError, sheetCellText } from './read-sheet-cell.ts';

/** A page of cells out of its two readings. */
export type JoinedPage = {
  /** Rows up to the last cell with text; a blank row is []. Errors of formulas are blank. */
  readonly rows: readonly (readonly string[])[];
  /** Those errors, by row and column of the page from 0. */
  readonly errors: readonly (readonly [row: number, column: number, text: string])[];
  /** `differ`: a text is not shown as it is, which also happens when the sheet changes between the readings. */
  readonly texts: 'agree' | 'differ';
};

type Grid = readonly (readonly unknown[])[];

/** Joins what is shown with what is there, cell by cell. Google leaves blank ends of rows and pages out. */
export function joinReadings(shown: Grid, values: Grid): JoinedPage {
  const rows: (readonly string[])[] = [];
  const errors: [number, number, string][] = [];
  let differs = shown.length !== values.length;
  for (let at = 0; at < Math.max(shown.length, values.length); at++) {
    const shownRow = shown[at] ?? [];
    const valueRow = values[at] ?? [];
    const cells: string[] = [];
    for (let column = 0; column < Math.max(shownRow.length, valueRow.length); column++) {
      const value = valueRow[column];
      const error = sheetCellError(value);
      if (error !== null) errors.push([at, column, error]);
      if (isOtherText(shownRow[column], value)) differs = true;
      const text = error === null ? sheetCellText(shownRow[column], value) : '';
      if (text.trim() === '') continue;
      while (cells.length < column) cells.push('');
      cells[column] = text;
    }
    rows.push(cells);
  }
  return { rows, errors, texts: differs ? 'differ' : 'agree' };
}

/** A text whose two readings are not alike, or a value beside nothing. */
function isOtherText(shown: unknown, value: unknown): boolean {
  if (typeof value === 'string') return (shown ?? '') !== value;
  return (value === undefined || value === null) && typeof shown === 'string' && shown !== '';
}
