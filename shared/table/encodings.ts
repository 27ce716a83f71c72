/** An encoding to choose from: its WHATWG label, as in `FileFacts.encoding`, and what people call it. */
export type EncodingChoice = { readonly encoding: string; readonly name: string };

/** The encodings a file can be read in, the commonest first. Those behind Korean are never guessed, only chosen. */
export const ENCODING_CHOICES: readonly EncodingChoice[] = [
  { encoding: 'utf-8', name: 'Unicode (UTF-8)' },
  { encoding: 'utf-16le', name: 'Unicode (UTF-16)' },
  { encoding: 'utf-16be', name: 'Unicode (UTF-16, big-endian)' },
  { encoding: 'windows-1252', name: 'Western European (Windows-1252, Latin-1)' },
  { encoding: 'iso-8859-15', name: 'Western European (Latin-9)' },
  { encoding: 'macintosh', name: 'Western European (Mac)' },
  { encoding: 'windows-1250', name: 'Central European (Windows-1250)' },
  { encoding: 'iso-8859-2', name: 'Central European (Latin-2)' },
  { encoding: 'windows-1251', name: 'Cyrillic (Windows-1251)' },
  { encoding: 'koi8-r', name: 'Cyrillic (KOI8-R)' },
  { encoding: 'windows-1254', name: 'Turkish (Windows-1254)' },
  { encoding: 'iso-8859-7', name: 'Greek (ISO-8859-7)' },
  { encoding: 'windows-1253', name: 'Greek (Windows-1253)' },
  { encoding: 'shift_jis', name: 'Japanese (Shift-JIS)' },
  { encoding: 'euc-jp', name: 'Japanese (EUC-JP)' },
  { encoding: 'iso-2022-jp', name: 'Japanese (ISO-2022-JP)' },
  { encoding: 'gbk', name: 'Chinese, simplified (GBK)' },
  { encoding: 'gb18030', name: 'Chinese, simplified (GB18030)' },
  { encoding: 'big5', name: 'Chinese, traditional (Big5)' },
  { encoding: 'euc-kr', name: 'Korean (EUC-KR)' },
  { encoding: 'x-mac-cyrillic', name: 'Cyrillic (Mac)' },
  { encoding: 'iso-8859-5', name: 'Cyrillic (ISO-8859-5)' },
  { encoding: 'windows-1255', name: 'Hebrew (Windows-1255)' },
  { encoding: 'windows-1256', name: 'Arabic (Windows-1256)' },
  { encoding: 'windows-1257', name: 'Baltic (Windows-1257)' },
  { encoding: 'windows-1258', name: 'Vietnamese (Windows-1258)' },
  { encoding: 'windows-874', name: 'Thai (Windows-874)' },
];
