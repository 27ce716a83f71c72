import type * as z from 'zod/mini';
import type { ErrorCode } from './errors.ts';
import { type Read, reader } from './json.ts';
import type { Role } from './workspace.ts';

export type Access = 'public' | Role;
/** What a route is: everything the server enforces and the reference tells about it. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Parts that vary start with a colon. */
  readonly path: string;
  /** `public`: no key. Otherwise the least role. */
  readonly access: Access;
  readonly summary: string;
  readonly query?: Shape<unknown>;
  readonly body?: Body;
  readonly answer: Answer;
  /** Errors of this route besides those every route can give. */
  readonly fails?: readonly ErrorCode[];
  /**
   * Takes an `Idempotency-Key`. `edge`: the answer is kept around the handler · `store`: in the same transaction as
   * what is written.
   */
  readonly once?: 'edge' | 'store';
  /** Carried out in a read-only workspace although it is no GET: it writes nothing, or ends that state. */
  readonly whenReadOnly?: true;
  /** Needs the premium plan. */
  readonly premium?: true;
};

export type Shape<T> = { readonly schema: z.ZodMiniType; readonly read: Read<T> };
export type JsonBody<T> = Shape<T> & {
  readonly kind: 'json';
  /** Counted on decoded bytes. */
  readonly maxBytes: number;
  /** An empty body is read as `{}`. */
  readonly mayBeEmpty?: true;
};
/** A file as the body; its size is limited by the server's configuration. */
export type FileBody = { readonly kind: 'file'; readonly multipart: boolean };
export type Body = JsonBody<unknown> | FileBody;
export type JsonAnswer<T> = { readonly kind: 'json'; readonly schema: z.ZodMiniType<T>; readonly status: readonly (200 | 201)[] };
export type Answer = JsonAnswer<unknown> | { readonly kind: 'csv' | 'html' | 'text' };

/** Content types a file may come as. What its bytes are is looked at, not believed. */
export const FILE_TYPES = [
  'text/csv',
  'text/plain',
  'text/tab-separated-values',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const;

/** What most JSON bodies may weigh. */
export const MAX_JSON_BYTES = 1024 * 1024;

/** One line of the table. */
export function route<
  const M extends Route['method'],
  const P extends string,
  const A extends Access,
  const R extends Omit<Route, 'method' | 'path' | 'access' | 'summary'>,
>(method: M, path: P, access: A, summary: string, rest: R) {
  return { method, path, access, summary, ...rest };
}

/** A JSON body read by its schema. */
export function json<T>(schema: z.ZodMiniType<T>, maxBytes = MAX_JSON_BYTES): JsonBody<T> {
  return { kind: 'json', schema, read: reader(schema), maxBytes };
}

/** A JSON body read by hand; the schema is for the reference. */
export function jsonRead<T>(schema: z.ZodMiniType, read: Read<T>, maxBytes = MAX_JSON_BYTES): JsonBody<T> {
  return { kind: 'json', schema, read, maxBytes };
}

/** A query read by its schema. */
export function query<T>(schema: z.ZodMiniType<T>): Shape<T> {
  return { schema, read: reader(schema) };
}

/** A JSON answer and its statuses; 200 unless said otherwise. */
export function answer<T>(schema: z.ZodMiniType<T>, ...status: (200 | 201)[]): JsonAnswer<T> {
  return { kind: 'json', schema, status: status.length > 0 ? status : [200] };
}
