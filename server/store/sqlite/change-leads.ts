import type { WorkspaceId } from '../records.ts';
import type { Act, BulkChange, LeadStore } from '../store.ts';
import { writeAudit } from './audit.ts';
import { type Connection, inTransaction } from './connection.ts';
import { dropLeads } from './drop-leads.ts';
import { ADD_MEMBER } from './lead-lists.ts';
import { foldLogIn, noteDeletion } from './overwrite-deleted.ts';
import { findListId } from './read-leads.ts';
import { foldName, type Registry, readRegistry } from './registry.ts';

const FIND_LEAD = 'SELECT id FROM lead WHERE workspace = ? AND public_id = ?';
const DROP_MEMBER = 'DELETE FROM list_member WHERE workspace = ? AND list = ? AND lead = ?';
const TOUCH = 'UPDATE lead SET version = version + 1, updated_at = ? WHERE workspace = ? AND id = ?';
const LOG_TAGS = "INSERT INTO lead_change (workspace, lead, field, old, new, at, actor, import_id) VALUES (?, ?, 'tags', ?, ?, ?, ?, NULL)";

/** The same change for some leads, in one transaction. Counts the leads it changed. */
export function changeLeads(
  cx: Connection,
  act: Act,
  ids: readonly string[],
  change: BulkChange,
): Awaited<ReturnType<LeadStore['changeLeads']>> {
  const { workspace } = act;
  const changed = inTransaction(cx, () => {
    const leads = findIds(cx, workspace, ids);
    const add = change.addToList === undefined ? undefined : findListId(cx, workspace, change.addToList);
    const remove = change.removeFromList === undefined ? undefined : findListId(cx, workspace, change.removeFromList);
    if (add === null || remove === null) return 'list_not_found' as const;
    if (change.delete) {
      dropLeads(cx, workspace, leads);
      if (leads.length > 0) {
        noteDeletion(cx);
        writeAudit(cx, act, 'leads.deleted', null, { count: leads.length });
      }
      return { found: leads.length, changed: leads.length };
    }
    const registry = readRegistry(cx, workspace, act.at);
    let count = 0;
    for (const lead of leads) {
      const added = add !== undefined && cx.statement(ADD_MEMBER).run(workspace, add, lead, null, act.at).changes > 0;
      const removed = remove !== undefined && cx.statement(DROP_MEMBER).run(workspace, remove, lead).changes > 0;
      const tagged = changeTags(cx, act, registry, lead, change);
      if (added || removed || tagged) count++;
    }
    return { found: leads.length, changed: count };
  });
  if (change.delete && changed !== 'list_not_found' && changed.changed > 0) foldLogIn(cx);
  return changed;
}

function findIds(cx: Connection, workspace: WorkspaceId, ids: readonly string[]): number[] {
  const find = cx.column(FIND_LEAD);
  return [...new Set(ids)].flatMap((id) => (find.get(workspace, id) as number | undefined) ?? []); // plucked: the one column
}

function changeTags(cx: Connection, act: Act, registry: Registry, lead: number, change: BulkChange): boolean {
  if (!change.addTags && !change.removeTags) return false;
  const old = registry.tagsOf(lead);
  const removed = new Set((change.removeTags ?? []).map(foldName));
  const kept = old.filter((tag) => !removed.has(foldName(tag)));
  const known = new Set(kept.map(foldName));
  const added = (change.addTags ?? []).filter((tag) => !known.has(foldName(tag)));
  if (kept.length === old.length && added.length === 0) return false;
  const now = [...kept, ...added];
  registry.replaceTags(lead, now);
  cx.statement(TOUCH).run(act.at, act.workspace, lead);
  cx.statement(LOG_TAGS).run(act.workspace, lead, old.join('; '), now.join('; '), act.at, act.member);
  return true;
}
