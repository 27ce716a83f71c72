import * as z from 'zod/mini';

/** Every way a request can fail: the code is the interface, the sentence beside it is for people. */
export const ERROR_STATUS = {
  INVALID_REQUEST: 400,
  INVALID_LEADS: 400,
  INVALID_FILE: 400,
  UNAUTHORIZED: 401,
  PLAN_REQUIRED: 402,
  READ_ONLY: 402,
  FORBIDDEN: 403,
  LIST_NOT_FOUND: 404,
  NOT_FOUND: 404,
  CONFLICT: 409,
  IN_PROGRESS: 409,
  MISSING_CHUNKS: 409,
  SUPPRESSED: 409,
  TOO_LARGE: 413,
  UNSUPPORTED_TYPE: 415,
  IDEMPOTENCY_MISMATCH: 422,
  API_VERSION: 426,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  STORAGE_FULL: 507,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;
export type ErrorStatus = (typeof ERROR_STATUS)[ErrorCode];
export const ERROR_CODES = Object.keys(ERROR_STATUS) as ErrorCode[]; // the table is a literal: its keys are exactly ErrorCode

/** The body of every answer that is not a success. `details` depends on the code. */
export const errorBody = z.object({
  error: z.string(),
  code: z.enum(ERROR_CODES),
  details: z.exactOptional(z.array(z.unknown())),
  requestId: z.string(),
});
export type ErrorBody = z.infer<typeof errorBody>;
