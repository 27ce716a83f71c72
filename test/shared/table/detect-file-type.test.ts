import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { detectFileType } from '#shared/table/detect-file-type.ts';
import { utf8, utf8WithMark, utf16, windows1252 } from '../../fixtures/encode-text.ts';

/** One byte per character. */
function raw(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** The beginning of a zip entry: signature, 22 bytes we do not read, length of the name, none extra, the name. */
function zipEntry(name: string): string {
  return `PK\x03\x04${'\0'.repeat(22)}${String.fromCharCode(name.length)}\0\0\0${name}data`;
}

test.each([
  ['a printed list', 'pdf', raw('%PDF-1.7\n%âãÏÓ\n')],
  ['line ends before it', 'pdf', raw('\r\n%PDF-1.4\n')],
  ['an Excel workbook', 'xlsx', raw(zipEntry('[Content_Types].xml') + zipEntry('xl/workbook.xml'))],
  ['its directory is at the end', 'xlsx', raw(zipEntry('[Content_Types].xml') + 'x'.repeat(600_000) + zipEntry('xl/workbook.xml'))],
  ['a LibreOffice sheet', 'ods', raw(zipEntry('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'))],
  ['a Word document', 'docx', raw(zipEntry('word/document.xml'))],
  ['a csv inside a zip is still a zip', 'zip', raw(zipEntry('leads.csv'))],
  ['an empty zip', 'zip', raw(`PK\x05\x06${'\0'.repeat(18)}`)],
  ['an old Excel workbook', 'xls', raw('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0')],
  ['a compressed csv', 'gzip', new Uint8Array(gzipSync('a,b\n1,2\n'))],
  ['a file of type 7z', '7z', raw("7z\xbc\xaf'\x1c\0\x04")],
  ['a file of type rar', 'rar', raw('Rar!\x1a\x07\x01\0')],
  ['a file of type bzip2', 'bzip2', raw('BZh91AY&SY')],
  ['a file of type xz', 'xz', raw('\xfd7zXZ\0\0')],
  ['a file of type zstd', 'zstd', raw('\x28\xb5\x2f\xfd\x04')],
  ['png', 'image', raw('\x89PNG\r\n\x1a\n\0\0')],
  ['jpeg', 'image', raw('\xff\xd8\xff\xe0\0\x10JFIF')],
  ['gif', 'image', raw('GIF89a\x01\0')],
  ['webp', 'image', raw('RIFF\x24\0\0\0WEBPVP8 ')],
  ['bitmap', 'image', raw('BM\x36\x03\0\0\0\0\0\0\x36\0')],
  ['svg', 'image', raw('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">')],
  ['a film', 'media', raw('\0\0\0\x18ftypmp42')],
  ['a recording', 'media', raw('RIFF\x24\0\0\0WAVEfmt ')],
  ['a file of type database', 'database', raw('SQLite format 3\0')],
  ['a file of type program', 'program', raw('MZ\x90\0\x03\0\0\0')],
  ['an old "Excel" export', 'html', utf8('<!DOCTYPE html>\n<html><body><table>')],
  ['mark, blanks and capitals before it', 'html', utf8WithMark('  \r\n<HTML>\n')],
  ['a bare table', 'html', utf8('<table border=1><tr>')],
  ['an Excel 2003 workbook', 'xml', utf8('<?xml version="1.0"?><Workbook>')],
  ['rows as JSON', 'json', utf8('[\n  {"email": "ann@example.com"}\n]')],
  ['an answer of a server', 'json', utf8('{"leads": []}')],
  ['an answer of a server', 'json', utf8('[["a","b"]]')],
  ['a text document', 'rtf', utf8('{\\rtf1\\ansi')],
  ['a contact card', 'vcard', utf8('BEGIN:VCARD\r\nVERSION:3.0\r\n')],
])('%s is refused by its bytes, whatever its name says (%s)', (_reason, type, bytes) => {
  expect(detectFileType(bytes)).toBe(type);
});

test.each([
  ['nothing yet', ''],
  ['cells padded with NULs', 'Name,1\0\0\0\0,x\n'],
  ['plain', 'First Name,Last Name\nAnn,Lee\n'],
  ['a header that begins like a zip', 'PK,Name\n1,Ann\n'],
  ['a header that begins like a bitmap', 'BM,Name\n1,Ann\n'],
  ['a header that begins like a program', 'MZ,Name\n1,Ann\n'],
  ['a header that begins like a picture', 'GIF,Name\n'],
  ['names of archives as headers', '7z,Rar!,BZh\n'],
  ['a bracket is no JSON', '[id],name\n1,Ann\n'],
  ['a brace is no JSON', '{id},name\n1,Ann\n'],
  ['quoted', '"name","email"\n'],
  ['an angle bracket is no HTML', '<none>,email\n'],
  ['a percent sign', '%,PDF\n'],
])('text stays text: %s (%j)', (_reason, text) => {
  expect(detectFileType(utf8(text))).toBeNull();
  expect(detectFileType(utf8WithMark(text))).toBeNull();
  expect(detectFileType(utf16(text, 'little', true))).toBeNull();
  expect(detectFileType(utf16(text, 'big', false))).toBeNull();
});

test('text in old encodings stays text', () => {
  expect(detectFileType(windows1252('Prénom;Nom\nZoë;Müller\n'))).toBeNull();
});
