import type { RawTable, ReadOptions } from './table.ts';

/**
 * Physical lines of the rows that a sheet hides: people filter a sheet to what they want to work with, so these are
 * taken out of the import unless `includeHidden` was chosen. Empty for a file of text.
 */
export function hiddenLines({ hiddenRows = [], lines }: RawTable, { includeHidden = false }: ReadOptions): ReadonlySet<number> {
  return new Set(includeHidden ? [] : hiddenRows.map((row) => lines[row] ?? 0));
}
