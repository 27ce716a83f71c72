/** Builds queries in Salesforce's SOQL. Names come from describe and are checked all the same; values are always quoted here. */

export type Literal =
  | { readonly kind: 'text'; readonly text: string }
  /** Milliseconds since 1970. */
  | { readonly kind: 'moment'; readonly at: number }
  | { readonly kind: 'yesNo'; readonly is: boolean }
  | { readonly kind: 'blank' };
export type Condition =
  | { readonly kind: 'compare'; readonly field: string; readonly operator: '=' | '!=' | '>' | '>=' | '<' | '<='; readonly value: Literal }
  | { readonly kind: 'in'; readonly field: string; readonly texts: readonly string[] }
  | { readonly kind: 'in_query'; readonly field: string; readonly query: Query }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] };
export type Query = {
  readonly fields: readonly string[] | 'count';
  readonly from: string;
  readonly where?: Condition;
  readonly orderBy?: readonly string[];
  readonly limit?: number;
};

export const text = (value: string): Literal => ({ kind: 'text', text: value });
export const moment = (at: number): Literal => ({ kind: 'moment', at });
export const blank: Literal = { kind: 'blank' };
export const yesNo = (is: boolean): Literal => ({ kind: 'yesNo', is });
export const compare = (field: string, operator: Extract<Condition, { kind: 'compare' }>['operator'], value: Literal): Condition => ({
  kind: 'compare',
  field,
  operator,
  value,
});
export const isOneOf = (field: string, texts: readonly string[]): Condition => ({ kind: 'in', field, texts });
export const inQuery = (field: string, query: Query): Condition => ({ kind: 'in_query', field, query });
export const all = (...of: readonly Condition[]): Condition => ({ kind: 'all', of });
export const any = (...of: readonly Condition[]): Condition => ({ kind: 'any', of });

/** Rows after a position in an order by stamp and id: stamps are not unique. */
export function after(stampField: string, position: { readonly at: number; readonly id: string }): Condition {
  const stamp = moment(position.at);
  return any(compare(stampField, '>', stamp), all(compare(stampField, '=', stamp), compare('Id', '>', text(position.id))));
}

/** The text of a query. A name that is none is a bug and throws. */
export function writeSoql({ fields, from, where, orderBy, limit }: Query): string {
  const parts = [`SELECT ${fields === 'count' ? 'COUNT()' : fields.map(nameOf).join(', ')} FROM ${nameOf(from)}`];
  if (where) parts.push(`WHERE ${writeCondition(where)}`);
  if (orderBy && orderBy.length > 0) parts.push(`ORDER BY ${orderBy.map((field) => `${nameOf(field)} ASC`).join(', ')}`);
  if (limit !== undefined) parts.push(`LIMIT ${Math.trunc(limit)}`);
  return parts.join(' ');
}

function writeCondition(condition: Condition): string {
  switch (condition.kind) {
    case 'compare':
      return `${nameOf(condition.field)} ${condition.operator} ${writeLiteral(condition.value)}`;
    case 'in':
      if (condition.texts.length === 0) throw new Error('a question about none of them is not asked');
      return `${nameOf(condition.field)} IN (${condition.texts.map(writeText).join(', ')})`;
    case 'in_query':
      return `${nameOf(condition.field)} IN (${writeSoql(condition.query)})`;
    case 'all':
    case 'any': {
      const word = condition.kind === 'all' ? ' AND ' : ' OR ';
      if (condition.of.length === 0) throw new Error('a condition holds something');
      return condition.of.map((part) => (isGroup(part) ? `(${writeCondition(part)})` : writeCondition(part))).join(word);
    }
  }
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

function nameOf(name: string): string {
  if (!/^[A-Za-z]\w*(\.[A-Za-z]\w*){0,4}$/.test(name)) throw new Error('a name in a query is not one');
  return name;
}
