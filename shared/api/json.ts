import * as z from 'zod/mini';
import { fail, ok, type Result } from '../result.ts';

/** What is wrong with one place of a request: `path` as in `rows[3].lead.email`, `expected` in a few plain words. */
export type Issue = { readonly path: string; readonly expected: string };
/** Reads a value from outside; unknown fields are ignored. */
export type Read<T> = (value: unknown) => Result<T, readonly Issue[]>;

const MAX_ISSUES = 20;

/** A list that the reader of it does not change. */
export function listOf<T extends z.core.SomeType>(item: T) {
  return z.readonly(z.array(item));
}

/** A reader made from a schema; at most 20 issues are told. */
export function reader<T>(schema: z.ZodMiniType<T>): Read<T> {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? ok(parsed.data) : fail(parsed.error.issues.slice(0, MAX_ISSUES).map(toIssue));
  };
}

function toIssue(issue: z.core.$ZodIssue): Issue {
  if (issue.code === 'unrecognized_keys')
    return { path: pathText([...issue.path, ...issue.keys.slice(0, 1)]), expected: 'nothing: there is no such option' };
  return { path: pathText(issue.path), expected: expectedText(issue) };
}

/** `['rows', 3, 'lead']` becomes `rows[3].lead`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part).slice(0, 100)}`),
    '',
  );
}

/** What a schema says without words of its own. */
const NO_WORDS = 'Invalid input';

function expectedText(issue: z.core.$ZodIssue): string {
  if (issue.message && issue.message !== NO_WORDS) return issue.message;
  if (issue.code === 'invalid_type') return TYPES.get(issue.expected) ?? 'another value';
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_small') return sized(issue.origin, 'at least', Number(issue.minimum));
  if (issue.code === 'too_big') return sized(issue.origin, 'at most', Number(issue.maximum));
  return 'another value';
}

const TYPES: ReadonlyMap<string, string> = new Map([
  ['string', 'a text'],
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'an object'],
  ['record', 'an object'],
  ['null', 'null'],
]);

function sized(origin: string, bound: string, limit: number): string {
  if (origin === 'string') return `a text of ${bound} ${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array') return `a list of ${bound} ${limit}`;
  return `a number of ${bound} ${limit}`;
}

/** A count: a whole number from 0. */
export const count = z.int('a whole number from 0').check(z.minimum(0, 'a whole number from 0'));
/** A short text from outside: a name, a label. */
export const name = z
  .string()
  .check(z.trim(), z.minLength(1, 'a name of at least 1 character'), z.maxLength(200, 'a name of at most 200 characters'));
/** An id in a path or body: opaque, never longer than this. */
export const id = z.string().check(z.minLength(1), z.maxLength(100));
/** A moment in UTC, ISO 8601. */
export const moment = z.string();
