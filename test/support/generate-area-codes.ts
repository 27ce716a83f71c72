/**
 * Writes shared/lead/area-codes.generated.ts from libphonenumber's metadata:
 *   node test/support/generate-area-codes.ts > shared/lead/area-codes.generated.ts
 * To be run when the library's version changes; the parity test in test/shared/lead says so.
 */
import { isValidPhone } from '#shared/lead/phone.ts';

const FIRST = 200;
const LAST = 999;
const LINES = ['0000', '1234', '9876'];

/** all: valid for every exchange from 200 on and for none before · none: never valid · some: it depends */
function judgeArea(area: number): 'all' | 'none' | 'some' {
  let valid = 0;
  let asExpected = 0;
  for (let exchange = 0; exchange < 1_000; exchange++) {
    for (const line of LINES) {
      const isValid = isValidPhone(`+1${area}${String(exchange).padStart(3, '0')}${line}`);
      if (isValid) valid++;
      if (isValid === exchange >= 200) asExpected++;
    }
  }
  if (valid === 0) return 'none';
  return asExpected === 1_000 * LINES.length ? 'all' : 'some';
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
 * Bitmaps over 200 to 999, four codes a hexadecimal digit, the lowest first.
 */

/** Every number of the area whose exchange begins with 2 to 9 is valid. */
export const VALID_AREAS =
  '${toHex(verdicts.map((verdict) => verdict === 'all'))}';

/** The area code and the exchange's first digit decide; elsewhere the whole number does. */
export const DECIDED_AREAS =
  '${toHex(verdicts.map((verdict) => verdict !== 'some'))}';`);
