import { findDoubleEncoding } from './double-encoding.ts';
import type { Records } from './find-header.ts';

/** Records with their mended cells, and which records had some, ascending. */
export type Repaired = { readonly records: Records; readonly repairedRecords: readonly number[] };

/** Mends cells whose UTF-8 was misread before the file was written. `text` holds at least all that the cells hold. */
export function repairRecords(records: Records, text: string): Repaired {
  const mend = findDoubleEncoding(text);
  if (!mend) return { records, repairedRecords: [] };
  const repairedRecords: number[] = [];
  const mended = records.map((record, at) => {
    const cells = record.map(mend);
    if (cells.every((cell, column) => cell === record[column])) return record;
    repairedRecords.push(at);
    return cells;
  });
  return { records: mended, repairedRecords };
}
