/** What a file is by its first bytes, when it cannot be a text table. The names feed `file_wrong_type`. */
export const FILE_TYPES = [
  'pdf',
  'xlsx',
  'ods',
  'docx',
  'zip',
  'xls',
  'gzip',
  'bzip2',
  'xz',
  'zstd',
  '7z',
  'rar',
  'image',
  'media',
  'database',
  'program',
  'html',
  'xml',
  'json',
  'rtf',
  'vcard',
  'binary',
] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Bytes as they stand at `at`; a text is its ASCII codes. From the formats' own specifications. */
type Signature = { readonly type: FileType; readonly at?: number; readonly bytes: string };

const SIGNATURES: readonly Signature[] = [
  { type: 'xls', bytes: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' },
  { type: 'xls', bytes: '\x09\x08\x10\0\0\x06\x05\0' },
  { type: 'gzip', bytes: '\x1f\x8b\x08' },
  { type: 'bzip2', bytes: '1AY&SY', at: 4 },
  { type: 'xz', bytes: '\xfd7zXZ\0' },
  { type: 'zstd', bytes: '\x28\xb5\x2f\xfd' },
  { type: '7z', bytes: '7z\xbc\xaf\x27\x1c' },
  { type: 'rar', bytes: 'Rar!\x1a\x07' },
  { type: 'image', bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image', bytes: '\xff\xd8\xff' },
  { type: 'image', bytes: 'GIF87a' },
  { type: 'image', bytes: 'GIF89a' },
  { type: 'image', bytes: 'II*\0' },
  { type: 'image', bytes: 'MM\0*' },
  { type: 'image', bytes: '\0\0\x01\0\x01\0' },
  { type: 'image', bytes: 'WEBP', at: 8 },
  { type: 'image', bytes: 'ftyphei', at: 4 },
  { type: 'image', bytes: 'ftypavif', at: 4 },
  { type: 'media', bytes: 'ftyp', at: 4 },
  { type: 'media', bytes: 'ID3\x03\0' },
  { type: 'media', bytes: 'ID3\x04\0' },
  { type: 'media', bytes: 'OggS\0' },
  { type: 'media', bytes: 'WAVEfmt ', at: 8 },
  { type: 'media', bytes: '\x1a\x45\xdf\xa3' },
  { type: 'database', bytes: 'SQLite format 3\0' },
  { type: 'database', bytes: 'PAR1\x15' },
  { type: 'program', bytes: '\x7fELF' },
  { type: 'program', bytes: '\xca\xfe\xba\xbe' },
  { type: 'program', bytes: '\0asm\x01' },
  { type: 'rtf', bytes: '{\\rtf' },
  { type: 'binary', bytes: 'bplist00' },
];

/** Starts of texts that are no tables, after a byte order mark and blanks. */
const TEXT_STARTS: readonly (readonly [FileType, RegExp])[] = [
  ['pdf', /^%PDF-/],
  ['html', /^<(?:!doctype\s+html|html|head|body|table|script|meta)\b/i],
  ['image', /^(?:<\?xml[^>]{0,200}>\s{0,20})?<svg\b/i],
  ['xml', /^<\?xml\b/i],
  ['json', /^(?:\{\s{0,200}"|\[\s{0,200}[{[])/],
  ['vcard', /^BEGIN:VCARD\b/i],
];

/** How far names inside an archive are looked for from either end: local headers stand first, the directory last. */
const ARCHIVE_REACH = 256 * 1024;
/** The parts every office document has, by their names inside the zip. */
const OFFICE_PARTS: readonly (readonly [FileType, string])[] = [
  ['xlsx', 'xl/'],
  ['ods', 'opendocument.spreadsheet'],
  ['docx', 'word/'],
];

/**
 * Names a file by its bytes, whatever its name or content type says.
 * Gives null when it may be text; `decode-text` has the last word on that.
 */
export function detectFileType(bytes: Uint8Array): FileType | null {
  const head = asciiOf(bytes.subarray(0, 1024));
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return officeTypeOf(bytes);
  for (const { type, at = 0, bytes: signature } of SIGNATURES) {
    if (head.startsWith(signature, at)) return type;
  }
  // Two letters may begin a header cell; a bitmap and a program have NULs right behind theirs.
  if (head.startsWith('BM') && head.startsWith('\0\0\0\0', 6)) return 'image';
  if (head.startsWith('MZ') && head.slice(2, 64).includes('\0')) return 'program';
  const text = head.replace(/^\xef\xbb\xbf/, '').trimStart();
  return TEXT_STARTS.find(([, start]) => start.test(text))?.[0] ?? null;
}

function officeTypeOf(bytes: Uint8Array): FileType {
  const names = asciiOf(bytes.subarray(0, ARCHIVE_REACH)) + asciiOf(bytes.subarray(Math.max(ARCHIVE_REACH, bytes.length - ARCHIVE_REACH)));
  return OFFICE_PARTS.find(([, part]) => names.includes(part))?.[0] ?? 'zip';
}

/** One character per byte. */
function asciiOf(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return text;
}
