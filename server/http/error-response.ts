import type { Context } from 'hono';
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '#shared/api/errors.ts';
import { type ApiErrorReason, apiErrorSentence } from '#shared/sentences/api-error.ts';
import type { Edge } from './edge.ts';

/** Why a request is refused, as data: the code, what its sentence is about, and what a program can use. */
export type ApiError = {
  readonly code: ErrorCode;
  readonly about?: ApiErrorReason;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly details?: readonly unknown[];
  /** Seconds, for RATE_LIMITED. */
  readonly retryAfter?: number;
};

/** The answer of a refused request. */
export function errorResponse(c: Context<Edge>, error: ApiError): Response {
  const requestId = c.get('requestId');
  const body: ErrorBody = {
    error: apiErrorSentence(error.code, error.about, error.data),
    code: error.code,
    ...(error.details ? { details: [...error.details] } : {}),
    requestId,
  };
  c.set('errorCode', error.code);
  if (error.retryAfter !== undefined) c.header('Retry-After', String(error.retryAfter));
  return c.json(body, ERROR_STATUS[error.code]);
}

/** What a thrown bug or a full disk becomes. Nothing was written. */
export function errorOfException(exception: unknown): ApiError {
  return { code: isStorageFull(exception) ? 'STORAGE_FULL' : 'INTERNAL' };
}

/** The store says STORAGE_FULL; the others are the system's own words for it. */
const FULL = ['STORAGE_FULL', 'ENOSPC', 'EDQUOT'];

function isStorageFull(exception: unknown): boolean {
  for (let error: unknown = exception; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && FULL.includes(error.code)) return true;
  }
  return false;
}
