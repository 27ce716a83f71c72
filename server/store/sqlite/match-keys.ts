import type { LeadKey } from '#shared/lead/lead.ts';
import type { WorkspaceId } from '../records.ts';
import type { LeadStore, MatchedLead } from '../store.ts';
import type { Connection } from './connection.ts';
import { suppressionSearch } from './find-suppressed.ts';
import { FIND_KEY, KEY_KIND } from './lead-keys.ts';
import { IS_MEMBER } from './lead-lists.ts';
import { LEAD_COLUMNS, type LeadRow, toLead } from './lead-row.ts';
import { findListId } from './read-leads.ts';
import { readRegistry } from './registry.ts';

const READ_LEAD = `SELECT ${LEAD_COLUMNS} FROM lead WHERE workspace = ? AND id = ?`;
const FIND_LEAD = `SELECT ${LEAD_COLUMNS} FROM lead WHERE workspace = ? AND public_id = ?`;
const DEFAULT_LIST = 'SELECT id FROM list WHERE workspace = ? AND id > 0 AND is_default = 1';

/** Who has any of these keys, with current values; each lead is read once. */
export function matchKeys(
  cx: Connection,
  workspace: WorkspaceId,
  keys: readonly LeadKey[],
  listId?: string | null,
): Awaited<ReturnType<LeadStore['matchKeys']>> {
  const list = findList(cx, workspace, listId);
  if (list === null) return 'list_not_found';
  const toMatched = leadMatcher(cx, workspace, list);
  const read = (id: number) => toMatched(cx.statement(READ_LEAD).get(workspace, id) as LeadRow); // a key's lead exists: the reference holds it
  const find = cx.column(FIND_KEY);
  return keys.flatMap((key) => {
    const ids = find.all(workspace, KEY_KIND[key.kind], key.value) as number[]; // plucked: the one column
    return ids.length === 0 ? [] : [{ key, leads: [...new Set(ids)].map(read) }];
  });
}

/** Leads by their public ids, with current values. */
export function matchLeads(cx: Connection, workspace: WorkspaceId, ids: readonly string[], listId?: string | null): readonly MatchedLead[] {
  const toMatched = leadMatcher(cx, workspace, findList(cx, workspace, listId) ?? 0);
  const find = cx.statement(FIND_LEAD);
  return ids.flatMap((id) => {
    const row = find.get(workspace, id) as LeadRow | undefined; // the columns of a lead
    return row ? [toMatched(row)] : [];
  });
}

function leadMatcher(cx: Connection, workspace: WorkspaceId, list: number): (row: LeadRow) => MatchedLead {
  const registry = readRegistry(cx, workspace, 0);
  const isMember = cx.statement(IS_MEMBER);
  return (row) => {
    const inList = isMember.get(workspace, list, row.id) !== undefined;
    return { id: row.publicId, version: row.version, inList, lead: toLead(row, registry.fieldsById, registry.tagsOf(row.id)) };
  };
}

/** A list that does not exist yet has nobody in it, like the number 0. */
function findList(cx: Connection, workspace: WorkspaceId, listId: string | null | undefined): number | null {
  if (listId === null) return 0;
  if (listId !== undefined) return findListId(cx, workspace, listId);
  return (cx.column(DEFAULT_LIST).get(workspace) as number | undefined) ?? null; // plucked: the one column
}

/** The suppression entry that holds each value. LinkedIn profiles cannot be suppressed. */
export function matchSuppressed(
  cx: Connection,
  workspace: WorkspaceId,
  keys: readonly LeadKey[],
): Awaited<ReturnType<LeadStore['matchSuppressed']>> {
  const search = suppressionSearch(cx, workspace);
  return keys.flatMap((key) => {
    const by = key.kind === 'email' ? search.ofEmail(key.value) : key.kind === 'phone' ? search.ofPhone(key.value) : undefined;
    return by ? [{ key, by }] : [];
  });
}
