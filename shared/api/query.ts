import * as z from 'zod/mini';

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
