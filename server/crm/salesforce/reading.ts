import type { CrmRecord, RecordType } from '#shared/crm/record.ts';
import { fail, ok } from '#shared/result.ts';
import type { CrmField, CrmResult, Page, TimeWindow } from '../adapter.ts';
import { cut } from '../cut.ts';
import { NOT_AN_ANSWER } from '../not-an-answer.ts';
import { BULK_ROWS, type BulkDeps, isJobToken, readJobPage, startJob } from './bulk-reading.ts';
import { COMPANY, IS_CONVERTED, OBJECTS, type OrgRow, readRows, toMoment, toRecords } from './objects.ts';
import { ASKED_ROWS, countRows, cutValues, PAGE_ROWS, query, queryToEnd } from './queries.ts';
import { MEMBER_FIELD, type ScopeFilter } from './scopes.ts';
import { after, all, any, blank, type Condition, compare, isOneOf, moment, type Query, text, writeSoql, yesNo } from './soql.ts';
import type { Org } from './transport.ts';

/** Addresses longer than 16,000 characters are refused; the rest of the address and its escapes need room. */
const MAX_QUERY = 8_000;

/** How many records a scope has. */
export async function countRecords(org: Org, type: RecordType, filter: ScopeFilter): Promise<CrmResult<number>> {
  if (filter.kind === 'ids') return ok(filter.ids.size);
  return countRows(org, { ...within(type, filter), ...where([...live(type), ...conditions(filter)]) });
}

/** Fields to read, and what describe says of all there are. */
export type FieldsToRead = { readonly names: readonly string[]; readonly known: readonly CrmField[] };

/**
 * Every record of a scope. The first page is in the order of ids; where very many are left the rest is read by a job,
 * otherwise page by page on, and the page's token is the last id read.
 */
export async function listRecords(
  deps: BulkDeps,
  type: RecordType,
  filter: ScopeFilter,
  { names, known }: FieldsToRead,
  page: string | null,
): Promise<CrmResult<Page<CrmRecord>>> {
  const { org } = deps;
  if (filter.kind === 'ids') return listByIds(org, type, [...filter.ids].sort(), names, page);
  if (page !== null && isJobToken(page)) return readJobPage(deps, type, names, known, page);
  const behind = (id: string | null) => [...live(type), ...conditions(filter), ...(id === null ? [] : [compare('Id', '>', text(id))])];
  const asked: Query = { fields: names, ...within(type, filter), ...where(behind(page)), orderBy: ['Id'] };
  // Without a limit the first answer says how many there are in all.
  const whole = page === null ? asked : { ...asked, limit: ASKED_ROWS };
  const isLong = writeSoql(whole).length > MAX_QUERY;
  const answer = await query(org, isLong ? { ...whole, fields: ['Id'] } : whole);
  if (!answer.ok) return answer;
  const { rows, isDone, total } = answer.value;
  const read = isLong ? await retrieve(org, type, idsOf(rows), names) : ok(rows);
  if (!read.ok) return read;
  const items = toRecords(
    type,
    read.value.filter((row) => row !== null),
  );
  const lastId = rows.at(-1)?.Id;
  if (isDone || typeof lastId !== 'string') return ok({ items, next: null });
  // A job knows no "mine".
  const isForJob = page === null && total > BULK_ROWS && !filter.isMine;
  const job = isForJob ? await startJob(deps, { type, columns: names, where: all(...behind(lastId)), after: lastId }) : null;
  return ok({ items, next: job ?? lastId });
}

/** Records of a list view: its ids are known, so a page is a slice of them. */
async function listByIds(
  org: Org,
  type: RecordType,
  ids: readonly string[],
  fields: readonly string[],
  page: string | null,
): Promise<CrmResult<Page<CrmRecord>>> {
  const left = page === null ? ids : ids.filter((id) => id > page);
  const now = left.slice(0, PAGE_ROWS);
  if (now.length === 0) return ok({ items: [], next: null });
  const read = await retrieve(org, type, now, fields);
  if (!read.ok) return read;
  const rows = read.value.filter((row) => row !== null).filter((row) => row[IS_CONVERTED] !== true);
  return ok({ items: toRecords(type, rows), next: left.length > PAGE_ROWS ? (now.at(-1) ?? null) : null });
}

/** Ids changed in a closed window, by stamp and id; the page's token is the last position. Of a campaign also who joined it in the window. */
export async function listChanged(
  org: Org,
  type: RecordType,
  filter: ScopeFilter,
  window: TimeWindow,
  page: string | null,
): Promise<CrmResult<Page<string>>> {
  if (filter.kind === 'ids' && filter.ids.size === 0) return ok({ items: [], next: null });
  if (filter.kind === 'asked' && filter.campaign !== undefined) return listMembers(org, type, filter.campaign, window, page);
  const position = readPosition(page);
  const inWindow = between('SystemModstamp', window);
  const asked = where([...inWindow, ...(position ? [after('SystemModstamp', position)] : []), ...conditions(filter)]);
  const answer = await query(org, {
    fields: ['Id', 'SystemModstamp'],
    ...within(type, filter),
    ...asked,
    orderBy: ['SystemModstamp', 'Id'],
    limit: ASKED_ROWS,
  });
  if (!answer.ok) return answer;
  const { rows, isDone } = answer.value;
  const last = rows.at(-1);
  const lastAt = toMoment(last?.SystemModstamp);
  const isEnd = isDone || !last || lastAt === null;
  const items = idsOf(rows).filter((id) => filter.kind === 'asked' || filter.ids.has(id));
  return ok({ items, next: isEnd ? null : `${lastAt} ${String(last.Id)}` });
}

/**
 * Joining a campaign changes no record: its members are asked, of whom either the membership is new or the record changed, in one
 * query. The page's token is the last membership read.
 */
async function listMembers(
  org: Org,
  type: RecordType,
  campaign: string,
  window: TimeWindow,
  page: string | null,
): Promise<CrmResult<Page<string>>> {
  const field = MEMBER_FIELD[type];
  const isDue = any(all(...between('CreatedDate', window)), all(...between(`${OBJECTS[type].name}.SystemModstamp`, window)));
  // A position of another kind is one of a former version of ours: from the start then, so that nothing is missed.
  const rest = page !== null && /^\w{15,18}$/.test(page) ? [compare('Id', '>', text(page))] : [];
  const answer = await query(org, {
    fields: ['Id', field],
    from: 'CampaignMember',
    where: all(compare('CampaignId', '=', text(campaign)), compare(field, '!=', blank), isDue, ...rest),
    orderBy: ['Id'],
    limit: ASKED_ROWS,
  });
  if (!answer.ok) return answer;
  const { rows, isDone } = answer.value;
  const items = rows.flatMap((row) => (typeof row[field] === 'string' ? [row[field]] : []));
  const last = rows.at(-1)?.Id;
  return ok({ items, next: isDone || typeof last !== 'string' ? null : last });
}

function between(field: string, { from, to }: TimeWindow): readonly Condition[] {
  return [compare(field, '>=', moment(from)), compare(field, '<=', moment(to))];
}

function readPosition(page: string | null): { readonly at: number; readonly id: string } | null {
  const [at, id] = page?.split(' ') ?? [];
  return at !== undefined && id !== undefined ? { at: Number(at), id } : null;
}

/** Values by id, in the order asked; null where there is no live record of that id. */
export async function retrieve(
  org: Org,
  type: RecordType,
  ids: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<readonly (OrgRow | null)[]>> {
  const isOverAccount = fields.includes(COMPANY);
  // By id only a record's own fields are to be had.
  const own = isOverAccount ? [...fields.filter((name) => name !== COMPANY && name !== 'AccountId'), 'AccountId'] : fields;
  const answer = await org.call({ method: 'POST', path: `/composite/sobjects/${OBJECTS[type].name}`, body: { ids, fields: own } });
  if (!answer.ok) return answer;
  const rows = readRows(answer.value);
  if (!rows) return fail(NOT_AN_ANSWER);
  return isOverAccount ? withCompanies(org, type, rows) : ok(rows);
}

/** The same rows with their accounts' names, as a query has them. */
async function withCompanies(org: Org, type: RecordType, rows: readonly (OrgRow | null)[]): Promise<CrmResult<readonly (OrgRow | null)[]>> {
  const asked = rows.flatMap((row) => (row && typeof row.AccountId === 'string' ? [String(row.Id)] : []));
  const accounts = new Map<unknown, unknown>();
  for (const some of cutValues(asked)) {
    const found = await queryToEnd(org, writeSoql({ fields: ['Id', COMPANY], from: OBJECTS[type].name, where: isOneOf('Id', some) }));
    if (!found.ok) return found;
    for (const { Id, Account } of found.value) accounts.set(Id, Account);
  }
  // Deleted between the two: without its account it would look as if somebody had cleared the name.
  if (asked.some((id) => !accounts.has(id))) return fail({ kind: 'transient', code: 'CHANGED_MEANWHILE', message: '' });
  return ok(rows.map((row) => row && { ...row, Account: accounts.get(row.Id) ?? null }));
}

/** Live records in which a field has one of the values. */
export async function findByField(
  org: Org,
  type: RecordType,
  field: string,
  values: readonly string[],
  fields: readonly string[],
): Promise<CrmResult<readonly OrgRow[]>> {
  const found: OrgRow[] = [];
  for (const some of cutValues(values)) {
    const soql = writeSoql({ fields: ['Id'], from: OBJECTS[type].name, ...where([...live(type), isOneOf(field, some)]) });
    const answer = await queryToEnd(org, soql); // an org may answer few rows at once, and one value may be of many records
    if (!answer.ok) return answer;
    for (const page of cut(idsOf(answer.value), PAGE_ROWS)) {
      const read = await retrieve(org, type, page, [...new Set([...fields, field])]);
      if (!read.ok) return read;
      found.push(...read.value.filter((row) => row !== null));
    }
  }
  return ok(found);
}

function idsOf(rows: readonly OrgRow[]): readonly string[] {
  return rows.flatMap(({ Id }) => (typeof Id === 'string' ? [Id] : []));
}

/** A converted lead lives on as a contact. */
function live(type: RecordType): readonly Condition[] {
  return type === 'lead' ? [compare(IS_CONVERTED, '=', yesNo(false))] : [];
}

/** What is asked, and of whom. */
function within(type: RecordType, filter: ScopeFilter): Pick<Query, 'from' | 'isMine'> {
  return { from: OBJECTS[type].name, isMine: filter.kind === 'asked' && filter.isMine };
}

function conditions(filter: ScopeFilter): readonly Condition[] {
  return filter.kind === 'asked' && filter.condition ? [filter.condition] : [];
}

function where(of: readonly Condition[]): { readonly where?: Condition } {
  return of.length === 0 ? {} : { where: all(...of) };
}
