import { randomBytes } from 'node:crypto';
import type { Provider } from '#shared/crm/record.ts';
import type { OAuthProvider } from '../../../server/crm/access/oauth-provider.ts';
import { sealTokens } from '../../../server/crm/access/seal-tokens.ts';
import { createTokenBroker, type TokenBroker } from '../../../server/crm/access/token-broker.ts';
import { createVault, type TokenVault } from '../../../server/crm/access/token-vault.ts';
import { hubspotOAuth } from '../../../server/crm/hubspot/hubspot-oauth.ts';
import type { ConnectionRecord } from '../../../server/store/connection-store.ts';
import { HUBSPOT_APP, HUBSPOT_SCOPES } from '../../support/hubspot/hubspot-oauth.ts';
import { type RunningHubspot, startHubspot } from '../../support/hubspot/start-hubspot.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';

/** A store, a HubSpot portal and a connection between them, without the sign-in; both keep the test's clock. */
export type OpenConnection = {
  readonly server: TestServer;
  readonly hubspot: RunningHubspot;
  readonly vault: TokenVault;
  readonly providers: ReadonlyMap<Provider, OAuthProvider>;
  readonly connection: ConnectionRecord;
  /** The tokens it began with. */
  readonly first: { readonly access: string; readonly refresh: string };
  readonly newBroker: () => TokenBroker;
  readonly end: () => Promise<void>;
};

export const MINUTE_MS = 60_000;

export async function openConnection(): Promise<OpenConnection> {
  const server = await openTestServer();
  const now = () => server.clock.now;
  const hubspot = await startHubspot({ now, app: { redirects: [] } });
  const { clientId, clientSecret } = HUBSPOT_APP;
  const oauth = hubspotOAuth({ clientId, clientSecret, apiUrl: hubspot.url, authUrl: hubspot.authUrl });
  const providers = new Map<Provider, OAuthProvider>([['hubspot', oauth]]);
  const made = createVault({ secret: 'x'.repeat(43), oldSecret: null, file: '/nowhere' }, randomBytes);
  if (!made.ok) throw new Error(made.error.code);
  const vault = made.value;
  const first = grantOf(hubspot);
  const connection = await addConnection(server, vault, { ...first, expiresAt: now() + 30 * MINUTE_MS });
  return {
    server,
    hubspot,
    vault,
    providers,
    connection,
    first,
    newBroker: () => createTokenBroker({ store: server.store, vault, providers, now, called: () => undefined }),
    end: async () => {
      await hubspot.close();
      await server.end();
    },
  };
}

/** Tokens that the portal knows, as a sign-in would give them. */
function grantOf(hubspot: RunningHubspot): { readonly access: string; readonly refresh: string } {
  const refresh = `na1-${randomBytes(16).toString('hex')}`;
  const { portalId } = hubspot.portal;
  hubspot.oauth.refreshTokens.set(refresh, { scopes: HUBSPOT_SCOPES, portalId });
  const form = {
    grant_type: 'refresh_token',
    refresh_token: refresh,
    client_id: HUBSPOT_APP.clientId,
    client_secret: HUBSPOT_APP.clientSecret,
  };
  const { body } = hubspot.oauth.answerToken('', new URLSearchParams(form)) ?? {};
  return { access: (body as { access_token: string }).access_token, refresh }; // a token answer
}

/** A connection with tokens of its own; another account each time unless given. */
export async function addConnection(
  { store, actor, clock }: TestServer,
  vault: TokenVault,
  tokens: { readonly access: string; readonly refresh: string | null; readonly expiresAt: number | null; readonly account?: string },
): Promise<ConnectionRecord> {
  const act = { workspace: actor.workspace, member: actor.member, at: clock.now };
  const id = randomBytes(8).toString('hex');
  const sealed = sealTokens(vault, { workspace: act.workspace, id }, tokens);
  if (!sealed.ok) throw new Error(sealed.error.code);
  return store.connect(act, {
    id,
    provider: 'hubspot',
    account: { id: tokens.account ?? id, name: 'Fernhill' },
    loginHost: null,
    apiVersion: null,
    auth: tokens.refresh === null ? 'service_key' : 'oauth',
    scopes: [],
    missingScopes: [],
    tokens: { ...sealed.value, expiresAt: tokens.expiresAt, instanceUrl: null },
  });
}
