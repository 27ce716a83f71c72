import { createHash } from 'node:crypto';
import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';
import { askVendor, type VendorAnswer } from './ask-vendor.ts';
import type { OAuthClient, OAuthProvider, OAuthTokens } from './oauth-provider.ts';

/** The OAuth 2.0 client (RFC 6749, 7636, 7009, 9700) for every CRM: code with PKCE S256, refresh, revocation. */

export type AuthorizeInput = {
  readonly client: OAuthClient;
  readonly loginHost: string | null;
  readonly redirectUrl: string;
  readonly state: string;
  readonly verifier: string;
};

/** Where a person says yes. */
export function authorizeUrl(oauth: OAuthProvider, input: AuthorizeInput): string {
  const query = new URLSearchParams({
    client_id: input.client.id,
    redirect_uri: input.redirectUrl,
    response_type: 'code',
    scope: oauth.scopes.needed.join(' '),
    state: input.state,
    code_challenge: createHash('sha256').update(input.verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...oauth.authorizeExtras,
  });
  return `${oauth.endpoints(input.loginHost).authorize}?${query}`;
}

/** Trades the code that came back; only with the verifier and the redirect it was asked for. */
export async function exchangeCode(
  oauth: OAuthProvider,
  input: Omit<AuthorizeInput, 'state'> & { readonly code: string },
): Promise<CrmResult<OAuthTokens>> {
  const { code, verifier, redirectUrl, client, loginHost } = input;
  const grant = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirectUrl };
  return askForTokens(oauth, loginHost, { ...grant, ...credentials(client) });
}

/** New tokens for a refresh token. What is lost on the way is `transient`, even if the CRM has carried it out. */
export async function refreshTokens(
  oauth: OAuthProvider,
  client: OAuthClient,
  loginHost: string | null,
  refreshToken: string,
): Promise<CrmResult<OAuthTokens>> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  return askForTokens(oauth, loginHost, { ...grant, ...credentials(client) });
}

/** Ends a grant at the CRM: true when it says that the token is worth nothing now. */
export async function revokeToken(
  oauth: OAuthProvider,
  client: OAuthClient,
  loginHost: string | null,
  refreshToken: string,
): Promise<boolean> {
  const form = { token: refreshToken, token_type_hint: 'refresh_token', ...credentials(client) };
  const answer = await askVendor(oauth.endpoints(loginHost).revoke, post(form));
  if (!answer.ok) return false;
  const { status, fields } = answer.value;
  return status < 300 || (status < 500 && GONE_ALREADY.some((code) => [fields.get('status'), fields.get('error')].includes(code)));
}
/** What is gone already is gone, too. Salesforce knows these two errors alone, and answers either to a token it no longer has. */
const GONE_ALREADY = ['BAD_REFRESH_TOKEN', 'invalid_token', 'unsupported_token_type'];

/** Says whether an issuer that came back (RFC 9207) is the server that was asked. */
export function isIssuerOf(oauth: OAuthProvider, loginHost: string | null, issuer: string): boolean {
  const { authorize, token } = oauth.endpoints(loginHost);
  return [authorize, token].some((url) => URL.parse(issuer)?.origin === new URL(url).origin);
}

/** Codes that say: this grant is over, and asking again never helps. */
const GRANT_IS_OVER = ['invalid_grant', 'BAD_REFRESH_TOKEN', 'BAD_AUTH_CODE', 'MISMATCH_REDIRECT_URI_AUTH_CODE', 'BAD_CODE_VERIFIER'];
/** Codes that say: the operator's client is not right. */
const CLIENT_IS_WRONG = ['invalid_client', 'unauthorized_client', 'invalid_client_id', 'BAD_CLIENT_ID', 'BAD_CLIENT_SECRET'];

/** Says whether a person has to authorize again. */
export function isGrantOver(failure: CrmFailure): boolean {
  return GRANT_IS_OVER.includes(failure.code);
}

/** Says whether tokens were refused so that asking again never helps: the grant is over, or the CRM says why else it lets nobody in. */
export function isRefusedForGood(failure: CrmFailure): boolean {
  return isGrantOver(failure) || (failure.kind === 'bug' && REFUSAL.test(failure.code));
}

/** Says whether the operator's client id or secret is wrong: signing in again does not help. */
export function isClientWrong(failure: CrmFailure): boolean {
  return CLIENT_IS_WRONG.includes(failure.code);
}

async function askForTokens(oauth: OAuthProvider, loginHost: string | null, form: Record<string, string>): Promise<CrmResult<OAuthTokens>> {
  const answer = await askVendor(oauth.endpoints(loginHost).token, post(form));
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return fail(toFailure(answer.value));
  const tokens = readTokens(answer.value.fields);
  return tokens ? ok(tokens) : fail({ kind: 'bug', code: 'UNREADABLE', message: 'the answer holds no tokens' });
}

const TOKEN = /^[\x21-\x7e]{1,8192}$/;

function readTokens(fields: ReadonlyMap<string, unknown>): OAuthTokens | null {
  const text = (name: string) => {
    const value = fields.get(name);
    return typeof value === 'string' && TOKEN.test(value) ? value : null;
  };
  const accessToken = text('access_token');
  if (accessToken === null || !/^bearer$/i.test(text('token_type') ?? '')) return null;
  const seconds = Number(fields.get('expires_in'));
  const scopes = fields.get('scopes') ?? fields.get('scope');
  return {
    accessToken,
    refreshToken: text('refresh_token'),
    lifeMs: seconds > 0 ? seconds * 1_000 : null,
    instanceUrl: text('instance_url'),
    scopes:
      typeof scopes === 'string' ? scopes.split(/[ ,]+/) : Array.isArray(scopes) ? scopes.filter((one) => typeof one === 'string') : null,
    fields,
  };
}

/** What went wrong, in our own words: a vendor may quote the token it refuses. */
function toFailure(answer: VendorAnswer): CrmFailure {
  const { status, retryAfterMs } = answer;
  const code = codeOf(answer) ?? refusalOf(answer) ?? `HTTP_${status}`;
  const message = `the token endpoint answered ${status}`;
  const wait = retryAfterMs === null ? {} : { retryAfterMs };
  if (status === 429) return { kind: 'rate_burst', code, message, ...wait };
  if (status >= 500) return { kind: 'transient', code, message, ...wait };
  const isKnown = GRANT_IS_OVER.includes(code) || CLIENT_IS_WRONG.includes(code);
  return { kind: isKnown ? 'auth' : 'bug', code, message };
}

function codeOf({ fields }: VendorAnswer): string | null {
  const known = [...GRANT_IS_OVER, ...CLIENT_IS_WRONG];
  const given = [fields.get('status'), fields.get('error')];
  return known.find((code) => given.includes(code)) ?? null;
}

/** As RFC 6749 (5.2) words them, `inactive_user`, and as Salesforce words some: `OAUTH_APP_ACCESS_DENIED`. */
const REFUSAL = /^(?:[a-z]{2,}(?:_[a-z]{2,}){0,6}|OAUTH(?:_[A-Z]{2,}){1,6})$/;
const PASSING = ['temporarily_unavailable', 'server_error', 'slow_down', 'unknown_error', 'request_limit_exceeded'];

/** Why a client that is right is let nowhere, in the CRM's own code; null where it does not say, or where that passes. */
function refusalOf({ status, fields }: VendorAnswer): string | null {
  const error = fields.get('error');
  const isOne = typeof error === 'string' && error.length <= 60 && REFUSAL.test(error) && !PASSING.includes(error);
  return isOne && (status === 400 || status === 401 || status === 403) ? error : null;
}

function credentials({ id, secret }: OAuthClient) {
  return { client_id: id, client_secret: secret };
}

function post(form: Record<string, string>): RequestInit {
  return { method: 'POST', body: new URLSearchParams(form), headers: { Accept: 'application/json' } };
}
