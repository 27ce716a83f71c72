import { UNUSED_AREAS, VALID_AREAS } from './area-codes.generated.ts';

/** valid, doubtful: every number of the area is judged so by libphonenumber · unsure: it depends on the rest of the number. */
export type AreaCodeVerdict = 'valid' | 'doubtful' | 'unsure';

const FIRST_AREA = 200;

/** Judges a national number of the +1 plan by its area code and the digit after it. */
export function areaCodeVerdict(areaCode: number, nextDigit: number): AreaCodeVerdict {
  const index = areaCode - FIRST_AREA;
  if (index < 0 || nextDigit < 2) return 'unsure';
  if (hasBit(VALID_AREAS, index)) return 'valid';
  return hasBit(UNUSED_AREAS, index) ? 'doubtful' : 'unsure';
}

/** Reads one bit of a bitmap written as hexadecimal digits, four bits a digit, the lowest first. */
function hasBit(bitmap: string, index: number): boolean {
  const code = bitmap.charCodeAt(index >> 2);
  const nibble = code < 0x3a ? code - 0x30 : code - 0x57;
  return ((nibble >> (index & 3)) & 1) === 1;
}
