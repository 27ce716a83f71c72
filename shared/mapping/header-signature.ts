import { normaliseHeader } from './normalise-header.ts';
import { findRejectedColumns } from './rejected-columns.ts';

/** As much of a header as an import is announced with: both ends then make the same signature of a very long one. */
const ANNOUNCED_CHARS = 300;

/**
 * A short text that is the same for files with the same columns in the same order, whatever their case, accents and
 * punctuation: mappings are remembered under it. The columns we add to a file of rejected rows do not count, so that
 * the mended file finds the mapping of its first import. Null where no column has a name: nothing tells such files apart.
 */
export function headerSignature(headers: readonly string[]): string | null {
  const own = ownHeaders(headers);
  if (own.every((header) => header === '')) return null;
  return `${own.length}-${hash64(own.join('\u001f'))}`;
}

/** Says whether two files have the same columns in the same order: what their signatures promise, looked at itself. */
export function hasSameHeaders(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [ownHeaders(a), ownHeaders(b)];
  return left.length === right.length && left.every((header, column) => header === right[column]);
}

/** The columns a person's file has of its own: all before those of a file of rejected rows. */
export function ownColumns(headers: readonly string[]): number {
  return findRejectedColumns(headers) ?? headers.length;
}

function ownHeaders(headers: readonly string[]): readonly string[] {
  return headers.slice(0, ownColumns(headers)).map((header) => normaliseHeader(header.slice(0, ANNOUNCED_CHARS)));
}

/** FNV-1a over UTF-16 units, 64 bits: enough that two layouts of one workspace never meet. */
function hash64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(36);
}
