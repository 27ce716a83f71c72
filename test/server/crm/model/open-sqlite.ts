import { saveLeads } from '../../../../server/leads/save-leads.ts';
import type { LinkRecord } from '../../../../server/store/sync-records.ts';
import { openInMemory } from '../../model/open-model-store.ts';
import { FIELDS, type ModelStore } from './settings.ts';

const LINKS = `SELECT object_link.id AS id, lead.public_id AS leadId, type, remote_id AS remoteId, state
  FROM object_link JOIN lead ON lead.id = object_link.lead WHERE object_link.connection = ?`;

/** The real engine of the server: every story has a workspace and a connection of its own in it. */
export function openSqlite() {
  const server = openInMemory();
  const newStore = async (): Promise<ModelStore> => {
    const { backend, actor } = server.newServer();
    const { store } = backend;
    const act = { workspace: actor.workspace, member: actor.member, at: backend.now() };
    const { number: connection } = await store.connect(act, {
      id: `story-${actor.workspace}`,
      provider: 'hubspot',
      account: { id: 'fernhill', name: 'Fernhill' },
      loginHost: null,
      apiVersion: null,
      auth: 'service_key',
      scopes: [],
      missingScopes: [],
      tokens: { access: new Uint8Array([1]), refresh: null, keyId: 'k', expiresAt: null, instanceUrl: null },
    });
    const people: ModelStore['people'] = {
      addLead: async (lead) => {
        const saved = await saveLeads(backend, actor, { leads: [lead], require: 'any', onDuplicate: 'create' }, null);
        if (!saved.ok) throw new Error(saved.error.code);
        return String(JSON.parse(saved.value.body).leadId);
      },
      editLead: async (leadId, lead, at) => {
        const patch = Object.fromEntries(FIELDS.map((field) => [field, lead[field] ?? '']));
        await store.changeLead({ ...act, at }, leadId, patch);
      },
      deleteLead: async (leadId) => {
        await store.deleteLeads(act, [leadId]);
      },
      suppress: async (kind, value, at) => {
        await store.addSuppressions({ ...act, at }, [{ kind, value }], 'hand');
      },
      suppressed: async () => {
        const found = await store.readSuppressions(actor.workspace, { limit: 100 });
        return found === 'bad_cursor' ? [] : found.suppressions.map(({ value }) => value);
      },
      listLeads: async () => {
        const found = await store.findLeads(actor.workspace, { sort: 'createdAt', limit: 100 });
        if (typeof found === 'string') throw new Error(found);
        return found.leads
          .map(({ id, lead, doNotContact }) => ({ id, lead, isSuppressed: doNotContact }))
          .sort((a, b) => (a.id < b.id ? -1 : 1));
      },
      listAllLinks: () => server.client.prepare(LINKS).all(connection) as readonly LinkRecord[], // what the judge reads of links
    };
    return { store, workspace: actor.workspace, connection, people };
  };
  return { newStore, end: server.end };
}
