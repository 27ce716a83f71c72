import { describe, expect, test } from 'vitest';
import { fromBatchError, toFailure } from '../../../../server/crm/hubspot/failures.ts';

const invalid = (error: string, name = 'email') => ({
  message: `Property values were not valid: ${JSON.stringify([{ isValid: false, message: 'x', error, name }])}`,
});

describe('an answer that is not a success says what helps', () => {
  test.each([
    ['a token that ran out', 401, { category: 'EXPIRED_AUTHENTICATION' }, { kind: 'auth', code: 'EXPIRED_AUTHENTICATION' }],
    [
      'a right that is missing, by its granular name',
      403,
      { category: 'MISSING_SCOPES', errors: [{ message: 'x', context: { requiredGranularScopes: ['crm.lists.read'] } }] },
      { kind: 'scope', missingScopes: ['crm.lists.read'] },
    ],
    ['the same, named at the top', 403, { context: { requiredScopes: ['contacts'] } }, { kind: 'scope', missingScopes: ['contacts'] }],
    ['a value that is no address', 400, invalid('INVALID_EMAIL'), { kind: 'validation', code: 'INVALID_EMAIL', field: 'email' }],
    ['what is said of one value is what people read', 400, invalid('INVALID_OPTION'), { kind: 'validation', message: 'x' }],
    [
      'the same, told in a list of its own',
      400,
      { errors: [{ message: 'x', code: 'INVALID_EMAIL', context: { propertyName: ['email'] } }] },
      { kind: 'validation', code: 'INVALID_EMAIL', field: 'email', message: 'x' },
    ],
    [
      'a rule of an administrator, which names its property',
      400,
      { message: 'y', errors: [{ message: 'x', code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', in: 'phone' }] },
      { kind: 'validation', code: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY', field: 'phone' },
    ],
    ['a property that vanished', 400, invalid('PROPERTY_DOESNT_EXIST', 'tier'), { kind: 'schema_drift', field: 'tier' }],
    [
      'a property that became read-only',
      400,
      invalid('READ_ONLY_VALUE', 'tier'),
      { kind: 'scope', field: 'tier', code: 'READ_ONLY_VALUE' },
    ],
    ['a unique value that is taken', 400, invalid('CONFLICTING_UNIQUE_VALUE'), { kind: 'duplicate' }],
    ['a rule of an administrator', 400, { category: 'MISSING_CONDITIONAL_REQUIRED_PROPERTY' }, { kind: 'validation' }],
    [
      'an address that is taken, with who has it',
      409,
      { message: 'Contact already exists. Existing ID: 1701', category: 'CONFLICT' },
      { kind: 'duplicate', matches: [{ type: 'contact', id: '1701', title: '' }] },
    ],
    ['the same, named beside the words', 409, { context: { existingId: ['1702'] } }, { kind: 'duplicate', matches: [{ id: '1702' }] }],
    ['a record that is no more', 404, {}, { kind: 'gone', code: '404' }],
    ['a lock', 423, {}, { kind: 'lock', retryAfterMs: 2_000 }],
    ['a portal on the move', 477, {}, { kind: 'transient' }],
    ['a burst', 429, { policyName: 'TEN_SECONDLY_ROLLING' }, { kind: 'rate_burst', retryAfterMs: 10_000 }],
    ['too many searches', 429, { policyName: 'SECONDLY' }, { kind: 'rate_burst', retryAfterMs: 1_000 }],
    ['the day’s calls used up', 429, { policyName: 'DAILY' }, { kind: 'rate_daily', code: 'DAILY' }],
    ['the same, told only in words', 429, { message: 'You have reached your daily limit.' }, { kind: 'rate_daily' }],
    ['a limit without a policy', 429, {}, { kind: 'rate_burst' }],
    ['trouble on their side', 503, {}, { kind: 'transient', code: '503' }],
    ['an address too long', 414, {}, { kind: 'bug', code: '414' }],
    ['something new', 418, { category: 'TEAPOT', correlationId: 'c-1' }, { kind: 'bug', code: 'TEAPOT', correlationId: 'c-1' }],
  ] as const)('%s', (_why, status, body, expected) => {
    const answer = { status, headers: new Map(), text: JSON.stringify({ status: 'error', ...body }) };
    expect(toFailure(answer, 'read')).toMatchObject(expected);
  });

  test.each([['<html>502</html>'], [''], ['null'], ['[]'], ['"text"'], ['{"message":5,"errors":{},"context":[]}']])(
    'a body of any shape is survived: %s',
    (text) => {
      expect(toFailure({ status: 502, headers: new Map(), text }, 'read')).toMatchObject({ kind: 'transient', code: '502' });
      expect(toFailure({ status: 502, headers: new Map(), text }, 'write').kind).toBe('ambiguous');
    },
  );

  test('what it says about waiting is honoured, within reason', () => {
    const wait = (seconds: string) =>
      toFailure({ status: 429, headers: new Map([['retry-after', seconds]]), text: '{}' }, 'read').retryAfterMs;
    expect([wait('3'), wait('86400'), wait('soon')]).toEqual([3_000, 60_000, 10_000]);
  });
});

test.each([
  [{ category: 'OBJECT_NOT_FOUND', message: 'x' }, 'gone'],
  [{ category: 'CONFLICT', message: 'Contact already exists. Existing ID: 5' }, 'duplicate'],
  [{ message: 'Contact already exists. Existing ID: 5' }, 'duplicate'],
  [{ message: 'Could not get some', context: { ids: ['5'] } }, 'gone'],
  [{ message: 'anything' }, 'validation'],
  [null, 'validation'],
])('an entry of a partly failed batch says it too: %o', (entry, kind) => expect(fromBatchError(entry).kind).toBe(kind));
