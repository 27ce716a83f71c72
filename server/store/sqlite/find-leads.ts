import type { LeadFilter, LeadQuery, WorkspaceId } from '../records.ts';
import type { LeadStore } from '../store.ts';
import type { Connection } from './connection.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { countLeads, matchesOf, type Part, type ReadyFilter, readyFilter, WANTED } from './lead-filter.ts';
import { type LeadOrder, toOrder } from './lead-order.ts';
import { FULL_COLUMNS, type FullLeadRow, leadReader } from './read-leads.ts';

/** Up to as many are sorted at once (10 ms); of more, a page is soon met when the leads are gone through in order. */
const SORTED_AT_ONCE = 10_000;

/** One stretch of an order: what comes after a position, some skipped, so many taken. */
type Stretch = { readonly order: LeadOrder; readonly after: Position | null; readonly skip: number; readonly take: number };
type Position = readonly [string | number, number];

/** One page of leads and how many there are in all. */
export function findLeads(cx: Connection, workspace: WorkspaceId, query: LeadQuery): Awaited<ReturnType<LeadStore['findLeads']>> {
  const filter = readyFilter(cx, workspace, query);
  if (!filter.ok) return filter.error;
  const after = query.cursor === undefined ? null : readCursor(query.cursor);
  if (query.cursor !== undefined && !after) return 'bad_cursor';
  const order = toOrder(query.sort);
  const skip = after ? 0 : ((query.page ?? 1) - 1) * query.limit;
  const ids = idsInOrder(cx, workspace, filter.value, { order, after, skip, take: query.limit + 1 });
  const rows = readRows(cx, workspace, ids.slice(0, query.limit), order);
  const last = rows.at(-1);
  const nextCursor = ids.length > query.limit && last ? writeCursor([last.position, last.id]) : null;
  return { leads: rows.map(leadReader(cx, workspace).toRecord), totalCount: countLeads(cx, workspace, filter.value), nextCursor };
}

/** Public ids of all leads a filter finds, in the order they came. */
export function selectLeads(cx: Connection, workspace: WorkspaceId, filter: LeadFilter): readonly string[] | 'list_not_found' {
  const ready = readyFilter(cx, workspace, filter);
  if (!ready.ok) return ready.error;
  const ids = JSON.stringify(matchesOf(cx, workspace, ready.value));
  return cx.column(`SELECT lead.public_id FROM ${WANTED}`).all(ids, workspace) as string[]; // plucked: the one column
}

/** Numbers of the leads of a stretch: by an index that has them in order where there is one, else of all that match. */
function idsInOrder(cx: Connection, workspace: WorkspaceId, filter: ReadyFilter, stretch: Stretch): readonly number[] {
  const { parts, found } = filter;
  const [first] = parts;
  if (!found && !first) return goThrough(cx, workspace, null, stretch);
  if (!found && first && parts.length === 1) {
    if (stretch.order.isById) return goThroughSource(cx, first, stretch);
    if (first.count > SORTED_AT_ONCE) return goThrough(cx, workspace, first, stretch);
  }
  const matches = matchesOf(cx, workspace, filter);
  if (stretch.order.isById) return cut(matches, stretch);
  return matches.length > SORTED_AT_ONCE
    ? pickInOrder(cx, workspace, new Set(matches), stretch)
    : sortAtOnce(cx, workspace, matches, stretch);
}

/** Goes through the leads in order; those that do not meet the part are passed over. */
function goThrough(cx: Connection, workspace: WorkspaceId, part: Part | null, stretch: Stretch): readonly number[] {
  const { sql, values } = inOrder(workspace, part, stretch);
  return cx.column(`${sql} LIMIT ? OFFSET ?`).all(...values, stretch.take, stretch.skip) as number[]; // plucked: the one column
}

/** The same, one by one, against numbers that are known already. */
function pickInOrder(cx: Connection, workspace: WorkspaceId, matches: ReadonlySet<number>, stretch: Stretch): readonly number[] {
  const { sql, values } = inOrder(workspace, null, stretch);
  const picked: number[] = [];
  let skipped = 0;
  for (const id of cx.column(sql).iterate(...values) as Iterable<number>) {
    if (!matches.has(id)) continue;
    if (skipped++ >= stretch.skip) picked.push(id);
    if (picked.length === stretch.take) break;
  }
  return picked;
}

function inOrder(workspace: WorkspaceId, part: Part | null, { order, after }: Stretch) {
  const { by, direction, index, isById } = order;
  const met = part ? ` AND ${part.check.sql}` : '';
  const ranked = isById ? `lead.id ${direction}` : `${by} ${direction}, lead.id ${direction}`;
  const sql = `SELECT lead.id FROM lead INDEXED BY ${index} WHERE lead.workspace = ? AND ${following(order)}${met} ORDER BY ${ranked}`;
  return { sql, values: [workspace, ...placeOf(order, after), ...(part?.check.values ?? [])] };
}

/** Goes through the leads of one condition, which an index has in the order of their numbers. */
function goThroughSource(cx: Connection, { source, column }: Part, { order, after, take, skip }: Stretch): readonly number[] {
  const sign = order.direction === 'DESC' ? '<' : '>';
  const sql = `SELECT DISTINCT ${column} ${source.sql} AND ${column} ${sign} ? ORDER BY ${column} ${order.direction} LIMIT ? OFFSET ?`;
  return cx.column(sql).all(...source.values, after?.[1] ?? edgeOf(order), take, skip) as number[]; // plucked: the one column
}

/** Sorts all that match and cuts the stretch out. */
function sortAtOnce(cx: Connection, workspace: WorkspaceId, matches: readonly number[], { order, after, take, skip }: Stretch) {
  const { by, direction } = order;
  const sql = `SELECT lead.id FROM ${WANTED} WHERE ${following(order)} ORDER BY ${by} ${direction}, lead.id ${direction} LIMIT ? OFFSET ?`;
  const values = [JSON.stringify(matches), workspace, ...placeOf(order, after), take, skip];
  return cx.column(sql).all(...values) as number[]; // plucked: the one column
}

/** A stretch of numbers that are ascending. */
function cut(matches: readonly number[], { order, after, take, skip }: Stretch): readonly number[] {
  const isDescending = order.direction === 'DESC';
  const from =
    after === null ? (isDescending ? matches.length : 0) : matches.findIndex((id) => (isDescending ? id >= after[1] : id > after[1]));
  const place = from < 0 ? matches.length : from;
  if (!isDescending) return matches.slice(place + skip, place + skip + take);
  return matches.slice(Math.max(0, place - skip - take), Math.max(0, place - skip)).toReversed();
}

/** That a lead comes after a position: always one comparison, so that the index is entered where the stretch begins. */
function following(order: LeadOrder): string {
  const sign = order.direction === 'DESC' ? '<' : '>';
  return order.isById ? `lead.id ${sign} ?` : `${order.by} ${sign}= ? AND (${order.by} ${sign} ? OR lead.id ${sign} ?)`;
}

function placeOf(order: LeadOrder, after: Position | null): readonly (string | number | Buffer)[] {
  if (order.isById) return [after?.[1] ?? edgeOf(order)];
  // SQLite sorts numbers before texts and both before bytes.
  const [value, id] = after ?? [order.direction === 'DESC' ? Buffer.alloc(0) : 0, 0];
  return [value, value, id];
}

/** Before every lead there is, in this direction. */
function edgeOf({ direction }: LeadOrder): number {
  return direction === 'DESC' ? Number.MAX_SAFE_INTEGER : 0;
}

function readRows(cx: Connection, workspace: WorkspaceId, ids: readonly number[], order: LeadOrder) {
  const sql = `SELECT ${FULL_COLUMNS}, ${order.by} AS position FROM ${WANTED} ORDER BY wanted.key`;
  return cx.statement(sql).all(JSON.stringify(ids), workspace) as (FullLeadRow & { readonly position: string | number })[]; // its columns
}
