import { fail, ok, type Result } from '#shared/result.ts';
import type { LeadFilter, WorkspaceId } from '../records.ts';
import type { Connection } from './connection.ts';
import { findListId } from './read-leads.ts';
import { foldName } from './registry.ts';
import { remembered } from './remembered.ts';
import { searchLeads } from './search-leads.ts';

export type Condition = { readonly sql: string; readonly values: readonly (string | number)[] };
/** One condition of a filter. Texts of users are bound values only. */
export type Part = {
  /** `FROM … WHERE …` of the numbers of its leads, `column`, in the order of an index that goes on with them. */
  readonly source: Condition;
  readonly column: string;
  /** Whether a row of `lead` meets it. */
  readonly check: Condition;
  /** How many leads meet it. */
  readonly count: number;
};
/** A filter ready to be asked: the parts with the fewest leads first, and who was found by the search. */
export type ReadyFilter = { readonly parts: readonly Part[]; readonly found: ReadonlySet<number> | null; readonly all: number };

const COUNT_ALL = 'SELECT count(*) FROM lead WHERE workspace = ? AND id > 0';

/** Prepares a filter: what each condition asks, and how many leads meet it. */
export function readyFilter(cx: Connection, workspace: WorkspaceId, filter: LeadFilter): Result<ReadyFilter, 'list_not_found'> {
  const parts: Part[] = [];
  const all = countOf(cx, COUNT_ALL, [workspace]);
  const add = (from: string, column: string, values: Condition['values'], check: Condition, count?: number) => {
    const counted = count ?? countOf(cx, `SELECT count(DISTINCT ${column}) ${from}`, values);
    parts.push({ source: { sql: from, values }, column, check, count: counted });
  };
  if (filter.listId !== undefined) {
    const list = findListId(cx, workspace, filter.listId);
    if (list === null) return fail('list_not_found');
    const from = 'FROM list_member WHERE workspace = ? AND list = ?';
    add(from, 'list_member.lead', [workspace, list], exists(from, 'list_member.lead', [workspace, list]));
  }
  if (filter.importId !== undefined) {
    const number = cx.column('SELECT id FROM import WHERE workspace = ? AND public_id = ?').get(workspace, filter.importId);
    // created, addedToList, updated in BUCKETS
    const from = 'FROM import_row WHERE workspace = ? AND import_id = ? AND lead IS NOT NULL AND settled IN (6, 7, 8)';
    const values = [workspace, Number(number ?? 0)];
    add(from, 'import_row.lead', values, exists(from, 'import_row.lead', values));
  }
  if (filter.tag !== undefined) {
    const tag = cx.column('SELECT id FROM tag WHERE workspace = ? AND folded = ?').get(workspace, foldName(filter.tag));
    const from = 'FROM lead_tag WHERE workspace = ? AND tag = ?';
    const values = [workspace, Number(tag ?? 0)];
    add(from, 'lead_tag.lead', values, exists(from, 'lead_tag.lead', values));
  }
  if (filter.owner === 'none')
    add('FROM lead WHERE workspace = ? AND owner_email IS NULL', 'lead.id', [workspace], { sql: 'lead.owner_email IS NULL', values: [] });
  else if (filter.owner !== undefined) {
    const email = cx.column('SELECT email FROM member WHERE workspace = ? AND public_id = ?').get(workspace, filter.owner);
    const owner = String(email ?? filter.owner.toLowerCase());
    add('FROM lead WHERE workspace = ? AND owner_email = ?', 'lead.id', [workspace, owner], {
      sql: 'lead.owner_email = ?',
      values: [owner],
    });
  }
  const marked = 'FROM lead WHERE workspace = ? AND do_not_contact = 1 AND id > 0';
  if (filter.doNotContact === true) add(marked, 'lead.id', [workspace], { sql: 'lead.do_not_contact = 1', values: [] });
  if (filter.doNotContact === false) {
    const others = all - countOf(cx, `SELECT count(*) ${marked}`, [workspace]);
    const from = 'FROM lead WHERE workspace = ? AND id > 0 AND do_not_contact = 0';
    add(from, 'lead.id', [workspace], { sql: 'lead.do_not_contact = 0', values: [] }, others);
  }
  const search = filter.search?.trim() ?? '';
  const found = search === '' ? null : searchLeads(cx, workspace, search);
  return ok({ parts: parts.sort((a, b) => a.count - b.count), found, all });
}

/** How many leads meet the whole filter. */
export function countLeads(cx: Connection, workspace: WorkspaceId, filter: ReadyFilter): number {
  const { parts, found, all } = filter;
  if (parts.length === 0) return found ? found.size : all;
  if (parts.length === 1 && !found) return parts[0]?.count ?? 0;
  return matchesOf(cx, workspace, filter).length;
}

/** Numbers of the leads that meet the whole filter, ascending. */
export function matchesOf(cx: Connection, workspace: WorkspaceId, { parts, found }: ReadyFilter): readonly number[] {
  const [first = everybody(workspace), ...others] = parts;
  if (parts.length === 0 && found) return [...found];
  const { source, column } = first;
  let ids = numbersOf(cx, `SELECT DISTINCT ${column} ${source.sql} ORDER BY ${column}`, source.values);
  if (found) ids = ids.filter((id) => found.has(id));
  for (const { check } of others)
    ids = numbersOf(cx, `SELECT lead.id FROM ${WANTED} WHERE ${check.sql} ORDER BY wanted.key`, [
      JSON.stringify(ids),
      workspace,
      ...check.values,
    ]);
  return ids;
}

/** Leads by a JSON list of their numbers. Parameters: the list, workspace. */
export const WANTED = 'json_each(?) AS wanted CROSS JOIN lead ON lead.workspace = ? AND lead.id = wanted.value';

function numbersOf(cx: Connection, sql: string, values: Condition['values']): readonly number[] {
  return remembered(cx, `${sql} ${JSON.stringify(values)}`, () => cx.column(sql).all(...values) as number[]); // plucked: the one column
}

function everybody(workspace: WorkspaceId): Part {
  return { source: { sql: 'FROM lead WHERE workspace = ? AND id > 0', values: [workspace] }, column: 'lead.id', check: TRUE, count: 0 };
}
const TRUE: Condition = { sql: 'TRUE', values: [] };

function exists(from: string, column: string, values: Condition['values']): Condition {
  return { sql: `EXISTS (SELECT 1 ${from} AND ${column} = lead.id)`, values };
}

function countOf(cx: Connection, sql: string, values: Condition['values']): number {
  return remembered(cx, `${sql} ${JSON.stringify(values)}`, () => Number(cx.column(sql).get(...values)));
}
