import type { OpenQuestion } from '#shared/crm/merge-record.ts';
import { valuesOfLead } from '#shared/crm/pair-lead.ts';
import type { FieldPair, RecordType } from '#shared/crm/record.ts';
import type { SyncSettings } from '#shared/crm/sync-settings.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { Act } from '../act.ts';
import type { Fence, LinkRecord, SyncedLead } from '../sync-records.ts';
import type { Connection } from './connection.ts';
import { type SuppressionSearch, suppressionSearch } from './find-suppressed.ts';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-row.ts';
import { type Registry, readRegistry } from './registry.ts';
import { readSettings } from './sync-lease.ts';

/** What one transaction of a connection knows: its settings, and what all leads share. */
export type SyncScope = {
  readonly cx: Connection;
  readonly fence: Fence;
  /** The server's own. */
  readonly act: Act;
  readonly settings: SyncSettings;
  readonly options: { readonly defaultCountry: string };
  readonly registry: Registry;
  readonly suppressions: SuppressionSearch;
};
/** A lead with its number. */
export type OpenLead = {
  readonly number: number;
  readonly id: string;
  readonly version: number;
  readonly lead: Lead;
  readonly doNotContact: boolean;
};

type Row = LeadRow & { readonly doNotContact: number };
const COLUMNS = `${LEAD_COLUMNS}, lead.do_not_contact AS doNotContact`;
const BY_ID = `SELECT ${COLUMNS} FROM lead WHERE workspace = ? AND public_id = ?`;
const BY_NUMBER = `SELECT ${COLUMNS} FROM lead WHERE workspace = ? AND id = ?`;
const COUNTRY = 'SELECT default_country FROM workspace WHERE id = ?';
const QUESTIONS = `SELECT pair_id AS pairId, ours, theirs FROM sync_conflict INDEXED BY sync_conflict_lead
  WHERE workspace = ? AND lead = ? AND connection = ? AND winner = 'open' AND resolved_at IS NULL ORDER BY id`;

/** The caller holds the transaction. */
export function openScope(cx: Connection, fence: Fence, at: number): SyncScope {
  const { workspace, connection } = fence;
  return {
    cx,
    fence,
    act: { workspace, member: null, at },
    settings: readSettings(cx, workspace, connection),
    options: { defaultCountry: String(cx.column(COUNTRY).get(workspace)) },
    registry: readRegistry(cx, workspace, at),
    suppressions: suppressionSearch(cx, workspace),
  };
}

export function pairsOf({ settings }: SyncScope, type: RecordType): readonly FieldPair[] {
  return settings.pairs.filter((pair) => pair.type === type);
}

/** A lead by its public id; null when there is none. */
export function findLead(scope: SyncScope, id: string): OpenLead | null {
  return toOpenLead(scope, scope.cx.statement(BY_ID).get(scope.fence.workspace, id) as Row | undefined); // COLUMNS
}

export function readLeadNumbered(scope: SyncScope, number: number): OpenLead | null {
  return toOpenLead(scope, scope.cx.statement(BY_NUMBER).get(scope.fence.workspace, number) as Row | undefined); // COLUMNS
}

function toOpenLead({ registry }: SyncScope, row: Row | undefined): OpenLead | null {
  if (!row) return null;
  const lead = toLead(row, registry.fieldsById, registry.tagsOf(row.id));
  return { number: row.id, id: row.publicId, version: row.version, lead, doNotContact: row.doNotContact === 1 };
}

/** Whether a lead's values may leave. */
export function mayPush({ suppressions }: SyncScope, { doNotContact, lead }: OpenLead): boolean {
  return !doNotContact && !suppressions.ofLead(lead);
}

/** A lead as sync sees it. */
export function toSyncedLead(scope: SyncScope, open: OpenLead, pairs: readonly FieldPair[], link: LinkRecord | null): SyncedLead {
  return { leadId: open.id, version: open.version, values: valuesOfLead(open.lead, pairs), link, mayPush: mayPush(scope, open) };
}

/** Conflicts of a lead that nobody has decided, by pair. */
export function openQuestions({ cx, fence }: SyncScope, lead: number): ReadonlyMap<string, OpenQuestion> {
  const rows = cx.statement(QUESTIONS).all(fence.workspace, lead, fence.connection) as (OpenQuestion & { pairId: string })[]; // its columns
  return new Map(rows.map(({ pairId, ours, theirs }) => [pairId, { ours, theirs }]));
}
