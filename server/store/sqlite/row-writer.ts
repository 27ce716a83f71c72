import { leadKeys } from '#shared/lead/duplicates.ts';
import type { Lead } from '#shared/lead/lead.ts';
import { BUCKETS, type Bucket, type FieldChange, type ImportPolicy } from '#shared/plan/plan.ts';
import { mergeLead } from '../merge-lead.ts';
import type { CheckedRow, WorkspaceId } from '../records.ts';
import { type RowPlan, settleRow } from '../settle-row.ts';
import type { Connection } from './connection.ts';
import { noteImported } from './imported-records.ts';
import { type LeadLookup, leadLookup } from './known-leads.ts';
import { addKeys, replaceKeys } from './lead-keys.ts';
import { ADD_MEMBER } from './lead-lists.ts';
import { INSERT_LEAD, leadValues, UPDATE_LEAD } from './lead-row.ts';
import { type Registry, readRegistry } from './registry.ts';

/** The import whose rows are written, inside one transaction. */
export type Batch = {
  readonly workspace: WorkspaceId;
  readonly importId: number;
  readonly list: number;
  readonly source: string;
  readonly policy: ImportPolicy;
  readonly member: number | null;
  readonly at: number;
  /** Nobody reviews: a phone alone asks no question. */
  readonly unattended: boolean;
};
/** What became of a row, with the lead's public id and number. */
export type WrittenRow = { readonly line: number; readonly plan: RowPlan; readonly leadId: string | null; readonly lead: number | null };

const ADD_ROW = `INSERT INTO import_row (workspace, import_id, line, bucket, settled, changed, lead, problems, raw, kept)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
const ADD_CHANGE = 'INSERT INTO lead_change (workspace, lead, field, old, new, at, actor, import_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
export const BUCKET_INDEX = Object.fromEntries(BUCKETS.map((bucket, index) => [bucket, index])) as Record<Bucket, number>; // made of every bucket

/** What is known about rows of an import, and what writes the leads they come to. */
export type LeadWriter = {
  readonly lookup: LeadLookup;
  /** Writes lead, keys, membership and change log of a settled row; gives the lead it is about. */
  readonly write: (row: Pick<CheckedRow, 'line' | 'lead'>, plan: RowPlan) => Pick<WrittenRow, 'lead' | 'leadId'>;
};

/** For some rows that are written in one transaction. */
export function leadWriter(cx: Connection, batch: Batch, rows: readonly { readonly lead?: Lead }[]): LeadWriter {
  const { workspace, importId, list, at } = batch;
  const registry = readRegistry(cx, workspace, at);
  const lookup = leadLookup(cx, { workspace, importId, list, registry }, rows);
  const newIds = cx.newIds(rows.length, at);
  const addMember = cx.statement(ADD_MEMBER);

  const write: LeadWriter['write'] = (row, plan) => {
    if (plan.bucket === 'created') {
      const leadId = newIds.pop() ?? cx.newId(at);
      const lead = createLead(cx, batch, registry, leadId, row.lead ?? {});
      addMember.run(workspace, list, lead, importId, at);
      lookup.wrote(lead, row.line, null, row.lead ?? {});
      return { lead, leadId };
    }
    const known = plan.leadId === undefined ? null : lookup.find(plan.leadId);
    if (!known || plan.leadId === undefined) return NO_LEAD;
    const now = plan.changes.length === 0 ? known.lead : mergeLead(known.lead, row.lead ?? {}, plan.changes);
    if (plan.changes.length > 0) saveChanges(cx, { ...batch, registry }, known.id, known.lead, now, plan.changes);
    if (plan.bucket === 'addedToList') addMember.run(workspace, list, known.id, importId, at);
    if (plan.bucket === 'addedToList' || plan.bucket === 'updated') lookup.wrote(known.id, row.line, known.lead, now);
    return { lead: known.id, leadId: plan.leadId };
  };
  return { lookup, write };
}
const NO_LEAD = { lead: null, leadId: null } as const;

/**
 * Writes rows one by one: what is known about each is asked, the row settled, and lead, keys, membership, change log
 * and outcome written with a prepared statement each. Gives what became of each.
 */
export function writeRows(cx: Connection, batch: Batch, rows: readonly CheckedRow[]): WrittenRow[] {
  const { workspace, importId, policy } = batch;
  const { lookup, write } = leadWriter(cx, batch, rows);
  const addRow = cx.statement(ADD_ROW);
  return rows.map((row) => {
    const plan = settleRow(row, lookup, policy, batch.unattended);
    const { lead, leadId } = write(row, plan);
    const { problems, raw, kept } = plan;
    const bucket = BUCKET_INDEX[plan.bucket];
    const changed = plan.changed ? 1 : 0;
    const added = addRow.run(
      workspace,
      importId,
      row.line,
      bucket,
      bucket,
      changed,
      lead,
      toJson(problems),
      raw && JSON.stringify(raw),
      kept && JSON.stringify(kept),
    );
    if (row.record && !row.isLinked) noteImported(cx, workspace, row.record, Number(added.lastInsertRowid), plan.bucket);
    return { line: row.line, plan, lead, leadId };
  });
}

/** Writes a new lead with its keys and tags; gives its number. */
export function createLead(
  cx: Connection,
  batch: Pick<Batch, 'workspace' | 'source' | 'importId' | 'at'>,
  registry: Registry,
  publicId: string,
  lead: Lead,
): number {
  const { workspace, source, importId, at } = batch;
  const values = leadValues(lead, registry.fieldOf);
  const id = Number(cx.statement(INSERT_LEAD).run(...values, workspace, publicId, source, importId, at, at).lastInsertRowid);
  addKeys(cx, workspace, id, leadKeys(lead));
  if (lead.tags && lead.tags.length > 0) registry.addTags(id, lead.tags);
  return id;
}

type Change = Pick<Batch, 'workspace' | 'member' | 'at'> & { readonly registry: Registry; readonly importId: number | null };

/** Writes a changed lead: values, version, keys, tags, and one entry of the log per field. */
export function saveChanges(cx: Connection, by: Change, id: number, old: Lead, now: Lead, changes: readonly FieldChange[]): void {
  const { workspace, member, at, registry, importId } = by;
  saveValues(cx, by, id, old, now);
  const add = cx.statement(ADD_CHANGE);
  for (const change of changes) add.run(workspace, id, storedField(change.field, registry), change.old, change.new, at, member, importId);
}

/** Writes a lead's values, version, keys and tags, and nothing into the log. */
export function saveValues(cx: Connection, by: Pick<Change, 'workspace' | 'at' | 'registry'>, id: number, old: Lead, now: Lead): void {
  const { workspace, at, registry } = by;
  cx.statement(UPDATE_LEAD).run(...leadValues(now, registry.fieldOf), at, workspace, id);
  replaceKeys(cx, workspace, id, old, now);
  if (now.tags !== old.tags) registry.replaceTags(id, now.tags ?? []);
}

/** Custom fields go by number in the log, so that a new label does not cut their past off. */
function storedField(field: string, registry: Registry): string {
  const prefix = 'custom:';
  return field.startsWith(prefix) ? `${prefix}${registry.fieldOf({ label: field.slice(prefix.length), value: '' }).id}` : field;
}

/** Nothing is null. */
export function toJson(problems: readonly unknown[]): string | null {
  return problems.length === 0 ? null : JSON.stringify(problems);
}
