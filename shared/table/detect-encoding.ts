/** An encoding to try, as a WHATWG label. `strict`: it is right only if every byte fits. */
export type EncodingGuess = { readonly encoding: string; readonly strict: boolean };

/** Byte order marks (Unicode, chapter 23.8). The four-byte ones first: they begin like the two-byte ones. */
const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** What a file without a byte order mark is tried as, in order. The last one fits any bytes and loses none. */
const WITHOUT_MARK: readonly EncodingGuess[] = [
  { encoding: 'utf-8', strict: true },
  { encoding: 'windows-1252', strict: false },
];

/** Enough text to tell two-byte encodings apart. */
const SAMPLE_BYTES = 64 * 1024;
/** In a lead file at least digits, delimiters, @ and line ends are ASCII, so that their other byte is NUL. */
const MIN_NUL_SHARE = 0.05;
/** Letters like the Chinese "one" (U+4E00) have their NUL on the other side, but are rarer than ASCII by more than this. */
const OTHER_SIDE = 3;

/** Says which encodings a file may have, best first: byte order mark, UTF-16 by its NULs, then the table above. */
export function detectEncoding(bytes: Uint8Array): readonly EncodingGuess[] {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return [{ encoding: marked[0], strict: false }];
  const wide = detectUtf16(bytes.subarray(0, SAMPLE_BYTES));
  return wide ? [{ encoding: wide, strict: false }] : WITHOUT_MARK;
}

/**
 * UTF-16 without a mark: NULs stand mostly on one side of each pair, and line ends are pairs too. The second half keeps
 * a one-byte text that merely contains NULs from being taken for it.
 */
function detectUtf16(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const pairs = bytes.length >> 1;
  const little = { nuls: 0, lineEnds: 0, halves: 0 };
  const big = { nuls: 0, lineEnds: 0, halves: 0 };
  for (let at = 0; at < pairs * 2; at += 2) {
    const first = bytes[at];
    const second = bytes[at + 1];
    if (second === 0) little.nuls++;
    if (first === 0) big.nuls++;
    if (first === 10 || first === 13) second === 0 ? little.lineEnds++ : little.halves++;
    if (second === 10 || second === 13) first === 0 ? big.lineEnds++ : big.halves++;
  }
  const hasLines = little.lineEnds + little.halves + big.lineEnds + big.halves > 0;
  const isWide = (side: typeof little, other: typeof little) =>
    side.nuls >= Math.max(2, pairs * MIN_NUL_SHARE) &&
    side.nuls >= other.nuls * OTHER_SIDE &&
    (!hasLines || (side.lineEnds > 0 && side.lineEnds >= side.halves));
  if (isWide(little, big)) return 'utf-16le';
  if (isWide(big, little)) return 'utf-16be';
  return null;
}
