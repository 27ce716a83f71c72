/** So many sound characters for each place where bytes do not fit make a text UTF-8 all the same. */
const SOUND_PER_SLIP = 5;

/** Says whether bytes are UTF-8 but for a few: exports that were glued together, cells cut inside a character. */
export function isUtf8WithSlips(bytes: Uint8Array): boolean {
  let sound = 0;
  let slips = 0;
  let lastSlip = -2;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const size = sizeAt(bytes, at);
    if (size > 0) {
      sound++;
      at += size - 1;
    } else if (at !== lastSlip + 1) slips++;
    if (size === 0) lastSlip = at;
  }
  return sound >= slips * SOUND_PER_SLIP;
}

/** Decodes UTF-8; bytes that do not fit are given to `decodeSlip`, so that none is lost. */
export function decodeUtf8WithSlips(bytes: Uint8Array, decodeSlip: (bytes: Uint8Array) => string): string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) < 0x80) continue;
    const size = sizeAt(bytes, at);
    if (size > 0) {
      at += size - 1;
      continue;
    }
    parts.push(decoder.decode(bytes.subarray(from, at)), decodeSlip(bytes.subarray(at, at + 1)));
    from = at + 1;
  }
  parts.push(decoder.decode(bytes.subarray(from)));
  return parts.join('');
}

/** First byte, size, and the bounds of the second byte (Unicode, table 3-7); all further bytes are 0x80 to 0xBF. */
const SEQUENCES: readonly (readonly [first: number, last: number, size: number, low: number, high: number])[] = [
  [0xc2, 0xdf, 2, 0x80, 0xbf],
  [0xe0, 0xe0, 3, 0xa0, 0xbf],
  [0xe1, 0xec, 3, 0x80, 0xbf],
  [0xed, 0xed, 3, 0x80, 0x9f],
  [0xee, 0xef, 3, 0x80, 0xbf],
  [0xf0, 0xf0, 4, 0x90, 0xbf],
  [0xf1, 0xf3, 4, 0x80, 0xbf],
  [0xf4, 0xf4, 4, 0x80, 0x8f],
];

/** Size of the character of several bytes that begins at `at`; 0 when none does. */
function sizeAt(bytes: Uint8Array, at: number): number {
  const byte = bytes[at] ?? 0;
  const sequence = SEQUENCES.find(([first, last]) => byte >= first && byte <= last);
  if (!sequence) return 0;
  const [, , size, low, high] = sequence;
  const second = bytes[at + 1] ?? 0;
  if (second < low || second > high) return 0;
  for (let next = at + 2; next < at + size; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return 0;
  return size;
}
