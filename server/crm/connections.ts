import type { ConnectionAnswer, ConnectionPatch, ConnectionsAnswer } from '#shared/api/connections.ts';
import type { FieldPair, Provider } from '#shared/crm/record.ts';
import type { CrmScope } from '#shared/crm/scope.ts';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import { connectAccount, refuse, refuseByFailure } from './connect-account.ts';
import { toConnectionAnswer } from './connection-answer.ts';
import { readHealth } from './connection-health.ts';
import type { CrmParts } from './crm-parts.ts';
import { revokeToken } from './oauth.ts';
import { openTokens } from './seal-tokens.ts';

/** Connections as people see and set them. */

/** Every connection with its health, and what can be connected. `redirectUrl`: where a CRM sends people back to. */
export async function listConnections(
  crm: CrmParts,
  backend: Backend,
  actor: Actor,
  redirectUrl: (provider: Provider) => string,
): Promise<ConnectionsAnswer> {
  const connections: ConnectionAnswer[] = [];
  for (const record of await backend.store.listConnections(actor.workspace)) connections.push(await answerOf(crm, backend, record));
  const providers = [...crm.providers.values()].map(({ provider, name, client, identifyKey }) => ({
    provider,
    name,
    canAuthorize: client !== null,
    takesServiceKey: identifyKey !== null,
    redirectUrl: redirectUrl(provider),
  }));
  return { connections, providers };
}

/** Connects with a key that was made in the CRM: it opens one account and never runs out. */
export async function connectByKey(
  crm: CrmParts,
  backend: Backend,
  actor: Actor,
  provider: Provider,
  input: { readonly key: string; readonly connectionId?: string },
): Promise<Result<ConnectionAnswer, Refusal>> {
  const oauth = crm.providers.get(provider);
  if (!oauth) return fail({ code: 'NOT_FOUND' });
  if (!oauth.identifyKey) return refuse(oauth, 'INVALID_REQUEST', 'crm_no_service_key');
  const renews = input.connectionId ?? null;
  if (renews !== null && !(await backend.store.readConnection(actor.workspace, renews))) return fail({ code: 'NOT_FOUND' });
  const identity = await oauth.identifyKey(input.key);
  if (!identity.ok) return refuseByFailure(oauth, identity.error, 'crm_key');
  const connected = await connectAccount(crm, backend, actOf(backend, actor), {
    oauth,
    identity: identity.value,
    tokens: { access: input.key, refresh: null },
    auth: 'service_key',
    lifeMs: null,
    instanceUrl: null,
    loginHost: null,
    renews,
  });
  return connected.ok ? ok(await answerOf(crm, backend, connected.value)) : connected;
}

/** Changes what is given; the rest stays. */
export async function changeConnection(
  crm: CrmParts,
  backend: Backend,
  actor: Actor,
  id: string,
  { paused, ...patch }: ConnectionPatch,
): Promise<Result<ConnectionAnswer, Refusal>> {
  const { store } = backend;
  const known = await store.readConnection(actor.workspace, id);
  if (!known) return fail({ code: 'NOT_FOUND' });
  const settings: SyncSettings = { ...(await store.readSettings(actor.workspace, known.number)), ...patch };
  const unknown = patch.scopeIn && unknownScope(crm, known, patch.scopeIn);
  if (unknown) return fail(unknown);
  const twice = findTwice(settings.pairs);
  if (twice !== null) return fail({ code: 'INVALID_REQUEST', about: 'crm_pair_twice', data: { name: twice } });
  if (!(await hasLists(backend, actor, patch))) return fail({ code: 'LIST_NOT_FOUND' });
  const act = actOf(backend, actor);
  await store.changeSettings(act, known.number, settings);
  const record = paused === undefined ? known : ((await store.pauseConnection(act, id, paused)) ?? known);
  return ok(await answerOf(crm, backend, record));
}

/**
 * Ends a connection: the grant is given back at the CRM, and the tokens are wiped here even when that fails. `revoked`
 * says whether the CRM has confirmed it; a service key is ended there by hand.
 */
export async function disconnect(
  crm: CrmParts,
  backend: Backend,
  actor: Actor,
  id: string,
): Promise<Result<{ readonly deleted: true; readonly revoked: boolean }, Refusal>> {
  const known = await backend.store.readConnection(actor.workspace, id);
  if (!known) return fail({ code: 'NOT_FOUND' });
  return crm.broker.alone(known.number, async () => {
    const revoked = await giveBack(crm, backend, known);
    const ended = await backend.store.disconnect(actOf(backend, actor), id);
    return ended ? ok({ deleted: true, revoked }) : fail({ code: 'NOT_FOUND' });
  });
}

async function giveBack(crm: CrmParts, backend: Backend, { workspace, number, provider }: ConnectionRecord): Promise<boolean> {
  const record = await backend.store.readTokens(workspace, number);
  const tokens = record && openTokens(crm.vault, record);
  const oauth = crm.providers.get(provider);
  if (!tokens?.ok || tokens.value.refresh === null || !oauth?.client) return false;
  return revokeToken(oauth, oauth.client, record?.loginHost ?? null, tokens.value.refresh);
}

async function answerOf(crm: CrmParts, backend: Backend, record: ConnectionRecord): Promise<ConnectionAnswer> {
  const settings = await backend.store.readSettings(record.workspace, record.number);
  return toConnectionAnswer(
    crm.providers.get(record.provider),
    record,
    settings,
    await readHealth(crm, backend, record, settings.schedule),
  );
}

/** Every list that a change names is there. */
async function hasLists(backend: Backend, actor: Actor, { scopeOut, listId }: ConnectionPatch): Promise<boolean> {
  const named = [...(scopeOut?.kind === 'lists' ? scopeOut.listIds : []), ...(listId ? [listId] : [])];
  if (named.length === 0) return true;
  const there = new Set((await backend.store.listLists(actor.workspace)).map((list) => list.id));
  return named.every((id) => there.has(id));
}

/** A kind of scope that the CRM has not. */
function unknownScope({ kinds, providers }: CrmParts, { provider }: ConnectionRecord, { kind }: CrmScope): Refusal | null {
  if (kinds.get(provider)?.scopeKinds.includes(kind)) return null;
  return { code: 'INVALID_REQUEST', about: 'crm_scope_kind', data: { crm: providers.get(provider)?.name ?? provider, kind } };
}

/** A pair's id, or a field on either side, that stands there twice; null = none does. Pairs that are off take no part. */
function findTwice(pairs: readonly FieldPair[]): string | null {
  const seen = new Set<string>();
  const sees = (...parts: readonly string[]) => seen.size === seen.add(JSON.stringify(parts)).size;
  for (const { id, type, local, remote, label, direction } of pairs) {
    if (sees('id', id)) return id;
    if (direction === 'off') continue;
    if (sees('remote', type, remote)) return label;
    const name = local.kind === 'field' ? local.id : local.label;
    if (sees('local', type, local.kind, name)) return name;
  }
  return null;
}
