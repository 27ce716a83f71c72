import { createHash, randomBytes } from 'node:crypto';

/** An OAuth client as the operator made it in Google's console, kind "Web application". */
export type FakeClient = { readonly id: string; readonly secret: string; readonly redirects: readonly string[] };
/** An account that is signed in to the browser; `consents` = it has said yes before. */
export type FakeAccount = { readonly email: string; consents: boolean };
type Grant = { readonly email: string; readonly scopes: readonly string[]; readonly clientId: string; readonly endsAt: number };
type Code = Grant & { readonly redirect: string; readonly challenge: string | null; isUsed: boolean };

export type FakeAuth = {
  readonly answer: (request: Request) => Promise<Response>;
  readonly accounts: FakeAccount[];
  /** What the person does on the consent page: `page` shows it, for a test with a real browser. */
  person: 'allows' | 'denies' | 'page';
  readonly tokens: Map<string, Grant>;
  /** A token outside any sign-in. */
  readonly grant: (email: string, scopes?: readonly string[]) => string;
  readonly requests: string[];
};

export const SHEETS_SCOPE = 'https://www.googleapis.com/auth/spreadsheets.readonly';
export const EMAIL_SCOPE = 'https://www.googleapis.com/auth/userinfo.email';
const ISSUER = 'https://accounts.google.com';
const TOKEN_SECONDS = 3599;

/**
 * Google's authorization server as far as an installed page meets it: what it refuses on a page of its own (an unknown
 * client, another redirect), what it answers to the redirect (denied, prompt=none without a session), and that a code of
 * a web client is worth nothing without the client's secret, PKCE or not.
 */
export function makeFakeAuth(client: FakeClient, emails: readonly string[], now: () => number = Date.now): FakeAuth {
  const codes = new Map<string, Code>();
  const auth: FakeAuth = {
    accounts: emails.map((email) => ({ email, consents: false })),
    person: 'allows',
    tokens: new Map(),
    requests: [],
    grant: (email, scopes = [SHEETS_SCOPE, EMAIL_SCOPE]) => makeToken({ email, scopes, clientId: client.id }),
    answer: async (request) => {
      const url = new URL(request.url);
      auth.requests.push(`${request.method} ${url.pathname}`);
      if (url.pathname === '/o/oauth2/v2/auth') return authorize(url.searchParams);
      const form = request.method === 'POST' ? new URLSearchParams(await request.text()) : url.searchParams;
      if (url.pathname === '/token' && request.method === 'POST') return exchange(form);
      if (url.pathname === '/tokeninfo') return tokenInfo(form.get('access_token') ?? '');
      if (url.pathname === '/revoke' && request.method === 'POST') return revoke(form.get('token') ?? '');
      return new Response('Not found', { status: 404 });
    },
  };

  function makeToken({ email, scopes, clientId }: Pick<Grant, 'email' | 'scopes' | 'clientId'>): string {
    const token = `ya29.${randomBytes(48).toString('base64url')}`;
    auth.tokens.set(token, { email, scopes, clientId, endsAt: now() + TOKEN_SECONDS * 1_000 });
    return token;
  }

  function authorize(query: URLSearchParams): Response {
    const redirect = query.get('redirect_uri') ?? '';
    const type = query.get('response_type') ?? '';
    if (query.get('client_id') !== client.id) return page(401, 'invalid_client', 'The OAuth client was not found.');
    if (!client.redirects.includes(redirect))
      return page(400, 'redirect_uri_mismatch', `The redirect URI in the request, ${redirect}, does not match.`);
    if (type !== 'token' && type !== 'code') return page(400, 'unsupported_response_type', 'Invalid response_type');
    const scopes = (query.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    if (scopes.length === 0) return page(400, 'invalid_request', 'Missing required parameter: scope');
    const back = (answer: Readonly<Record<string, string>>) => {
      const state = query.get('state');
      const fields = new URLSearchParams({ ...(state === null ? {} : { state }), ...answer });
      return Response.redirect(`${redirect}${type === 'token' ? '#' : '?'}${fields}`, 302);
    };
    const hint = query.get('login_hint');
    const account =
      auth.accounts.find(({ email }) => email === hint) ?? (hint !== null && query.get('prompt') === 'none' ? null : auth.accounts[0]);
    const isSilent = query.get('prompt') === 'none';
    if (isSilent && !account?.consents) return back({ error: 'interaction_required', error_subtype: 'access_denied' });
    if (!account) return page(200, 'sign_in', 'Choose an account');
    const choice = query.get('fake_choice') ?? auth.person;
    if (!isSilent && !account.consents && choice === 'page') return consentPage(query, account.email);
    if (!isSilent && choice === 'denies') return back({ error: 'access_denied' });
    account.consents = true;
    const grant = { email: account.email, scopes, clientId: client.id };
    const rest = { scope: scopes.join(' '), authuser: '0', prompt: isSilent ? 'none' : 'consent' };
    if (type === 'token') return back({ access_token: makeToken(grant), token_type: 'Bearer', expires_in: String(TOKEN_SECONDS), ...rest });
    const code = `4/0A${randomBytes(32).toString('base64url')}`;
    codes.set(code, { ...grant, endsAt: now() + 600_000, redirect, challenge: query.get('code_challenge'), isUsed: false });
    return back({ iss: ISSUER, code, ...rest });
  }

  function exchange(form: URLSearchParams): Response {
    const refuse = (status: number, error: string, text: string) => Response.json({ error, error_description: text }, { status });
    if (form.get('grant_type') !== 'authorization_code') return refuse(400, 'unsupported_grant_type', 'Invalid grant_type');
    if (form.get('client_id') !== client.id) return refuse(401, 'invalid_client', 'The OAuth client was not found.');
    if (!form.get('client_secret')) return refuse(400, 'invalid_request', 'client_secret is missing.');
    if (form.get('client_secret') !== client.secret) return refuse(401, 'invalid_client', 'Unauthorized');
    const code = codes.get(form.get('code') ?? '');
    if (!code) return refuse(400, 'invalid_grant', 'Malformed auth code.');
    if (code.isUsed || code.endsAt < now()) return refuse(400, 'invalid_grant', 'Bad Request');
    if (code.redirect !== form.get('redirect_uri')) return refuse(400, 'redirect_uri_mismatch', 'Bad Request');
    const verifier = form.get('code_verifier');
    if (code.challenge !== null && verifier === null) return refuse(400, 'invalid_grant', 'Missing code verifier.');
    if (
      code.challenge !== null &&
      createHash('sha256')
        .update(verifier ?? '')
        .digest('base64url') !== code.challenge
    )
      return refuse(400, 'invalid_grant', 'Invalid code verifier.');
    code.isUsed = true;
    return Response.json({ access_token: makeToken(code), expires_in: TOKEN_SECONDS, scope: code.scopes.join(' '), token_type: 'Bearer' });
  }

  function tokenInfo(token: string): Response {
    const grant = auth.tokens.get(token);
    if (!grant || grant.endsAt < now())
      return Response.json({ error: 'invalid_token', error_description: 'Invalid Value' }, { status: 400 });
    const { email, scopes, clientId, endsAt } = grant;
    return Response.json({
      azp: clientId,
      aud: clientId,
      sub: createHash('sha256').update(email).digest('hex').slice(0, 21),
      scope: scopes.join(' '),
      exp: String(Math.floor(endsAt / 1_000)),
      expires_in: String(Math.floor((endsAt - now()) / 1_000)),
      ...(scopes.includes(EMAIL_SCOPE) ? { email, email_verified: 'true' } : {}),
      access_type: 'online',
    });
  }

  function revoke(token: string): Response {
    return auth.tokens.delete(token) ? Response.json({}) : Response.json({ error: 'invalid_token' }, { status: 400 });
  }
  return auth;
}

function page(status: number, error: string, text: string): Response {
  return html(status, `<title>Demo, no real account</title><h1>Error ${status}: ${error}</h1><p>${escapeHtml(text)}`);
}

function consentPage(query: URLSearchParams, email: string): Response {
  const link = (choice: string, label: string) => {
    const again = new URLSearchParams(query);
    again.set('fake_choice', choice);
    return `<p><a id="${choice}" href="/o/oauth2/v2/auth?${escapeHtml(again.toString())}">${label}</a>`;
  };
  const text = `<h1>Demo, no real account</h1><p>Leadline wants to see the spreadsheets of ${escapeHtml(email)}.`;
  return html(200, `<title>Sign in - Demo, no real account</title>${text}${link('allows', 'Allow')}${link('denies', 'Deny')}`);
}

function html(status: number, body: string): Response {
  return new Response(`<!doctype html><meta charset="utf-8">${body}`, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
