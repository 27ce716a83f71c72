import type { CrmFailure } from '#shared/crm/failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CrmReason } from '#shared/sentences/crm-reasons.ts';
import { type VaultTrouble, vaultSentence } from '#shared/sentences/vault-trouble.ts';
import { type Backend, newUuid, type Refusal } from '../../leads/backend.ts';
import type { ConnectionRecord } from '../../store/connection-store.ts';
import type { Act } from '../../store/store.ts';
import type { CrmParts } from '../crm-parts.ts';
import { isClientWrong, isGrantOver } from './oauth.ts';
import { type Identity, type OAuthClient, type OAuthProvider, versionTrouble } from './oauth-provider.ts';
import { type OpenTokens, sealTokens } from './seal-tokens.ts';

export type NewAccount = {
  readonly oauth: OAuthProvider;
  readonly identity: Identity;
  readonly tokens: OpenTokens;
  readonly auth: ConnectionRecord['auth'];
  readonly lifeMs: number | null;
  readonly instanceUrl: string | null;
  readonly loginHost: string | null;
  /** The public id of the connection that is to be renewed; null = whichever the account has, or a new one. */
  readonly renews: string | null;
};

/**
 * Keeps the tokens of an account that has just been opened. The same account again is the same connection: what is linked
 * stays linked. Another account in the place of a known one is refused (`crm_other_account`).
 */
export function connectAccount(crm: CrmParts, backend: Backend, act: Act, input: NewAccount): Promise<Result<ConnectionRecord, Refusal>> {
  // Of two who connect it for the first time in the same moment, the second finds it connected.
  const account = JSON.stringify([act.workspace, input.oauth.provider, input.identity.account.id]);
  return crm.broker.alone(`account ${account}`, () => keep(crm, backend, act, input));
}

async function keep(crm: CrmParts, backend: Backend, act: Act, input: NewAccount): Promise<Result<ConnectionRecord, Refusal>> {
  const { oauth, identity } = input;
  const { account } = identity;
  const known = await backend.store.findAccount(act.workspace, oauth.provider, account.id);
  if (input.renews !== null && input.renews !== known) {
    const renewed = await backend.store.readConnection(act.workspace, input.renews);
    if (!renewed) return refuse(oauth, 'NOT_FOUND', 'crm_gone');
    return refuse(oauth, 'CONFLICT', 'crm_other_account', { found: account.name, known: renewed.account.name });
  }
  const id = known ?? newUuid(backend);
  const sealed = sealTokens(crm.vault, { workspace: act.workspace, id }, input.tokens);
  if (!sealed.ok) return refuseByVault(sealed.error);
  const connection = {
    id,
    provider: oauth.provider,
    account,
    loginHost: input.loginHost,
    apiVersion: identity.apiVersion,
    auth: input.auth,
    scopes: identity.scopes ?? [],
    missingScopes: missingOf(oauth, identity),
    tokens: {
      ...sealed.value,
      expiresAt: input.lifeMs === null ? null : act.at + input.lifeMs,
      instanceUrl: input.instanceUrl,
    },
  };
  const number = await numberOf(backend, act, known);
  const save = () => backend.store.connect(act, connection);
  const connected = number === null ? await save() : await crm.broker.alone(number, save);
  // What a sign-in took: trading its code, and finding out whose it is.
  crm.meter.listen(connected).called(identity.calls + (input.auth === 'oauth' ? 1 : 0));
  return ok(connected);
}

async function numberOf(backend: Backend, act: Act, id: string | null): Promise<number | null> {
  return id === null ? null : ((await backend.store.readConnection(act.workspace, id))?.number ?? null);
}

function missingOf({ scopes }: OAuthProvider, { scopes: granted, missing }: Identity): readonly string[] {
  if (granted === null) return missing;
  return [...scopes.needed, ...scopes.optional].filter((scope) => !granted.includes(scope));
}

/** A refusal about a CRM, with what its sentence needs. */
export function refuse(
  oauth: OAuthProvider,
  code: Refusal['code'],
  about: CrmReason,
  data: Readonly<Record<string, string>> = {},
): { readonly ok: false; readonly error: Refusal } {
  return fail({ code, about, data: { crm: oauth.name, env: oauth.provider.toUpperCase(), ...data } });
}

/** The tokens cannot be sealed or opened: the operator is told how to mend it. */
export function refuseByVault(trouble: VaultTrouble): { readonly ok: false; readonly error: Refusal } {
  return fail({ code: 'INTERNAL', about: 'crm_vault', data: { sentence: vaultSentence(trouble) } });
}

/** What a failure at the CRM means for somebody who is connecting it. `grant`: why, when the CRM refuses what was sent; `client`: with which app. */
export function refuseByFailure(
  oauth: OAuthProvider,
  failure: CrmFailure,
  grant: CrmReason,
  client?: OAuthClient,
): { readonly ok: false; readonly error: Refusal } {
  if (isClientWrong(failure)) return refuse(oauth, 'INVALID_REQUEST', 'crm_client', client?.env ? { env: client.env } : {});
  const version = versionTrouble(failure);
  if (version) return refuse(oauth, 'CONFLICT', version.about, { version: version.version });
  if (failure.code === 'FOREIGN_TOKEN') return refuse(oauth, 'INVALID_REQUEST', 'crm_foreign_token');
  if (failure.kind === 'scope') return refuse(oauth, 'INVALID_REQUEST', 'crm_key_scope');
  if (failure.kind === 'auth' || isGrantOver(failure)) return refuse(oauth, 'INVALID_REQUEST', grant);
  if (failure.kind === 'rate_burst') return refuse(oauth, 'RATE_LIMITED', 'crm_busy');
  return refuse(oauth, 'INTERNAL', 'crm_unreachable');
}
