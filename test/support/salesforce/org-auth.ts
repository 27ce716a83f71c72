import { createHash, randomBytes } from 'node:crypto';
import { OrgError } from './org-errors.ts';

export type OrgGrant = { readonly refreshToken: string; readonly clientId: string; revoked: boolean };
/** The app of the org and what people do with it. */
export type OrgAuth = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** An app that was made in a sandbox: it opens that one, and no other does. */
  readonly sandbox: { readonly clientId: string; readonly clientSecret: string; readonly orgId: string };
  readonly redirects: Set<string>;
  /** Each refresh gives a new refresh token and ends the old one. */
  rotates: boolean;
  tokenLifeMs: number;
  /** What the consent page answers. */
  consent: 'allow' | 'deny' | 'ask';
  /** The org lives elsewhere from the next token on. */
  instanceUrl: string;
  readonly calls: string[];
  /** All access tokens end now. */
  readonly expireSessions: () => void;
  readonly revokeAll: () => void;
  readonly issue: () => { readonly accessToken: string; readonly refreshToken: string };
  readonly isGood: (accessToken: string) => boolean;
  readonly answer: (request: Request, url: URL) => Promise<Response>;
};

const draw = (prefix: string) => `${prefix}${randomBytes(18).toString('base64url')}`;
const oauthError = (status: number, error: string, text: string) => new OrgError(status, { error, error_description: text });

export function makeOrgAuth(orgId: string, now: () => number, instanceUrl: () => string): OrgAuth {
  const codes = new Map<string, { readonly redirect: string; readonly challenge: string; readonly clientId: string }>();
  const grants = new Map<string, OrgGrant>();
  const sessions = new Map<string, { readonly endsAt: number; readonly refreshToken: string }>();

  const secretOf = (clientId: string) =>
    new Map([
      [auth.clientId, auth.clientSecret],
      [auth.sandbox.clientId, auth.sandbox.clientSecret],
    ]).get(clientId);

  function grant(refreshToken: string) {
    const accessToken = draw(`${orgId}!`);
    sessions.set(accessToken, { endsAt: now() + auth.tokenLifeMs, refreshToken });
    return accessToken;
  }

  function authorize(url: URL): Response {
    const value = (name: string) => url.searchParams.get(name) ?? '';
    if (secretOf(value('client_id')) === undefined) throw oauthError(400, 'invalid_client_id', 'client identifier invalid');
    if (!auth.redirects.has(value('redirect_uri'))) throw oauthError(400, 'redirect_uri_mismatch', 'redirect_uri must match configuration');
    if (value('response_type') !== 'code') throw oauthError(400, 'unsupported_response_type', 'response type not supported');
    const back = new URL(value('redirect_uri'));
    back.searchParams.set('state', value('state'));
    if (value('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(value('code_challenge'))) {
      back.searchParams.set('error', 'invalid_request');
      back.searchParams.set('error_description', 'missing required code challenge');
      return Response.redirect(back, 302);
    }
    if (auth.consent === 'ask' && url.searchParams.get('decided') === null) return consentPage(url);
    if (auth.consent === 'deny' || url.searchParams.get('decided') === 'no') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'end-user denied authorization');
      return Response.redirect(back, 302);
    }
    const code = draw('aPrx');
    codes.set(code, { redirect: value('redirect_uri'), challenge: value('code_challenge'), clientId: value('client_id') });
    back.searchParams.set('code', code);
    return Response.redirect(back, 302);
  }

  async function token(request: Request): Promise<Response> {
    const form = new URLSearchParams(await request.text());
    const value = (name: string) => form.get(name) ?? '';
    auth.calls.push(value('grant_type'));
    if (secretOf(value('client_id')) === undefined) throw oauthError(400, 'invalid_client_id', 'client identifier invalid');
    if (value('client_secret') !== secretOf(value('client_id'))) throw oauthError(400, 'invalid_client', 'invalid client credentials');
    if (value('grant_type') === 'authorization_code') {
      const code = codes.get(value('code'));
      codes.delete(value('code'));
      if (!code || code.clientId !== value('client_id')) throw oauthError(400, 'invalid_grant', 'expired authorization code');
      if (code.redirect !== value('redirect_uri')) throw oauthError(400, 'redirect_uri_mismatch', 'redirect_uri must match configuration');
      const verifier = value('code_verifier');
      if (!/^[\w.~-]{43,128}$/.test(verifier) || createHash('sha256').update(verifier).digest('base64url') !== code.challenge)
        throw oauthError(400, 'invalid_grant', 'invalid code verifier');
      return answer(true, value('client_id'));
    }
    if (value('grant_type') !== 'refresh_token') throw oauthError(400, 'unsupported_grant_type', 'grant type not supported');
    const known = grants.get(value('refresh_token'));
    if (!known || known.revoked || known.clientId !== value('client_id'))
      throw oauthError(400, 'invalid_grant', 'expired access/refresh token');
    if (auth.rotates) known.revoked = true;
    return answer(auth.rotates, known.clientId, known.refreshToken);
  }

  function answer(withRefresh: boolean, clientId: string, refreshToken = draw('5Aep')): Response {
    const refresh = withRefresh ? draw('5Aep') : refreshToken;
    if (!grants.has(refresh)) grants.set(refresh, { refreshToken: refresh, clientId, revoked: false });
    const accessToken = grant(refresh);
    const id = `https://login.salesforce.com/id/${clientId === auth.sandbox.clientId ? auth.sandbox.orgId : orgId}/005000000000001AAA`;
    return Response.json({
      access_token: accessToken,
      ...(withRefresh ? { refresh_token: refresh } : {}),
      signature: 'c2lnbmF0dXJl',
      scope: 'api refresh_token id',
      instance_url: auth.instanceUrl === '' ? instanceUrl() : auth.instanceUrl,
      id,
      token_type: 'Bearer',
      issued_at: String(now()),
    });
  }

  const auth: OrgAuth = {
    clientId: '3MVG9.demo',
    clientSecret: 'demo-secret',
    sandbox: { clientId: '3MVG9.sandbox', clientSecret: 'sandbox-secret', orgId: '00D000000000009EAA' },
    redirects: new Set(),
    rotates: false,
    tokenLifeMs: 2 * 60 * 60 * 1_000,
    consent: 'allow',
    instanceUrl: '',
    calls: [],
    expireSessions: () => sessions.clear(),
    revokeAll: () => {
      sessions.clear();
      for (const known of grants.values()) known.revoked = true;
    },
    issue: () => {
      const refreshToken = draw('5Aep');
      grants.set(refreshToken, { refreshToken, clientId: auth.clientId, revoked: false });
      return { accessToken: grant(refreshToken), refreshToken };
    },
    isGood: (accessToken) => {
      const session = sessions.get(accessToken);
      return session !== undefined && session.endsAt > now();
    },
    answer: async (request, url) => {
      switch (`${request.method} ${url.pathname}`) {
        case 'GET /services/oauth2/authorize':
          return authorize(url);
        case 'POST /services/oauth2/token':
          return token(request);
        case 'POST /services/oauth2/revoke': {
          const given = new URLSearchParams(await request.text()).get('token') ?? '';
          auth.calls.push('revoke');
          const known = grants.get(given) ?? grants.get(sessions.get(given)?.refreshToken ?? '');
          if (!known || known.revoked) throw oauthError(400, 'unsupported_token_type', 'this token type is not supported');
          known.revoked = true;
          for (const [token, session] of sessions) if (session.refreshToken === known.refreshToken) sessions.delete(token);
          return new Response(null, { status: 200 });
        }
        default:
          throw new OrgError(404, { error: 'not_found' });
      }
    },
  };
  return auth;
}

function consentPage(url: URL): Response {
  const link = (decided: 'yes' | 'no') => {
    const to = new URL(url);
    to.searchParams.set('decided', decided);
    return `${to.pathname}${to.search}`.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  };
  const page = `<!doctype html><meta charset="utf-8"><title>Demo org</title><h1>Demo, no real account</h1>
<p>Leadline asks to read and write leads and contacts of this invented Salesforce org.</p>
<p><a id="allow" href="${link('yes')}">Allow</a> <a id="deny" href="${link('no')}">Deny</a></p>`;
  return new Response(page, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}
