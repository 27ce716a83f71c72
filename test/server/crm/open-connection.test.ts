import { expect, test } from 'vitest';
import { refuseWork } from '../../../server/crm/open-connection.ts';
import { FAILURE_KINDS, type FailureKind } from '../../../shared/crm/failure.ts';

/** What a person can do about it is in the code; only what nobody knows is our own fault. */
const CODES: Readonly<Record<FailureKind, string>> = {
  auth: 'CONFLICT',
  scope: 'FORBIDDEN',
  validation: 'INVALID_REQUEST',
  duplicate: 'CONFLICT',
  lock: 'RATE_LIMITED',
  rate_burst: 'RATE_LIMITED',
  rate_daily: 'RATE_LIMITED',
  transient: 'RATE_LIMITED',
  gone: 'NOT_FOUND',
  moved: 'CONFLICT',
  changed: 'CONFLICT',
  schema_drift: 'INVALID_REQUEST',
  ambiguous: 'INTERNAL',
  bug: 'INTERNAL',
};

test.each(FAILURE_KINDS)('a failure of the CRM is told by what helps: %s', (kind) => {
  const refusal = refuseWork({ name: 'HubSpot' }, { kind, code: 'X', message: '', field: 'region' });
  expect(refusal.code).toBe(CODES[kind]);
});
