import type { RecordType } from '#shared/crm/record.ts';
import type { SideFact, SideItem, SideKind } from '#shared/crm/side-item.ts';
import { ok } from '#shared/result.ts';
import type { CrmResult, Page, RecordRef, TimeWindow } from '../adapter.ts';
import { isObject, type OrgRow, toMoment } from './objects.ts';
import { ASKED_ROWS, cutValues, query, queryToEnd } from './queries.ts';
import { askShown, CURRENCY, type Side } from './side-rights.ts';
import { after, all, type Condition, compare, isOneOf, moment, writeSoql } from './soql.ts';
import type { Org } from './transport.ts';

type SideTable = {
  readonly from: string;
  readonly fields: readonly string[];
  /** A change of the thing behind the row does not move the row's own stamp. */
  readonly alsoStampedBy: string | null;
  /** Where its amounts are told in a currency, in orgs that have several. */
  readonly currency: string | null;
  /** The thing behind the row, which may be in the bin while the row is not. */
  readonly behind: string;
  /** Where a row names each kind of person. */
  readonly people: readonly (readonly [type: RecordType, field: string])[];
  readonly toItem: (row: OrgRow) => Omit<SideItem, 'kind' | 'id' | 'modifiedAt' | 'isGone'>;
};

const TABLES = {
  campaign_member: {
    from: 'CampaignMember',
    fields: ['LeadId', 'ContactId', 'Status', 'HasResponded', 'FirstRespondedDate', 'CreatedDate', 'Campaign.Name'],
    alsoStampedBy: null,
    currency: null,
    behind: 'Campaign',
    people: [
      ['contact', 'ContactId'],
      ['lead', 'LeadId'],
    ],
    toItem: (row) => ({
      title: textOf(inner(row, 'Campaign').Name),
      at: toMoment(row.CreatedDate) ?? 0,
      facts: facts([
        ['status', row.Status],
        ['responded', row.HasResponded === true ? (row.FirstRespondedDate ?? 'yes') : null],
      ]),
      of: ofPeople(row),
    }),
  },
  opportunity: {
    from: 'OpportunityContactRole',
    fields: ['ContactId', 'Role', 'CreatedDate', ...fieldsOf('Opportunity', ['Name', 'StageName', 'Amount', 'CloseDate', 'Probability'])],
    alsoStampedBy: 'Opportunity.SystemModstamp',
    currency: `Opportunity.${CURRENCY}`,
    behind: 'Opportunity',
    people: [['contact', 'ContactId']],
    toItem: (row) => {
      const deal = inner(row, 'Opportunity');
      return {
        title: textOf(deal.Name),
        at: toMoment(row.CreatedDate) ?? 0,
        facts: facts([
          ['stage', deal.StageName],
          ['amount', deal.Amount],
          ['currency', deal.Amount === null || deal.Amount === undefined ? null : deal[CURRENCY]],
          ['close_date', deal.CloseDate],
          ['probability', deal.Probability],
          ['role', row.Role],
        ]),
        of: ofPeople(row),
      };
    },
  },
} as const satisfies Partial<Record<SideKind, SideTable>>;
export const SALESFORCE_SIDE_KINDS = Object.keys(TABLES) as readonly (keyof typeof TABLES)[]; // the table is a literal

/** Memberships and opportunities changed in a window, deleted ones included; by stamp and id, the page's token is the last position. */
export async function listSideItems(
  side: Side,
  kind: SideKind,
  window: TimeWindow,
  page: string | null,
): Promise<CrmResult<Page<SideItem>>> {
  const table = tableOf(kind);
  if (!table) return ok({ items: [], next: null });
  const [list, position] = readToken(page);
  const stamp = list === 'also' && table.alsoStampedBy !== null ? table.alsoStampedBy : 'SystemModstamp';
  const conditions: Condition[] = [compare(stamp, '>=', moment(window.from)), compare(stamp, '<=', moment(window.to))];
  if (position) conditions.push(after(stamp, position));
  const asked = {
    from: table.from,
    where: all(...conditions),
    orderBy: [stamp, 'Id'],
    limit: ASKED_ROWS,
  };
  const answer = await askShown(side, await askedOf(side, table), (fields) => query(side.org, { ...asked, fields }, true));
  if (!answer.ok) return answer;
  const { rows, isDone } = answer.value;
  const last = rows.at(-1);
  const lastAt = last ? stampOf(last, stamp) : null;
  const items = rows.flatMap((row) => readItem(kind, table, row));
  if (!isDone && last && lastAt !== null) return ok({ items, next: `${list} ${lastAt} ${textOf(last.Id)}` });
  return ok({ items, next: list === 'own' && table.alsoStampedBy !== null ? 'also' : null });
}

/** Ids of the rows that name some people now. A converted lead's membership names both, and is found by either. */
export async function findSideItems(side: Side, kind: SideKind, records: readonly RecordRef[]): Promise<CrmResult<readonly string[]>> {
  const table = tableOf(kind);
  if (!table) return ok([]);
  const found = new Set<string>();
  for (const [type, field] of table.people) {
    const ids = records.filter((record) => record.type === type).map(({ id }) => id);
    const rows = await askShown(side, { from: table.from, behind: table.behind, fields: ['Id'] }, (fields) =>
      readWhere(side.org, table.from, fields, field, ids),
    );
    if (!rows.ok) return rows;
    for (const { Id } of rows.value) if (typeof Id === 'string') found.add(Id);
  }
  return ok([...found]);
}

/** Rows by id; those in the bin, and those of a campaign or an opportunity that is there, are not in the answer. */
export async function readSideItems(side: Side, kind: SideKind, ids: readonly string[]): Promise<CrmResult<readonly SideItem[]>> {
  const table = tableOf(kind);
  if (!table) return ok([]);
  const rows = await askShown(side, await askedOf(side, table), (fields) => readWhere(side.org, table.from, fields, 'Id', ids));
  if (!rows.ok) return rows;
  return ok(rows.value.flatMap((row) => readItem(kind, table, row)).filter(({ isGone }) => !isGone));
}

async function readWhere(
  org: Org,
  from: string,
  fields: readonly string[],
  field: string,
  ids: readonly string[],
): Promise<CrmResult<readonly OrgRow[]>> {
  const read: OrgRow[] = [];
  for (const some of cutValues(ids)) {
    const rows = await queryToEnd(org, writeSoql({ fields, from, where: isOneOf(field, some) }));
    if (!rows.ok) return rows;
    read.push(...rows.value);
  }
  return ok(read);
}

async function askedOf(side: Side, { from, fields, alsoStampedBy, behind, currency }: SideTable) {
  const more = [alsoStampedBy, currency !== null && (await side.hasCurrencies()) ? currency : null].filter((field) => field !== null);
  return { from, behind, fields: ['Id', 'SystemModstamp', 'IsDeleted', `${behind}.IsDeleted`, ...fields, ...more] };
}

function readItem(kind: SideKind, table: SideTable, row: OrgRow): readonly SideItem[] {
  const stamps = [row.SystemModstamp, table.alsoStampedBy ? stampText(row, table.alsoStampedBy) : null].map(toMoment);
  if (typeof row.Id !== 'string') return [];
  const modifiedAt = Math.max(...stamps.map((at) => at ?? 0));
  return [{ kind, id: row.Id, modifiedAt, isGone: isGone(row, table.behind), ...table.toItem(row) }];
}

function isGone(row: OrgRow, behind: string): boolean {
  return row.IsDeleted === true || inner(row, behind).IsDeleted === true;
}

function tableOf(kind: SideKind): SideTable | null {
  return kind === 'campaign_member' || kind === 'opportunity' ? TABLES[kind] : null;
}

/** `own` rows changed themselves; `also`: what they stand for changed. */
function readToken(page: string | null): readonly ['own' | 'also', { readonly at: number; readonly id: string } | null] {
  const [list, at, id] = page?.split(' ') ?? [];
  const position = at !== undefined && id !== undefined ? { at: Number(at), id } : null;
  return [list === 'also' ? 'also' : 'own', position];
}

function stampText(row: OrgRow, field: string): unknown {
  const [first = '', second] = field.split('.');
  return second === undefined ? row[first] : inner(row, first)[second];
}

function stampOf(row: OrgRow, field: string): number | null {
  return toMoment(stampText(row, field));
}

function fieldsOf(object: string, names: readonly string[]): readonly string[] {
  return names.map((name) => `${object}.${name}`);
}

function inner(row: OrgRow, name: string): OrgRow {
  const value = row[name];
  return isObject(value) ? value : {};
}

function ofPeople({ LeadId, ContactId }: OrgRow): SideItem['of'] {
  // A converted lead's membership names both; it belongs to the contact.
  if (typeof ContactId === 'string') return [{ type: 'contact', id: ContactId }];
  return typeof LeadId === 'string' ? [{ type: 'lead', id: LeadId }] : [];
}

function facts(pairs: readonly (readonly [SideFact, unknown])[]): SideItem['facts'] {
  return pairs.flatMap(([name, value]) => (value === null || value === undefined || value === '' ? [] : [{ name, value: textOf(value) }]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
