/** Longer names are cut: the server keeps 300 characters. */
const MAX_NAME = 200;
/** Control characters, and those that turn the reading direction: a name must read as what it is. */
const UNSEEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** A name that is only a name: no path, nothing unseen. Empty where nothing is left. */
export function cleanFileName(name: string): string {
  const last = name.replace(UNSEEN, '').split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\s+/g, ' ').trim().replace(/^\.+$/, '').slice(0, MAX_NAME);
}

/**
 * The file's name out of `Content-Disposition` (RFC 6266): `filename*` in its own encoding (RFC 8187, formerly 5987) goes
 * before `filename`. Null where there is none.
 */
export function readDispositionName(header: string | null): string | null {
  if (header === null) return null;
  const given = parametersOf(header);
  const extended = given.find(([name]) => name === 'filename*')?.[1];
  const plain = given.find(([name]) => name === 'filename')?.[1];
  const name = cleanFileName((extended === undefined ? null : decodeExtended(extended)) ?? (plain === undefined ? '' : readPlain(plain)));
  return name === '' ? null : name;
}

/** `attachment; a=b; c="d; \"e\""` → [a, b], [c, d; "e"]. Values in quotes may hold anything. */
function parametersOf(header: string): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  for (const [, name = '', quoted, token = ''] of header.matchAll(/;\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g)) {
    found.push([name.toLowerCase(), quoted === undefined ? token.trim() : quoted.replace(/\\(.)/g, '$1')]);
  }
  return found;
}

/** `UTF-8''na%C3%AFve.csv`; null where it is not as the RFC says. */
function decodeExtended(value: string): string | null {
  const parts = /^([\w-]+)'[\w-]*'(.*)$/.exec(value);
  if (!parts) return null;
  const [, charset = '', text = ''] = parts;
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytesOf(text));
  } catch {
    return null; // an encoding nobody knows, or bytes that are none of its texts
  }
}

/** Characters as bytes, %XX as the byte it is. */
function bytesOf(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const [step] of text.matchAll(/%[0-9a-f]{2}|[\s\S]/gi)) {
    bytes.push(step.length === 3 ? Number.parseInt(step.slice(1), 16) : step.charCodeAt(0) & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** What servers put in `filename` against the RFC: UTF-8 as it is (the browser shows its bytes as Latin-1), or escapes. */
function readPlain(value: string): string {
  const isLatin = /^[\x20-\xff]*$/.test(value);
  if (isLatin && /[\x80-\xff]/.test(value)) return decodeExtended(`utf-8''${value.replaceAll('%', '%25')}`) ?? value;
  return /%[0-9a-f]{2}/i.test(value) ? (decodeExtended(`utf-8''${value}`) ?? value) : value;
}
