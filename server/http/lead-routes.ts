import { MAX_LEADS_PER_CALL } from '#shared/limits.ts';
import { fail, ok } from '#shared/result.ts';
import { withRecordUrls } from '../crm/record-urls.ts';
import { changeLeads, deleteLeads, patchLead } from '../leads/change-leads.ts';
import { exportLeads } from '../leads/export-leads.ts';
import { findLeads, getLead, getTimeline } from '../leads/find-leads.ts';
import { saveLeads } from '../leads/save-leads.ts';
import { type HandlersOf, reply, replyWith } from './handler.ts';

/** Leads: save, find, change, delete, export, and their past. */
export const leadRoutes: HandlersOf<'saveLeads' | 'findLeads' | 'exportLeads' | 'changeLead' | 'deleteLeads' | 'changeLeads' | 'timeline'> =
  {
    saveLeads: async ({ backend }, { actor, body, once }) => {
      const { length: count } = body.leads;
      if (count > MAX_LEADS_PER_CALL)
        return fail({ code: 'TOO_LARGE', about: 'too_many_leads', data: { limit: MAX_LEADS_PER_CALL, count } });
      const saved = await saveLeads(backend, actor, body, once);
      return saved.ok ? ok({ kind: 'kept', answer: saved.value }) : saved;
    },
    findLeads: async ({ backend, crm }, { actor, query: { id, ...query } }) => {
      if (id === undefined) return replyWith(await findLeads(backend, actor, query));
      const found = await getLead(backend, actor, id);
      if (!found.ok) return found;
      const { lead, links } = found.value;
      return reply({ lead, links: await withRecordUrls(crm, backend, actor.workspace, links) });
    },
    exportLeads: async ({ backend }, { actor, query }) => {
      const pieces = await exportLeads(backend, actor, query);
      return pieces.ok ? ok({ kind: 'csv', fileName: 'leads.csv', pieces: pieces.value }) : pieces;
    },
    changeLead: async ({ backend }, { actor, params, body }) =>
      replyWith(await patchLead(backend, actor, params.id, body.patch, body.version)),
    deleteLeads: async ({ backend }, { actor, body }) => reply(await deleteLeads(backend, actor, body.ids)),
    changeLeads: async ({ backend }, { actor, body: { ids, filter, except, ...change } }) =>
      replyWith(await changeLeads(backend, actor, ids ? { ids } : { filter: filter ?? {}, ...(except ? { except } : {}) }, change)),
    timeline: async ({ backend }, { actor, params }) => replyWith(await getTimeline(backend, actor, params.id)),
  };
