import type { FileError } from '../problems.ts';
import type { Result } from '../result.ts';
import { detectFileType } from './detect-file-type.ts';
import { readTable } from './read-csv.ts';
import { isSheetFile, readSheetFile } from './read-sheet-file.ts';
import { readXlsx } from './read-xlsx.ts';
import type { RawTable, ReadOptions, SheetName } from './table.ts';

/** What a file was read as. A text has no sheets. */
export type FileTable = RawTable & { readonly sheets?: readonly SheetName[]; readonly sheet?: string };

/**
 * Reads a file by what its bytes are, whatever its name says: a workbook (`sheet` chooses one), the kept cells of a
 * Google Sheet, or delimited text. Errors: those of `readXlsx`, `readSheetFile` and `readTable`.
 */
export async function readFile(bytes: Uint8Array, options: ReadOptions = {}): Promise<Result<FileTable, FileError>> {
  if (isSheetFile(bytes)) return readSheetFile(bytes, options);
  const type = detectFileType(bytes);
  return type === 'xlsx' || type === 'xls' ? readXlsx(bytes, options) : readTable(bytes, options);
}
