import { type Org, stampText } from './org.ts';
import { restError } from './org-errors.ts';
import type { ObjectName } from './org-fields.ts';

/** What narrows a list view, as Salesforce tells it; values are literals of SOQL. */
export type ViewCondition =
  | { readonly field: string; readonly operator: string; readonly values: readonly string[] }
  | { readonly conditions: readonly ViewCondition[]; readonly conjunction: 'and' | 'or' }
  | { readonly condition: ViewCondition };
export type OrgView = {
  readonly id: string;
  readonly object: ObjectName;
  readonly label: string;
  /** Null: nothing but its scope narrows it. */
  readonly where: ViewCondition | null;
  /** `everything` where none is given. */
  readonly scope?: string;
  /** Salesforce can say what it holds as a query. */
  readonly isSoqlCompatible?: boolean;
};

const OPERATORS: ReadonlyMap<string, string> = new Map([
  ['equals', '='],
  ['notEquals', '!='],
  ['greaterThan', '>'],
  ['greaterThanOrEqualTo', '>='],
  ['lessThan', '<'],
  ['lessThanOrEqualTo', '<='],
  ['like', 'LIKE'],
]);
const LISTS: ReadonlyMap<string, string> = new Map([
  ['in', 'IN'],
  ['notIn', 'NOT IN'],
  ['includes', 'INCLUDES'],
  ['excludes', 'EXCLUDES'],
]);

export function describeView(org: Org, object: ObjectName, id: string): Response {
  const view = org.views.find((known) => known.id === id && known.object === object);
  if (!view) throw restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return Response.json({
    columns: [column('Name', 'Name', 'string'), column('Id', 'ID', 'id'), column('SystemModstamp', 'System Modstamp', 'datetime')],
    id: id.slice(0, 15),
    orderBy: ['Name', 'Id'].map((fieldNameOrPath) => ({ fieldNameOrPath, nullsPosition: 'first', sortDirection: 'ascending' })),
    query: queryOf(view),
    relatedEntityId: null,
    scope: view.scope ?? 'everything',
    scopeEntityId: null,
    sobjectType: object,
    whereCondition: view.where ?? { conditions: [], conjunction: 'and' },
  });
}

function column(name: string, label: string, type: string): object {
  const order = { sortDirection: name === 'Name' ? 'ascending' : null, sortIndex: name === 'Name' ? 0 : null };
  const labels = { ascendingLabel: 'Z-A', descendingLabel: 'A-Z' };
  return { ...labels, fieldNameOrPath: name, hidden: name !== 'Name', label, selectListItem: name, ...order, sortable: true, type };
}

/** The view's own query. */
export function queryOf({ object, where, scope = 'everything' }: OrgView): string {
  const parts = [
    `SELECT Name, Id, CreatedDate, LastModifiedDate, SystemModstamp FROM ${object}`,
    ...(scope === 'everything' ? [] : [`USING SCOPE ${scope}`]),
    ...(where ? [`WHERE ${writeWhere(where)}`] : []),
    'ORDER BY Name ASC NULLS FIRST, Id ASC NULLS FIRST',
  ];
  return parts.join(' ');
}

function writeWhere(where: ViewCondition): string {
  if ('condition' in where) return `(NOT ${writeWhere(where.condition)})`;
  if ('conditions' in where) return `(${where.conditions.map(writeWhere).join(where.conjunction === 'and' ? ' AND ' : ' OR ')})`;
  const { field, operator, values } = where;
  const list = LISTS.get(operator);
  if (list !== undefined) return `${field} ${list} (${values.join(',')})`;
  if (operator === 'notLike') return `(NOT ${field} LIKE ${values[0]})`;
  return `${field} ${OPERATORS.get(operator) ?? operator} ${values[0]}`;
}

/** Salesforce's own days by name; a few of them, in UTC. */
export function namedDays(name: string, now: number): readonly [from: string, to: string] | null {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const [word = '', count = ''] = name.toUpperCase().split(':');
  const days: Readonly<Record<string, readonly [number, number]>> = {
    TODAY: [0, 1],
    YESTERDAY: [-1, 0],
    LAST_N_DAYS: [-Number(count), 1],
    LAST_90_DAYS: [-90, 1],
  };
  const found = days[word];
  return found ? [stampText(today + found[0] * DAY_MS), stampText(today + found[1] * DAY_MS)] : null;
}
const DAY_MS = 24 * 60 * 60_000;
