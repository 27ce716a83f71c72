import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expiredToken, HubspotError, hubspotError } from './hubspot-errors.ts';

/** An app as its maker registered it. */
export type HubspotApp = {
  readonly id: number;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirects: readonly string[];
};
export const HUBSPOT_APP: HubspotApp = {
  id: 18_221_010,
  clientId: '5d0c8a51-demo-client',
  clientSecret: 'b7f0e6c2-demo-secret',
  redirects: [],
};
/** What the app must ask for, and what it may. */
export const HUBSPOT_SCOPES = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'crm.objects.deals.read',
  'crm.schemas.deals.read',
  'crm.objects.owners.read',
  'crm.lists.read',
  'sales-email-read',
] as const;

const CLIENT = ['client_id', 'client_secret'];
const ABOUT_TOKEN = [...CLIENT, 'token', 'token_type_hint'];
/** What the form of each address below `/oauth/2026-03/token` may hold. */
const FORMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['', [...CLIENT, 'code', 'code_verifier', 'grant_type', 'redirect_uri', 'refresh_token', 'scope']],
  ['/introspect', ABOUT_TOKEN],
  ['/revoke', ABOUT_TOKEN],
]);

/** The source that history tells for what a service key writes. */
const SERVICE_KEY_APP = '40404';

type Grant = { readonly portalId: number; readonly scopes: readonly string[]; readonly appId: string; readonly isOAuth: boolean };
type AccessToken = Grant & { readonly endsAt: number; readonly refreshToken: string | null };
type Code = {
  readonly scopes: readonly string[];
  readonly redirect: string;
  readonly challenge: string | null;
  readonly endsAt: number;
  isUsed: boolean;
};

/** How the authorization server behaves; tests change it while it runs. */
export type OAuthHabits = {
  /** What the person does on the consent page; `page` shows it, for a test with a real browser. */
  person: 'allows' | 'denies' | 'page';
  /** A refresh gives a new refresh token and the old one is worth nothing any more. */
  rotates: boolean;
  accessTokenSeconds: number;
  /** Scopes this portal cannot give: left out where they are optional, an error where they are not. */
  withheld: readonly string[];
  /** The portal the person picks on the consent page. */
  portalId: number;
};

export type HubspotOAuth = ReturnType<typeof makeOAuth>;

/** HubSpot's authorization server as an app meets it: consent page, token, introspection, revocation, and service keys. */
export function makeOAuth(app: HubspotApp, portalId: number, now: () => number) {
  const codes = new Map<string, Code>();
  const accessTokens = new Map<string, AccessToken>();
  const refreshTokens = new Map<string, { readonly scopes: readonly string[]; readonly portalId: number }>();
  /** Access tokens that were revoked: they are still told about. */
  const ended = new Map<string, AccessToken>();
  const habits: OAuthHabits = { person: 'allows', rotates: false, accessTokenSeconds: 1_800, withheld: [], portalId };

  const serviceKey = (scopes: readonly string[] = HUBSPOT_SCOPES): string => {
    const key = `pat-na1-${randomUUID()}`;
    accessTokens.set(key, {
      portalId,
      scopes,
      appId: SERVICE_KEY_APP,
      isOAuth: false,
      endsAt: Number.POSITIVE_INFINITY,
      refreshToken: null,
    });
    return key;
  };

  function authorize(query: URLSearchParams): Response {
    const redirect = query.get('redirect_uri') ?? '';
    if (query.get('client_id') !== app.clientId) return page(400, 'The app was not found', 'client_id is unknown');
    if (!app.redirects.includes(redirect)) return page(400, 'Redirect URL mismatch', 'The redirect URL is not one of the app');
    const asked = words(query.get('scope'));
    if (asked.length === 0) return page(400, 'Missing scope', 'scope is required');
    const missing = asked.filter((scope) => habits.withheld.includes(scope));
    if (missing.length > 0) return page(400, 'Missing scopes', `This account has no ${missing.join(', ')}`);
    const back = (fields: Readonly<Record<string, string>>) => {
      const url = new URL(redirect);
      const state = query.get('state');
      for (const [name, value] of Object.entries({ ...fields, ...(state === null ? {} : { state }) })) url.searchParams.set(name, value);
      return new Response(null, { status: 302, headers: { Location: url.href } });
    };
    const person = query.get('demo_choice') ?? habits.person;
    if (person === 'page') return consentPage(query, asked);
    if (person === 'denies') return back({ error: 'access_denied', error_description: 'The user denied access to the application.' });
    const code = randomUUID();
    const optional = words(query.get('optional_scope')).filter((scope) => !habits.withheld.includes(scope));
    codes.set(code, {
      scopes: [...new Set([...asked, ...optional])],
      redirect,
      challenge: query.get('code_challenge'),
      endsAt: now() + 60_000,
      isUsed: false,
    });
    return back({ code });
  }

  function checkClient(form: URLSearchParams): void {
    if (form.get('client_id') !== app.clientId) throw refused('BAD_CLIENT_ID', 'invalid_client', 'missing or unknown client id');
    if (form.get('client_secret') !== app.clientSecret)
      throw refused('BAD_CLIENT_SECRET', 'invalid_client', 'missing or invalid client secret');
  }

  function token(form: URLSearchParams) {
    checkClient(form);
    const kind = form.get('grant_type');
    if (kind === 'authorization_code') return give(redeem(form), `na1-${randomBytes(16).toString('hex')}`);
    if (kind !== 'refresh_token') throw refused('BAD_GRANT_TYPE', 'unsupported_grant_type', 'unknown grant type');
    const given = form.get('refresh_token') ?? '';
    const grant = refreshTokens.get(given);
    if (!grant) throw refused('BAD_REFRESH_TOKEN', 'invalid_grant', 'missing or invalid refresh token');
    if (!habits.rotates) return give(grant, given);
    refreshTokens.delete(given);
    return give(grant, `na1-${randomBytes(16).toString('hex')}`);
  }

  function redeem(form: URLSearchParams) {
    const code = codes.get(form.get('code') ?? '');
    if (!code || code.isUsed || code.endsAt < now()) throw refused('BAD_AUTH_CODE', 'invalid_grant', 'missing or expired auth code');
    if (code.redirect !== form.get('redirect_uri'))
      throw refused('MISMATCH_REDIRECT_URI_AUTH_CODE', 'invalid_grant', 'redirect URI mismatch');
    const verifier = form.get('code_verifier') ?? '';
    const proof = createHash('sha256').update(verifier).digest('base64url');
    if (code.challenge !== null && code.challenge !== proof)
      throw refused('BAD_CODE_VERIFIER', 'invalid_grant', 'code verifier does not match');
    code.isUsed = true;
    return { scopes: code.scopes, portalId: habits.portalId };
  }

  function give({ scopes, portalId: hub }: { readonly scopes: readonly string[]; readonly portalId: number }, refreshToken: string) {
    const accessToken = `CN${randomBytes(24).toString('base64url')}`;
    const endsAt = now() + habits.accessTokenSeconds * 1_000;
    refreshTokens.set(refreshToken, { scopes, portalId: hub });
    accessTokens.set(accessToken, { portalId: hub, scopes, appId: String(app.id), isOAuth: true, endsAt, refreshToken });
    return {
      token_type: 'bearer',
      refresh_token: refreshToken,
      access_token: accessToken,
      expires_in: habits.accessTokenSeconds,
      hub_id: hub,
      scopes,
      token_use: 'access_token',
      user_id: 4_711,
    };
  }

  function introspect(form: URLSearchParams) {
    checkClient(form);
    const given = form.get('token') ?? '';
    const frame = {
      client_id: app.clientId,
      app_id: app.id,
      user_id: 4_711,
      user: 'rita@example.com',
      hub_domain: 'demo.hubspot.example',
      token_type: 'bearer',
    };
    const access = accessTokens.get(given) ?? ended.get(given);
    if (access) {
      const left = ended.has(given) ? 0 : Math.max(0, Math.floor((access.endsAt - now()) / 1_000));
      const more = {
        token_use: 'access_token',
        expires_in: left,
        is_private_distribution: true,
        signed_access_token: signedToken(access.scopes),
      };
      return { ...frame, active: left > 0, token: given, hub_id: access.portalId, scopes: access.scopes, ...more };
    }
    const refresh = refreshTokens.get(given);
    if (refresh)
      return { ...frame, active: true, token: given, hub_id: refresh.portalId, scopes: refresh.scopes, token_use: 'refresh_token' };
    throw refused('BAD_TOKEN', 'invalid_request', 'missing or unknown token');
  }

  function signedToken(scopes: readonly string[]) {
    return {
      expiresAt: now(),
      scopes: Buffer.from(scopes.join(' ')).toString('base64'),
      hubId: portalId,
      userId: 4_711,
      appId: app.id,
      signature: '',
      scopeToScopeGroupPks: '',
      newSignature: '',
      hublet: 'na1',
      trialScopes: '',
      trialScopeToScopeGroupPks: '',
      isUserLevel: false,
      installingUserId: 4_711,
      isServiceAccount: false,
      isPrivateDistribution: true,
      appInstallId: '1',
      audience: '',
    };
  }

  /** Uninstalls: neither the refresh token nor what came from it works any more. */
  function revokeRefreshToken(refreshToken: string): void {
    refreshTokens.delete(refreshToken);
    for (const [key, one] of accessTokens) {
      if (one.refreshToken !== refreshToken) continue;
      ended.set(key, one);
      accessTokens.delete(key);
    }
  }

  return {
    habits,
    accessTokens,
    refreshTokens,
    serviceKey,
    serviceKeyAppId: SERVICE_KEY_APP,
    revokeRefreshToken,
    revokeAll: () => {
      refreshTokens.clear();
      accessTokens.clear();
    },
    expireAccessTokens: () => {
      for (const [key, one] of accessTokens) if (one.isOAuth) accessTokens.set(key, { ...one, endsAt: now() - 1 });
    },
    authorize,
    /** `form` of a POST below `/oauth/2026-03/token`; null = no such route. */
    answerToken: (below: string, form: URLSearchParams): { readonly status: number; readonly body: unknown } | null => {
      const known = FORMS.get(below);
      if (!known) return null;
      const unknown = [...form.keys()].find((name) => !known.includes(name));
      if (unknown !== undefined) throw refused('BAD_REQUEST', 'invalid_request', `unknown member ${unknown}`);
      if (below === '') return { status: 200, body: token(form) };
      if (below === '/introspect') return { status: 200, body: introspect(form) };
      checkClient(form);
      revokeRefreshToken(form.get('token') ?? '');
      accessTokens.delete(form.get('token') ?? '');
      return { status: 204, body: null };
    },
    /** The grant of a bearer token; throws the 401 that HubSpot answers. */
    authenticate: (authorization: string | null): Grant => {
      const [, bearer = ''] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
      const found = accessTokens.get(bearer);
      if (!found) throw hubspotError(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found or invalid.');
      if (found.endsAt > now()) return found;
      throw expiredToken(found.endsAt, now());
    },
  };
}

function refused(status: string, error: string, message: string): HubspotError {
  return new HubspotError(400, { status, message, error, error_description: message, correlationId: randomUUID() });
}

const words = (text: string | null): readonly string[] => (text ?? '').split(' ').filter((word) => word !== '');

function page(status: number, title: string, text: string): Response {
  return html(status, `<title>Demo, no real account</title><h1>${escapeHtml(title)}</h1><p>${escapeHtml(text)}`);
}

function consentPage(query: URLSearchParams, scopes: readonly string[]): Response {
  const link = (choice: string, label: string) => {
    const again = new URLSearchParams([...query, ['demo_choice', choice]]);
    return `<p><a id="${choice}" href="/oauth/authorize?${escapeHtml(again.toString())}">${label}</a>`;
  };
  const list = scopes.map((scope) => `<li>${escapeHtml(scope)}`).join('');
  const text = `<h1>Demo, no real account</h1><p>Leadline wants to connect to your HubSpot account:<ul>${list}</ul>`;
  return html(
    200,
    `<title>Connect an app - Demo, no real account</title>${text}${link('allows', 'Connect app')}${link('denies', 'Cancel')}`,
  );
}

function html(status: number, body: string): Response {
  return new Response(`<!doctype html><meta charset="utf-8">${body}`, { status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
