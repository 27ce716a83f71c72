import { fail, ok, type Result } from '#shared/result.ts';
import { type GoogleFailure, googleFailure } from './google-failure.ts';
import type { GoogleSetup } from './google-setup.ts';

export const SHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets.readonly';
/** Reads the address of the account only: so that the screen can say whose sheets these are. */
export const EMAIL_SCOPE = 'https://www.googleapis.com/auth/userinfo.email';

/** A sign-in that was begun. It takes one answer; after that, or for another one, it is worth nothing. */
export type SignIn = {
  /** The page to open. */
  readonly url: string;
  readonly finish: (answer: string) => Result<SignedIn, GoogleFailure>;
};
export type SignedIn =
  | { readonly kind: 'token'; readonly accessToken: string; readonly expiresInMs: number }
  | { readonly kind: 'code'; readonly code: string; readonly codeVerifier: string };

export type SignInWish = {
  /** `token`: the implicit flow · `code`: with PKCE, for a server that holds the client's secret. */
  readonly flow: 'token' | 'code';
  readonly redirectUrl: string;
  /** Nobody is asked anything. */
  readonly silent: boolean;
  /** The account it should be, by its address. */
  readonly account: string | null;
  /** Lets the person choose among accounts. */
  readonly choose?: boolean;
  /** 32 random bytes, each time others. */
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>;
};

/** Begins a sign-in as https://developers.google.com/identity/protocols/oauth2/javascript-implicit-flow and RFC 7636 have it. */
export async function beginSignIn(setup: GoogleSetup, wish: SignInWish): Promise<SignIn> {
  const state = base64Url(wish.randomBytes(32));
  const codeVerifier = base64Url(wish.randomBytes(32));
  const url = new URL('/o/oauth2/v2/auth', setup.authUrl);
  const query: Readonly<Record<string, string>> = {
    client_id: setup.clientId,
    redirect_uri: wish.redirectUrl,
    response_type: wish.flow,
    scope: `${SHEETS_SCOPE} ${EMAIL_SCOPE}`,
    state,
    ...(wish.account === null ? {} : { login_hint: wish.account }),
    ...(wish.silent ? { prompt: 'none' } : wish.choose ? { prompt: 'select_account' } : {}),
    ...(wish.flow === 'code' ? { code_challenge: await challengeOf(codeVerifier), code_challenge_method: 'S256' } : {}),
  };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  let isOpen = true;
  return {
    url: url.href,
    finish: (answer) => {
      if (!isOpen) return fail(googleFailure('forged', { why: 'used' }));
      isOpen = false;
      return readAnswer(answer, { ...wish, state, codeVerifier, issuers: [setup.authUrl, ISSUER] });
    },
  };
}

/** What Google calls itself in `iss` (RFC 9207). */
const ISSUER = 'https://accounts.google.com';
/** Longer than any answer of Google's. */
const MAX_ANSWER = 8_192;

type Asked = Pick<SignInWish, 'flow' | 'redirectUrl'> & {
  readonly state: string;
  readonly codeVerifier: string;
  readonly issuers: readonly string[];
};

function readAnswer(answer: string, asked: Asked): Result<SignedIn, GoogleFailure> {
  const forged = (why: string) => fail(googleFailure('forged', { why }));
  if (answer.length > MAX_ANSWER || !URL.canParse(answer)) return forged('address');
  const url = new URL(answer);
  if (url.origin + url.pathname !== asked.redirectUrl || url.username !== '' || url.password !== '') return forged('redirect');
  // A token comes in the fragment and a code in the query; what comes at the other place was put there by somebody else.
  const inFragment = url.hash.replace(/^#/, '');
  const inQuery = url.search.replace(/^\?/, '');
  if ((asked.flow === 'token' ? inQuery : inFragment) !== '') return forged('place');
  const fields = new URLSearchParams(asked.flow === 'token' ? inFragment : inQuery);
  if (new Set(fields.keys()).size !== [...fields.keys()].length) return forged('repeated');
  if (fields.get('state') !== asked.state) return forged('state');
  const issuer = fields.get('iss');
  if (issuer !== null && !asked.issuers.includes(issuer)) return forged('issuer');
  const error = fields.get('error');
  if (error !== null) return fail(failureOfError(error));
  if (!grantsSheets(fields.get('scope'))) return fail(googleFailure('scopeRefused'));
  if (asked.flow === 'code') {
    const code = fields.get('code') ?? '';
    if (fields.has('access_token') || fields.has('id_token') || !isSecret(code)) return forged('code');
    return ok({ kind: 'code', code, codeVerifier: asked.codeVerifier });
  }
  const accessToken = fields.get('access_token') ?? '';
  const seconds = Number(fields.get('expires_in'));
  if (fields.has('code') || !isSecret(accessToken)) return forged('token');
  if (fields.get('token_type')?.toLowerCase() !== 'bearer' || !Number.isInteger(seconds) || seconds <= 0) return forged('token');
  return ok({ kind: 'token', accessToken, expiresInMs: seconds * 1_000 });
}

const ERRORS: ReadonlyMap<string, GoogleFailure['kind']> = new Map([
  ['access_denied', 'denied'],
  ['interaction_required', 'signInNeeded'],
  ['login_required', 'signInNeeded'],
  ['consent_required', 'signInNeeded'],
  ['account_selection_required', 'signInNeeded'],
  ['immediate_failed', 'signInNeeded'],
  ['admin_policy_enforced', 'blocked'],
  ['org_internal', 'blocked'],
  ['disallowed_useragent', 'blocked'],
  ['invalid_client', 'clientRefused'],
  ['unauthorized_client', 'clientRefused'],
  ['unsupported_response_type', 'clientRefused'],
  ['redirect_uri_mismatch', 'clientRefused'],
  ['invalid_request', 'clientRefused'],
  ['invalid_scope', 'clientRefused'],
  ['server_error', 'unreachable'],
  ['temporarily_unavailable', 'unreachable'],
]);

function failureOfError(error: string): GoogleFailure {
  return googleFailure(ERRORS.get(error) ?? 'clientRefused', { error: error.slice(0, 60) });
}

/** People may take a tick away on the consent page. Google names what was granted; where it does not, all was. */
export function grantsSheets(scope: string | null): boolean {
  return scope === null || scope.split(' ').includes(SHEETS_SCOPE);
}

/** What may stand in a token or a code: no blank, no line end that would end a header. */
function isSecret(text: string): boolean {
  return /^[A-Za-z0-9._~+/=-]{16,4096}$/.test(text);
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}
