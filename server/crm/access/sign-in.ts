import type { CallbackQuery } from '#shared/api/connections.ts';
import type { Provider } from '#shared/crm/record.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { hashSecret } from '../../leads/api-keys.ts';
import { type Actor, actOf, type Backend, type Refusal, toIso } from '../../leads/backend.ts';
import { refuseByWorkspace } from '../../leads/permission.ts';
import type { ConnectionRecord, SignInRecord } from '../../store/connection-store.ts';
import type { CrmParts } from '../crm-parts.ts';
import { connectAccount, refuse, refuseByFailure, refuseByVault } from './connect-account.ts';
import { authorizeUrl, exchangeCode, isIssuerOf, revokeToken } from './oauth.ts';
import type { Identity, OAuthClient, OAuthProvider, OAuthTokens } from './oauth-provider.ts';
import { SIGN_IN_MS, signInId } from './refused-sign-ins.ts';

/** Of a state and of a code verifier: 256 random bits, 43 letters (RFC 7636, 4.1). */
const RANDOM_BYTES = 32;
const STATE = /^[\w-]{43}$/;

export type AuthorizeInput = { readonly provider: string; readonly connectionId?: string; readonly loginHost?: string };

/** Begins a sign-in: an address to open, good once and for ten minutes, for the one who began it. */
export async function beginSignIn(
  crm: CrmParts,
  backend: Backend,
  actor: Actor,
  { provider, connectionId, loginHost: given }: AuthorizeInput,
  redirectUrl: string,
): Promise<Result<{ readonly id: string; readonly url: string; readonly expiresAt: string }, Refusal>> {
  const oauth = crm.providers.get(provider as Provider); // whatever it is: an unknown name is in no map
  if (!oauth) return fail({ code: 'NOT_FOUND' });
  const renewed = connectionId === undefined ? null : await backend.store.readConnection(actor.workspace, connectionId);
  if (connectionId !== undefined && renewed?.provider !== oauth.provider) return fail({ code: 'NOT_FOUND' });
  const loginHost = oauth.readLoginHost(given ?? renewed?.loginHost ?? undefined);
  if (loginHost === 'refused') return refuse(oauth, 'INVALID_REQUEST', 'crm_login_host', { host: given ?? '' });
  const client = oauth.clientAt(loginHost);
  if (!client) return refuse(oauth, 'NOT_FOUND', 'crm_no_client');
  const draw = () => Buffer.from(backend.randomBytes(RANDOM_BYTES)).toString('base64url');
  const [state, verifier] = [draw(), draw()];
  const hash = hashSecret(state);
  const sealed = crm.vault.seal({ workspace: actor.workspace, owner: hash, field: 'verifier' }, verifier);
  if (!sealed.ok) return refuseByVault(sealed.error);
  const act = actOf(backend, actor);
  const expiresAt = act.at + SIGN_IN_MS;
  const { bytes, keyId } = sealed.value;
  const connection = renewed?.id ?? null;
  await backend.store.beginSignIn(act, { hash, provider: oauth.provider, verifier: bytes, keyId, loginHost, connection, expiresAt });
  return ok({
    id: signInId(hash),
    url: authorizeUrl(oauth, { client, loginHost, redirectUrl, state, verifier }),
    expiresAt: toIso(expiresAt),
  });
}

/**
 * What came back from a CRM by way of a browser. Whatever it is, its state is used up by it. Only a sign-in that began
 * here, at this CRM, by an admin who still is one, is carried on; tokens go nowhere but into the vault.
 */
export async function finishSignIn(
  crm: CrmParts,
  backend: Backend,
  provider: string,
  query: CallbackQuery,
  redirectUrl: string,
): Promise<Result<ConnectionRecord, Refusal>> {
  const signIn = !STATE.test(query.state ?? '') ? null : await backend.store.takeSignIn(hashSecret(query.state ?? ''), backend.now());
  if (!signIn) return fail({ code: 'INVALID_REQUEST', about: 'crm_state' });
  const done = await carryOn(crm, backend, provider, query, redirectUrl, signIn);
  if (!done.ok) crm.refusedSignIns.note(signIn.workspace, { id: signInId(signIn.hash), why: done.error });
  return done;
}

async function carryOn(
  crm: CrmParts,
  backend: Backend,
  provider: string,
  query: CallbackQuery,
  redirectUrl: string,
  signIn: SignInRecord,
): Promise<Result<ConnectionRecord, Refusal>> {
  const oauth = crm.providers.get(signIn.provider);
  if (!oauth || signIn.provider !== provider) return fail({ code: 'INVALID_REQUEST', about: 'crm_mixed_up' });
  if (query.iss !== undefined && !isIssuerOf(oauth, signIn.loginHost, query.iss)) return refuse(oauth, 'INVALID_REQUEST', 'crm_mixed_up');
  const refused = await refuseNow(backend, oauth, signIn);
  if (refused) return fail(refused);
  if (query.error !== undefined) return refuse(oauth, 'INVALID_REQUEST', query.error === 'access_denied' ? 'crm_denied' : 'crm_refused');
  const { workspace, hash, verifier: bytes, keyId, loginHost } = signIn;
  const client = oauth.clientAt(loginHost);
  if (!client) return refuse(oauth, 'NOT_FOUND', 'crm_no_client');
  const verifier = crm.vault.open({ workspace, owner: hash, field: 'verifier' }, { bytes, keyId });
  if (verifier === null) return fail({ code: 'INVALID_REQUEST', about: 'crm_state' });
  if (!/^[\x21-\x7e]{1,2048}$/.test(query.code ?? '')) return refuse(oauth, 'INVALID_REQUEST', 'crm_code');
  const tokens = await exchangeCode(oauth, { client, loginHost, redirectUrl, verifier, code: query.code ?? '' });
  if (!tokens.ok) return refuseByFailure(oauth, tokens.error, 'crm_code', client);
  return keepAccount(crm, backend, oauth, client, signIn, tokens.value);
}

/** Who began it must still be let do so, and the workspace too. */
async function refuseNow(backend: Backend, oauth: OAuthProvider, { role, workspace }: SignInRecord): Promise<Refusal | null> {
  if (role !== 'admin') return refuse(oauth, 'FORBIDDEN', 'crm_not_admin').error;
  return refuseByWorkspace(await backend.store.readWorkspace(workspace), { writes: true, premium: true });
}

async function keepAccount(
  crm: CrmParts,
  backend: Backend,
  oauth: OAuthProvider,
  client: OAuthClient,
  signIn: SignInRecord,
  { accessToken, refreshToken, lifeMs, instanceUrl, ...rest }: OAuthTokens,
): Promise<Result<ConnectionRecord, Refusal>> {
  // Without one it would end within the hour, and nobody would know why.
  if (refreshToken === null) return refuse(oauth, 'INTERNAL', 'crm_unreachable');
  const identity = await oauth.identify({ accessToken, refreshToken, lifeMs, instanceUrl, ...rest });
  if (!identity.ok) return refuseByFailure(oauth, identity.error, 'crm_foreign_token');
  const act = { workspace: signIn.workspace, member: signIn.member, key: signIn.key, at: backend.now() };
  const connected = await connectAccount(crm, backend, act, {
    oauth,
    identity: identity.value,
    tokens: { access: accessToken, refresh: refreshToken },
    auth: 'oauth',
    lifeMs,
    instanceUrl,
    loginHost: signIn.loginHost,
    renews: signIn.connection,
  });
  if (!connected.ok && !(await isInUse(backend, oauth, signIn, identity.value)))
    await revokeToken(oauth, client, signIn.loginHost, refreshToken);
  return connected;
}

/** A grant that is kept nowhere is given back, unless a connection lives on the same account: some CRMs have one grant for both. */
async function isInUse(
  backend: Backend,
  { provider }: OAuthProvider,
  { workspace }: SignInRecord,
  { account }: Identity,
): Promise<boolean> {
  return (await backend.store.findAccount(workspace, provider, account.id)) !== null;
}
