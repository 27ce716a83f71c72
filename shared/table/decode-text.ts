import type { FileError } from '../problems.ts';
import { fail, ok, type Result } from '../result.ts';
import { decodeBytes, decodeWindows1252, encodingOf } from './decode-bytes.ts';
import { detectEncoding } from './detect-encoding.ts';
import { guessLegacy } from './guess-legacy.ts';
import { decodeUtf8WithSlips, isUtf8WithSlips } from './utf8-slips.ts';

export type DecodedText = {
  /** Without a byte order mark. */
  readonly text: string;
  /** WHATWG label of the encoding used. */
  readonly encoding: string;
  /** False when other encodings give a text nearly as likely, or some bytes did not fit: the user should look. */
  readonly sure: boolean;
};

/**
 * Turns bytes into text. `encoding` is a WHATWG label and overrides the detection; `cut` says that the bytes are only
 * the beginning of a file, so that a character may be torn at the end.
 * In order: byte order mark, UTF-16 by its NULs, strict UTF-8, UTF-8 with a few slips, the likeliest older encoding.
 * Errors: `encoding_unknown` for a label no browser can decode (UTF-32 is one).
 */
export function decodeText(bytes: Uint8Array, encoding?: string, cut = false): Result<DecodedText, FileError> {
  const known = encoding ?? detectEncoding(bytes);
  if (known !== null) return decodeAs(bytes, known, cut, true);
  const text = decodeStrictly(bytes, cut);
  if (text !== null) return ok({ text, encoding: 'utf-8', sure: true });
  if (isUtf8WithSlips(bytes)) return ok({ text: decodeUtf8WithSlips(bytes, decodeWindows1252), encoding: 'utf-8', sure: false });
  const guess = guessLegacy(bytes);
  return decodeAs(bytes, guess.encoding, cut, guess.sure);
}

function decodeAs(bytes: Uint8Array, label: string, cut: boolean, sure: boolean): Result<DecodedText, FileError> {
  const encoding = encodingOf(label);
  if (encoding === null) return fail({ code: 'encoding_unknown', data: { encoding: label } });
  return ok({ text: decodeBytes(bytes, encoding, cut), encoding, sure });
}

/** Null when a byte does not fit UTF-8. */
function decodeStrictly(bytes: Uint8Array, cut: boolean): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: cut });
  } catch {
    return null;
  }
}
