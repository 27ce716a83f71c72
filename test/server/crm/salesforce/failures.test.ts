import { describe, expect, test } from 'vitest';
import { toFailure } from '../../../../server/crm/salesforce/failures.ts';

const CODES = [
  ['INVALID_SESSION_ID', 'auth', 'the token is no longer good'],
  ['REQUEST_LIMIT_EXCEEDED', 'rate_daily', 'the calls of the day are used up'],
  ['UNABLE_TO_LOCK_ROW', 'lock', 'another transaction holds it'],
  ['SERVER_UNAVAILABLE', 'transient', 'the org is away'],
  ['ERROR_HTTP_502', 'transient', 'a gateway in between'],
  ['DUPLICATES_DETECTED', 'duplicate', 'a duplicate rule of the org'],
  ['DUPLICATE_VALUE', 'duplicate', 'a unique field holds it already'],
  ['REQUIRED_FIELD_MISSING', 'validation', 'a field the org requires'],
  ['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'validation', "a rule of the org's admin"],
  ['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'validation', 'no such choice'],
  ['CANNOT_EXECUTE_FLOW_TRIGGER', 'validation', 'a flow of the org failed on it'],
  ['FIELD_FILTER_VALIDATION_EXCEPTION', 'validation', 'a lookup filter does not let it in'],
  ['STORAGE_LIMIT_EXCEEDED', 'validation', 'no room is left'],
  ['INSUFFICIENT_ACCESS_OR_READONLY', 'scope', 'this member may not'],
  ['INVALID_FIELD', 'schema_drift', 'the field is gone or hidden'],
  ['ENTITY_IS_DELETED', 'gone', 'in the recycle bin'],
  ['CANNOT_UPDATE_CONVERTED_LEAD', 'moved', 'it lives on as a contact'],
  ['ENTITY_IS_LOCKED', 'held', 'an approval is pending'],
  ['INACTIVE_OWNER_OR_USER', 'held', 'its owner is no longer active'],
  ['SOMETHING_NEW', 'bug', 'unknown to us: kept, never guessed'],
] as const;

describe('errors of Salesforce', () => {
  test.each(CODES)('%s is %s: %s', (code, kind) => {
    expect(toFailure({ errorCode: code, message: 'm' })).toMatchObject({ kind, code, message: code.startsWith('ERROR_HTTP') ? '' : 'm' });
    expect(toFailure({ statusCode: code, message: 'm' }).kind).toBe(kind); // collections name it otherwise
  });

  test.each([null, undefined, 'text', 7, {}, { errorCode: 4 }, { fields: [1] }])(
    'nothing of an error’s shape is relied on: %j',
    (error) => {
      expect(toFailure(error)).toEqual({ kind: 'bug', code: 'UNKNOWN', message: '' });
    },
  );

  test('the field is named, by the list or by the text', () => {
    expect(toFailure({ statusCode: 'STRING_TOO_LONG', fields: ['LastName'] }).field).toBe('LastName');
    expect(toFailure({ errorCode: 'INVALID_FIELD', message: "No such column 'Foo__c' on entity 'Lead'." }).field).toBe('Foo__c');
  });

  test('what a duplicate rule found comes along, to be decided by a person', () => {
    const duplicateResult = {
      matchResults: [
        { matchRecords: [{ record: { attributes: { type: 'Contact' }, Id: '003A', Name: 'Ann Lee', Email: 'ann@example.com' } }] },
      ],
    };
    expect(toFailure({ statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', duplicateResult }).matches).toEqual([
      { type: 'contact', id: '003A', title: 'Ann Lee, ann@example.com' },
    ]);
  });

  test('whose value a unique field holds already is named, with the long form of its id', () => {
    const message = 'duplicate value found: Customer_No__c duplicates value on record with id: 00QD000000ABcdE';
    expect(toFailure({ statusCode: 'DUPLICATE_VALUE', message, fields: [] })).toMatchObject({
      kind: 'duplicate',
      isUnique: true,
      field: 'Customer_No__c',
      matches: [{ type: 'lead', id: '00QD000000ABcdEMAT' }],
    });
    expect(toFailure({ statusCode: 'DUPLICATE_VALUE', message: 'duplicate value found' })).toMatchObject({ isUnique: true });
  });
});
