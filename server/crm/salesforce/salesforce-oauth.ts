import { fail, ok } from '#shared/result.ts';
import { askVendor, transient } from '../access/ask-vendor.ts';
import { type Identity, type OAuthClient, type OAuthProvider, VERSION_TOO_NEW, VERSION_TOO_OLD } from '../access/oauth-provider.ts';
import type { CrmResult } from '../adapter.ts';
import type { Vendor } from '../crm-kind.ts';
import { isSandbox, readLoginHost } from './login-host.ts';

const PRODUCTION = 'login.salesforce.com';
/** The newest version this was tested with; an org that offers less is taken at its newest. */
export const TESTED_VERSION = 67;
/** Below it duplicate rules cannot be told from errors. */
export const LEAST_VERSION = 52;

const SCOPES = { needed: ['api', 'refresh_token', 'id'], optional: [] } as const;

/** Salesforce's part of signing in: production, sandboxes, and an org's own domain. */
export function salesforceOAuth({ apiUrl, authUrl, sandbox, ...main }: Vendor): OAuthProvider {
  const client = clientOf(main);
  const ofSandboxes = sandbox ? clientOf(sandbox, 'SALESFORCE_SANDBOX') : null;
  return {
    provider: 'salesforce',
    name: 'Salesforce',
    clientAt: (loginHost) => (isSandbox(loginHost ?? PRODUCTION) ? (ofSandboxes ?? client) : client),
    hasClient: client !== null || ofSandboxes !== null,
    readLoginHost: (given) => readLoginHost(given ?? PRODUCTION),
    endpoints: (loginHost) => {
      const base = `${authUrl ?? `https://${loginHost ?? PRODUCTION}`}/services/oauth2`;
      return { authorize: `${base}/authorize`, token: `${base}/token`, revoke: `${base}/revoke` };
    },
    scopes: SCOPES,
    authorizeExtras: { prompt: 'login consent' },
    identify: async ({ instanceUrl, fields, scopes }) => {
      const org = instanceUrl === null ? null : readInstance(instanceUrl, apiUrl);
      const orgId = readOrgId(fields.get('id'));
      if (org === null || orgId === null) return fail({ kind: 'bug', code: 'UNREADABLE', message: 'no org was named' });
      const apiVersion = await chooseVersion(org);
      if (!apiVersion.ok) return apiVersion;
      const account = { id: orgId, name: new URL(org).hostname };
      return ok<Identity>({ account, scopes: scopes ?? null, missing: [], apiVersion: apiVersion.value, calls: 1 });
    },
    identifyKey: null,
  };
}

function clientOf({ clientId, clientSecret }: Pick<Vendor, 'clientId' | 'clientSecret'>, env?: string): OAuthClient | null {
  if (clientId === null || clientSecret === null) return null;
  return { id: clientId, secret: clientSecret, ...(env === undefined ? {} : { env }) };
}

/** The address of an org, only where Salesforce has orgs (or on this machine, where a test says so). */
export function readInstance(instanceUrl: string, apiUrl: string | null): string | null {
  const url = URL.parse(instanceUrl);
  if (!url) return null;
  if (apiUrl !== null) return url.origin === new URL(apiUrl).origin ? url.origin : null;
  const host = url.protocol === 'https:' && url.port === '' ? readLoginHost(url.hostname) : 'refused';
  return host === 'refused' ? null : `https://${host}`;
}

/** The newest version that the org offers and that was tested, as `67.0`. Asking needs no token. */
export async function chooseVersion(org: string): Promise<CrmResult<string>> {
  const answer = await askVendor(`${org}/services/data`, { headers: { Accept: 'application/json' } }, 'list');
  if (!answer.ok) return answer;
  if (answer.value.status !== 200) return fail(transient(`HTTP_${answer.value.status}`));
  const offered = [...answer.value.fields.values()].flatMap((entry) => {
    const version = typeof entry === 'object' && entry !== null && 'version' in entry ? Number(entry.version) : Number.NaN;
    return Number.isFinite(version) ? [version] : [];
  });
  if (offered.length === 0) return fail(transient('UNREADABLE'));
  const newest = Math.max(...offered.filter((version) => version <= TESTED_VERSION));
  if (newest >= LEAST_VERSION) return ok(newest.toFixed(1));
  const [code, nearest] = offered.some((version) => version > TESTED_VERSION)
    ? ([VERSION_TOO_NEW, Math.min(...offered.filter((version) => version > TESTED_VERSION))] as const)
    : ([VERSION_TOO_OLD, newest] as const);
  return fail({ kind: 'bug', code, message: nearest.toFixed(1) });
}

/** Out of `https://login.salesforce.com/id/<org>/<user>`. */
function readOrgId(identityUrl: unknown): string | null {
  if (typeof identityUrl !== 'string') return null;
  return /\/id\/(00D[A-Za-z0-9]{12,15})\/005[A-Za-z0-9]{12,15}$/.exec(identityUrl)?.[1] ?? null;
}
