import { fail, ok, type Result } from '#shared/result.ts';
import {
  change,
  fieldOf,
  findRecord,
  insert,
  isId,
  isLive,
  isShared,
  type Org,
  type OrgObject,
  type OrgValue,
  recordsOf,
  visibleFields,
} from './org.ts';
import { type RecordError, recordError, restError } from './org-errors.ts';
import { type FieldDef, type ObjectName, ORG_FIELDS } from './org-fields.ts';

export type WriteResult =
  | { readonly kind: 'done'; readonly id: string; readonly created: boolean }
  | { readonly kind: 'failed'; readonly error: RecordError };
export type WriteRules = { readonly allowSave: boolean; readonly includesDetails: boolean };
type Body = Readonly<Record<string, unknown>>;

const failed = (error: RecordError): WriteResult => ({ kind: 'failed', error });

/** Makes a record as the interface does: every rule is asked. */
export function createByApi(org: Org, object: ObjectName, body: Body, rules: WriteRules): WriteResult {
  const given = readBody(org, object, body, 'create');
  if (!given.ok) return failed(given.error);
  const values = given.value;
  const missing = visibleFields(org, object).filter(({ name, isRequired }) => isRequired && !values[name]);
  if (missing.length > 0) {
    const names = missing.map(({ name }) => name);
    return failed(recordError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${names.join(', ')}]`, names));
  }
  const wrong = findClash(org, object, values, null, rules);
  if (wrong) return failed(wrong);
  return { kind: 'done', id: insert(org, object, { ...values, ...derived(org, object, values) }).id, created: true };
}

/** A member has the campaign's default status unless another is given, and has responded as its status says. */
function derived(
  org: Org,
  object: ObjectName,
  { CampaignId, Status = null }: Readonly<Record<string, OrgValue>>,
): Record<string, OrgValue> {
  if (object !== 'CampaignMember') return {};
  const statuses = [...recordsOf(org, 'CampaignMemberStatus').values()].filter(({ values }) => values.get('CampaignId') === CampaignId);
  const status = statuses.find(({ values }) => (Status === null ? values.get('IsDefault') === true : values.get('Label') === Status));
  return { Status: status?.values.get('Label') ?? Status, HasResponded: status?.values.get('HasResponded') === true };
}

/** Changes a record as the interface does. */
export function updateByApi(org: Org, id: unknown, body: Body, rules: WriteRules): WriteResult {
  const found = findWritable(org, id);
  if (!found.ok) return failed(found.error);
  const record = found.value;
  if (record.values.get('IsConverted') === true)
    return failed(recordError('CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead'));
  if (record.object === 'Contact' && record.values.get('IsPersonAccount') === true)
    return failed(recordError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'));
  if (org.habits.inApproval.has(record.id)) return failed(recordError('ENTITY_IS_LOCKED', 'the entity is locked for editing'));
  if (org.habits.inactiveOwners.has(record.id))
    return failed(recordError('INACTIVE_OWNER_OR_USER', 'operation performed with inactive user [005000000000009AAA] as owner of lead'));
  const given = readBody(org, record.object, body, 'update');
  if (!given.ok) return failed(given.error);
  const values = given.value;
  if (record.object === 'Account') return updateAccount(org, record, values, rules);
  const emptied = visibleFields(org, record.object).find(({ name, isRequired }) => isRequired && values[name] === null);
  if (emptied) return failed(recordError('REQUIRED_FIELD_MISSING', `Required fields are missing: [${emptied.name}]`, [emptied.name]));
  const wrong = findClash(org, record.object, values, record, rules);
  if (wrong) return failed(wrong);
  change(org, record, values);
  return { kind: 'done', id: record.id, created: false };
}

/** A person account shows its contact's values as its own. */
function updateAccount(org: Org, account: OrgObject, values: Readonly<Record<string, OrgValue>>, rules: WriteRules): WriteResult {
  const contact = findRecord(org, account.values.get('PersonContactId'));
  const isOfPersons = (name: string) => ORG_FIELDS.Account.find((field) => field.name === name)?.isOfPersons === true;
  const wrong = Object.keys(values).find((name) => (contact ? name === 'Name' : isOfPersons(name)));
  if (wrong !== undefined)
    return failed(recordError('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to create/update fields: ${wrong}. ${SECURITY}`, [wrong]));
  if (values.LastName === null)
    return failed(recordError('REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName']));
  const names = Object.entries(values).map(([name, value]) => [name.replace(/^Person/, '').replace(/__pc$/, '__c'), value] as const);
  const ofContact = Object.fromEntries(names);
  const clash = contact && findClash(org, 'Contact', ofContact, contact, rules);
  if (clash) return failed(clash);
  change(org, account, contact ? {} : values);
  if (contact) change(org, contact, ofContact);
  return { kind: 'done', id: account.id, created: false };
}

export function deleteByApi(org: Org, id: string): WriteResult {
  const found = findWritable(org, id);
  if (!found.ok) return failed(found.error);
  const record = found.value;
  if (org.habits.undeletable.has(id) || (record.object === 'Contact' && record.values.get('IsPersonAccount') === true))
    return failed(recordError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'));
  if (org.habits.inApproval.has(id)) return failed(recordError('ENTITY_IS_LOCKED', 'the entity is locked for editing'));
  change(org, record, { IsDeleted: true });
  return { kind: 'done', id, created: false };
}

/** A record that is there and shared with whoever writes. */
function findWritable(org: Org, id: unknown): Result<OrgObject, RecordError> {
  const record = findRecord(org, id);
  if (!record) return fail(recordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'));
  if (!isShared(org, record))
    return fail(recordError('INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id'));
  return isLive(record) ? ok(record) : fail(recordError('ENTITY_IS_DELETED', 'entity is deleted'));
}

function readBody(org: Org, object: ObjectName, body: Body, act: 'create' | 'update'): Result<Record<string, OrgValue>, RecordError> {
  const values: Record<string, OrgValue> = {};
  for (const [asked, value] of Object.entries(body)) {
    if (asked === 'attributes' || (asked === 'Id' && act === 'update')) continue;
    const field = fieldOf(org, object, asked);
    if (!field) return fail(recordError('INVALID_FIELD', `No such column '${asked}' on sobject of type ${object}`));
    if (field.isReadOnly)
      return fail(
        recordError('INVALID_FIELD_FOR_INSERT_UPDATE', `Unable to create/update fields: ${field.name}. ${SECURITY}`, [field.name]),
      );
    const wrong = judgeValue(field, value) ?? judgeReference(org, field, value);
    if (wrong) return fail(wrong);
    values[field.name] = normalise(value);
  }
  return ok({ ...(org.habits.beforeSave?.(object, values) ?? values) });
}
const SECURITY = 'Please check the security settings of this field and verify that it is read/write for your profile or permission set.';

function normalise(value: unknown): OrgValue {
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** What is named must be there; only of what is no id the error names the field. */
function judgeReference(org: Org, { name, label, to }: FieldDef, value: unknown): RecordError | null {
  if (!to || value === null || value === '') return null;
  const record = findRecord(org, value);
  if (!isId(String(value))) return recordError('MALFORMED_ID', `${label}: id value of incorrect type: ${value}`, [name]);
  if (!record) return recordError('INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
  return isLive(record) ? null : recordError('ENTITY_IS_DELETED', 'entity is deleted');
}

/** A value that is not even of its field's type: the interface cannot read the request then, whatever else is in it. */
export function refuseIllTyped(org: Org, object: ObjectName, body: Body): void {
  for (const [name, value] of Object.entries(body)) {
    const field = name === 'attributes' ? undefined : fieldOf(org, object, name);
    if (field && value !== null && !isTyped(field, value)) {
      const what = `Cannot deserialize instance of ${field.type} from ${typeof value === 'string' ? 'VALUE_STRING' : 'VALUE'} value ${String(value)}`;
      throw restError(400, 'JSON_PARSER_ERROR', `${what} or request may be missing a required field at [line:1, column:2]`);
    }
  }
}

function isTyped({ type }: FieldDef, value: unknown): boolean {
  if (type === 'boolean') return typeof value === 'boolean';
  if (['double', 'currency', 'percent', 'int'].includes(type)) return typeof value === 'number';
  if (typeof value !== 'string') return false;
  return (type !== 'date' && type !== 'datetime') || value === '' || !Number.isNaN(Date.parse(value));
}

function judgeValue(field: FieldDef, value: unknown): RecordError | null {
  if (typeof value !== 'string') return null;
  if (field.length !== undefined && value.length > field.length)
    return recordError('STRING_TOO_LONG', `${field.label}: data value too large: ${value} (max length=${field.length})`, [field.name]);
  if (field.type === 'email' && value !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
    return recordError('INVALID_EMAIL_ADDRESS', `${field.label}: invalid email address: ${value}`, [field.name]);
  const chosen = field.type === 'multipicklist' ? value.split(';') : [value];
  if (field.isRestricted && value !== '' && !chosen.every((choice) => field.picklist?.includes(choice)))
    return recordError('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', `${field.label}: bad value for restricted picklist field: ${value}`, [
      field.name,
    ]);
  return null;
}

/** The same address, or the same whole name. */
function isLike({ values: known }: OrgObject, values: Readonly<Record<string, OrgValue>>): boolean {
  const shares = (name: string) => typeof values[name] === 'string' && isSame(known.get(name), values[name]);
  return shares('Email') || (shares('FirstName') && shares('LastName'));
}

/** A unique field that another holds, or a duplicate rule. */
function findClash(
  org: Org,
  object: ObjectName,
  values: Readonly<Record<string, OrgValue>>,
  self: OrgObject | null,
  { allowSave, includesDetails }: WriteRules,
): RecordError | null {
  for (const { name, isUnique } of visibleFields(org, object)) {
    const value = values[name];
    if (!isUnique || typeof value !== 'string') continue;
    const other = [...recordsOf(org, object).values()].find(
      (record) => record !== self && isLive(record) && isSame(record.values.get(name), value),
    );
    if (other) return recordError('DUPLICATE_VALUE', `duplicate value found: ${name} duplicates value on record with id: ${other.id}`, []);
  }
  if (object === 'CampaignMember' && self === null && isMember(org, values))
    return recordError('DUPLICATE_VALUE', 'Already a campaign member.', []);
  if (!org.habits.blocksDuplicates || (allowSave && !org.habits.forbidsDuplicates)) return null;
  const people = (['Lead', 'Contact'] as const).flatMap((name) => [...recordsOf(org, name).values()]);
  const matches = people.filter(
    (record) => record !== self && isLive(record) && record.values.get('IsConverted') !== true && isLike(record, values),
  );
  if (matches.length === 0) return null;
  return {
    ...recordError('DUPLICATES_DETECTED', "You're creating a duplicate record. We recommend you use an existing record instead."),
    duplicateResult: {
      allowSave: !org.habits.forbidsDuplicates,
      duplicateRule: 'Standard_Lead_Duplicate_Rule',
      duplicateRuleEntityType: object,
      errorMessage: "You're creating a duplicate record. We recommend you use an existing record instead.",
      matchResults: [
        {
          entityType: object,
          errors: [],
          matchEngine: 'FuzzyMatchEngine',
          matchRecords: matches.map((record) => ({
            additionalInformation: [],
            fieldDiffs: [],
            matchConfidence: 100,
            record: matchedRecord(accountOfPerson(org, record), includesDetails),
          })),
          rule: 'Standard_Lead_Match_Rule_v1_0',
          size: matches.length,
          success: true,
        },
      ],
    },
  };
}

/** Somebody who is an account of their own is found as that. */
function accountOfPerson(org: Org, record: OrgObject): OrgObject {
  return record.values.get('IsPersonAccount') === true ? (findRecord(org, record.values.get('AccountId')) ?? record) : record;
}

function matchedRecord({ object, id, values }: OrgObject, includesDetails: boolean): object {
  const attributes = { type: object, url: `/services/data/v67.0/sobjects/${object}/${id}` };
  return includesDetails ? { attributes, Id: id, Name: values.get('Name'), Email: values.get('Email') } : { attributes, Id: id };
}

function isMember(org: Org, { CampaignId, LeadId = null, ContactId = null }: Readonly<Record<string, OrgValue>>): boolean {
  return [...recordsOf(org, 'CampaignMember').values()].some(
    ({ values: known }) =>
      known.get('CampaignId') === CampaignId && (known.get('LeadId') ?? null) === LeadId && (known.get('ContactId') ?? null) === ContactId,
  );
}

function isSame(a: OrgValue | undefined, b: string): boolean {
  return typeof a === 'string' && a.toLowerCase() === b.toLowerCase();
}
