import { badRequest } from './hubspot-errors.ts';
import { toReadJson } from './object-json.ts';
import { findType, liveObjects, type Portal, seenBySearch } from './portal.ts';
import type { PropertyDef } from './property-defs.ts';
import { isObject, readObject, readOptionalText, readText, readTexts, readWhole } from './read-request.ts';

const OPERATORS = [
  'BETWEEN',
  'CONTAINS_TOKEN',
  'EQ',
  'GT',
  'GTE',
  'HAS_PROPERTY',
  'IN',
  'LT',
  'LTE',
  'NEQ',
  'NOT_CONTAINS_TOKEN',
  'NOT_HAS_PROPERTY',
  'NOT_IN',
] as const;
type Operator = (typeof OPERATORS)[number];
type Filter = {
  readonly name: string;
  readonly operator: Operator;
  readonly value: string;
  readonly high: string;
  readonly values: readonly string[];
};
const MAX = { groups: 5, filtersOfGroup: 6, filters: 18, page: 200, results: 10_000, letters: 3_000 };

/** Search as the index knows the portal: late, capped, without what is archived, and with ties in any order. */
export function searchObjects(portal: Portal, type: string, body: unknown) {
  const asked = readObject(body, 'body', ['after', 'filterGroups', 'limit', 'properties', 'query', 'sorts']);
  if (JSON.stringify(body).length > MAX.letters) throw badRequest(`The request body is longer than ${MAX.letters} characters`);
  const groups = readGroups(portal, type, asked.filterGroups);
  const sort = readSort(portal, type, asked.sorts);
  const limit = readWhole(asked.limit, 'limit', 10);
  if (limit < 1 || limit > MAX.page) throw badRequest(`limit must be between 1 and ${MAX.page}`);
  const afterText = readOptionalText(asked.after, 'after') ?? '';
  if (!/^\d*$/.test(afterText)) throw badRequest(`${afterText} is not a valid after`);
  const after = Number(afterText);
  if (after + limit > MAX.results) throw badRequest(`The maximum number of search results is ${MAX.results}: after and limit go beyond`);
  const query = readOptionalText(asked.query, 'query')?.toLowerCase() ?? '';
  const properties = readTexts(asked.properties, 'properties');

  const now = portal.now();
  const found = liveObjects(portal, type).flatMap((object) => {
    const values = seenBySearch(object, now);
    if (!values || (query !== '' && ![...values.values()].some((value) => value.toLowerCase().includes(query)))) return [];
    const fits = groups.length === 0 || groups.some((filters) => filters.every((filter) => matches(portal, type, filter, values)));
    return fits ? [{ object, values, key: sort ? toComparable(portal, type, sort.name, values.get(sort.name) ?? '') : object.id }] : [];
  });
  const sign = sort?.isDescending ? -1 : 1;
  found.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : shuffle(a.object.id) - shuffle(b.object.id)));

  const isEmpty = portal.habits.emptyPages > 0 && found.length > after;
  if (isEmpty) portal.habits.emptyPages -= 1;
  const size = isEmpty ? 0 : Math.min(limit, portal.habits.pageSize ?? limit);
  const page = found.slice(after, after + size);
  const next = after + page.length;
  return {
    total: found.length,
    results: page.map(({ object, values }) => toReadJson(portal, object, properties, [], values)),
    ...(next < found.length ? { paging: { next: { after: String(next) } } } : {}),
  };
}

function readGroups(portal: Portal, type: string, value: unknown): readonly (readonly Filter[])[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || value.length > MAX.groups) throw badRequest(`filterGroups must be a list of at most ${MAX.groups}`);
  const groups = value.map((group, index) => {
    const { filters } = readObject(group, `filterGroups[${index}]`, ['filters']);
    if (!Array.isArray(filters) || filters.length > MAX.filtersOfGroup)
      throw badRequest(`filters must be a list of at most ${MAX.filtersOfGroup}`);
    return filters.map((filter) => readFilter(portal, type, filter));
  });
  if (groups.flat().length > MAX.filters) throw badRequest(`At most ${MAX.filters} filters`);
  return groups;
}

function readFilter(portal: Portal, type: string, value: unknown): Filter {
  const given = readObject(value, 'filter', ['highValue', 'operator', 'propertyName', 'value', 'values']);
  const name = readText(given.propertyName, 'propertyName');
  if (!portal.properties.get(type)?.has(name)) throw badRequest(`There was a problem with the request: no property ${name}`);
  const operator = OPERATORS.find((one) => one === given.operator);
  if (!operator) throw badRequest(`Invalid input JSON: operator ${String(given.operator)} is not one of [${OPERATORS.join(', ')}]`);
  const values = readTexts(given.values, 'values');
  if (/IN$/.test(operator) && values.length === 0) throw badRequest(`values is required for ${operator}`);
  const needsValue = !/IN$|HAS_PROPERTY$/.test(operator);
  const text = needsValue ? readText(given.value, 'value') : '';
  const high = operator === 'BETWEEN' ? readText(given.highValue, 'highValue') : '';
  return { name, operator, value: text, high, values };
}

function readSort(portal: Portal, type: string, value: unknown): { readonly name: string; readonly isDescending: boolean } | null {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return null;
  if (!Array.isArray(value) || value.length > 1) throw badRequest('sorts must be a list of at most 1');
  const sort: unknown = value[0];
  const text = isObject(sort) ? readText(sort.propertyName, 'propertyName') : readText(sort, 'sorts[0]');
  const name = text.replace(/^-/, '');
  if (!findType(type) || !portal.properties.get(type)?.has(name)) throw badRequest(`Cannot sort by ${name}`);
  return { name, isDescending: text.startsWith('-') || (isObject(sort) && sort.direction === 'DESCENDING') };
}

/** Numbers and dates compare by size, everything else as text without case. */
function toComparable(portal: Portal, type: string, name: string, value: string): string | number {
  const def: PropertyDef | undefined = portal.properties.get(type)?.get(name);
  if (def?.type === 'number') return value === '' ? Number.NEGATIVE_INFINITY : Number(value);
  if (def?.type === 'date' || def?.type === 'datetime')
    return value === '' ? Number.NEGATIVE_INFINITY : /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
  return value.toLowerCase();
}

function matches(portal: Portal, type: string, filter: Filter, values: ReadonlyMap<string, string>): boolean {
  const raw = values.get(filter.name);
  const toKey = (text: string) => toComparable(portal, type, filter.name, text);
  const [has, wanted] = [raw === undefined ? null : toKey(raw), toKey(filter.value)];
  const parts = (raw ?? '').toLowerCase().split(/[;\s]+/);
  const isAmong = filter.values.some((one) => has === toKey(one) || parts.includes(one.toLowerCase()));
  const tests: Readonly<Record<Operator, () => boolean>> = {
    BETWEEN: () => has !== null && has >= wanted && has <= toKey(filter.high),
    CONTAINS_TOKEN: () => parts.some((part) => tokenFits(part, filter.value.toLowerCase())),
    EQ: () => has !== null && has === wanted,
    GT: () => has !== null && has > wanted,
    GTE: () => has !== null && has >= wanted,
    HAS_PROPERTY: () => has !== null,
    IN: () => has !== null && isAmong,
    LT: () => has !== null && has < wanted,
    LTE: () => has !== null && has <= wanted,
    NEQ: () => has !== null && has !== wanted,
    NOT_CONTAINS_TOKEN: () => !parts.some((part) => tokenFits(part, filter.value.toLowerCase())),
    NOT_HAS_PROPERTY: () => has === null,
    NOT_IN: () => has !== null && !isAmong,
  };
  return tests[filter.operator]();
}

function tokenFits(part: string, token: string): boolean {
  return token.startsWith('*') ? part.endsWith(token.slice(1)) : token.endsWith('*') ? part.startsWith(token.slice(0, -1)) : part === token;
}

/** An order among ties that is neither that of the ids nor that of time. */
function shuffle(id: string): number {
  return (Number(id.slice(-9)) * 2_654_435_761) % 4_294_967_296;
}
