import type { FileError } from '../problems.ts';
import { fail, ok, type Result } from '../result.ts';
import { detectEncoding } from './detect-encoding.ts';

export type DecodedText = {
  /** Without a byte order mark. */
  readonly text: string;
  /** WHATWG label of the encoding used. */
  readonly encoding: string;
};

/**
 * Turns bytes into text. `encoding` is a WHATWG label and overrides the detection; `cut` says that the bytes are only
 * the beginning of a file, so that a character may be torn at the end.
 * Errors: `encoding_unknown` for a label no browser can decode (UTF-32 is one).
 */
export function decodeText(bytes: Uint8Array, encoding?: string, cut = false): Result<DecodedText, FileError> {
  const guesses = encoding === undefined ? detectEncoding(bytes) : [{ encoding, strict: false }];
  let last = '';
  for (const guess of guesses) {
    last = guess.encoding;
    const decoder = openDecoder(guess.encoding, guess.strict);
    if (!decoder) continue;
    const text = decoder.encoding === 'windows-1252' ? decodeWindows1252(bytes) : decodeOrNull(decoder, bytes, cut);
    if (text !== null) return ok({ text, encoding: decoder.encoding });
  }
  return fail({ code: 'encoding_unknown', data: { encoding: last } });
}

/** Null for a label that is not in the WHATWG list. */
function openDecoder(label: string, fatal: boolean): TextDecoder | null {
  try {
    return new TextDecoder(label, { fatal });
  } catch {
    return null;
  }
}

/** Null when the bytes do not fit a strict encoding. */
function decodeOrNull(decoder: TextDecoder, bytes: Uint8Array, cut: boolean): string | null {
  try {
    return decoder.decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}

/** The characters of the bytes 0x80 to 0x9F (WHATWG index windows-1252); a blank stands for the five without one. */
const HIGH_CHARACTERS = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

/**
 * Widens Windows-1252 by our own table, since several releases of Node decode it as ISO 8859-1:
 * € and curly quotes come out as control characters there (nodejs/node issue 60888).
 */
function decodeWindows1252(bytes: Uint8Array): string {
  const units = new Uint16Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const high = byte >= 0x80 && byte < 0xa0 ? HIGH_CHARACTERS.charCodeAt(byte - 0x80) : 0x20;
    units[at] = high === 0x20 ? byte : high;
  }
  return new TextDecoder('utf-16le').decode(units);
}
