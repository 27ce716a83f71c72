import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { CallStore } from '../call-store.ts';
import type { ImportedAs } from '../plan-pull.ts';
import type { LinkRecord } from '../sync-records.ts';
import type { SyncStore } from '../sync-store.ts';
import { createCalls } from './calls.ts';
import { createLeasesAndRuns } from './leases-and-runs.ts';
import { createLinks } from './links.ts';
import { createMerges } from './merges.ts';
import { createPushes } from './pushes.ts';
import { createSide } from './side.ts';
import { ALL_MEMORY_RULES, bury, copyOf, createState, dropLink, fieldKey, isSuppressed, keyOf, type MemoryRules } from './state.ts';
import { createTroubles } from './troubles.ts';

/** What people do beside the sync. Only what keeping in step needs to see: one workspace, leads, the suppression list. */
export type MemoryLeads = {
  addLead(lead: Lead, listIds?: readonly string[], madeAt?: number): string;
  /** The whole lead as it is from now on. */
  editLead(leadId: string, lead: Lead, at: number): void;
  deleteLead(leadId: string): void;
  suppress(kind: 'email' | 'phone', value: string, at: number): void;
  /** An import made this of a contact, and did not come to link it. */
  noteImported(remoteId: string, as: ImportedAs): void;
  suppressed(): readonly string[];
  listAllLinks(): readonly LinkRecord[];
  listLeads(): readonly { readonly id: string; readonly lead: Lead; readonly isSuppressed: boolean }[];
};

/** A store of one workspace that lives as long as the process: every rule of `SyncStore`, no disk. For tests of the engine. */
export function createMemorySyncStore(rules: Partial<MemoryRules> = {}): {
  readonly store: SyncStore & CallStore;
  readonly leads: MemoryLeads;
} {
  const state = createState({ ...ALL_MEMORY_RULES, ...rules });
  const store: SyncStore & CallStore = {
    ...createCalls(state),
    ...createLeasesAndRuns(state),
    mergeRecords: async (run, pulled, options) => {
      if (!options.dryRun) return await createMerges(state).mergeRecords(run, pulled, options);
      const copy = copyOf(state);
      for (const { from, to } of options.moved ?? []) await createLinks(copy).moveLink(run, from, to);
      return await createMerges(copy).mergeRecords(run, pulled, options);
    },
    ...createPushes(state),
    ...createLinks(state),
    ...createSide(state),
    ...createTroubles(state),
  };
  return { store, leads: createLeads(state) };
}

function createLeads(state: ReturnType<typeof createState>): MemoryLeads {
  return {
    addLead(lead, listIds = [], madeAt = 0) {
      state.count += 1;
      const id = `lead-${state.count}`;
      state.leads.set(id, { id, order: state.count, version: 1, lead, listIds, madeAt, times: new Map(), doNotContact: false });
      return id;
    },
    editLead(leadId, lead, at) {
      const known = state.leads.get(leadId);
      if (!known) return;
      for (const { settings } of state.connections.values()) {
        const old = valuesOfLead(known.lead, settings.pairs);
        const values = valuesOfLead(lead, settings.pairs);
        for (const pair of settings.pairs) if (old.get(pair.id) !== values.get(pair.id)) known.times.set(fieldKey(pair), at);
      }
      known.lead = lead;
      known.version += 1;
    },
    deleteLead(leadId) {
      state.leads.delete(leadId);
      for (const connection of state.connections.values())
        for (const link of [...connection.links.values()]) {
          if (link.leadId !== leadId) continue;
          const { id: linkId, type, remoteId } = link;
          for (const alias of connection.aliases.values()) if (alias.linkId === linkId) bury(state, connection, alias.type, alias.remoteId);
          dropLink(connection, linkId);
          connection.deletedHere.set(keyOf(type, remoteId), { linkId, type, remoteId, isSettled: link.state !== 'linked' });
        }
    },
    suppress(kind, value, at) {
      if (!state.suppressed.has(value)) state.suppressed.set(value, { kind, value, since: at, source: 'hand' });
    },
    noteImported(remoteId, as) {
      for (const connection of state.connections.values()) connection.imported.set(keyOf('contact', remoteId), as);
    },
    suppressed: () => [...state.suppressed.keys()],
    listAllLinks: () => [...state.connections.values()].flatMap(({ links }) => [...links.values()]),
    listLeads: () =>
      [...state.leads.values()].map(({ id, lead, doNotContact }) => ({
        id,
        lead,
        isSuppressed: doNotContact || isSuppressed(state, lead),
      })),
  };
}
