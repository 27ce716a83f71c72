import { expect, test } from 'vitest';
import { refuseWork } from '../../../server/crm/open-connection.ts';
import { FAILURE_KINDS, type FailureKind } from '../../../shared/crm/failure.ts';
import { apiErrorSentence } from '../../../shared/sentences/api-error.ts';

/** What a person can do about it is in the code; none of them is a fault of this server, which would say no more than that. */
const CODES: Readonly<Record<FailureKind, string>> = {
  auth: 'CONFLICT',
  scope: 'FORBIDDEN',
  validation: 'INVALID_REQUEST',
  duplicate: 'CONFLICT',
  lock: 'RATE_LIMITED',
  held: 'CONFLICT',
  rate_burst: 'RATE_LIMITED',
  rate_daily: 'RATE_LIMITED',
  transient: 'RATE_LIMITED',
  gone: 'NOT_FOUND',
  moved: 'CONFLICT',
  changed: 'CONFLICT',
  schema_drift: 'INVALID_REQUEST',
  ambiguous: 'CONFLICT',
  bug: 'CONFLICT',
};

test.each(FAILURE_KINDS)('a failure of the CRM is told by what helps: %s', (kind) => {
  const refusal = refuseWork({ name: 'HubSpot' }, { kind, code: 'X', message: '', field: 'region' });
  expect(refusal.code).toBe(CODES[kind]);
});

test.each([
  ['ambiguous', /answer was lost/],
  ['bug', /answered “X”/],
] as const)('a failure that nobody foresaw has a sentence of its own: %s', (kind, words) => {
  const { code, about, data } = refuseWork({ name: 'HubSpot' }, { kind, code: 'X', message: '' });
  expect(apiErrorSentence(code, about, data)).toMatch(words);
});

test.each(['gone', 'schema_drift'] as const)('nor is it one where nothing more is told of it: %s', (kind) => {
  expect(refuseWork({ name: 'HubSpot' }, { kind, code: 'X', message: '' }, false).code).toBe('CONFLICT');
});
