import * as z from 'zod/mini';
import { importOptions } from './preview.ts';

/** A token or a code: no blank and no line end, which would end a header. */
const secret = z.string().check(z.regex(/^[\x21-\x7e]{1,4096}$/, 'a token without blanks'));

/** POST /api/imports/google-sheets */
export const sheetImportBody = z.extend(
  z.omit(importOptions, { encoding: true, delimiter: true, quote: true, sheet: true, fileName: true }),
  {
    /** Of Google, for reading sheets. It is used for this call and then forgotten. */
    accessToken: secret,
    /** The id, or any address of the sheet. */
    spreadsheetId: z.string().check(z.minLength(1), z.maxLength(2_000)),
    /** The tab; else the one of the address, else the first. */
    sheetName: z.exactOptional(z.string().check(z.maxLength(200))),
    /** A1 notation, as B2:F40; the whole tab unless given. */
    range: z.exactOptional(z.string().check(z.maxLength(60))),
  },
);
export type SheetImportBody = z.infer<typeof sheetImportBody>;

/** POST /api/google/token */
export const googleTokenBody = z.object({
  code: secret,
  codeVerifier: z.string().check(z.regex(/^[A-Za-z0-9._~-]{43,128}$/, 'a verifier of RFC 7636')),
  redirectUri: z.string().check(z.maxLength(300)),
});
/** `expiresIn` in seconds. */
export const googleTokenAnswer = z.object({ accessToken: z.string(), expiresIn: z.int(), scope: z.nullable(z.string()) });
export type GoogleTokenAnswer = z.infer<typeof googleTokenAnswer>;
