import {
  type FieldType,
  isNegationCondition,
  isOrderByField,
  isWhereClauseWithRightCondition,
  parseQuery,
  type Query,
  type WhereClause,
} from '@jetstreamapp/soql-parser-js';
import {
  asStamped,
  fieldOf,
  findRecord,
  isLive,
  type Org,
  type OrgObject,
  type OrgValue,
  recordsOf,
  seenObject,
  toObjectName,
} from './org.ts';
import { restError } from './org-errors.ts';
import type { FieldDef, ObjectName } from './org-fields.ts';
import { countedOf, rowsOf } from './org-rows.ts';
import { compareValues, valueTest } from './soql-values.ts';

/** Runs SOQL, parsed by a grammar that is not ours. */
export type QueryResult = { readonly rows: readonly object[]; readonly total: number; readonly isCount: boolean };

export function runQuery(org: Org, soql: string, withDeleted: boolean): QueryResult {
  const query = parse(soql);
  const object = seenObject(org, query.sObject ?? '');
  if (!object) throw restError(400, 'INVALID_TYPE', `sObject type '${query.sObject}' is not supported.`);
  const found = select(org, object, query, withDeleted);
  const isCount = (query.fields ?? []).some((field) => field.type === 'FieldFunctionExpression');
  if (isCount) return { rows: [], total: found.length, isCount: true };
  const names = (query.fields ?? []).map(nameOf);
  for (const name of names) checkName(org, object, name);
  return { rows: found.map((record) => toRow(org, record, names)), total: found.length, isCount: false };
}

function parse(soql: string): Query {
  try {
    return parseQuery(soql);
  } catch (error) {
    throw restError(400, 'MALFORMED_QUERY', error instanceof Error ? error.message : 'unexpected token');
  }
}

function select(org: Org, object: ObjectName, query: Query, withDeleted: boolean): readonly OrgObject[] {
  const now = org.now();
  const isByStamp = /"(SystemModstamp|CreatedDate)"/.test(JSON.stringify(query.where ?? null));
  const there = [...rowsOf(org, object)].filter((record) => withDeleted || isLive(record));
  const seen = isByStamp ? there.map((record) => asStamped(record, now)).filter((record) => record !== null) : there;
  const test = query.where ? toTest(org, object, query.where) : () => true;
  const found = seen.filter(test).filter(isInScope(org, query.usingScope));
  const order = (Array.isArray(query.orderBy) ? query.orderBy : query.orderBy ? [query.orderBy] : []).filter(isOrderByField);
  for (const { field } of order) checkName(org, object, field);
  found.sort((a, b) => {
    for (const { field, order: direction } of order) {
      const difference = compareValues(read(org, a, field), read(org, b, field));
      if (difference !== 0) return direction === 'DESC' ? -difference : difference;
    }
    return 0;
  });
  return query.limit === undefined ? found : found.slice(0, query.limit);
}

type Test = (record: OrgObject) => boolean;

function isInScope(org: Org, scope = 'everything'): Test {
  if (scope.toLowerCase() === 'everything') return () => true;
  if (scope.toLowerCase() === 'mine') return (record) => record.values.get('OwnerId') === org.userId;
  // Everybody here is of one team.
  if (scope.toLowerCase() === 'team') return () => true;
  throw restError(400, 'INVALID_FIELD', `unknown scope ${scope}`);
}

/** Conditions come as a chain with brackets noted on them: read as a list of tokens, then by precedence as Salesforce does. */
function toTest(org: Org, object: ObjectName, where: WhereClause): Test {
  const tokens: (Test | '(' | ')' | 'AND' | 'OR' | 'NOT')[] = [];
  let at: WhereClause | null = where;
  while (at) {
    if (isNegationCondition(at.left)) {
      for (let open = at.left?.openParen ?? 0; open > 0; open--) tokens.push('(');
      tokens.push('NOT');
    } else if (at.left) {
      const { openParen, closeParen } = at.left;
      for (let open = openParen ?? 0; open > 0; open--) tokens.push('(');
      tokens.push(conditionTest(org, object, at.left));
      for (let close = closeParen ?? 0; close > 0; close--) tokens.push(')');
    }
    if (!isWhereClauseWithRightCondition(at)) break;
    if (at.operator === 'AND' || at.operator === 'OR') tokens.push(at.operator);
    at = at.right;
  }
  return readTokens(tokens);
}

/** Salesforce refuses AND beside OR without brackets. */
function readTokens(tokens: (Test | '(' | ')' | 'AND' | 'OR' | 'NOT')[]): Test {
  let at = 0;
  const group = (): Test => {
    const parts = [part()];
    let word: 'AND' | 'OR' | null = null;
    for (let token = tokens[at]; token === 'AND' || token === 'OR'; token = tokens[at]) {
      if (word !== null && word !== token) throw restError(400, 'MALFORMED_QUERY', `unexpected token: ${token}`);
      word = token;
      at += 1;
      parts.push(part());
    }
    return word === 'OR' ? (record) => parts.some((test) => test(record)) : (record) => parts.every((test) => test(record));
  };
  const part = (): Test => {
    const token = tokens[at++];
    if (token === 'NOT') {
      const inner = part();
      return (record) => !inner(record);
    }
    if (token === '(') {
      const inner = group();
      at += 1;
      return inner;
    }
    if (typeof token !== 'function') throw restError(400, 'MALFORMED_QUERY', 'unexpected token');
    return token;
  };
  return group();
}

type Left = Exclude<NonNullable<WhereClause['left']>, null>;

function conditionTest(org: Org, object: ObjectName, condition: Left): Test {
  if (!('field' in condition) || !('operator' in condition)) throw restError(400, 'MALFORMED_QUERY', 'unsupported condition');
  const { field, operator } = condition;
  checkName(org, object, field);
  if ('valueQuery' in condition && condition.valueQuery) {
    const inner = condition.valueQuery;
    const innerObject = toObjectName(inner.sObject ?? '');
    const name = inner.fields?.[0];
    if (!innerObject || !name) throw restError(400, 'MALFORMED_QUERY', 'unsupported semi join');
    checkName(org, innerObject, nameOf(name));
    const ids = new Set(select(org, innerObject, inner, false).map((record) => read(org, record, nameOf(name))));
    return (record) => ids.has(read(org, record, field)) === (operator === 'IN');
  }
  const given = 'value' in condition ? condition.value : '';
  const test = valueTest(operator, Array.isArray(given) ? given : [given], fieldTypeOf(org, object, field), field, org.now());
  return (record) => test(read(org, record, field));
}

function nameOf(field: FieldType | string): string {
  if (typeof field === 'string') return field;
  if (field.type === 'Field') return field.field;
  if (field.type === 'FieldRelationship') return [...field.relationships, field.field].join('.');
  throw restError(400, 'MALFORMED_QUERY', 'unsupported field expression');
}

function checkName(org: Org, object: ObjectName, name: string): void {
  fieldTypeOf(org, object, name);
}

function fieldTypeOf(org: Org, object: ObjectName, name: string): string {
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) {
    const field = fieldOf(org, object, first);
    if (field) return field.type;
  } else {
    const parent = relationship(org, object, first);
    if (parent && seenObject(org, parent.object)) return fieldTypeOf(org, parent.object, rest.join('.'));
  }
  throw restError(
    400,
    'INVALID_FIELD',
    `No such column '${name}' on entity '${object}'. If you are attempting to use a custom field, be sure to append the '__c'.`,
  );
}

function relationship(org: Org, object: ObjectName, name: string) {
  const fields = recordsOf(org, object) && visibleReferences(org, object);
  const found = fields.find((field) => field.to?.[1] === name);
  return found?.to ? { field: found.name, object: found.to[0] } : null;
}

function visibleReferences(org: Org, object: ObjectName) {
  return ['ConvertedContactId', 'AccountId', 'OwnerId', 'CampaignId', 'LeadId', 'ContactId', 'OpportunityId']
    .map((name) => fieldOf(org, object, name))
    .filter((field) => field !== undefined);
}

/** The value of a field, over relationships too. */
export function read(org: Org, record: OrgObject, name: string): OrgValue {
  const [first = '', ...rest] = name.split('.');
  const counted = countedOf(org, record, first);
  if (counted !== null) return counted;
  if (rest.length === 0) return record.values.get(fieldOf(org, record.object, first)?.name ?? first) ?? null;
  const link = relationship(org, record.object, first);
  const parent = link ? findRecord(org, record.values.get(link.field)) : undefined;
  const shown = parent && rest[0] === 'SystemModstamp' ? asStamped(parent, org.now()) : parent;
  return shown ? read(org, shown, rest.join('.')) : null;
}

/** A record as the REST interface writes it, relationships nested. */
export function toRow(org: Org, record: OrgObject, names: readonly string[]): object {
  const row: Record<string, unknown> = { attributes: attributesOf(record) };
  for (const name of names) {
    const [first = '', ...rest] = name.split('.');
    if (rest.length === 0) {
      const field = fieldOf(org, record.object, first);
      const value = read(org, record, first);
      row[field?.name ?? first] = isLongNumber(field, value) ? EXACT_JSON.rawJSON(value) : value;
      continue;
    }
    const link = relationship(org, record.object, first);
    const parent = link ? findRecord(org, record.values.get(link.field)) : undefined;
    const nested = (row[first] ?? (parent ? { attributes: attributesOf(parent) } : null)) as Record<string, unknown> | null;
    if (nested && parent) nested[rest.join('.')] = read(org, parent, rest.join('.'));
    row[first] = nested;
  }
  return row;
}

/** A number of more figures than JavaScript has is kept as text, and told as the number it is. */
function isLongNumber(field: FieldDef | undefined, value: OrgValue): value is string {
  return typeof value === 'string' && ['double', 'currency', 'percent'].includes(field?.type ?? '');
}
// The library's types of the language do not know it yet.
const EXACT_JSON = JSON as unknown as { rawJSON(text: string): unknown };

function attributesOf({ object, id }: OrgObject) {
  return { type: object, url: `/services/data/v67.0/sobjects/${object}/${id}` };
}
