import { isExact } from '#shared/crm/decimal.ts';

/** Sixteen figures and more: only such numbers can be others than they are written once they are JavaScript's. */
const LONG_NUMBER = /[:[,]\s*-?[\d.]{16,}/;

/** Says whether a text of JSON may hold a number that does not come through as it is written. */
export function holdsLongNumbers(json: string): boolean {
  return LONG_NUMBER.test(json);
}

/** Parses JSON; a number that JavaScript has none for stays the text it is written as. */
export function parseExactly(json: string): unknown {
  return JSON.parse(json, keepExact);
}

/** https://github.com/tc39/proposal-json-parse-with-source */
type Source = { readonly source?: string };
function keepExact(_: string, value: unknown, context?: Source): unknown {
  const { source } = context ?? {};
  return typeof value === 'number' && source !== undefined && !isExact(value, source) ? source : value;
}
