import type { RouteId } from '#shared/api/contract.ts';
import { addToCampaign, listCampaignLinks, readCampaign, unlinkCampaign } from '../crm/add-to-campaign.ts';
import { listConflicts, listErrors, listRuns, resolveConflict, retryError } from '../crm/connection-troubles.ts';
import { linkError } from '../crm/link-error.ts';
import { listFields, listScopes } from '../crm/look-into.ts';
import { type OpenConnection, openConnection } from '../crm/open-connection.ts';
import { dryRunConnection, importConnection, previewConnection, syncConnection } from '../crm/work-on-connection.ts';
import type { Actor } from '../leads/backend.ts';
import type { EdgeParts } from './edge.ts';
import { type HandlersOf, replyWith } from './handler.ts';

type WorkRoutes = Extract<
  RouteId,
  | 'connectionLists'
  | 'connectionFields'
  | 'previewConnection'
  | 'importConnection'
  | 'dryRunConnection'
  | 'syncConnection'
  | 'addToCampaign'
  | 'campaignLinks'
  | 'readCampaign'
  | 'unlinkCampaign'
  | 'connectionRuns'
  | 'connectionConflicts'
  | 'resolveConflict'
  | 'connectionErrors'
  | 'retryError'
>;

/** What is done with a connected CRM, and what became of it. */
export const connectionWorkRoutes: HandlersOf<WorkRoutes> = {
  connectionLists: async (parts, { actor, params, query: { search = '' } }) => {
    const open = await opened(parts, actor, params.id);
    if (!open.ok) return open;
    const { scopeIn } = await parts.backend.store.readSettings(actor.workspace, open.value.number);
    return replyWith(await listScopes(open.value, search, scopeIn));
  },
  connectionFields: async (parts, { actor, params }) => {
    const open = await opened(parts, actor, params.id);
    return open.ok ? replyWith(await listFields(open.value)) : open;
  },
  previewConnection: async (parts, { actor, params, body }) => {
    const open = await opened(parts, actor, params.id);
    return open.ok ? replyWith(await previewConnection(workOf(parts, actor, open.value), body)) : open;
  },
  importConnection: async (parts, { actor, params, body, once }) => {
    const open = await opened(parts, actor, params.id);
    if (!open.ok) return open;
    const done = await importConnection(workOf(parts, actor, open.value), body, once?.key ?? null);
    const isNew = done.ok && !done.value.dryRun && done.value.created + done.value.addedToList + done.value.updated > 0;
    return replyWith(done, isNew ? 201 : 200);
  },
  dryRunConnection: async (parts, { actor, params }) => {
    const open = await opened(parts, actor, params.id);
    return open.ok ? replyWith(await dryRunConnection(workOf(parts, actor, open.value))) : open;
  },
  syncConnection: async (parts, { actor, params, body }) => {
    const open = await opened(parts, actor, params.id);
    return open.ok ? replyWith(await syncConnection(workOf(parts, actor, open.value), body)) : open;
  },
  addToCampaign: async (parts, { actor, params, body }) => {
    const open = await opened(parts, actor, params.id);
    if (!open.ok) return open;
    return replyWith(await addToCampaign(parts.backend, actor, open.value, { campaignId: params.campaignId, ...body }));
  },
  campaignLinks: async ({ backend }, { actor, params }) => replyWith(await listCampaignLinks(backend, actor, params.id)),
  readCampaign: async (parts, { actor, params }) => {
    const open = await opened(parts, actor, params.id);
    return open.ok ? replyWith(await readCampaign(open.value, params.campaignId)) : open;
  },
  unlinkCampaign: async ({ backend }, { actor, params: { id, ...link } }) => replyWith(await unlinkCampaign(backend, actor, id, link)),
  connectionRuns: async (parts, { actor, params, query }) => replyWith(await listRuns(askedOf(parts, actor, params.id), query)),
  connectionConflicts: async (parts, { actor, params, query: { open, ...page } }) =>
    replyWith(await listConflicts(askedOf(parts, actor, params.id), { ...page, openOnly: open === 'true' })),
  resolveConflict: async (parts, { actor, params, body }) =>
    replyWith(await resolveConflict(askedOf(parts, actor, params.id), params.conflictId, body.as)),
  connectionErrors: async (parts, { actor, params, query }) => replyWith(await listErrors(askedOf(parts, actor, params.id), query)),
  retryError: async (parts, { actor, params, body }) => {
    const { id, errorId } = params;
    if (body.how !== 'link') return replyWith(await retryError(askedOf(parts, actor, id), errorId, body.how));
    const open = await opened(parts, actor, id);
    return open.ok ? replyWith(await linkError(parts.backend, actor, open.value, { errorId, remoteId: body.remoteId })) : open;
  },
};

function opened({ crm, backend }: EdgeParts, actor: Actor, id: string) {
  return openConnection(crm, backend, actor.workspace, id);
}

function workOf({ crm, backend }: EdgeParts, actor: Actor, open: OpenConnection) {
  return { parts: crm, backend, actor, open };
}

function askedOf({ crm, backend }: EdgeParts, actor: Actor, id: string) {
  return { parts: crm, backend, actor, id };
}
