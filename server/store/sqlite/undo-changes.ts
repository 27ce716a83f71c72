import { TEXT_FIELD_IDS } from '#shared/lead/fields.ts';
import type { Lead } from '#shared/lead/lead.ts';
import type { FieldChange } from '#shared/plan/plan.ts';
import { mergeLead } from '../merge-lead.ts';
import { type LoggedChange, planRestore, type Restore } from '../plan-undo.ts';
import type { KeptLead, KeptReason } from '../records.ts';
import type { Act } from '../store.ts';
import type { Connection } from './connection.ts';
import { type SuppressionSearch, suppressionSearch } from './find-suppressed.ts';
import type { ImportRow } from './import-records.ts';
import { type Registry, readRegistry } from './registry.ts';
import { saveValues } from './row-writer.ts';
import { readStoredLeads, type StoredLead } from './stored-leads.ts';

type Kept = Pick<KeptLead, 'reason' | 'fields'>;
type FieldName = FieldChange['field'];

const DROP_MEMBERS = `DELETE FROM list_member WHERE workspace = ? AND list = ? AND lead IN (SELECT value FROM json_each(?)) AND import_id = ?
  RETURNING lead`;
const READ_LOG = `SELECT lead_change.lead AS lead, lead_change.id AS id, lead_change.field AS field, coalesce(lead_change.old, '') AS old,
    coalesce(lead_change.new, '') AS new, lead_change.import_id AS importId
  FROM json_each(?) AS wanted
  CROSS JOIN lead_change INDEXED BY lead_change_lead ON lead_change.workspace = ? AND lead_change.lead = wanted.value
  WHERE lead_change.undone_at IS NULL ORDER BY lead_change.id`;
const TAKE_BACK = 'UPDATE lead_change SET undone_at = ? WHERE id = ?';
const NOTE_UNDO = "INSERT INTO lead_change (workspace, lead, field, at, actor, import_id, undone_at) VALUES (?, ?, 'undo', ?, ?, ?, ?)";

/**
 * Takes back what an import did to leads that were there before: memberships go, fields get their old values back
 * unless somebody changed them since or the old value is suppressed. Gives how many leads are as they were, and what
 * was kept.
 */
export function undoChanges(
  cx: Connection,
  act: Act,
  found: ImportRow,
  leads: readonly number[],
): { readonly restored: number; readonly kept: ReadonlyMap<number, Kept> } {
  const { workspace, at } = act;
  const kept = new Map<number, Kept>();
  if (leads.length === 0) return { restored: 0, kept };
  const json = JSON.stringify(leads);
  const left = found.list === null ? [] : (cx.column(DROP_MEMBERS).all(workspace, found.list, json, found.id) as number[]); // plucked
  const changed = new Set(left);
  const registry = readRegistry(cx, workspace, at);
  const search = suppressionSearch(cx, workspace);
  const stored = readStoredLeads(cx, { workspace, importId: found.id, list: found.list ?? 0, registry }, leads);
  for (const [lead, log] of readLogs(cx, workspace, json)) {
    const now = stored.read(lead);
    if (!now) continue;
    const { restores, edited } = planRestore(log, found.id);
    const fields: { readonly field: string; readonly reason: KeptReason }[] = edited.map((field) => ({
      field: labelled(field, registry),
      reason: 'edited_since',
    }));
    const good: Restore[] = [];
    for (const restore of restores) {
      const reason = whyKept(restore, now.lead, search, registry);
      if (reason) fields.push({ field: labelled(restore.field, registry), reason });
      else good.push(restore);
    }
    if (good.length > 0) {
      writeBack(cx, { workspace, at, registry }, now, good);
      changed.add(lead);
    }
    if (fields.length > 0) kept.set(lead, { reason: fields.some(isSuppressed) ? 'suppressed' : 'edited_since', fields });
  }
  for (const lead of changed) cx.statement(NOTE_UNDO).run(workspace, lead, at, act.member, found.id, at);
  return { restored: changed.size, kept };
}

function isSuppressed({ reason }: { readonly reason: KeptReason }): boolean {
  return reason === 'suppressed';
}

function readLogs(cx: Connection, workspace: number, leads: string): ReadonlyMap<number, readonly LoggedChange[]> {
  const byLead = new Map<number, LoggedChange[]>();
  const rows = cx.statement(READ_LOG).all(leads, workspace) as (LoggedChange & { readonly lead: number })[]; // the columns of READ_LOG
  for (const row of rows) {
    const log = byLead.get(row.lead);
    if (log) log.push(row);
    else byLead.set(row.lead, [row]);
  }
  return byLead;
}

/** Why a field cannot have its old value back; null = it can. */
function whyKept(restore: Restore, now: Lead, search: SuppressionSearch, registry: Registry): KeptReason | null {
  const field = labelled(restore.field, registry);
  if (currentValue(now, field) !== restore.new) return 'edited_since';
  const isText = TEXT_FIELD_IDS.some((id) => id === field);
  return isText && search.ofLead({ [field]: restore.old }) ? 'suppressed' : null; // keys are field ids
}

function writeBack(
  cx: Connection,
  by: { readonly workspace: number; readonly at: number; readonly registry: Registry },
  stored: StoredLead,
  restores: readonly Restore[],
): void {
  const changes = restores.map(({ field, old, new: now }) => ({ field: labelled(field, by.registry), old: now, new: old }));
  const tags = changes.find(({ field }) => field === 'tags');
  const old: Lead = tags && tags.new !== '' ? { tags: tags.new.split('; ') } : {};
  saveValues(cx, by, stored.id, stored.lead, mergeLead(stored.lead, old, changes));
  for (const { entries } of restores) for (const id of entries) cx.statement(TAKE_BACK).run(by.at, id);
}

/** The log has custom fields by number. */
function labelled(field: string, { fieldsById }: Registry): FieldName {
  const prefix = 'custom:';
  if (!field.startsWith(prefix)) return field as FieldName; // written from a FieldChange
  return `${prefix}${fieldsById.get(Number(field.slice(prefix.length)))?.label ?? ''}`;
}

function currentValue(lead: Lead, field: FieldName): string {
  if (field === 'tags') return (lead.tags ?? []).join('; ');
  if (field.startsWith('custom:')) return lead.customFields?.find(({ label }) => `custom:${label}` === field)?.value ?? '';
  return lead[field as (typeof TEXT_FIELD_IDS)[number]] ?? ''; // what is neither tags nor custom is a text field
}
