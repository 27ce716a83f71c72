import type { ErrorCode } from './errors.ts';

/** Whether trying again helps: at once, after a wait, after a person did something (paired again, updated), or not at all. */
export type Retry = 'now' | 'later' | 'reconnect' | 'never';

/** Every way a request to the server can fail, and whether trying again helps. */
export const SERVER_FAILURES = {
  /** No answer at all: server off, wrong address, no network, address not permitted. */
  unreachable: 'later',
  timeout: 'later',
  /** Something answers, but not Leadline (a login page, a proxy), or only half an answer came. */
  notLeadline: 'later',
  serverError: 'later',
  /** Nothing was written: it goes on when there is room. */
  storageFull: 'later',
  rateLimited: 'later',
  inProgress: 'later',
  missingChunks: 'now',
  unauthorized: 'reconnect',
  forbidden: 'reconnect',
  planRequired: 'reconnect',
  readOnly: 'reconnect',
  otherVersion: 'reconnect',
  listNotFound: 'never',
  notFound: 'never',
  conflict: 'never',
  tooLarge: 'never',
  unsupportedType: 'never',
  mismatch: 'never',
  /** The server holds the request wrong: a bug of ours, or a file it cannot read. */
  refused: 'never',
} as const satisfies Record<string, Retry>;
export type ServerFailureKind = keyof typeof SERVER_FAILURES;

/** A failed request as data; `sentences/` renders it. */
export type ServerFailure = {
  readonly kind: ServerFailureKind;
  readonly retry: Retry;
  /** HTTP status, where there was an answer. */
  readonly status?: number;
  /** The server's own code and sentence, where it sent them. */
  readonly code?: string;
  readonly message?: string;
  /** The server asked to wait so long. */
  readonly retryAfterMs?: number;
  /** Numbers of the chunks the server misses. */
  readonly missing?: readonly number[];
  /** What the server told beside its sentence, as it sent it: who asks reads what it knows of it. */
  readonly details?: readonly unknown[];
};

/** Makes a failure; whether to retry follows from its kind. */
export function serverFailure(kind: ServerFailureKind, rest: Omit<ServerFailure, 'kind' | 'retry'> = {}): ServerFailure {
  return { kind, retry: SERVER_FAILURES[kind], ...rest };
}

/** By the server's own code first: it is the interface. */
const KIND_OF_CODE = {
  INVALID_REQUEST: 'refused',
  INVALID_LEADS: 'refused',
  INVALID_FILE: 'refused',
  UNAUTHORIZED: 'unauthorized',
  PLAN_REQUIRED: 'planRequired',
  READ_ONLY: 'readOnly',
  FORBIDDEN: 'forbidden',
  LIST_NOT_FOUND: 'listNotFound',
  NOT_FOUND: 'notFound',
  CONFLICT: 'conflict',
  IN_PROGRESS: 'inProgress',
  MISSING_CHUNKS: 'missingChunks',
  SUPPRESSED: 'refused',
  TOO_LARGE: 'tooLarge',
  UNSUPPORTED_TYPE: 'unsupportedType',
  IDEMPOTENCY_MISMATCH: 'mismatch',
  API_VERSION: 'otherVersion',
  RATE_LIMITED: 'rateLimited',
  INTERNAL: 'serverError',
  STORAGE_FULL: 'storageFull',
} as const satisfies Record<ErrorCode, ServerFailureKind>;
const KINDS_BY_CODE: ReadonlyMap<string, ServerFailureKind> = new Map(Object.entries(KIND_OF_CODE));

/** What an answer that is not a success means. `body` is the parsed JSON, null where it is none; `headers` as received. */
export function failureOfAnswer(status: number, headers: Headers, body: unknown, nowMs: number): ServerFailure {
  const code = textOf(body, 'code');
  const message = textOf(body, 'error');
  const retryAfterMs = readRetryAfter(headers.get('Retry-After'), nowMs);
  const details = detailsOf(body);
  const rest = {
    status,
    ...(details === null ? {} : { details }),
    ...(code === null ? {} : { code }),
    ...(message === null ? {} : { message }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
  };
  const kind = (code === null ? undefined : KINDS_BY_CODE.get(code)) ?? kindOfStatus(status, code !== null);
  return serverFailure(kind, kind === 'missingChunks' ? { ...rest, missing: missingOf(body) } : rest);
}

/** Without a code of ours it is not our server that speaks: whatever a proxy says passes. */
function kindOfStatus(status: number, isOurs: boolean): ServerFailureKind {
  if (status === 429) return 'rateLimited';
  if (status === 408) return 'timeout';
  if (status >= 500) return 'serverError';
  return isOurs ? 'refused' : 'notLeadline';
}

/** `Retry-After` in ms (RFC 9110: seconds or a date), null where absent or unreadable, at most an hour. */
export function readRetryAfter(text: string | null, nowMs: number): number | null {
  if (text === null) return null;
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1_000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), 60 * 60 * 1_000) : null;
}

function textOf(body: unknown, field: 'code' | 'error'): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const value = (body as Record<string, unknown>)[field]; // an object, checked above
  return typeof value === 'string' ? value : null;
}

function detailsOf(body: unknown): readonly unknown[] | null {
  if (typeof body !== 'object' || body === null || !('details' in body)) return null;
  return Array.isArray(body.details) ? body.details : null;
}

/** `details` of MISSING_CHUNKS: the numbers, plain or as `{seq}`. */
function missingOf(body: unknown): number[] {
  const details = (body as { details?: unknown }).details; // an object: its code was read
  if (!Array.isArray(details)) return [];
  const numbers = details.map((item: unknown) => (typeof item === 'object' && item !== null && 'seq' in item ? item.seq : item));
  return numbers.filter((item): item is number => Number.isInteger(item));
}
