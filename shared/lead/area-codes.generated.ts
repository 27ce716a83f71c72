/**
 * Area codes of the +1 plan, made by test/support/generate-area-codes.ts from libphonenumber's metadata.
 * Bitmaps over 200 to 999, four codes a hexadecimal digit, the lowest first.
 */

/** Every number of the area whose exchange begins with 2 to 9 is valid. */
export const VALID_AREAS =
  'ef7ff9fbc910f73d8679a0200ef7ffbfe5bacc70bb30056000ef7ff83dd6da504817dc11000ff7ff7ef783190aedcfa7f100ff7ffd4f293ec0b78214f4200ef3ff1fd56d8162d2efc76000ef5ff36dbc9b5cfdf43e00100ff7ff12f47fab5900cbc17200';

/** The area code and the exchange's first digit decide; elsewhere the whole number does. */
export const DECIDED_AREAS =
  'ffffffffffbbffffeefffefffffffffffffedfffffffffffffffffffffffdfffffffdfffffffffff7effffffffffffffffffffffffffffffdfbfe3fffeffffffffdffffffffbf7ffff6fffefdffffdffffdffffcfeffffffffffffff7ffffffffff7ffff';
