import type { CrmFailure, CrmMatch, FailureKind } from '#shared/crm/failure.ts';
import { RECORD_TYPES, type RecordType } from '#shared/crm/record.ts';
import type { CrmField, WriteAnswer } from '../adapter.ts';
import { isObject } from './objects.ts';

/** Salesforce's error codes by what helps. Codes that are not here are `bug`: kept in full, tried again by hand only. */
const KINDS: readonly (readonly [RegExp, FailureKind])[] = [
  [/^INVALID_SESSION_ID$|^INVALID_AUTH_HEADER$/, 'auth'],
  [/^REQUEST_LIMIT_EXCEEDED$|^TXN_SECURITY_METERING_ERROR$/, 'rate_daily'],
  [/^(ERROR_HTTP_429|CONCURRENT_REQUEST_LIMIT_EXCEEDED|API_CURRENTLY_DISABLED)$/, 'rate_burst'],
  [/^UNABLE_TO_LOCK_ROW$/, 'lock'],
  [/^(SERVER_UNAVAILABLE|ERROR_HTTP_(406|420|5\d\d)|UNKNOWN_EXCEPTION|QUERY_TIMEOUT)$/, 'transient'],
  [/^(DUPLICATES_DETECTED|DUPLICATE_VALUE|MULTIPLE_CHOICES|DUPLICATE_EXTERNAL_ID)$/, 'duplicate'],
  [
    /^(REQUIRED_FIELD_MISSING|FIELD_CUSTOM_VALIDATION_EXCEPTION|STRING_TOO_LONG|INVALID_EMAIL_ADDRESS|INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST|JSON_PARSER_ERROR|FIELD_FILTER_VALIDATION_EXCEPTION|CANNOT_EXECUTE_FLOW_TRIGGER|STORAGE_LIMIT_EXCEEDED|FIELD_INTEGRITY_EXCEPTION|NUMBER_OUTSIDE_VALID_RANGE|INVALID_TYPE_ON_FIELD_IN_RECORD|CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY|INVALID_CURRENCY_ISO)$/,
    'validation',
  ],
  [
    /^(INSUFFICIENT_ACCESS\w*|INVALID_FIELD_FOR_INSERT_UPDATE|API_DISABLED_FOR_ORG|FUNCTIONALITY_NOT_ENABLED|OPERATION_NOT_ALLOWED|INSUFFICIENT_OWN\w*)$/,
    'scope',
  ],
  [/^(INVALID_FIELD|INVALID_TYPE|MALFORMED_QUERY)$/, 'schema_drift'],
  // An id that is none names nobody: the first answers a query, the second a reading by id.
  [/^(ENTITY_IS_DELETED|INVALID_CROSS_REFERENCE_KEY|NOT_FOUND|ERROR_HTTP_404|INVALID_QUERY_FILTER_OPERATOR|MALFORMED_ID)$/, 'gone'],
  [/^CANNOT_UPDATE_CONVERTED_LEAD$/, 'moved'],
  [/^(ENTITY_IS_LOCKED|INACTIVE_OWNER_OR_USER)$/, 'held'],
  [/^ERROR_HTTP_412$/, 'changed'],
];

/** One error as Salesforce words it; in collections the code is called `statusCode`, elsewhere `errorCode`. */
export type VendorError = {
  readonly statusCode?: unknown;
  readonly errorCode?: unknown;
  readonly message?: unknown;
  readonly fields?: unknown;
  readonly duplicateResult?: unknown;
  /** The same as single errors of some versions spell it. */
  readonly duplicateResut?: unknown;
};

/** Reads an error out of any answer; nothing of its shape is relied on. */
export function toFailure(error: unknown): CrmFailure {
  const told: VendorError = isObject(error) ? error : {};
  const { statusCode, errorCode, message, fields, duplicateResult = told.duplicateResut } = told;
  const code = [statusCode, errorCode].find((value): value is string => typeof value === 'string') ?? 'UNKNOWN';
  const unique = code === 'DUPLICATE_VALUE' ? readUnique(message) : null;
  const named = Array.isArray(fields) ? fields.find((value): value is string => typeof value === 'string') : fieldIn(code, message);
  const field = named ?? unique?.field;
  const matches = unique?.matches ?? readMatches(duplicateResult);
  return {
    ...(unique ? { isUnique: true } : {}),
    ...(isObject(duplicateResult) && duplicateResult.allowSave === false ? { isBlocked: true } : {}),
    kind: isOfMoment(code, message) ? 'rate_burst' : (KINDS.find(([pattern]) => pattern.test(code))?.[1] ?? 'bug'),
    code,
    // Of an answer that is no JSON the message is the library's own.
    message: typeof message === 'string' && !code.startsWith('ERROR_HTTP_') ? message : '',
    ...(field === undefined ? {} : { field }),
    ...(matches.length === 0 ? {} : { matches }),
  };
}

/** The same with fields named as people know them: an admin may require one that is mapped to nothing. */
export function withLabel(answer: WriteAnswer, fields: readonly CrmField[]): WriteAnswer {
  if (answer.kind !== 'failed') return answer;
  const labelOf = (name: string) => fields.find((field) => field.name === name)?.label;
  const { failure } = answer;
  // `Required fields are missing: [Company, Region__c]`
  const message = failure.message.replace(/\[([\w, ]+)\]/, (_, names: string) =>
    names
      .split(/, */)
      .map((name) => labelOf(name) ?? name)
      .join(', '),
  );
  const label = failure.field === undefined ? undefined : labelOf(failure.field);
  return { ...answer, failure: { ...failure, message, ...(label === undefined ? {} : { fieldLabel: label }) } };
}

/** `ConcurrentRequests (Concurrent API Requests) Limit exceeded`: the same code as for the day, for what is over in seconds. */
function isOfMoment(code: string, message: unknown): boolean {
  return code === 'REQUEST_LIMIT_EXCEEDED' && typeof message === 'string' && /^Concurrent/.test(message);
}

/** `No such column 'Foo__c' on entity 'Lead'` names the field in the text alone. */
function fieldIn(code: string, message: unknown): string | undefined {
  if (code !== 'INVALID_FIELD' || typeof message !== 'string') return undefined;
  return /No such column '([\w.]+)'/.exec(message)?.[1];
}

/** The first three signs of an id. */
const ID_PREFIX = { lead: '00Q', contact: '003' } as const satisfies Record<RecordType, string>;

/** `Customer_No__c duplicates value on record with id: 003…` names the other record in the text alone. */
function readUnique(message: unknown): { readonly field?: string; readonly matches: readonly CrmMatch[] } {
  const [, field, id] = (typeof message === 'string' && /(\w+) duplicates value on record with id: (\w{15,18})/.exec(message)) || [];
  if (field === undefined || id === undefined) return { matches: [] };
  const type = RECORD_TYPES.find((each) => id.startsWith(ID_PREFIX[each]));
  return { field, matches: type ? [{ type, id: toLongId(id), title: '' }] : [] };
}

/** Salesforce's ids have 15 signs whose case counts; its records are told with three more that say which of them are capitals. */
function toLongId(id: string): string {
  if (id.length !== 15) return id;
  const signs = [0, 5, 10].map((from) =>
    [...id.slice(from, from + 5)].reduce((bits, sign, at) => bits + (/[A-Z]/.test(sign) ? 2 ** at : 0), 0),
  );
  return id + signs.map((bits) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'.charAt(bits)).join('');
}

/** The records a duplicate rule found. */
function readMatches(result: unknown): readonly CrmMatch[] {
  if (!isObject(result)) return [];
  const groups = (result as { matchResults?: unknown }).matchResults;
  if (!Array.isArray(groups)) return [];
  return groups.flatMap((group: unknown) => {
    const records = isObject(group) ? (group as { matchRecords?: unknown }).matchRecords : null;
    return Array.isArray(records) ? records.flatMap(readMatch) : [];
  });
}

function readMatch(match: unknown): readonly CrmMatch[] {
  const record = isObject(match) ? (match as { record?: unknown }).record : null;
  if (!isObject(record)) return [];
  const { Id, Name, Email, attributes } = record as { Id?: unknown; Name?: unknown; Email?: unknown; attributes?: unknown };
  const object = isObject(attributes) ? attributes.type : undefined;
  const type = object === 'Account' ? 'account' : object === 'Contact' ? 'contact' : 'lead';
  const title = [Name, Email].filter((value) => typeof value === 'string').join(', ');
  return typeof Id === 'string' ? [{ type, id: Id, title }] : [];
}
