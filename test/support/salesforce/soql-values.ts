import { isId, type OrgValue } from './org.ts';
import { restError } from './org-errors.ts';
import { namedDays } from './org-views.ts';

/** What a comparison of SOQL makes of the values of a field. */
export type ValueTest = (value: OrgValue) => boolean;

/** `literals`: as they stand in the query; `type`: the field's, by describe. */
export function valueTest(operator: string, literals: readonly string[], type: string, field: string, now: number): ValueTest {
  const [first = ''] = literals;
  const days = type === 'datetime' ? namedDays(first, now) : null;
  if (days) return testDays(operator, days, field);
  switch (operator) {
    case 'LIKE': {
      if (type === 'boolean' || NUMBERS.has(type) || !first.startsWith("'")) throw wrongType(field, type);
      const pattern = toPattern(first);
      return (value) => typeof value === 'string' && pattern.test(value);
    }
    case 'INCLUDES':
    case 'EXCLUDES': {
      if (type !== 'multipicklist')
        throw restError(400, 'INVALID_QUERY_FILTER_OPERATOR', `${operator} can only be used with multiple picklists`);
      const sets = literals.map((literal) => unquote(literal).toLowerCase().split(';'));
      return (value) => {
        const chosen = typeof value === 'string' ? value.toLowerCase().split(';') : [];
        return sets.some((set) => set.every((one) => chosen.includes(one))) === (operator === 'INCLUDES');
      };
    }
  }
  const values = literals.map((literal) => toValue(literal, type, field));
  switch (operator) {
    case 'IN':
      return (value) => values.some((one) => isSame(value, one));
    case 'NOT IN':
      return (value) => values.every((one) => !isSame(value, one));
    case '=':
      return (value) => isSame(value, values[0] ?? null);
    case '!=':
      return (value) => !isSame(value, values[0] ?? null);
    default:
      return orderTest(operator, values[0] ?? null);
  }
}

function orderTest(operator: string, against: OrgValue): ValueTest {
  const holds = ORDERS[operator];
  if (!holds) throw restError(400, 'MALFORMED_QUERY', `unsupported operator ${operator}`);
  return (value) => value !== null && against !== null && holds(compareValues(value, against));
}
const ORDERS: Readonly<Record<string, (difference: number) => boolean>> = {
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
};

/** A name of days is a span: what is before it, in it or behind it. */
function testDays(operator: string, [from, to]: readonly [string, string], field: string): ValueTest {
  const where = (value: string) => (compareValues(value, from) < 0 ? -1 : compareValues(value, to) < 0 ? 0 : 1);
  const holds: Readonly<Record<string, (at: number) => boolean>> = { ...ORDERS, '=': (at) => at === 0, '!=': (at) => at !== 0 };
  const wanted = holds[operator];
  if (!wanted) throw restError(400, 'MALFORMED_QUERY', `unsupported operator ${operator} for ${field}`);
  return (value) => (typeof value === 'string' ? wanted(where(value)) : operator === '!=');
}

const NUMBERS: ReadonlySet<string> = new Set(['double', 'currency', 'percent', 'int']);

/** A literal of the type its field needs. */
function toValue(literal: string, type: string, field: string): OrgValue {
  if (literal.toLowerCase() === 'null') return null;
  const isText = literal.startsWith("'");
  if (type === 'boolean' && /^(true|false)$/i.test(literal)) return literal.toLowerCase() === 'true';
  if (type === 'datetime' && !isText && !Number.isNaN(Date.parse(literal))) return literal;
  if (NUMBERS.has(type) && !isText && literal !== '') return Number(literal.replace(/^[A-Z]{3}(?=\d)/, ''));
  if (isText && (type === 'id' || type === 'reference') && !isId(unquote(literal)))
    throw restError(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${unquote(literal)}`);
  if (isText && !['datetime', 'boolean', 'date'].includes(type) && !NUMBERS.has(type)) return unquote(literal);
  if (type === 'date' && !isText) return literal;
  throw wrongType(field, type);
}

function wrongType(field: string, type: string) {
  return restError(400, 'INVALID_FIELD', `value of filter criterion for field '${field}' must be of type ${type}`);
}

const UNESCAPED = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['b', '\b'],
  ['f', '\f'],
]);
function unquote(literal: string): string {
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-f]{4})|(.))/gis, (_, hex: string | undefined, sign: string) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (UNESCAPED.get(sign) ?? sign),
    );
}

/** `%` stands for any signs, `_` for one; behind a backslash they stand for themselves. */
function toPattern(literal: string): RegExp {
  const parts = literal.slice(1, -1).match(/\\u[0-9a-f]{4}|\\.|[^\\]/gisu) ?? [];
  const source = parts.map((part) =>
    part === '%' ? '.*' : part === '_' ? '.' : unquote(`'${part}'`).replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 'isu');
}

/** Texts are compared without case, except ids. */
function isSame(a: OrgValue, b: OrgValue): boolean {
  if (isMoment(a) && isMoment(b)) return Date.parse(toIso(a)) === Date.parse(toIso(b));
  if (typeof a === 'string' && typeof b === 'string') return a.toLowerCase() === b.toLowerCase();
  return (a ?? null) === (b ?? null);
}

/** Blank is before everything else. */
export function compareValues(a: OrgValue, b: OrgValue): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? -1 : 1;
  if (isMoment(a) && isMoment(b)) return Date.parse(toIso(a)) - Date.parse(toIso(b));
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0;
}

function isMoment(value: OrgValue): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:?\d\d)$/.test(value);
}

function toIso(text: string): string {
  return text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
}
