/** Byte order marks (Unicode, chapter 23.8). The four-byte ones first: they begin like the two-byte ones. */
const BYTE_ORDER_MARKS: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0x00, 0x00]],
  ['utf-32be', [0x00, 0x00, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Enough text to tell two-byte encodings apart. */
const SAMPLE_BYTES = 64 * 1024;
/** In a lead file at least digits, delimiters, @ and line ends are ASCII, so that their other byte is NUL. */
const MIN_NUL_SHARE = 0.05;
/** Letters like the Chinese "one" (U+4E00) have their NUL on the other side, but are rarer than ASCII by more than this. */
const OTHER_SIDE = 3;

/**
 * Says what bytes declare or show about their encoding, as a WHATWG label: byte order mark, UTF-16 by its NULs,
 * ISO-2022-JP by its escapes. Null when they may be UTF-8 or any older encoding.
 */
export function detectEncoding(bytes: Uint8Array): string | null {
  const marked = BYTE_ORDER_MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  if (marked) return marked[0];
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  return detectUtf16(sample) ?? (isIso2022(sample) ? 'iso-2022-jp' : null);
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

const ESCAPE = 0x1b;

/** Japanese mail programs switch alphabets by ESC $ B and back by ESC ( B; no byte is above 0x7F. */
function isIso2022(bytes: Uint8Array): boolean {
  const at = bytes.indexOf(ESCAPE);
  const isSwitch = at >= 0 && bytes[at + 1] === 0x24 && (bytes[at + 2] === 0x42 || bytes[at + 2] === 0x40);
  return isSwitch && bytes.every((byte) => byte < 0x80);
}
