import { randomUUID } from 'node:crypto';

/** One problem inside an error body. */
export type ErrorDetail = {
  readonly message: string;
  readonly code?: string;
  readonly context?: Readonly<Record<string, readonly string[]>>;
};

/** An answer that is not a success: thrown by routes, sent by the server. A text body is sent as HTML. */
export class HubspotError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>> | string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, body: Readonly<Record<string, unknown>> | string, headers: Readonly<Record<string, string>> = {}) {
    super(typeof body === 'string' ? body : String(body.message));
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The usual body: `category` and the rest are often there, and often not. */
export function hubspotError(status: number, category: string | null, message: string, more: Readonly<Record<string, unknown>> = {}) {
  const body = { status: 'error', message, correlationId: randomUUID(), ...(category === null ? {} : { category }), ...more };
  return new HubspotError(status, body);
}

export function badRequest(message: string, more: Readonly<Record<string, unknown>> = {}): HubspotError {
  return hubspotError(400, 'VALIDATION_ERROR', message, more);
}

export function notFound(): HubspotError {
  return hubspotError(404, 'OBJECT_NOT_FOUND', 'resource not found');
}

export type InvalidValue = { readonly name: string; readonly error: string; readonly message: string };

/** Values that a property does not take: the list is written into the sentence, as HubSpot does, or stands beside it. */
export function invalidValues(values: readonly InvalidValue[], portalId: number, isListed: boolean): HubspotError {
  const errors = values.map(({ name, error, message }) => ({ message, code: error, context: { propertyName: [name] } }));
  if (isListed) return badRequest('Property values were not valid', { errors });
  const list = values.map(({ name, error, message }) => ({
    isValid: false,
    message,
    error,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return badRequest(`Property values were not valid: ${JSON.stringify(list)}`);
}

export function missingScopes(scopes: readonly string[]): HubspotError {
  const message = 'This app has not been granted all required scopes to make this call.';
  return hubspotError(403, 'MISSING_SCOPES', message, {
    errors: [{ message: 'One or more of the following scopes are required.', context: { requiredGranularScopes: scopes } }],
    links: { scopes: 'https://developers.hubspot.com/scopes' },
  });
}

export type RatePolicy = 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY';
const RATE_MESSAGES: Readonly<Record<RatePolicy, string>> = {
  TEN_SECONDLY_ROLLING: 'You have reached your ten_secondly_rolling limit.',
  SECONDLY: 'You have reached your secondly limit.',
  DAILY: 'You have reached your daily limit.',
};

export function tooMany(policyName: RatePolicy, retryAfterSeconds: number | null = null): HubspotError {
  const ids = { correlationId: randomUUID(), requestId: randomUUID() };
  const body = { status: 'error', message: RATE_MESSAGES[policyName], errorType: 'RATE_LIMIT', policyName, ...ids };
  return new HubspotError(429, body, retryAfterSeconds === null ? {} : { 'Retry-After': String(retryAfterSeconds) });
}

/** `at`: when it ran out, ms. */
export function expiredToken(at: number, now: number): HubspotError {
  const ago = Math.floor((now - at) / 1_000);
  const context = { 'expire time': [new Date(at).toISOString()] };
  return hubspotError(401, 'EXPIRED_AUTHENTICATION', `The OAuth token used to make this call expired ${ago} second(s) ago.`, { context });
}

export function badGateway(status = 502): HubspotError {
  return new HubspotError(status, '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>');
}
