/** Builds queries in Salesforce's SOQL. Names come from describe and are checked all the same; values are always quoted here. */

export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  /** Milliseconds since 1970. */
  | { readonly kind: 'moment'; readonly at: number }
  | { readonly kind: 'yesNo'; readonly is: boolean }
  | { readonly kind: 'blank' }
  /** As Salesforce itself wrote it. */
  | { readonly kind: 'written'; readonly text: string };
export type CompareOperator = '=' | '!=' | '>' | '>=' | '<' | '<=' | 'LIKE';
export type ListOperator = 'IN' | 'NOT IN' | 'INCLUDES' | 'EXCLUDES';
export type Condition =
  | { readonly kind: 'compare'; readonly field: string; readonly operator: CompareOperator; readonly value: Literal }
  /** Somewhere in the text, in whatever case. */
  | { readonly kind: 'contains'; readonly field: string; readonly part: string }
  | { readonly kind: 'in'; readonly field: string; readonly operator: ListOperator; readonly values: readonly Literal[] }
  | { readonly kind: 'in_query'; readonly field: string; readonly query: Query }
  | { readonly kind: 'not'; readonly of: Condition }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] };
export type Query = {
  readonly fields: readonly string[] | 'count';
  readonly from: string;
  /** Only what belongs to whoever is connected. */
  readonly isMine?: boolean;
  readonly where?: Condition;
  /** Rising, unless `falling`. */
  readonly orderBy?: readonly (string | { readonly falling: string })[];
  readonly limit?: number;
};

export const text = (value: string): Literal => ({ kind: 'text', text: value });
export const moment = (at: number): Literal => ({ kind: 'moment', at });
export const blank: Literal = { kind: 'blank' };
export const yesNo = (is: boolean): Literal => ({ kind: 'yesNo', is });
export const compare = (field: string, operator: CompareOperator, value: Literal): Condition => ({
  kind: 'compare',
  field,
  operator,
  value,
});
export const contains = (field: string, part: string): Condition => ({ kind: 'contains', field, part });
export const isListed = (field: string, operator: ListOperator, values: readonly Literal[]): Condition => ({
  kind: 'in',
  field,
  operator,
  values,
});
export const isOneOf = (field: string, texts: readonly string[]): Condition => isListed(field, 'IN', texts.map(text));
export const inQuery = (field: string, query: Query): Condition => ({ kind: 'in_query', field, query });
export const not = (of: Condition): Condition => ({ kind: 'not', of });
export const all = (...of: readonly Condition[]): Condition => ({ kind: 'all', of });
export const any = (...of: readonly Condition[]): Condition => ({ kind: 'any', of });

/** Rows after a position in an order by stamp and id: stamps are not unique. */
export function after(stampField: string, position: { readonly at: number; readonly id: string }): Condition {
  const stamp = moment(position.at);
  return any(compare(stampField, '>', stamp), all(compare(stampField, '=', stamp), compare('Id', '>', text(position.id))));
}

/** The text of a query. A name that is none is a bug and throws. */
export function writeSoql({ fields, from, isMine = false, where, orderBy, limit }: Query): string {
  const parts = [`SELECT ${fields === 'count' ? 'COUNT()' : fields.map(nameOf).join(', ')} FROM ${nameOf(from)}`];
  if (isMine) parts.push('USING SCOPE mine');
  if (where) parts.push(`WHERE ${writeCondition(where)}`);
  if (orderBy && orderBy.length > 0) parts.push(`ORDER BY ${orderBy.map(writeOrder).join(', ')}`);
  if (limit !== undefined) parts.push(`LIMIT ${Math.trunc(limit)}`);
  return parts.join(' ');
}

function writeOrder(field: string | { readonly falling: string }): string {
  return typeof field === 'string' ? `${nameOf(field)} ASC` : `${nameOf(field.falling)} DESC`;
}

export function writeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'compare':
      return `${nameOf(condition.field)} ${condition.operator} ${writeLiteral(condition.value)}`;
    case 'contains':
      return `${nameOf(condition.field)} LIKE ${writePattern(condition.part)}`;
    case 'in':
      if (condition.values.length === 0) throw new Error('a question about none of them is not asked');
      return `${nameOf(condition.field)} ${condition.operator} (${condition.values.map(writeLiteral).join(', ')})`;
    case 'in_query':
      return `${nameOf(condition.field)} IN (${writeSoql(condition.query)})`;
    case 'not':
      return `(NOT ${writePart(condition.of)})`;
    case 'all':
    case 'any': {
      const word = condition.kind === 'all' ? ' AND ' : ' OR ';
      if (condition.of.length === 0) throw new Error('a condition holds something');
      return condition.of.map(writePart).join(word);
    }
  }
}

/** Within another condition, in brackets wherever it is one of several parts. */
function writePart(part: Condition): string {
  return isGroup(part) ? `(${writeCondition(part)})` : writeCondition(part);
}

function isGroup(condition: Condition): boolean {
  return (condition.kind === 'all' || condition.kind === 'any') && condition.of.length > 1;
}

function writeLiteral(value: Literal): string {
  switch (value.kind) {
    case 'text':
      return writeText(value.text);
    case 'moment':
      return new Date(value.at).toISOString();
    case 'yesNo':
      return value.is ? 'true' : 'false';
    case 'blank':
      return 'null';
    case 'written':
      return value.text;
  }
}

const ESCAPES = new Map([
  ['\\', '\\\\'],
  ["'", "\\'"],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\u2028', '\\u2028'],
  ['\u2029', '\\u2029'],
]);

/** A text as a query has it. */
export function writeText(value: string): string {
  return `'${value.replace(/[\\'"\n\r\t\b\f\u2028\u2029]/g, (sign) => ESCAPES.get(sign) ?? sign)}'`;
}

/** A text as LIKE finds it anywhere: its wildcards stand for themselves. */
function writePattern(part: string): string {
  return `'%${writeText(part)
    .slice(1, -1)
    .replace(/[%_]/g, (sign) => `\\${sign}`)}%'`;
}

function nameOf(name: string): string {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*){0,4}$/.test(name)) throw new Error('a name in a query is not one');
  return name;
}
