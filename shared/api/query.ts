import * as z from 'zod/mini';
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from '../limits.ts';

/** Values of a query are texts; these read them. */

/** A whole number written in digits. */
export function wholeNumber(least: number, most: number) {
  const expected = `a whole number from ${least} to ${most}`;
  return z.pipe(
    z.string().check(z.regex(/^\d{1,9}$/, expected)),
    z.pipe(
      z.transform((text: string) => Number(text)),
      z.int().check(z.minimum(least, expected), z.maximum(most, expected)),
    ),
  );
}

/** true, false, 1 or 0. */
export const yesNo = z.pipe(
  z.enum(['true', 'false', '1', '0'], 'true or false'),
  z.transform((text) => text === 'true' || text === '1'),
);

/** Page by page: `cursor` is the `nextCursor` of the page before. */
export const page = {
  cursor: z.exactOptional(z.string().check(z.maxLength(500))),
  limit: z._default(wholeNumber(1, MAX_PAGE_SIZE), DEFAULT_PAGE_SIZE),
};
