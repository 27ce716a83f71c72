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
  return { path: pathText(issue.path), expected: expectedText(issue) };
}

/** `['rows', 3, 'lead']` becomes `rows[3].lead`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : `${text}${text && '.'}${String(part).slice(0, 100)}`),
    '',
  );
}

function expectedText(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_format') return issue.format;
  if (issue.code === 'too_small') return `at least ${issue.minimum}`;
  if (issue.code === 'too_big') return `at most ${issue.maximum}`;
  if (issue.code === 'custom') return issue.message ?? 'another value';
  return 'another shape';
}

/** A count: a whole number from 0. */
export const count = z.int().check(z.minimum(0));
/** A short text from outside: a name, a label. */
export const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(200));
/** An id in a path or body: opaque, never longer than this. */
export const id = z.string().check(z.minLength(1), z.maxLength(100));
/** A moment in UTC, ISO 8601. */
export const moment = z.string();
