import { UNUSED_AREAS, VALID_AREAS } from './area-codes.generated.ts';

/** valid, doubtful: every number of the area is judged so by libphonenumber · unsure: it depends on the rest of the number. */
export type AreaCodeVerdict = 'valid' | 'doubtful' | 'unsure';

const FIRST_AREA = 200;

/** Judges a ten-digit national number of the +1 plan, given as a number, by its area code and the digit after it. */
export function areaCodeVerdict(national: number): AreaCodeVerdict {
  const area = Math.floor(national / 1e7) - FIRST_AREA;
  if (area < 0 || Math.floor(national / 1e6) % 10 < 2) return 'unsure';
  if (hasBit(VALID_AREAS, area)) return 'valid';
  return hasBit(UNUSED_AREAS, area) ? 'doubtful' : 'unsure';
}

/** Reads one bit of a bitmap written as hexadecimal digits, four bits a digit, the lowest first. */
function hasBit(bitmap: string, index: number): boolean {
  const code = bitmap.charCodeAt(index >> 2);
  const nibble = code < 0x3a ? code - 0x30 : code - 0x57;
  return ((nibble >> (index & 3)) & 1) === 1;
}
