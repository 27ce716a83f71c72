import { normaliseHeader } from './normalise-header.ts';
import { findRejectedColumns } from './rejected-columns.ts';

/**
 * A short text that is the same for files with the same columns in the same order, whatever their case, accents and
 * punctuation: mappings are remembered under it. The columns we add to a file of rejected rows do not count, so that
 * the mended file finds the mapping of its first import.
 */
export function headerSignature(headers: readonly string[]): string {
  const own = headers.slice(0, findRejectedColumns(headers) ?? headers.length);
  return `${own.length}-${hash64(own.map(normaliseHeader).join('\u001f'))}`;
}

/** FNV-1a over UTF-16 units, 64 bits: enough that two layouts of one workspace never meet. */
function hash64(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let i = 0; i < text.length; i++) hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(i))) * 0x100000001b3n);
  return hash.toString(36);
}
