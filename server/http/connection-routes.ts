import { ERROR_STATUS } from '#shared/api/errors.ts';
import type { Provider } from '#shared/crm/record.ts';
import { ok } from '#shared/result.ts';
import { apiErrorSentence } from '#shared/sentences/api-error.ts';
import { beginSignIn, finishSignIn } from '../crm/access/sign-in.ts';
import { changeConnection, connectByKey, disconnect, listConnections } from '../crm/connections.ts';
import type { EdgeParts } from './edge.ts';
import { type HandlersOf, reply, replyWith } from './handler.ts';
import { connectedPage, notConnectedPage } from './pages/sign-in.ts';

/** CRMs: what is connected, how, and the way there and back. */
export const connectionRoutes: HandlersOf<
  'listConnections' | 'authorize' | 'oauthCallback' | 'connectByKey' | 'changeConnection' | 'disconnect'
> = {
  listConnections: async (parts, { actor }) =>
    reply({
      ...(await listConnections(parts.crm, parts.backend, actor, (provider) => redirectTo(parts, provider))),
      refusedSignIns: parts.crm.refusedSignIns
        .list(actor.workspace)
        .map(({ id, why }) => ({ id, why: apiErrorSentence(why.code, why.about, why.data) })),
    }),
  authorize: async (parts, { actor, params: { provider }, body }) =>
    replyWith(await beginSignIn(parts.crm, parts.backend, actor, { ...body, provider }, redirectTo(parts, provider))),
  oauthCallback: async (parts, { params: { provider }, query }) => {
    const done = await finishSignIn(parts.crm, parts.backend, provider, query, redirectTo(parts, provider));
    if (done.ok)
      return ok({ kind: 'page', html: connectedPage(parts.crm.providers.get(done.value.provider)?.name ?? '', done.value.account) });
    return ok({ kind: 'page', status: ERROR_STATUS[done.error.code], html: notConnectedPage(done.error) });
  },
  connectByKey: async ({ crm, backend }, { actor, body }) => replyWith(await connectByKey(crm, backend, actor, 'hubspot', body), 201),
  changeConnection: async ({ crm, backend }, { actor, params, body }) =>
    replyWith(await changeConnection(crm, backend, actor, params.id, body)),
  disconnect: async ({ crm, backend }, { actor, params }) => replyWith(await disconnect(crm, backend, actor, params.id)),
};

/** Where a CRM sends people back to: the same address that its app knows, letter by letter. */
function redirectTo({ url }: Pick<EdgeParts, 'url'>, provider: Provider | string): string {
  return `${url()}/oauth/${encodeURIComponent(provider)}/callback`;
}
