import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok } from '#shared/result.ts';
import { askVendor, type VendorAnswer } from '../access/ask-vendor.ts';
import type { Identity, OAuthProvider } from '../access/oauth-provider.ts';
import type { CrmResult } from '../adapter.ts';
import type { Vendor } from '../crm-kind.ts';

const API_URL = 'https://api.hubapi.com';
const AUTH_URL = 'https://app.hubspot.com';
/** The version of every address (OAuth v1 ends on 16 February 2027). */
const DATED = '2026-03';

/** What HubSpot lets a connection do. Optional ones are left out by accounts that do not have them. */
const SCOPES = {
  needed: ['oauth', 'crm.objects.contacts.read', 'crm.objects.contacts.write', 'crm.schemas.contacts.read'],
  optional: [
    'crm.schemas.contacts.write',
    'crm.objects.deals.read',
    'crm.schemas.deals.read',
    'crm.objects.owners.read',
    'crm.lists.read',
    'sales-email-read',
  ],
} as const;

/** A service key does not tell its rights: each of these answers 403 without the one beside it. */
const PROBES = [
  ['crm.objects.contacts.read', `/crm/objects/${DATED}/contacts?limit=1`],
  ['crm.schemas.contacts.read', `/crm/properties/${DATED}/contacts/email`],
] as const;

/** HubSpot's part of signing in. */
export function hubspotOAuth({ clientId, clientSecret, apiUrl, authUrl }: Vendor): OAuthProvider {
  const api = apiUrl ?? API_URL;
  const client = clientId !== null && clientSecret !== null ? { id: clientId, secret: clientSecret } : null;
  const token = `${api}/oauth/${DATED}/token`;
  return {
    provider: 'hubspot',
    name: 'HubSpot',
    clientAt: () => client,
    hasClient: client !== null,
    readLoginHost: (given) => (given === undefined ? null : 'refused'),
    endpoints: () => ({ authorize: `${authUrl ?? AUTH_URL}/oauth/authorize`, token, revoke: `${token}/revoke` }),
    scopes: SCOPES,
    authorizeExtras: { optional_scope: SCOPES.optional.join(' ') },
    identify: async ({ accessToken, fields, scopes }) => {
      const form = {
        client_id: client?.id ?? '',
        client_secret: client?.secret ?? '',
        token: accessToken,
        token_type_hint: 'access_token',
      };
      const told = await askVendor(`${token}/introspect`, { method: 'POST', body: new URLSearchParams(form) });
      if (!told.ok) return told;
      if (told.value.status !== 200) return fail(failureOf(told.value));
      const about = told.value.fields;
      // A token of another app, or of another portal than was said with it, was not meant for this server.
      const isOurs = about.get('active') === true && about.get('client_id') === client?.id;
      const isOfPortal = about.get('hub_id') === (fields.get('hub_id') ?? about.get('hub_id'));
      if (!isOurs || !isOfPortal) return fail({ kind: 'auth', code: 'FOREIGN_TOKEN', message: 'the token was not made for this app' });
      return toIdentity(about.get('hub_id'), about.get('hub_domain'), scopes ?? readScopes(about.get('scopes')));
    },
    identifyKey: async (key) => {
      const ask = (path: string) => askVendor(`${api}${path}`, { headers: { Authorization: `Bearer ${key}`, Accept: 'application/json' } });
      const account = await askAccount(apiUrl, key);
      if (!account.ok) return account;
      if (account.value.status !== 200) return fail(failureOf(account.value));
      const missing: string[] = [];
      for (const [scope, path] of PROBES) {
        const answer = await ask(path);
        if (answer.ok && answer.value.status === 403) missing.push(scope);
      }
      return toIdentity(account.value.fields.get('portalId'), null, null, missing, 1 + PROBES.length);
    },
  };
}

/** What a portal is, and where: `GET /account-info/…/details`, which any token may ask. `apiUrl` null = HubSpot's own address. */
export function askAccount(apiUrl: string | null, token: string): Promise<CrmResult<VendorAnswer>> {
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' };
  return askVendor(`${apiUrl ?? API_URL}/account-info/${DATED}/details`, { headers });
}

function toIdentity(
  portal: unknown,
  domain: unknown,
  scopes: readonly string[] | null,
  missing: readonly string[] = [],
  calls = 1,
): CrmResult<Identity> {
  if (typeof portal !== 'number' || !Number.isSafeInteger(portal))
    return fail({ kind: 'bug', code: 'UNREADABLE', message: 'no account was named' });
  const id = String(portal);
  const name = typeof domain === 'string' && domain !== '' ? domain.slice(0, 200) : `Account ${id}`;
  return ok({ account: { id, name }, scopes, missing, apiVersion: null, calls });
}

function readScopes(given: unknown): readonly string[] | null {
  return Array.isArray(given) ? given.filter((scope) => typeof scope === 'string') : null;
}

function failureOf({ status, retryAfterMs }: VendorAnswer): CrmFailure {
  const about = { code: `HTTP_${status}`, message: `HubSpot answered ${status}` };
  if (status === 429) return { kind: 'rate_burst', ...about, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  if (status === 401) return { kind: 'auth', ...about };
  if (status === 403) return { kind: 'scope', ...about };
  return { kind: status >= 500 ? 'transient' : 'bug', ...about };
}
