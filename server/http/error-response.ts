import type { Context } from 'hono';
import { ERROR_STATUS, type ErrorBody, type ErrorCode } from '#shared/api/errors.ts';
import type { FileError, FileErrorCode, ProblemData } from '#shared/problems.ts';
import { type ApiErrorReason, apiErrorSentence } from '#shared/sentences/api-error.ts';
import { sentenceForFileError } from '#shared/sentences/en.ts';
import { FILE_SENTENCES } from '#shared/sentences/en-files.ts';
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
    error: sentenceOf(error),
    code: error.code,
    ...(error.details ? { details: [...error.details] } : {}),
    requestId,
  };
  c.set('errorCode', error.code);
  if (error.retryAfter !== undefined) c.header('Retry-After', String(error.retryAfter));
  return c.json(body, ERROR_STATUS[error.code]);
}

function sentenceOf(error: ApiError): string {
  const file = fileErrorOf(error.details?.[0]);
  return file ? sentenceForFileError(file) : apiErrorSentence(error.code, error.about, error.data);
}

/** A file that cannot be read says itself what is wrong with it: `{code, ...data}` of a FileError. */
function fileErrorOf(detail: unknown): FileError | null {
  if (typeof detail !== 'object' || detail === null || !('code' in detail) || !isFileErrorCode(detail.code)) return null;
  const { code, ...data } = detail;
  // The rest of a file error's detail is its data, put there as it is.
  return { code, data: data as ProblemData };
}

function isFileErrorCode(code: unknown): code is FileErrorCode {
  return typeof code === 'string' && Object.hasOwn(FILE_SENTENCES, code);
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
