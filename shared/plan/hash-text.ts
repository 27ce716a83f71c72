/** The two halves start and multiply differently, so that what meets in one does not meet in the other. */
const FIRST = { start: 0x811c9dc5, factor: 0x01000193 } as const;
const SECOND = { start: 0x9747b28c, factor: 0x5bd1e995 } as const;
const HIGH_BITS = 21;

/**
 * A number of 53 bits that stands for a text; 0 stands for the blank one alone. Not a secret and no proof: two of 70,000
 * texts meet once in four million sheets. Both halves are FNV-1a over UTF-16 units, mixed at the end.
 */
export function hashText(text: string): number {
  if (text === '') return 0;
  let low: number = FIRST.start;
  let high: number = SECOND.start;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    low = Math.imul(low ^ code, FIRST.factor);
    high = Math.imul(high ^ code, SECOND.factor);
  }
  // The low half alone is kept where 32 bits do, so it is never 0 either.
  return (mix(high) >>> (32 - HIGH_BITS)) * 2 ** 32 + (mix(low) || 1);
}

/** Spreads what the last characters changed over all bits. */
function mix(half: number): number {
  let bits = half ^ (half >>> 15);
  bits = Math.imul(bits, 0x2c1b3c6d);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0x297a2d39);
  return (bits ^ (bits >>> 16)) >>> 0;
}
