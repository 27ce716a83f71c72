import { MAX_FILE_BYTES, MAX_ROWS, MAX_UNPACKED_PER_BYTE } from '../limits.ts';
import type { FileError } from '../problems.ts';
import { fail, ok, type Result } from '../result.ts';
import { buildTable } from './build-table.ts';
import { detectFileType } from './detect-file-type.ts';
import type { Records } from './find-header.ts';
import { isOfPeople } from './find-sections.ts';
import { findTable } from './find-table.ts';
import { createSheetVisitor } from './read-sheet-xml.ts';
import { readWorkbook, type Workbook } from './read-workbook.ts';
import { repairRecords } from './repair-records.ts';
import type { RawTable, ReadOptions, SheetName } from './table.ts';
import { openZip, type Unpacked, type ZipArchive } from './unzip.ts';
import { utf8Size } from './utf8-size.ts';
import { createXmlReader } from './xml-reader.ts';

/** A table from a workbook: the sheets to choose from, and the one it was read from. */
export type SheetTable = RawTable & { readonly sheets: readonly SheetName[]; readonly sheet: string };

/**
 * Reads a sheet of an Excel workbook (.xlsx, .xlsm): the one named, else the first visible one with a table of people
 * (of small ones the longest), else the first visible one with a table. Cells are
 * the text a person would see, except that dates are ISO 8601 and numbers are never shortened; `lines` are the sheet's
 * row numbers. Errors: those of `readTable`, `file_damaged`, `file_encrypted`, `sheet_unknown`. `maxBytes` (else
 * `MAX_FILE_BYTES`) limits the file and the text in its cells, and through `MAX_UNPACKED_PER_BYTE` what it unpacks to.
 */
export async function readXlsx(bytes: Uint8Array, options: ReadOptions = {}): Promise<Result<SheetTable, FileError>> {
  const limit = options.maxBytes ?? MAX_FILE_BYTES;
  if (bytes.length > limit) return fail({ code: 'file_too_large', data: { bytes: bytes.length, limit } });
  const type = detectFileType(bytes);
  if (type === 'xls' && isEncrypted(bytes)) return fail({ code: 'file_encrypted' });
  if (type !== 'xlsx') return fail({ code: 'file_wrong_type', data: { refused: type ?? 'binary' } });
  const book = openWorkbook(bytes, limit);
  if (!book.ok) return book;
  const { workbook } = book.value;
  const sheets = workbook.sheets.map(({ name, hidden }) => ({ name, hidden }));
  const wanted = workbook.sheets.filter(({ name, hidden }) => (options.sheet === undefined ? !hidden : name === options.sheet));
  if (options.sheet !== undefined && wanted.length === 0) return fail({ code: 'sheet_unknown', data: { sheet: options.sheet } });
  let refused: Result<never, FileError> = fail({ code: 'file_no_table' });
  let first: SheetTable | null = null;
  let people: SheetTable | null = null;
  for (const { name, path } of wanted) {
    const sheet = readSheet(book.value, path, limit);
    const table = sheet.ok ? toTable(sheet.value, options) : sheet;
    if (table.ok) {
      const found: SheetTable = { ...table.value, sheets, sheet: name };
      if (options.sheet !== undefined) return ok(found);
      first ??= found;
      if (!isOfPeople(found.headers, found.rows.slice(0, LOOKED_AT))) continue;
      if (found.rows.length > (people?.rows.length ?? 0)) people = found;
      if ((people?.rows.length ?? 0) >= SURELY_LEADS) break;
    } else if (options.sheet !== undefined || (!sheet.ok && !first)) return table;
    else if (table.error.code !== 'file_no_table') refused = table;
  }
  const chosen = people ?? first;
  return chosen ? ok(chosen) : refused;
}

/** Rows that tell whether a sheet is one of people. */
const LOOKED_AT = 20;
/** A cover names one or two people to ask: from here on a sheet is one of leads, and further ones are not read to compare. */
const SURELY_LEADS = 3;

const ENCRYPTED_PART = 'EncryptedPackage';

/** A workbook with a password is put into a file like the old ones (MS-OFFCRYPTO), with the names of its parts in UTF-16. */
function isEncrypted(bytes: Uint8Array): boolean {
  return new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1)).includes(ENCRYPTED_PART);
}

type Book = { readonly workbook: Workbook; readonly archive: ZipArchive };

function openWorkbook(bytes: Uint8Array, limit: number): Result<Book, FileError> {
  const archive = openZip(bytes, limit * MAX_UNPACKED_PER_BYTE);
  if (!archive) return fail({ code: 'file_damaged' });
  if (archive.has('xl/workbook.bin')) return fail({ code: 'file_wrong_type', data: { refused: 'xlsb' } });
  let refused: FileError | null = null;
  const workbook = readWorkbook((path, visitor) => {
    const read = createXmlReader(visitor);
    const end = archive.unpack(path, (piece) => {
      read(piece);
      return true;
    });
    refused ??= toError(end, limit);
    return end === 'done';
  });
  if (refused) return fail(refused);
  return workbook ? ok({ workbook, archive }) : fail({ code: 'file_damaged' });
}

/** A part that is missing is no error by itself. */
function toError(end: Unpacked, limit: number): FileError | null {
  if (end === 'tooLarge') return { code: 'file_too_large', data: { limit } };
  return end === 'damaged' ? { code: 'file_damaged' } : null;
}

/** The rows of a sheet as records, blank ones between them included. */
type SheetRecords = { readonly records: Records; readonly lines: readonly number[]; readonly hiddenRecords: readonly number[] };

const BLANK_ROW: readonly string[] = [];

function readSheet({ workbook, archive }: Book, path: string, limit: number): Result<SheetRecords, FileError> {
  const records: (readonly string[])[] = [];
  const lines: number[] = [];
  const hiddenRecords: number[] = [];
  let size = 0;
  let refused: FileError | null = null;
  const visitor = createSheetVisitor(workbook, ({ number, cells, isHidden }) => {
    for (const cell of cells) size += utf8Size(cell);
    if (size > limit) refused ??= { code: 'file_too_large', data: { limit } };
    if (number > MAX_ROWS) refused ??= { code: 'too_many_rows', data: { limit: MAX_ROWS } };
    if (refused) return;
    while (records.length + 1 < number) {
      records.push(BLANK_ROW);
      lines.push(records.length);
    }
    if (isHidden) hiddenRecords.push(records.length);
    records.push(cells);
    lines.push(number);
  });
  const read = createXmlReader(visitor);
  const end = archive.unpack(path, (piece) => {
    read(piece);
    return refused === null;
  });
  const error = refused ?? toError(end, limit);
  return error ? fail(error) : ok({ records, lines, hiddenRecords });
}

function toTable({ records, lines, hiddenRecords }: SheetRecords, options: ReadOptions): Result<RawTable, FileError> {
  const text = records.map((record) => record.join('\n')).join('\n');
  const { records: mended, repairedRecords } = options.repair === false ? { records, repairedRecords: [] } : repairRecords(records, text);
  const place = findTable(mended, lines, false, options);
  if (!place) return fail({ code: 'file_no_table' });
  const facts = { encoding: 'utf-8', encodingSure: true, delimiter: ',', quote: 'double' } as const;
  return buildTable({ records: mended, lines, facts, repairedRecords, hiddenRecords, keepRows: options.keepRows ?? false }, place);
}
