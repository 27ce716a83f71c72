import type { Lead } from '#shared/lead/lead.ts';
import { BUCKETS } from '#shared/plan/plan.ts';
import type { WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-row.ts';
import type { Registry } from './registry.ts';

export type StoredLead = { readonly id: number; readonly publicId: string; readonly version: number; readonly lead: Lead };

/** Stored leads as the rows of one transaction find them: values, whether in the list, whether an earlier row wrote them. */
export type StoredLeads = {
  readonly read: (id: number) => StoredLead | null;
  readonly readPublic: (publicId: string) => StoredLead | null;
  readonly isInList: (id: number) => boolean;
  /** The first row of this import that wrote the lead, by its line; null when none did. */
  readonly writtenAt: (id: number) => number | null;
  /** A row wrote the lead: its values are read again, it is in the list. */
  readonly wrote: (id: number, line: number) => void;
};

const WRITTEN = ['created', 'addedToList', 'updated'].map((bucket) => BUCKETS.indexOf(bucket as (typeof BUCKETS)[number])).join(', '); // three of BUCKETS
const LEADS = `SELECT ${LEAD_COLUMNS} FROM json_each(?) AS wanted CROSS JOIN lead ON lead.workspace = ? AND lead.id = wanted.value`;
const PUBLIC_LEAD = `SELECT ${LEAD_COLUMNS} FROM lead WHERE workspace = ? AND public_id = ?`;
const MEMBERS = `SELECT list_member.lead FROM json_each(?) AS wanted
  CROSS JOIN list_member ON list_member.workspace = ? AND list_member.list = ? AND list_member.lead = wanted.value`;
const WRITERS = `SELECT import_row.lead, import_row.line FROM json_each(?) AS wanted
  CROSS JOIN import_row INDEXED BY import_row_lead ON import_row.workspace = ? AND import_row.lead = wanted.value
  WHERE import_row.import_id = ? AND import_row.settled IN (${WRITTEN}) ORDER BY import_row.id DESC`;
const TAGS = `SELECT lead_tag.lead, tag.name FROM json_each(?) AS wanted
  CROSS JOIN lead_tag INDEXED BY lead_tag_lead ON lead_tag.workspace = ? AND lead_tag.lead = wanted.value
  CROSS JOIN tag ON tag.workspace = lead_tag.workspace AND tag.id = lead_tag.tag ORDER BY lead_tag.id`;

/** Reads the leads with these numbers at once; others are read when they are asked for. */
export function readStoredLeads(
  cx: Connection,
  batch: { readonly workspace: WorkspaceId; readonly importId: number; readonly list: number; readonly registry: Registry },
  ids: readonly number[],
): StoredLeads {
  const { workspace, importId, list, registry } = batch;
  const leads = new Map<number, StoredLead | null>();
  const members = new Map<number, boolean>();
  const writers = new Map<number, number | null>();

  const load = (wanted: readonly number[]) => {
    if (wanted.length === 0) return;
    const json = JSON.stringify(wanted);
    for (const id of wanted) {
      leads.set(id, null);
      if (!members.has(id)) members.set(id, false);
      if (!writers.has(id)) writers.set(id, null);
    }
    const tags = new Map<number, string[]>();
    for (const [lead, name] of cx.table(TAGS).all(json, workspace) as [number, string][]) tags.set(lead, [...(tags.get(lead) ?? []), name]); // the columns of TAGS
    for (const row of cx.statement(LEADS).all(json, workspace) as LeadRow[]) keep(row, tags.get(row.id) ?? []); // the columns of LEAD_COLUMNS
    for (const lead of cx.column(MEMBERS).all(json, workspace, list) as number[]) members.set(lead, true); // plucked
    // The last one that is set is the first that wrote.
    for (const [lead, line] of cx.table(WRITERS).all(json, workspace, importId) as [number, number][]) writers.set(lead, line); // the columns of WRITERS
  };
  const keep = (row: LeadRow, tags: readonly string[]): StoredLead => {
    const stored = { id: row.id, publicId: row.publicId, version: row.version, lead: toLead(row, registry.fieldsById, tags) };
    leads.set(row.id, stored);
    return stored;
  };
  /** The value under a number, loaded first where it is not known yet. */
  const known = <T>(values: ReadonlyMap<number, T>, id: number): T | undefined => {
    if (!values.has(id)) load([id]);
    return values.get(id);
  };
  load(ids);
  return {
    read: (id) => known(leads, id) ?? null,
    readPublic: (publicId) => {
      const row = cx.statement(PUBLIC_LEAD).get(workspace, publicId) as LeadRow | undefined; // the columns of LEAD_COLUMNS
      if (!row) return null;
      return leads.get(row.id) ?? keep(row, registry.tagsOf(row.id));
    },
    isInList: (id) => known(members, id) === true,
    writtenAt: (id) => known(writers, id) ?? null,
    wrote: (id, line) => {
      leads.delete(id);
      members.set(id, true);
      writers.set(id, writers.get(id) ?? line);
    },
  };
}
