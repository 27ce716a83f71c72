/**
 * Writes shared/lead/area-codes.generated.ts from libphonenumber's metadata:
 *   node test/support/generate-area-codes.ts > shared/lead/area-codes.generated.ts
 * To be run when the library's version changes; the parity test in test/shared/lead says so.
 */
import { isValidPhone } from '#shared/lead/phone.ts';

const FIRST = 200;
const LAST = 999;
const LINES = ['0000', '1234', '9876'];

/** Over the exchanges that begin with 2 to 9: all are valid, none is, or it depends on the rest of the number. */
function judgeArea(area: number): 'all' | 'none' | 'some' {
  let valid = 0;
  for (let exchange = 200; exchange < 1_000; exchange++) {
    for (const line of LINES) if (isValidPhone(`+1${area}${exchange}${line}`)) valid++;
  }
  if (valid === 0) return 'none';
  return valid === 800 * LINES.length ? 'all' : 'some';
}

function toHex(bits: readonly boolean[]): string {
  let hex = '';
  for (let index = 0; index < bits.length; index += 4) {
    const nibble = [0, 1, 2, 3].reduce((sum, bit) => sum + (bits[index + bit] ? 1 << bit : 0), 0);
    hex += nibble.toString(16);
  }
  return hex;
}

const verdicts = Array.from({ length: LAST - FIRST + 1 }, (_, index) => judgeArea(FIRST + index));
console.log(`/**
 * Area codes of the +1 plan, made by test/support/generate-area-codes.ts from libphonenumber's metadata.
 * Bitmaps over 200 to 999, four codes a hexadecimal digit, the lowest first. They speak of numbers whose exchange begins
 * with 2 to 9.
 */

/** Every number of the area is valid. */
export const VALID_AREAS =
  '${toHex(verdicts.map((verdict) => verdict === 'all'))}';

/** No number of the area is valid. Areas in neither bitmap have valid and other numbers. */
export const UNUSED_AREAS =
  '${toHex(verdicts.map((verdict) => verdict === 'none'))}';`);
