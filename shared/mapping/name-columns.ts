import type { RawTable } from '../table/table.ts';
import { foldLetters } from './normalise-header.ts';

/** How a column called "Name" stands to columns of first and last names, over the rows looked at. */
export type NameOverlap = {
  /** Rows where both sides are filled. */
  readonly compared: number;
  /** Shares of `compared`: the name holds the other value, and more beside it. */
  readonly holds: number;
};

/** Compares a name column with a column of first or last names. */
export function compareNames(rows: RawTable['rows'], nameColumn: number, partColumn: number): NameOverlap {
  let compared = 0;
  let holds = 0;
  for (const row of rows) {
    const name = foldLetters(row[nameColumn] ?? '').trim();
    const part = foldLetters(row[partColumn] ?? '').trim();
    if (name === '' || part === '') continue;
    compared++;
    if (name.length > part.length && name.includes(part)) holds++;
  }
  return { compared, holds: compared === 0 ? 0 : holds / compared };
}
