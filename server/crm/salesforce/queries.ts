import { fail, ok } from '#shared/result.ts';
import type { CrmResult } from '../adapter.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { isObject, type OrgRow, readRows } from './objects.ts';
import { type Query, writeSoql, writeText } from './soql.ts';
import type { Org } from './transport.ts';

/** Salesforce answers at most so many rows at once; it may answer fewer, and then there is more. */
export const PAGE_ROWS = 2_000;
/** One more than an answer holds: it then says whether there is more, and no call is spent on finding nothing. */
export const ASKED_ROWS = PAGE_ROWS + 1;

/** Values of one `IN (…)`, as bytes of an address. The whole may have 16,384, with its headers; the fields need room too. */
const MAX_VALUES_BYTES = 9_000;

/** Values in parts that fit a query each. */
export function cutValues(values: readonly string[]): readonly (readonly string[])[] {
  const parts: string[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const more = encodeURIComponent(`${writeText(value)}, `).length;
    bytes += more;
    if (bytes > MAX_VALUES_BYTES) {
      parts.push([]);
      bytes = more;
    }
    parts.at(-1)?.push(value);
  }
  return parts;
}

/** `total`: how many there are beside those of this page too, as far as the query's own limit allows. */
export type Rows = { readonly rows: readonly OrgRow[]; readonly isDone: boolean; readonly total: number };

/** One page of a query. `withDeleted` sees the recycle bin too. */
export async function query(org: Org, asked: Query | string, withDeleted = false): Promise<CrmResult<Rows>> {
  const soql = typeof asked === 'string' ? asked : writeSoql(asked);
  const path = `/${withDeleted ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}`;
  return readPage(await org.call({ method: 'GET', path }));
}

/** How many rows a query has. */
export async function countRows(org: Org, asked: Pick<Query, 'from' | 'where' | 'isMine'>): Promise<CrmResult<number>> {
  const soql = writeSoql({ ...asked, fields: 'count' });
  const answer = await org.call({ method: 'GET', path: `/query?q=${encodeURIComponent(soql)}` });
  if (!answer.ok) return answer;
  const total = isObject(answer.value) ? answer.value.totalSize : null;
  return typeof total === 'number' ? ok(total) : fail(NOT_AN_ANSWER);
}

/** All pages of a query, also of one whose text is Salesforce's own, as that of a list view. */
export async function queryToEnd(org: Org, soql: string, withDeleted = false): Promise<CrmResult<readonly OrgRow[]>> {
  const rows: OrgRow[] = [];
  let answer = await org.call({ method: 'GET', path: `/${withDeleted ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}` });
  for (;;) {
    const page = readPage(answer);
    if (!page.ok) return page;
    rows.push(...page.value.rows);
    if (page.value.isDone) return ok(rows);
    const next = answer.ok && isObject(answer.value) ? answer.value.nextRecordsUrl : undefined;
    // Without the rest, who is in it would be taken for gone.
    if (typeof next !== 'string' || !next.startsWith('/services/data/')) return fail(NOT_AN_ANSWER);
    answer = await org.call({ method: 'GET', path: next });
  }
}

function readPage(answer: CrmResult<unknown>): CrmResult<Rows> {
  if (!answer.ok) return answer;
  const rows = readRows(answer.value);
  if (!rows) return fail(NOT_AN_ANSWER);
  const { done, totalSize } = isObject(answer.value) ? answer.value : {};
  const total = typeof totalSize === 'number' ? totalSize : rows.length;
  return ok({ rows: rows.filter((row) => row !== null), isDone: done !== false, total });
}
