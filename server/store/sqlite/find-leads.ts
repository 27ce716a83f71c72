import { fail, ok, type Result } from '#shared/result.ts';
import type { LeadFilter, LeadQuery, LeadSort, WorkspaceId } from '../records.ts';
import type { LeadStore } from '../store.ts';
import type { Connection } from './connection.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { FULL_COLUMNS, type FullLeadRow, findListId, leadReader } from './read-leads.ts';
import { foldName } from './registry.ts';

type Condition = { readonly sql: string; readonly values: readonly (string | number)[] };

/** What each order goes by; ties go by the order leads came in. */
const ORDERS = {
  createdAt: 'lead.id',
  updatedAt: 'lead.updated_at',
  name: "lower(coalesce(lead.last_name, '') || ' ' || coalesce(lead.first_name, ''))",
  companyName: "lower(coalesce(lead.company_name, ''))",
} as const;
/** More words find no more people. */
const MOST_WORDS = 10;
const SEARCHED = ['first_name', 'last_name', 'email', 'phone', 'company_name', 'alt_email_1'] as const;

/** One page of leads and how many there are in all. */
export function findLeads(cx: Connection, workspace: WorkspaceId, query: LeadQuery): Awaited<ReturnType<LeadStore['findLeads']>> {
  const filter = toCondition(cx, workspace, query);
  if (!filter.ok) return filter.error;
  const order = toOrder(query.sort);
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  if (query.cursor !== undefined && !after) return 'bad_cursor';
  const sign = order.descending ? '<' : '>';
  const direction = order.descending ? 'DESC' : 'ASC';
  const keyset = after ? ` AND (${order.by}, lead.id) ${sign} (?, ?)` : '';
  const skip = after ? 0 : ((query.page ?? 1) - 1) * query.limit;
  const rows = cx.client
    .prepare(
      `SELECT ${FULL_COLUMNS}, ${order.by} AS position FROM lead WHERE ${filter.value.sql}${keyset}
       ORDER BY ${order.by} ${direction}, lead.id ${direction} LIMIT ? OFFSET ?`,
    )
    .all(...filter.value.values, ...(after ?? []), query.limit + 1, skip) as (FullLeadRow & { position: string | number })[]; // its columns
  const totalCount = countLeads(cx, filter.value);
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  const nextCursor = rows.length > query.limit && last ? writeCursor([last.position, last.id]) : null;
  return { leads: page.map(leadReader(cx, workspace).toRecord), totalCount, nextCursor };
}

/** Numbers of all leads a filter finds. */
export function findLeadIds(cx: Connection, workspace: WorkspaceId, filter: LeadFilter): number[] | 'list_not_found' {
  const condition = toCondition(cx, workspace, filter);
  if (!condition.ok) return condition.error;
  const { sql, values } = condition.value;
  return cx.client
    .prepare(`SELECT lead.id FROM lead WHERE ${sql} ORDER BY lead.id`)
    .pluck()
    .all(...values) as number[]; // plucked: the one column
}

function countLeads(cx: Connection, { sql, values }: Condition): number {
  return Number(
    cx.client
      .prepare(`SELECT count(*) FROM lead WHERE ${sql}`)
      .pluck()
      .get(...values),
  );
}

/** The filter as SQL. Texts of users are bound values only. */
function toCondition(cx: Connection, workspace: WorkspaceId, filter: LeadFilter): Result<Condition, 'list_not_found'> {
  const parts: Condition[] = [{ sql: 'lead.workspace = ? AND lead.id > 0', values: [workspace] }];
  if (filter.listId !== undefined) {
    const list = findListId(cx, workspace, filter.listId);
    if (list === null) return fail('list_not_found');
    parts.push({ sql: 'lead.id IN (SELECT lead FROM list_member WHERE workspace = ? AND list = ?)', values: [workspace, list] });
  }
  if (filter.importId !== undefined) parts.push(ofImport(workspace, filter.importId));
  if (filter.tag !== undefined) parts.push(withTag(workspace, filter.tag));
  if (filter.owner !== undefined) parts.push(ofOwner(workspace, filter.owner));
  if (filter.search !== undefined && filter.search.trim() !== '')
    parts.push(...filter.search.trim().split(/\s+/).slice(0, MOST_WORDS).map(withText));
  return ok({ sql: parts.map((part) => `(${part.sql})`).join(' AND '), values: parts.flatMap((part) => part.values) });
}

function ofImport(workspace: WorkspaceId, importId: string): Condition {
  const sql = `lead.id IN (SELECT import_row.lead FROM import JOIN import_row
      ON import_row.workspace = import.workspace AND import_row.import_id = import.id AND import_row.settled IN (6, 7, 8)
    WHERE import.workspace = ? AND import.public_id = ?)`; // created, addedToList, updated in BUCKETS
  return { sql, values: [workspace, importId] };
}

function withTag(workspace: WorkspaceId, tag: string): Condition {
  const sql = `lead.id IN (SELECT lead_tag.lead FROM tag JOIN lead_tag ON lead_tag.workspace = tag.workspace AND lead_tag.tag = tag.id
    WHERE tag.workspace = ? AND tag.folded = ?)`;
  return { sql, values: [workspace, foldName(tag)] };
}

function ofOwner(workspace: WorkspaceId, owner: string): Condition {
  if (owner === 'none') return { sql: 'lead.owner_email IS NULL', values: [] };
  const sql = 'lead.owner_email = coalesce((SELECT email FROM member WHERE workspace = ? AND public_id = ?), ?)';
  return { sql, values: [workspace, owner, owner.toLowerCase()] };
}

/** Every word must occur in one of the searched columns; SQLite's LIKE ignores the case of Latin letters. */
function withText(word: string): Condition {
  const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`;
  return { sql: SEARCHED.map((column) => `lead.${column} LIKE ? ESCAPE '\\'`).join(' OR '), values: SEARCHED.map(() => pattern) };
}

function toOrder(sort: LeadSort): { readonly by: string; readonly descending: boolean } {
  const descending = sort.startsWith('-');
  const name = (descending ? sort.slice(1) : sort) as keyof typeof ORDERS; // LEAD_SORTS are its keys with and without a dash
  return { by: ORDERS[name], descending };
}
