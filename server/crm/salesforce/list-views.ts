import type { ValueType } from '#shared/crm/record.ts';
import type { CrmField } from '../adapter.ts';
import { isObject, type OrgRow } from './objects.ts';
import { all, any, type CompareOperator, type Condition, compare, isListed, type ListOperator, not, writeCondition } from './soql.ts';
import { readLiteral } from './soql-literals.ts';

/**
 * What Salesforce tells of a list view as a condition of our own queries:
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesoqllistview_soqlwherecondition.htm
 * Everything in it has to be understood; a view of which anything is not is none here, so that nobody comes in too many.
 */
export type ViewCondition = { readonly condition: Condition | null; readonly isMine: boolean };

/** By their names in the answer. The reference spells one of them in two ways. */
const COMPARISONS: ReadonlyMap<unknown, CompareOperator> = new Map([
  ['equals', '='],
  ['notEquals', '!='],
  ['greaterThan', '>'],
  ['greaterThanOrEqualTo', '>='],
  ['greaterThenOrEqualTo', '>='],
  ['lessThan', '<'],
  ['lessThanOrEqualTo', '<='],
  ['like', 'LIKE'],
]);
const LISTS: ReadonlyMap<unknown, ListOperator> = new Map([
  ['in', 'IN'],
  ['notIn', 'NOT IN'],
  ['includes', 'INCLUDES'],
  ['excludes', 'EXCLUDES'],
]);
/** Salesforce takes a longer text of conditions from nobody. */
const MAX_WRITTEN = 4_000;
const MAX_DEPTH = 20;

/** The condition of a view as it was described, by the fields this member may see; null where it cannot be said as one. */
export function conditionOfView(described: OrgRow, object: string, fields: readonly CrmField[]): ViewCondition | null {
  const { query, scope, scopeEntityId, relatedEntityId, sobjectType, whereCondition } = described;
  const shape = typeof query === 'string' ? SHAPE.exec(query.replace(QUOTED, "''")) : null;
  // A queue's or a campaign's records are told by more than a condition.
  if (!shape || sobjectType !== object || (scopeEntityId ?? null) !== null || (relatedEntityId ?? null) !== null) return null;
  const [, from, usedScope = 'everything', where] = shape;
  const told = scope ?? 'everything';
  if (from !== object || (told !== 'everything' && told !== 'mine') || usedScope.toLowerCase() !== told) return null;
  const isMine = told === 'mine';
  const isWhole = whereCondition === undefined || whereCondition === null || isEmptyGroup(whereCondition);
  if (isWhole) return where === undefined ? { condition: null, isMine } : null;
  const condition = readCondition(whereCondition, new Map(fields.map(({ name, valueType }) => [name, valueType])), 0);
  if (where === undefined || !condition || writeCondition(condition).length > MAX_WRITTEN) return null;
  // The view's own query compares as much as its condition tells: nothing else narrows it.
  return countComparisons(where) === countComparisons(writeCondition(condition).replace(QUOTED, "''")) ? { condition, isMine } : null;
}
/** The query of a view without its texts, as far as is needed to see what narrows it. */
const SHAPE =
  /^SELECT [\w.,() ]+? FROM (\w+)(?: USING SCOPE (\w+))?(?: WHERE ((?:(?! (?:WITH|GROUP|HAVING|LIMIT|OFFSET|FOR) ).)+?))?(?: ORDER BY [\w.,() ]+)?$/is;
const QUOTED = /'(?:[^'\\]|\\.)*'/gs;

function countComparisons(where: string): number {
  return where.match(/[!<>]=|<>|[=<>]|\b(?:LIKE|IN|INCLUDES|EXCLUDES)\b/gi)?.length ?? 0;
}

function isEmptyGroup(told: unknown): boolean {
  return isObject(told) && Array.isArray(told.conditions) && told.conditions.length === 0;
}

function readCondition(told: unknown, types: Types, depth: number): Condition | null {
  if (!isObject(told) || depth > MAX_DEPTH) return null;
  const kinds = ['conditions', 'condition', 'subQuery', 'values'].filter((name) => name in told);
  if (kinds.length !== 1) return null;
  switch (kinds[0]) {
    case 'conditions':
      return readGroup(told, types, depth);
    case 'condition': {
      const inner = readCondition(told.condition, types, depth + 1);
      return inner && not(inner);
    }
    case 'values':
      return readComparison(told, types);
    default:
      return null;
  }
}

function readGroup({ conditions, conjunction }: OrgRow, types: Types, depth: number): Condition | null {
  if (!Array.isArray(conditions) || conditions.length === 0) return null;
  const parts = conditions.map((each: unknown) => readCondition(each, types, depth + 1));
  const known = parts.filter((part) => part !== null);
  if (known.length !== parts.length) return null;
  if (conjunction === 'and') return all(...known);
  return conjunction === 'or' ? any(...known) : null;
}

function readComparison({ field, operator, values }: OrgRow, types: Types): Condition | null {
  if (typeof field !== 'string' || !Array.isArray(values) || !isKnown(types, field)) return null;
  // What is behind a relationship is not described.
  const type = types.get(field) ?? null;
  const literals = values.map((each: unknown) => (typeof each === 'string' ? readLiteral(each, type) : null));
  const known = literals.filter((literal) => literal !== null);
  const [first] = known;
  if (first === undefined || known.length !== literals.length) return null;
  const list = LISTS.get(operator);
  if (list) return isListed(field, list, known);
  if (known.length !== 1) return null;
  if (operator === 'notLike') return not(compare(field, 'LIKE', first));
  const comparison = COMPARISONS.get(operator);
  return comparison ? compare(field, comparison, first) : null;
}

/** What describe says of them, by name. */
type Types = ReadonlyMap<string, ValueType>;

/** A field, or one over a relationship whose own field is there. */
function isKnown(types: Types, path: string): boolean {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*){0,4}$/.test(path)) return false;
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) return types.has(first);
  return types.has(first.endsWith('__r') ? first.replace(/__r$/, '__c') : `${first}Id`);
}
