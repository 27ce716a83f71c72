import { isExact, toDecimal } from '#shared/crm/decimal.ts';
import type { CrmFailure } from '#shared/crm/failure.ts';
import type { Direction, RecordType, RemoteValues, ValueType } from '#shared/crm/record.ts';
import type { TextFieldId } from '#shared/lead/fields.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { CrmField, CrmResult } from '../adapter.ts';
import { COMPANY, isObject, OBJECTS, type OrgRow } from './objects.ts';
import type { Org } from './transport.ts';

/** Fields of a lead and the Salesforce fields that mean the same. Every other field becomes a custom one under its label. */
export const SALESFORCE_FIELDS = {
  lead: [
    ['firstName', 'FirstName'],
    ['lastName', 'LastName'],
    ['email', 'Email'],
    ['phone', 'Phone'],
    ['altPhone1', 'MobilePhone'],
    ['companyName', 'Company'],
    ['jobTitle', 'Title'],
    ['notes', 'Description'],
  ],
  contact: [
    ['firstName', 'FirstName'],
    ['lastName', 'LastName'],
    ['email', 'Email'],
    ['phone', 'Phone'],
    ['altPhone1', 'MobilePhone'],
    ['altPhone2', 'HomePhone'],
    ['altPhone3', 'OtherPhone'],
    ['companyName', COMPANY, 'in'],
    ['jobTitle', 'Title'],
    ['notes', 'Description'],
  ],
} as const satisfies Record<RecordType, readonly (readonly [TextFieldId, string, Direction?])[]>;

const VALUE_TYPES = new Map<string, ValueType>([
  ['email', 'email'],
  ['phone', 'phone'],
  ['int', 'number'],
  ['long', 'number'],
  ['double', 'number'],
  ['currency', 'number'],
  ['percent', 'number'],
  ['date', 'date'],
  ['datetime', 'dateTime'],
  ['boolean', 'yesNo'],
  ['picklist', 'choice'],
  ['combobox', 'choice'],
  ['multipicklist', 'choices'],
]);
/** Made of other fields, or no text. */
const NOT_VALUES = new Set(['address', 'location', 'base64', 'anyType', 'complexvalue']);

/** What the member of this connection may see of an object: fields hidden from them are not in Salesforce's answer at all. */
export async function describeObject(org: Org, object: string): Promise<CrmResult<readonly CrmField[]>> {
  const answer = await org.call({ method: 'GET', path: `/sobjects/${object}/describe` });
  if (!answer.ok) return answer;
  const fields = isObject(answer.value) && Array.isArray(answer.value.fields) ? answer.value.fields : [];
  const own = fields.filter(isObject).flatMap(readField);
  const hasCompany = object === OBJECTS.contact.name && own.some(({ name }) => name === 'AccountId');
  return ok(hasCompany ? [...own, COMPANY_FIELD] : own);
}

/** Salesforce gives nobody the right to read contacts without that to read accounts. */
const COMPANY_FIELD: CrmField = {
  name: COMPANY,
  label: 'Account Name',
  valueType: 'text',
  options: [],
  isReadOnly: true,
  isRequired: false,
  isCustom: false,
  maxLength: 255,
};

function readField(field: OrgRow): readonly CrmField[] {
  const { name, label, type } = field;
  if (typeof name !== 'string' || typeof type !== 'string' || NOT_VALUES.has(type)) return [];
  const isCreated = field.createable === true;
  const isChanged = field.updateable === true;
  return [
    {
      name,
      label: typeof label === 'string' && label !== '' ? label : name,
      valueType: VALUE_TYPES.get(type) ?? 'text',
      options: readOptions(field.picklistValues),
      ...(field.restrictedPicklist === true ? { isRestricted: true } : {}),
      ...(type === 'reference' ? { isReference: true } : {}),
      isReadOnly: !isCreated || !isChanged,
      isRequired: isCreated && field.nillable === false && field.defaultedOnCreate !== true,
      isCustom: field.custom === true,
      maxLength: typeof field.length === 'number' && field.length > 0 ? field.length : null,
    },
  ];
}

function readOptions(values: unknown): CrmField['options'] {
  if (!Array.isArray(values)) return [];
  return values.filter(isObject).flatMap(({ value, label, active }) => {
    if (typeof value !== 'string' || active === false) return [];
    return [{ value, label: typeof label === 'string' ? label : value }];
  });
}

export type Body = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Texts as Salesforce wants them in JSON: typed by the field, blank as null. Fields that are unknown go as text. A value that
 * its field cannot hold is refused here, as Salesforce would refuse the whole call for it.
 */
export function toBody(values: RemoteValues, fields: readonly CrmField[]): Result<Body, CrmFailure> {
  const types = new Map(fields.map(({ name, valueType }) => [name, valueType]));
  const body: [string, Body[string]][] = [];
  for (const [name, text] of values) {
    // It is another record's, and the field would not be known of this one.
    if (name === COMPANY) return fail({ kind: 'scope', code: 'INVALID_FIELD_FOR_INSERT_UPDATE', message: '', field: name });
    const isBlank = text.trim() === '';
    const type = types.get(name) ?? 'text';
    const value = isBlank ? (type === 'yesNo' ? false : null) : toJson(text, type);
    if (value === undefined) return fail({ kind: 'validation', code: 'WRONG_TYPE', message: '', field: name });
    body.push([name, value]);
  }
  return ok(Object.fromEntries(body));
}

/** Undefined: the field cannot hold it. */
function toJson(text: string, type: ValueType): string | number | boolean | undefined {
  const plain = text.trim();
  const at = type === 'date' || type === 'dateTime' ? Date.parse(plain) : Number.NaN;
  switch (type) {
    case 'yesNo':
      return plain === 'true' ? true : plain === 'false' ? false : undefined;
    case 'number':
      // JSON has room for so many figures: one that would be another number is refused.
      return toDecimal(plain) !== null && isExact(Number(plain), plain) ? Number(plain) : undefined;
    case 'date':
      // A day that its month has not is taken for one of the next.
      return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === plain ? plain : undefined;
    case 'dateTime':
      return !Number.isNaN(at) && /^\d{4}-/.test(plain) ? plain : undefined;
    default:
      return text;
  }
}
