import type { Result } from '#shared/result.ts';
import { fail } from '#shared/result.ts';
import type { GoogleFailure } from '../platform/google-failure.ts';
import type { GoogleSetup } from '../platform/google-setup.ts';
import type { GoogleTokens, TokenWish } from '../platform/google-token.ts';
import type { GoogleToken } from '../platform/google-token-store.ts';
import type { SheetTrouble } from './google-sheet.ts';

/** Why nobody is signed in, or why the sheet is not read. */
export type SheetTroubleOrGoogle = GoogleFailure | SheetTrouble | NoClient;
/** Whose word is missing: nobody is paired · the server does not answer · the server has no client id. */
export type NoClient = { readonly kind: 'notPaired' | 'noServer' | 'noClient'; readonly retry: 'never' | 'now' };

/** What opens the Sheets API: a token, where the API is, and whose token it is. */
export type SheetKey = { readonly apiUrl: string; readonly accessToken: string; readonly account: string | null };

export type SignInParts = {
  /** How to sign in, from the workspace. */
  readonly setup: () => Promise<Result<GoogleSetup, SheetTroubleOrGoogle>>;
  readonly tokens: Pick<GoogleTokens, 'get' | 'refused'>;
};

/**
 * Does something with a sign-in. A token that Google no longer takes is renewed without asking, once; where that is not
 * possible the failure says whether it ran out or was taken back. `onSignedIn` is told before the work begins.
 */
export async function withSignIn<T>(
  { setup, tokens }: SignInParts,
  wish: TokenWish,
  work: (key: SheetKey) => Promise<Result<T, SheetTroubleOrGoogle>>,
): Promise<Result<T, SheetTroubleOrGoogle>> {
  const how = await setup();
  if (!how.ok) return how;
  const token = await tokens.get(how.value, wish);
  if (!token.ok) return token;
  const done = await work(keyOf(how.value, token.value));
  if (done.ok || done.error.kind !== 'signedOut') return done;
  const why = await tokens.refused(token.value);
  const again = await tokens.get(how.value, { interactive: false, account: token.value.account });
  return again.ok ? work(keyOf(how.value, again.value)) : fail(why);
}

function keyOf({ apiUrl }: GoogleSetup, { accessToken, account }: GoogleToken): SheetKey {
  return { apiUrl, accessToken, account };
}
