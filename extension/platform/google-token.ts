import type { BodyOf } from '#shared/api/contract.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type GoogleFailure, googleFailure } from './google-failure.ts';
import type { Identity } from './google-identity.ts';
import type { GoogleSetup } from './google-setup.ts';
import { beginSignIn, grantsSheets, type SignedIn } from './google-sign-in.ts';
import type { GoogleToken, TokenStore } from './google-token-store.ts';

export type GoogleTokenParts = {
  readonly identity: Identity;
  readonly store: TokenStore;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>;
  /** `POST /api/google/token` of the paired server. */
  readonly exchange: (
    body: BodyOf<'googleToken'>,
  ) => Promise<Result<{ readonly accessToken: string; readonly expiresIn: number }, GoogleFailure>>;
};
export type TokenWish = {
  /** The person may be asked. Never from an alarm. */
  readonly interactive: boolean;
  /** The account it has to be; null = the one of the last time, or any. */
  readonly account?: string | null;
  /** Shows the accounts to choose from, whoever is signed in. */
  readonly choose?: boolean;
};

export type GoogleTokens = {
  /** A token that is good for at least a minute, by the least that is needed: the kept one, a silent renewal, the person. */
  readonly get: (setup: GoogleSetup | null, wish: TokenWish) => Promise<Result<GoogleToken, GoogleFailure>>;
  /** Google did not take this token: it is forgotten. Says which of the two it was. */
  readonly refused: (token: GoogleToken) => Promise<GoogleFailure>;
  /** Gives the token back to Google and forgets the account. */
  readonly signOut: (setup: GoogleSetup | null) => Promise<void>;
};

/** A token is renewed this long before it ends. */
const SPARE_MS = 60_000;
const ASK_MS = 15_000;

/** Signing in to Google, read-only. Sign-ins run one after another: a second question waits for the first one's answer. */
export function googleTokens(parts: GoogleTokenParts): GoogleTokens {
  const { identity, store, now } = parts;
  let last: Promise<unknown> = Promise.resolve();

  async function get(setup: GoogleSetup | null, wish: TokenWish): Promise<Result<GoogleToken, GoogleFailure>> {
    if (!setup) return fail(googleFailure('noClient'));
    const wanted = wish.choose ? null : (wish.account ?? (await store.readAccount()));
    const kept = wish.choose ? null : await keptToken(setup, wish.account ?? null);
    if (kept) return ok(kept);
    const fromProfile = wish.choose ? null : await tryProfile(setup, wish, wanted);
    if (fromProfile) return keep(fromProfile);
    const silent = wanted === null ? fail(googleFailure('signInNeeded')) : await signIn(setup, { silent: true, account: wanted });
    // What Google says about the client or the line, it would say to the person as well.
    const mayAsk = wish.interactive && !silent.ok && silent.error.retry === 'reconnect';
    const choose = wish.choose ? { choose: true } : {};
    const got = mayAsk ? await signIn(setup, { silent: false, account: wanted, ...choose }) : silent;
    if (!got.ok) return got;
    const { account } = got.value;
    // Whoever asked for an account gets no other; the last one is only a hint.
    if (wish.account && account !== null && account.toLowerCase() !== wish.account.toLowerCase())
      return fail(googleFailure('wrongAccount', { wanted: wish.account, got: account }));
    return keep(got.value);
  }

  async function keptToken({ clientId }: GoogleSetup, account: string | null): Promise<GoogleToken | null> {
    const token = await store.read();
    const isOurs = token?.clientId === clientId || (token !== null && token.clientId === identity.profileClient);
    const isGood = token && isOurs && token.expiresAt - SPARE_MS > now();
    return isGood && (account === null || token.account === account) ? token : null;
  }

  async function keep(token: GoogleToken): Promise<Result<GoogleToken, GoogleFailure>> {
    await store.write(token);
    if (token.account !== null) await store.writeAccount(token.account);
    return ok(token);
  }

  /** Signed in to Chrome with the account that is wanted: no window opens. Anything else is for the usual way. */
  async function tryProfile(setup: GoogleSetup, { interactive }: TokenWish, wanted: string | null): Promise<GoogleToken | null> {
    if (!identity.profileToken) return null;
    const token = (await identity.profileToken(true)) ?? (interactive ? await identity.profileToken(false) : null);
    if (token === null) return null;
    const seen = await lookAt({ ...setup, clientId: identity.profileClient ?? setup.clientId }, token);
    return seen.ok && (wanted === null || seen.value.account === wanted) ? seen.value : null;
  }

  async function signIn(
    setup: GoogleSetup,
    how: { readonly silent: boolean; readonly account: string | null; readonly choose?: boolean },
  ): Promise<Result<GoogleToken, GoogleFailure>> {
    const redirectUrl = identity.redirectUrl();
    const flow = setup.hasSecret ? 'code' : 'token';
    const begun = await beginSignIn(setup, { ...how, flow, redirectUrl, randomBytes: parts.randomBytes });
    const answer = await identity.launch(begun.url, how.silent);
    if (!answer.ok) return answer;
    const signedIn = begun.finish(answer.value);
    if (!signedIn.ok) return signedIn;
    const token = await toAccessToken(signedIn.value, redirectUrl);
    return token.ok ? lookAt(setup, token.value) : token;
  }

  async function toAccessToken(signedIn: SignedIn, redirectUri: string): Promise<Result<string, GoogleFailure>> {
    if (signedIn.kind === 'token') return ok(signedIn.accessToken);
    const { code, codeVerifier } = signedIn;
    const exchanged = await parts.exchange({ code, codeVerifier, redirectUri });
    return exchanged.ok ? ok(exchanged.value.accessToken) : exchanged;
  }

  /** Whom a token was given to, by Google's own word (RFC 6749, 10.16): one of another client is not ours to use. */
  async function lookAt(setup: GoogleSetup, accessToken: string): Promise<Result<GoogleToken, GoogleFailure>> {
    const answer = await post(`${setup.tokenUrl}/tokeninfo`, { access_token: accessToken });
    if (!answer.ok) return answer;
    const { aud, scope, expires_in: seconds, email } = answer.value;
    if (aud !== setup.clientId) return fail(googleFailure('forged', { why: 'audience' }));
    if (typeof scope !== 'string' || !grantsSheets(scope)) return fail(googleFailure('scopeRefused'));
    const expiresAt = now() + Number(seconds) * 1_000;
    if (!(expiresAt > now())) return fail(googleFailure('expired'));
    return ok({ accessToken, expiresAt, account: typeof email === 'string' ? email : null, clientId: setup.clientId });
  }

  async function post(url: string, form: Readonly<Record<string, string>>): Promise<Result<Fields, GoogleFailure>> {
    try {
      const response = await parts.fetch(url, {
        method: 'POST',
        body: new URLSearchParams(form),
        signal: AbortSignal.timeout(ASK_MS),
        credentials: 'omit',
        cache: 'no-store',
        redirect: 'error',
        referrerPolicy: 'no-referrer',
      });
      if (response.status >= 500) return fail(googleFailure('unreachable'));
      // Google says "Invalid Value" of a token it does not know, or no longer.
      if (!response.ok) return fail(googleFailure('revoked'));
      const body: unknown = await response.json();
      return ok(typeof body === 'object' && body !== null ? (body as Fields) : {}); // every field is looked at before use
    } catch (error) {
      return fail(googleFailure(error instanceof DOMException && error.name === 'TimeoutError' ? 'timedOut' : 'unreachable'));
    }
  }

  return {
    get: (setup, wish) => {
      const next = last.then(() => get(setup, wish));
      last = next.catch(() => {});
      return next;
    },
    refused: async ({ accessToken, expiresAt }) => {
      if ((await store.read())?.accessToken === accessToken) await store.write(null);
      await identity.dropProfileToken(accessToken);
      return googleFailure(expiresAt <= now() ? 'expired' : 'revoked');
    },
    signOut: async (setup) => {
      const token = await store.read();
      await store.write(null);
      await store.writeAccount(null);
      if (!token) return;
      await identity.dropProfileToken(token.accessToken);
      if (setup) await post(`${setup.tokenUrl}/revoke`, { token: token.accessToken });
    },
  };
}

type Fields = { readonly [name: string]: unknown };
