import { saveLeads } from '../../server/leads/save-leads.ts';
import type { CallStore } from '../../server/store/call-store.ts';
import { createMemorySyncStore } from '../../server/store/memory/sync-store.ts';
import type { Fence, MergedRecord, NewWrite, PulledRecord } from '../../server/store/sync-records.ts';
import type { Run, SyncStore } from '../../server/store/sync-store.ts';
import type { CrmRecord, FieldPair, OptOutKind } from '../../shared/crm/record.ts';
import { NEW_SETTINGS, type SyncSettings } from '../../shared/crm/sync-settings.ts';
import type { Lead } from '../../shared/lead/lead.ts';
import { openTestServer, type TestServer } from '../server/store/open-test-store.ts';

/** A store of one kind with one connection, and what people do beside the sync. */
export type Bench = {
  readonly store: SyncStore & CallStore;
  readonly workspace: number;
  readonly connection: number;
  readonly addLead: (lead: Lead) => Promise<string>;
  readonly editLead: (leadId: string, patch: Lead, at: number) => Promise<void>;
  readonly deleteLead: (leadId: string) => Promise<void>;
  readonly suppress: (value: string, kind?: OptOutKind) => Promise<void>;
  /** A row of an import is this contact: it became the lead, or without one waits in review. */
  readonly noteImported: (remoteId: string, lead: Lead, leadId: string | null) => Promise<void>;
  readonly leads: () => Promise<readonly { readonly id: string; readonly lead: Lead; readonly isSuppressed: boolean }[]>;
  readonly end: () => Promise<void>;
};
export type SqliteBench = Bench & { readonly server: TestServer; readonly reopen: () => Promise<SqliteBench> };

export const AT = Date.UTC(2026, 4, 1, 12);
export const PAIRS: readonly FieldPair[] = [
  pair('first', 'firstName', 'firstname'),
  pair('last', 'lastName', 'lastname'),
  { ...pair('email', 'email', 'email'), valueType: 'email' },
  { ...pair('phone', 'phone', 'phone'), valueType: 'phone' },
  pair('title', 'jobTitle', 'jobtitle'),
  { ...pair('size', 'notes', 'size'), local: { kind: 'custom', label: 'Size' } },
];
export const SETTINGS: SyncSettings = { ...NEW_SETTINGS, pairs: PAIRS };

function pair(id: string, local: 'firstName' | 'lastName' | 'email' | 'phone' | 'jobTitle' | 'notes', remote: string): FieldPair {
  return {
    id,
    type: 'contact',
    local: { kind: 'field', id: local },
    remote,
    label: remote,
    valueType: 'text',
    direction: 'both',
    rule: 'crm',
    trouble: null,
  };
}

export async function openSqliteBench(): Promise<SqliteBench> {
  return await openConnection(await openTestServer());
}

/** The one connection of a store on disk, made where there is none. */
export async function openConnection(server: TestServer): Promise<SqliteBench> {
  const { store, actor, backend } = server;
  const { workspace } = actor;
  const act = { workspace, member: actor.member, at: AT };
  const known = await store.listConnections(workspace);
  const connection =
    known[0] ??
    (await store.connect(act, {
      id: 'in-step',
      provider: 'hubspot',
      account: { id: 'fernhill', name: 'Fernhill' },
      loginHost: null,
      apiVersion: null,
      auth: 'service_key',
      scopes: [],
      missingScopes: [],
      tokens: { access: new Uint8Array([1]), refresh: null, keyId: 'k', expiresAt: null, instanceUrl: null },
    }));
  return {
    server,
    store,
    workspace,
    connection: connection.number,
    addLead: async (lead) => {
      const saved = await saveLeads(backend, actor, { leads: [lead], require: 'any', onDuplicate: 'create' }, null);
      if (!saved.ok) throw new Error(saved.error.code);
      return JSON.parse(saved.value.body).leadId;
    },
    editLead: async (leadId, patch, at) => {
      await store.changeLead({ ...act, at }, leadId, patch);
    },
    deleteLead: async (leadId) => {
      await store.deleteLeads(act, [leadId]);
    },
    suppress: async (value, kind = 'email') => {
      await store.addSuppressions(act, [{ kind, value }], 'hand');
    },
    noteImported: async (remoteId, lead, leadId) => {
      const importId = `import-of-${remoteId}`;
      const policy = { require: 'any', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] } as const;
      const announced = { source: 'hubspot', list: null, mapping: [], headers: [], policy, total: 1, chunkCount: 1, bodySha256: '' };
      await store.putImport(act, { importId, ...announced });
      const about = leadId === null ? { decision: 'review' as const } : { decision: 'duplicate' as const, leadId };
      const record = { connection: connection.number, type: 'contact', remoteId } as const;
      const stored = await store.storeChunk(act, { importId, seq: 0, sha256: '', rows: [{ line: 2, lead, record, ...about }] });
      if (stored.kind !== 'stored') throw new Error(stored.kind);
    },
    leads: async () => {
      const found = await store.findLeads(workspace, { sort: 'createdAt', limit: 100 });
      if (typeof found === 'string') throw new Error(found);
      return found.leads.map(({ id, lead, doNotContact }) => ({ id, lead, isSuppressed: doNotContact }));
    },
    reopen: async () => await openConnection(await server.reopen()),
    end: server.end,
  };
}

export async function openMemoryBench(): Promise<Bench> {
  const { store, leads } = createMemorySyncStore();
  return {
    store,
    workspace: 1,
    connection: 1,
    addLead: async (lead) => leads.addLead(lead, [], AT),
    editLead: async (leadId, patch, at) => {
      const known = leads.listLeads().find(({ id }) => id === leadId);
      if (known) leads.editLead(leadId, { ...known.lead, ...patch }, at);
    },
    deleteLead: async (leadId) => leads.deleteLead(leadId),
    suppress: async (value, kind = 'email') => leads.suppress(kind, value, AT),
    noteImported: async (remoteId, _, leadId) => {
      leads.noteImported(remoteId, leadId === null ? { kind: 'waiting' } : { kind: 'lead', leadId });
    },
    leads: async () => leads.listLeads(),
    end: async () => {},
  };
}

/** A run under a lease of its own, with settings made. */
export async function startRun(bench: Bench, settings: SyncSettings = SETTINGS, at = AT): Promise<Run> {
  const { store, workspace, connection } = bench;
  await store.changeSettings({ workspace, member: null, at }, connection, settings);
  return await store.startRun(await takeLease(bench, 'one', at), 'by_hand', at);
}

export async function takeLease({ store, workspace, connection }: Bench, owner: string, at = AT): Promise<Fence> {
  const fence = await store.takeLease(workspace, connection, owner, at, at + 60_000);
  if (!fence) throw new Error('somebody else has the lease');
  return fence;
}

export function record(id: string, values: Readonly<Record<string, string>>, rest: Partial<CrmRecord> = {}): PulledRecord {
  const none = { email: false, phone: false, since: null };
  return { record: { type: 'contact', id, values: new Map(Object.entries(values)), modifiedAt: AT, createdAt: AT, optOut: none, ...rest } };
}

export const ANN = { firstname: 'Ann', lastname: 'Lee', email: 'ann@example.com', jobtitle: 'Chief' } as const;

/** Takes records in; what became of each. */
export async function pull({ store }: Bench, run: Run, ...pulled: readonly PulledRecord[]): Promise<readonly MergedRecord[]> {
  return await store.mergeRecords(run, pulled, { creates: true, dryRun: false });
}

export function write(opId: string, leadId: string, rest: Partial<NewWrite> = {}): NewWrite {
  const payload = new Map([['jobtitle', 'CTO']]);
  const sent = new Map([['title', 'CTO']]);
  const none = new Map<string, string>();
  return {
    opId,
    leadId,
    leadVersion: 1,
    type: 'contact',
    kind: 'create',
    remoteId: null,
    payload,
    sent,
    before: none,
    seenAt: 0,
    at: AT,
    ...rest,
  };
}
