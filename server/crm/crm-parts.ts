import type { Provider } from '#shared/crm/record.ts';
import type { Backend } from '../leads/backend.ts';
import { type HubspotVendor, hubspotOAuth } from './hubspot/hubspot-oauth.ts';
import type { OAuthProvider } from './oauth-provider.ts';
import { createTokenBroker, type TokenBroker } from './token-broker.ts';
import type { TokenVault } from './token-vault.ts';

/** What connections are made and kept open with. One for the whole process: its broker knows every refresh under way. */
export type CrmParts = {
  readonly vault: TokenVault;
  readonly broker: TokenBroker;
  readonly providers: ReadonlyMap<Provider, OAuthProvider>;
};

/** The CRMs of this server: one line each. */
export function createCrmParts(
  { store, now }: Pick<Backend, 'store' | 'now'>,
  vault: TokenVault,
  vendors: { readonly hubspot: HubspotVendor },
): CrmParts {
  const known = [hubspotOAuth(vendors.hubspot)];
  const providers = new Map(known.map((oauth) => [oauth.provider, oauth]));
  return { vault, providers, broker: createTokenBroker({ store, vault, providers, now }) };
}
