import { MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS } from '../limits.ts';
import type { FileError, FileErrorCode, ProblemData } from '../problems.ts';
import { number, quoted, size, sizes } from './en-words.ts';

type FileSentence = string | ((data: ProblemData, fileName: string) => string);

/** Why a file could not be read, and what to do. Nothing of it was imported. */
export const FILE_SENTENCES = {
  file_empty: 'The file is empty. Export it again, or choose another one.',
  file_header_only: 'The file has a line of column names and no rows under it. Export it again with its rows.',
  file_no_table: 'There is no table in this file. Choose a file with one line of column names and one row per person.',
  quote_never_closed: ({ line }) =>
    `A quote opened on line ${line ?? '?'} is never closed. Read the quotes as plain text, close it there, or export the file again.`,
  too_many_columns: ({ columns, limit }) =>
    `${columns ? `There are ${number(Number(columns))} columns` : 'There are too many columns'}; ${number(Number(limit ?? MAX_COLUMNS))} can be read. Check that the separator is right, or leave columns out.`,
  too_many_rows: ({ limit }) =>
    `The file has more than ${number(Number(limit ?? MAX_ROWS))} rows, blank ones included. Split it into smaller files.`,
  file_too_large: ({ bytes, limit }) => {
    const most = Number(limit ?? MAX_FILE_BYTES);
    const [has, limited] = bytes ? sizes(Number(bytes), most) : [null, size(most)];
    return `The file ${has === null ? 'is too large' : `has ${has}`}; the limit is ${limited}. Split it into smaller files.`;
  },
  file_wrong_type: ({ refused }, fileName) => wrongType(String(refused ?? 'binary'), fileName),
  file_damaged: 'The file is damaged or only part of it was downloaded. Get it again, or save it as CSV where it still opens.',
  file_encrypted: 'The workbook is protected by a password. Save it without one, or save it as CSV.',
  sheet_unknown: ({ sheet }) => `The workbook has no sheet${sheet ? ` ${quoted(String(sheet))}` : ' of that name'}. Choose another one.`,
  encoding_unknown: ({ encoding }) =>
    `The text encoding${encoding ? ` ${quoted(String(encoding))}` : ''} is not known. Choose another one, or save the file as UTF-8.`,
} as const satisfies Record<FileErrorCode, FileSentence>;

type TypeWords = { readonly what: string; readonly endings: readonly string[]; readonly todo: string };
const AS_CSV = 'Save it as CSV and choose that file.';
const AS_XLSX = 'In Excel, save it as .xlsx or CSV and choose that file.';
const UNPACK = 'Unpack it and choose the file inside.';
const OTHER = 'Choose a CSV file.';

/** What files are called that are no text tables, the endings they should have, and what to do. */
const TYPES: ReadonlyMap<string, TypeWords> = new Map([
  ['xls', { what: 'an old Excel file', endings: ['xls', 'xlt'], todo: AS_XLSX }],
  ['xlsb', { what: 'a binary Excel file', endings: ['xlsb'], todo: AS_XLSX }],
  ['ods', { what: 'an OpenDocument spreadsheet', endings: ['ods'], todo: AS_CSV }],
  ['docx', { what: 'a Word document', endings: ['docx'], todo: OTHER }],
  ['pdf', { what: 'a PDF', endings: ['pdf'], todo: 'Export the list as CSV where it comes from.' }],
  ['zip', { what: 'a zip archive', endings: ['zip'], todo: UNPACK }],
  ['gzip', { what: 'a gzip archive', endings: ['gz', 'tgz', 'gzip'], todo: UNPACK }],
  ['bzip2', { what: 'a bzip2 archive', endings: ['bz2'], todo: UNPACK }],
  ['xz', { what: 'an xz archive', endings: ['xz'], todo: UNPACK }],
  ['zstd', { what: 'a zstd archive', endings: ['zst'], todo: UNPACK }],
  ['7z', { what: 'a 7z archive', endings: ['7z'], todo: UNPACK }],
  ['rar', { what: 'a RAR archive', endings: ['rar'], todo: UNPACK }],
  ['image', { what: 'an image', endings: ['png', 'jpg', 'jpeg', 'gif', 'webp', 'bmp', 'tif', 'tiff', 'heic', 'ico'], todo: OTHER }],
  ['media', { what: 'a sound or a film', endings: ['mp3', 'mp4', 'mov', 'm4a', 'ogg', 'wav', 'webm', 'mkv'], todo: OTHER }],
  ['database', { what: 'a database', endings: ['db', 'sqlite', 'sqlite3', 'parquet'], todo: 'Export the table as CSV.' }],
  ['program', { what: 'a program', endings: ['exe', 'dll', 'so', 'bin', 'wasm'], todo: OTHER }],
  [
    'html',
    { what: 'a web page', endings: ['html', 'htm', 'xhtml'], todo: 'The download may have asked for a login. Download the file again.' },
  ],
  ['xml', { what: 'an XML file', endings: ['xml'], todo: AS_CSV }],
  ['json', { what: 'a JSON file', endings: ['json'], todo: 'Export the list as CSV, or send it to the API.' }],
  ['rtf', { what: 'a rich text document', endings: ['rtf'], todo: OTHER }],
  ['vcard', { what: 'a file of contact cards', endings: ['vcf', 'vcard'], todo: 'Export the contacts as CSV.' }],
]);

/** "This is a PDF with a .csv name." where the name says otherwise, else "This is a PDF." */
function wrongType(refused: string, fileName: string): string {
  const type = TYPES.get(refused);
  if (!type) return `This is no text table. ${OTHER}`;
  const ending = /\.([a-z0-9]{1,5})$/i.exec(fileName)?.[1]?.toLowerCase();
  const isDisguised = ending !== undefined && !type.endings.includes(ending);
  return `This is ${type.what}${isDisguised ? ` with a .${ending} name` : ''}. ${type.todo}`;
}

/** The sentence of a file error. */
export function fileSentence({ code, data }: FileError, fileName: string): string {
  const sentence: FileSentence = FILE_SENTENCES[code];
  return typeof sentence === 'string' ? sentence : sentence(data ?? {}, fileName);
}
