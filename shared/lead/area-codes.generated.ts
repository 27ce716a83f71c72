/**
 * Area codes of the +1 plan, made by test/support/generate-area-codes.ts from libphonenumber's metadata.
 * Bitmaps over 200 to 999, four codes a hexadecimal digit, the lowest first. They speak of numbers whose exchange begins
 * with 2 to 9.
 */

/** Every number of the area is valid. */
export const VALID_AREAS =
  'ef7ff9fbc954f73d9779a1200ef7ffbfe5bbec70bb30056000ef7ff83dd6fa504817fc11000ff7ff7ef783190aedcfa7f100ff7ffd4f293ee0f79e14f5200ef3ff1fd56d8166daefc7f000ff7ff36fbc9b7cfdf73f00100ff7ff12f4ffab5900cbc17200';

/** No number of the area is valid. Areas in neither bitmap have valid and other numbers. */
export const UNUSED_AREAS =
  '1080060436ab08c268865edff10800401a44138f44cffa9fff108007c22905afb7e803eefff0080000087ce6f51230580eff008002b0d6c11f0861eb0adff10c00c02a927e992510380fff00800c904364830208c0ffeff00800ed0b0054a6ff34368dff';
