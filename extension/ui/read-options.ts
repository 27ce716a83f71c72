import type { FileFacts, OtherTable, ReadOptions, SkippedKind } from '#shared/table/table.ts';
import type { TableView } from '../flow/draft.ts';
import { countOf } from './numbers.ts';

/** What a click on the read screen changes about how the file is read, and what it found in words. */

/** With the header on another line; 0 = there is none. What was below the table's end is no end of one that starts there. */
export function withHeader({ lastRow, ...read }: ReadOptions, line: number): ReadOptions {
  return { ...read, headerRow: line, ...(lastRow !== undefined && lastRow > line ? { lastRow } : {}) };
}

/** Another sheet is another table: its lines are its own. */
export function withSheet({ headerRow: _, lastRow: __, ...read }: ReadOptions, sheet: string): ReadOptions {
  return { ...read, sheet };
}

export function withTable(read: ReadOptions, { headerRow, lastRow }: Pick<OtherTable, 'headerRow' | 'lastRow'>): ReadOptions {
  return { ...read, headerRow, lastRow };
}

/** A line of the file as the screen can show it. */
export type KnownLine = { readonly line: number; readonly cells: readonly string[] };

/** The lines that may be the header: what stands above the table, its header, and its first rows; ascending. */
export function headerLines({ facts, headers, firstRows, firstLines, skipped = [] }: TableView): readonly KnownLine[] {
  const above = skipped.filter(({ kind }) => kind === 'preamble');
  const header = facts.headerRow > 0 ? [{ line: facts.headerRow, cells: headers }] : [];
  const rows = firstRows.map((cells, index) => ({ line: firstLines[index] ?? 0, cells }));
  return [...above, ...header, ...rows].filter(({ cells }) => !isBlank(cells)).sort((a, b) => a.line - b.line);
}

/** The first words of a line, to know it by. */
export function wordsOf(cells: readonly string[], chars: number): string {
  const text = cells.filter((cell) => cell.trim() !== '').join(', ');
  return text.length <= chars ? text : `${text.slice(0, chars)}…`;
}

export function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === '');
}

export type SkippedCount = { readonly kind: SkippedKind; readonly lines: number; readonly words: string };

/** Lines of the file that are no data rows, by kind; kinds without any are left out. */
export function skippedKinds(facts: FileFacts): readonly SkippedCount[] {
  const kinds = [
    ['preamble', facts.preambleRows, 'line above', 'lines above'],
    ['footer', facts.footerRows, 'line below', 'lines below'],
    ['total', facts.totalRows, 'total', 'totals'],
    ['repeatedHeader', facts.repeatedHeaders, 'repeated header', 'repeated headers'],
    ['dummy', facts.dummyRows, 'test row', 'test rows'],
  ] as const;
  return kinds.filter(([, lines]) => lines > 0).map(([kind, lines, one, many]) => ({ kind, lines, words: countOf(lines, one, many) }));
}

/** The same as one text; null where every line is a row. */
export function skippedWords(facts: FileFacts): string | null {
  const kinds = skippedKinds(facts);
  return kinds.length > 0 ? kinds.map(({ words }) => words).join(', ') : null;
}

/** A table of a file that holds several. */
export type TableChoice = Pick<OtherTable, 'headerRow' | 'lastRow'> & {
  readonly title: string;
  readonly rows: number;
  readonly isChosen: boolean;
};

/** All tables of a file in their order; empty where there is only one. A table is called by the title above it, else by its columns. */
export function tablesOf({ facts, headers, otherTables = [], skipped = [] }: TableView): readonly TableChoice[] {
  if (otherTables.length === 0) return [];
  const titleOf = (headerRow: number, columns: readonly string[]) => {
    const above = skipped.find(({ line, cells }) => line < headerRow && line >= headerRow - 2 && filledCells(cells) === 1);
    return above ? wordsOf(above.cells, TITLE_CHARS) : wordsOf(columns, TITLE_CHARS);
  };
  const shown = { headerRow: facts.headerRow, lastRow: 0, rows: facts.rowCount, title: titleOf(facts.headerRow, headers), isChosen: true };
  const others = otherTables.map((other) => ({ ...other, title: titleOf(other.headerRow, other.headers), isChosen: false }));
  return [shown, ...others].sort((a, b) => a.headerRow - b.headerRow);
}

const TITLE_CHARS = 32;

function filledCells(cells: readonly string[]): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}
