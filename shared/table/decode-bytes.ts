import { decodeKorean } from './decode-korean.ts';

/** The name of an encoding in the WHATWG list that a label stands for ("latin1" is windows-1252); null when it has none. */
export function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}

/**
 * Decodes bytes as browsers do, also where Node does not; what does not fit becomes U+FFFD. `encoding` is a name that
 * `encodingOf` gives; with `cut` a character torn at the end is left out.
 */
export function decodeBytes(bytes: Uint8Array, encoding: string, cut = false): string {
  if (encoding === 'windows-1252') return decodeWindows1252(bytes);
  return encoding === 'euc-kr' ? decodeKorean(bytes, cut) : new TextDecoder(encoding).decode(bytes, { stream: cut });
}

/** The characters of the bytes 0x80 to 0x9F (WHATWG index windows-1252); a blank stands for the five without one. */
const HIGH_CHARACTERS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * Widens Windows-1252 by our own table, since several releases of Node decode it as ISO 8859-1:
 * € and curly quotes come out as control characters there (nodejs/node issue 60888).
 */
export function decodeWindows1252(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const high = byte >= 0x80 && byte < 0xa0 ? HIGH_CHARACTERS.charCodeAt(byte - 0x80) : 0x20;
    units[at] = high === 0x20 ? byte : high;
  }
  return new TextDecoder('utf-16le').decode(units);
}
