import { isDeepStrictEqual } from 'node:util';
import type { ConnectionAnswer, ConnectionPatch, ConnectionsAnswer } from '#shared/api/connections.ts';
import { type Provider, RECORD_TYPES, type RecordType } from '#shared/crm/record.ts';
import { holdsType } from '#shared/crm/scope.ts';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { type Actor, actOf, type Backend, type Refusal } from '../leads/backend.ts';
import type { ConnectionRecord } from '../store/connection-store.ts';
import { connectAccount, refuse, refuseByFailure } from './access/connect-account.ts';
import { revokeToken } from './access/oauth.ts';
import { openTokens } from './access/seal-tokens.ts';
import { settlePairs } from './check-pairs.ts';
import { refuseLists, refusePairs, refuseScope } from './check-settings.ts';
import { toConnectionAnswer } from './connection-answer.ts';
import { readHealth } from './connection-health.ts';
import type { CrmParts } from './crm-parts.ts';
import { pairsFor } from './look-into.ts';
import { openConnection, refuseWork } from './open-connection.ts';

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
  const providers = [...crm.providers.values()].map(({ provider, name, hasClient, identifyKey }) => ({
    provider,
    name,
    canAuthorize: hasClient,
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
  const old = await store.readSettings(actor.workspace, known.number);
  const twice = refusePairs(patch.pairs ?? []);
  if (twice) return fail(twice);
  const pairs = await settlePairs(backend, () => openConnection(crm, backend, actor.workspace, id), old.pairs, patch.pairs ?? old.pairs);
  if (!pairs.ok) return pairs;
  const mapped = await mapNewKinds(crm, backend, known, { ...old, ...patch, pairs: pairs.value }, old);
  if (!mapped.ok) return mapped;
  const settings = mapped.value;
  const refused =
    refusePairs(settings.pairs) ??
    (await refuseLists(backend, actor, namedLists(patch))) ??
    (await refuseOtherScope(crm, backend, known, old, patch));
  if (refused) return fail(refused);
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
  const loginHost = record?.loginHost ?? null;
  const client = oauth?.clientAt(loginHost);
  if (!tokens?.ok || tokens.value.refresh === null || !oauth || !client) return false;
  return revokeToken(oauth, client, loginHost, tokens.value.refresh);
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

function namedLists({ scopeOut, listId }: ConnectionPatch): Parameters<typeof refuseLists>[2] {
  const out = scopeOut?.kind === 'lists' ? scopeOut.listIds.map((id) => ({ field: 'scopeOut', id })) : [];
  return listId ? [...out, { field: 'listId', id: listId }] : out;
}

/** A kind of record that comes in from now on, and was never mapped, starts with the map of a new connection. */
async function mapNewKinds(
  crm: CrmParts,
  backend: Backend,
  { workspace, id }: ConnectionRecord,
  settings: SyncSettings,
  old: SyncSettings,
): Promise<Result<SyncSettings, Refusal>> {
  const { scopeIn, pairs } = settings;
  const isUnmapped = (type: RecordType) => !pairs.some((pair) => pair.type === type);
  const added = RECORD_TYPES.filter((type) => holdsType(scopeIn, type) && !holdsType(old.scopeIn, type) && isUnmapped(type));
  if (pairs.length === 0 || added.length === 0) return ok(settings);
  const open = await openConnection(crm, backend, workspace, id);
  if (!open.ok) return open;
  const fresh = await pairsFor(open.value, [], added);
  return fresh.ok ? ok({ ...settings, pairs: [...pairs, ...fresh.value] }) : fail(refuseWork(open.value, fresh.error, false));
}

/** Another scope is looked for in the CRM. */
async function refuseOtherScope(
  crm: CrmParts,
  backend: Backend,
  { workspace, id }: ConnectionRecord,
  old: SyncSettings,
  { scopeIn }: ConnectionPatch,
): Promise<Refusal | null> {
  if (!scopeIn || scopeIn.kind === 'all' || isDeepStrictEqual(scopeIn, old.scopeIn)) return null;
  const open = await openConnection(crm, backend, workspace, id);
  return open.ok ? refuseScope(open.value, scopeIn, 'scopeIn') : open.error;
}
