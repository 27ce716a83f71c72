/** Lead bytes of the syllables that Windows added to EUC-KR (code page 949). */
const FIRST_LEAD = 0x81;
const LAST_LEAD = 0xc6;
/** Their second bytes below 0xA1: letters and the bytes behind the letters. */
const TRAILS = [...bytesFrom(0x41, 0x5a), ...bytesFrom(0x61, 0x7a), ...bytesFrom(0x81, 0xfe)];
/** Two signs that came later still. */
const ADDED_SIGNS: readonly (readonly [number, string])[] = [
  [0xa2e6, '€'],
  [0xa2e7, '®'],
];
const HANGUL_FIRST = 0xac00;
const HANGUL_LAST = 0xd7a3;

function bytesFrom(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

let extension: ReadonlyMap<number, string> | null = null;

/**
 * Decodes EUC-KR as browsers do (WHATWG: code page 949). Node's own decoder lacks the 8,822 syllables that Windows
 * added; they stand in Unicode's order at the places the standard left free, so that they can be counted out.
 */
export function decodeKorean(bytes: Uint8Array, cut = false): string {
  const decoder = new TextDecoder('euc-kr');
  extension ??= addedPlaces();
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < FIRST_LEAD) continue;
    const syllable = extension.get((lead << 8) | (bytes[at + 1] ?? 0));
    if (syllable !== undefined) {
      parts.push(decoder.decode(bytes.subarray(from, at)), syllable);
      from = at + 2;
    }
    at++;
  }
  return parts.join('') + decoder.decode(bytes.subarray(from), { stream: cut });
}

/** What the standard (KS X 1001) has not: the two signs, and the other syllables of Unicode at the places left free. */
function addedPlaces(): ReadonlyMap<number, string> {
  const standard = new Set(new TextDecoder('euc-kr').decode(standardPlaces()));
  const added = new Map(ADDED_SIGNS);
  let code = HANGUL_FIRST;
  for (let lead = FIRST_LEAD; lead <= LAST_LEAD; lead++) {
    for (const trail of TRAILS) {
      if (lead > 0xa0 && trail > 0xa0) break;
      while (code <= HANGUL_LAST && standard.has(String.fromCharCode(code))) code++;
      if (code > HANGUL_LAST) return added;
      added.set((lead << 8) | trail, String.fromCharCode(code++));
    }
  }
  return added;
}

/** The places of all syllables of the standard, 0xB0A1 to 0xC8FE. */
function standardPlaces(): Uint8Array {
  return Uint8Array.from(bytesFrom(0xb0, 0xc8).flatMap((lead) => bytesFrom(0xa1, 0xfe).flatMap((trail) => [lead, trail])));
}
