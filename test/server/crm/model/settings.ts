import { SYNC_LIMITS, type SyncLimits } from '../../../../server/crm/sync/limits.ts';
import type { LinkRecord } from '../../../../server/store/sync-records.ts';
import type { SyncStore } from '../../../../server/store/sync-store.ts';
import type { FieldPair, RecordType } from '../../../../shared/crm/record.ts';
import type { CrmScope } from '../../../../shared/crm/scope.ts';
import { NEW_SETTINGS, type SyncSettings } from '../../../../shared/crm/sync-settings.ts';
import type { Lead } from '../../../../shared/lead/lead.ts';
import { type Story, TITLES_THERE } from './story.ts';

/** The store an engine is tried on, and what people do in it beside the sync. */
export type ModelStore = {
  readonly store: SyncStore;
  readonly workspace: number;
  readonly connection: number;
  readonly people: {
    addLead(lead: Lead): Promise<string> | string;
    editLead(leadId: string, lead: Lead, at: number): Promise<void> | void;
    deleteLead(leadId: string): Promise<void> | void;
    suppress(kind: 'email', value: string, at: number): Promise<void> | void;
    suppressed(): readonly string[] | Promise<readonly string[]>;
    listLeads(): Promise<readonly ModelLead[]> | readonly ModelLead[];
    listAllLinks(): Promise<readonly LinkRecord[]> | readonly LinkRecord[];
  };
};
export type ModelLead = { readonly id: string; readonly lead: Lead; readonly isSuppressed: boolean };

export const LIMITS: SyncLimits = {
  ...SYNC_LIMITS,
  leaseMs: 60_000,
  sendMs: 30_000,
  lagMs: 10_000,
  overlapMs: 60_000,
  sweepMs: 100_000,
  retryMs: 1_000,
  maxRetryMs: 8_000,
  removeFloor: 1,
};
export const EMAILS = [undefined, 'ann@acme.example', 'bob@globex.example'] as const;
export const FIELDS = ['firstName', 'jobTitle'] as const;
/** Those of the CRM: to one of them nothing belongs until an admin says so. */
export const FIELDS_THERE = ['firstName', ...TITLES_THERE] as const;

/** The pair of a field: those of the contacts have its name. */
function pairIdOf(type: RecordType, field: string): string {
  return type === 'contact' ? field : `${type}-${field}`;
}

function pairsOf(type: RecordType, rules: Story['rules']): readonly FieldPair[] {
  const pair = (id: 'firstName' | 'jobTitle' | 'email', rule: FieldPair['rule']): FieldPair => ({
    id: pairIdOf(type, id),
    type,
    local: { kind: 'field', id },
    remote: id,
    label: id,
    valueType: id === 'email' ? 'email' : 'text',
    direction: 'both',
    rule,
    trouble: null,
  });
  return [pair('firstName', rules[0]), pair('jobTitle', rules[1]), pair('email', 'crm')];
}

/** The pair of a lead's field as it is set now. */
export function pairOf({ pairs }: SyncSettings, type: RecordType, field: (typeof FIELDS)[number]): FieldPair | undefined {
  return pairs.find((pair) => pair.type === type && pair.local.kind === 'field' && pair.local.id === field);
}

/** A part of the records, which the CRM knows by their ids. */
export const FEW = { kind: 'campaign', id: 'few', name: 'Few' } as const satisfies CrmScope;

/** A value without what the CRM made of it. */
export function quiet(text: string): string {
  return text.replace(/!+$/, '');
}

/** Kinds of people the CRM of a story has. */
function typesOf({ crm }: Story): readonly RecordType[] {
  return crm === 'salesforce' ? ['lead', 'contact'] : ['contact'];
}

/** What a removal on one side does on the other. */
export function removalsOf({ removesLeads, archivesThere }: Pick<Story, 'removesLeads' | 'archivesThere'>) {
  return {
    whenGoneThere: removesLeads ? 'remove_lead' : 'keep',
    whenDeletedHere: archivesThere ? 'archive_there' : 'keep',
  } satisfies Partial<SyncSettings>;
}

/** How the connection of a story is kept in step. */
export function settingsOf(story: Story): SyncSettings {
  return {
    ...NEW_SETTINGS,
    pairs: typesOf(story).flatMap((type) => pairsOf(type, story.rules)),
    scopeOut: { kind: 'all' },
    ...removalsOf(story),
    writesOptOuts: story.tellsOptOuts ?? false,
  };
}
