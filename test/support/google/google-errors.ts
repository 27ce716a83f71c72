/** Errors as Google's APIs answer them (google.rpc.Status as JSON). The words are those the real ones use. */
export type GoogleError = {
  readonly code: number;
  readonly status: string;
  readonly message: string;
  readonly reason?: string;
  readonly retryAfter?: number;
};

export const ERRORS = {
  noToken: {
    code: 401,
    status: 'UNAUTHENTICATED',
    message:
      'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  },
  noAccess: { code: 403, status: 'PERMISSION_DENIED', message: 'The caller does not have permission' },
  scopeMissing: {
    code: 403,
    status: 'PERMISSION_DENIED',
    message: 'Request had insufficient authentication scopes.',
    reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
  },
  apiDisabled: {
    code: 403,
    status: 'PERMISSION_DENIED',
    message: 'Google Sheets API has not been used in project 1234 before or it is disabled.',
    reason: 'SERVICE_DISABLED',
  },
  notFound: { code: 404, status: 'NOT_FOUND', message: 'Requested entity was not found.' },
  notASpreadsheet: { code: 400, status: 'FAILED_PRECONDITION', message: 'This operation is not supported for this document' },
  quota: {
    code: 429,
    status: 'RESOURCE_EXHAUSTED',
    message:
      "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of service 'sheets.googleapis.com'.",
    reason: 'RATE_LIMIT_EXCEEDED',
    retryAfter: 30,
  },
  trouble: { code: 503, status: 'UNAVAILABLE', message: 'The service is currently unavailable.' },
  badRange: (range: string): GoogleError => ({ code: 400, status: 'INVALID_ARGUMENT', message: `Unable to parse range: ${range}` }),
  beyond: (range: string): GoogleError => ({ code: 400, status: 'INVALID_ARGUMENT', message: `Range (${range}) exceeds grid limits.` }),
  badMask: { code: 400, status: 'INVALID_ARGUMENT', message: 'Request contains an invalid argument.' },
} as const;

export function errorAnswer({ code, status, message, reason, retryAfter }: GoogleError): Response {
  const details = reason ? [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'googleapis.com' }] : undefined;
  const headers = {
    'Content-Type': 'application/json; charset=UTF-8',
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
  };
  return new Response(JSON.stringify({ error: { code, message, status, ...(details ? { details } : {}) } }, null, 2), {
    status: code,
    headers,
  });
}
