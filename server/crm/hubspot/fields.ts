import type { Direction, ValueType } from '#shared/crm/record.ts';
import type { TextFieldId } from '#shared/lead/fields.ts';
import { ok } from '#shared/result.ts';
import type { CrmField, CrmResult } from '../adapter.ts';
import type { Portal } from './transport.ts';

/** Our unique property, which finds a lead's contact again. */
export const KEY_PROPERTY = 'leadline_id';
export const OPT_OUT_PROPERTY = 'hs_email_optout';
/** Ids of the contacts that were merged into one, parted by semicolons. */
export const MERGED_PROPERTY = 'hs_merged_object_ids';
export const MODIFIED_PROPERTY = 'lastmodifieddate';
/** HubSpot keeps all further addresses in one property; here each is a field of its own, to be read only. */
export const ADDITIONAL_EMAILS = 'hs_additional_emails';
const ADDITIONAL_PLACES = [1, 2, 3] as const;
const OWNER_PROPERTY = 'hubspot_owner_id';

/** Fields of a lead and the HubSpot properties that mean the same. Every other property becomes a custom field under its label. */
export const HUBSPOT_FIELDS = [
  ['firstName', 'firstname', 'both'],
  ['lastName', 'lastname', 'both'],
  ['email', 'email', 'both'],
  ['phone', 'phone', 'both'],
  ['altPhone1', 'mobilephone', 'both'],
  ['altEmail1', `${ADDITIONAL_EMAILS}.1`, 'in'],
  ['altEmail2', `${ADDITIONAL_EMAILS}.2`, 'in'],
  ['altEmail3', `${ADDITIONAL_EMAILS}.3`, 'in'],
  ['companyName', 'company', 'both'],
  ['jobTitle', 'jobtitle', 'both'],
  ['linkedinUrl', 'hs_linkedin_url', 'both'],
  ['notes', 'message', 'in'],
  ['ownerEmail', OWNER_PROPERTY, 'in'],
] as const satisfies readonly (readonly [TextFieldId, string, Direction])[];

/** Written by HubSpot or by people there alone: a stage only moves forward, and an opt-out is only ever added. */
export const NOT_OURS_TO_WRITE: ReadonlySet<string> = new Set(['lifecyclestage', OPT_OUT_PROPERTY, ADDITIONAL_EMAILS, OWNER_PROPERTY]);
/** Not for mapping: our own key, and what is told as fields of its own. */
const NOT_TOLD = new Set([KEY_PROPERTY, ADDITIONAL_EMAILS]);
const TEXT_MAX = 65_536;

/** A property as the properties API answers it; what is not in every answer is optional. */
type Property = {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  readonly fieldType: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly hidden: boolean }[];
  readonly hidden?: boolean;
  readonly archived?: boolean;
  readonly calculated?: boolean;
  readonly hasUniqueValue?: boolean;
  readonly hubspotDefined?: boolean;
  readonly modificationMetadata?: { readonly readOnlyValue: boolean };
};
/** What contacts of a portal have. `key`: whether our unique property is there, or is there and is no good. */
export type ContactSchema = {
  readonly fields: readonly CrmField[];
  readonly names: ReadonlySet<string>;
  readonly key: 'there' | 'not_unique' | 'missing';
};

/** Reads what a contact can hold, with owners as choices by their email address. */
export async function readSchema(portal: Portal): Promise<CrmResult<ContactSchema>> {
  const answer = await portal.call('read', (client) => client.crm.properties.coreApi.getAll('contacts'));
  if (!answer.ok) return answer;
  const properties: readonly Property[] = answer.value.results;
  const owners = await readOwners(portal);
  const key = properties.find(({ name }) => name === KEY_PROPERTY);
  const shown = properties.filter(({ name, hidden, archived }) => !hidden && !archived && !NOT_TOLD.has(name));
  const hasMoreEmails = properties.some(({ name }) => name === ADDITIONAL_EMAILS);
  return ok({
    fields: [...shown.map((property) => toField(property, owners)), ...(hasMoreEmails ? ADDITIONAL_PLACES.map(toEmailField) : [])],
    names: new Set(properties.flatMap(({ name, archived }) => (archived ? [] : [name]))),
    key: key === undefined ? 'missing' : key.hasUniqueValue ? 'there' : 'not_unique',
  });
}

/** People who own contacts; none where the connection may not read them. */
async function readOwners(portal: Portal): Promise<CrmField['options']> {
  const owners: { readonly value: string; readonly label: string }[] = [];
  let after: string | undefined;
  do {
    const page = await portal.call('read', (client) => client.crm.owners.ownersApi.getPage(undefined, after, 500));
    if (!page.ok) return [];
    owners.push(...page.value.results.flatMap(({ id, email }) => (email ? [{ value: id, label: email }] : [])));
    after = page.value.paging?.next?.after;
  } while (after !== undefined);
  return owners;
}

function toField(property: Property, owners: CrmField['options']): CrmField {
  const { name, label, options, calculated, modificationMetadata, hubspotDefined } = property;
  const valueType = toValueType(property);
  return {
    name,
    label: label.trim() === '' ? name : label,
    valueType,
    options:
      name === OWNER_PROPERTY ? owners : options.filter(({ hidden }) => !hidden).map((one) => ({ value: one.value, label: one.label })),
    ...(property.type === 'enumeration' && options.length > 0 ? { isRestricted: true } : {}),
    isReadOnly: calculated === true || modificationMetadata?.readOnlyValue === true || NOT_OURS_TO_WRITE.has(name),
    isRequired: false, // a contact needs nothing at all
    isCustom: hubspotDefined !== true,
    maxLength: valueType === 'text' ? TEXT_MAX : null,
  };
}

function toEmailField(place: number): CrmField {
  return {
    name: `${ADDITIONAL_EMAILS}.${place}`,
    label: `Additional email address ${place}`,
    valueType: 'email',
    options: [],
    isReadOnly: true,
    isRequired: false,
    isCustom: false,
    maxLength: null,
  };
}

const VALUE_TYPES: ReadonlyMap<string, ValueType> = new Map([
  ['number', 'number'],
  ['date', 'date'],
  ['datetime', 'dateTime'],
  ['bool', 'yesNo'],
  ['phone_number', 'phone'],
  ['enumeration', 'choice'],
]);

function toValueType({ name, type, fieldType }: Property): ValueType {
  if (name === 'email') return 'email';
  if (fieldType === 'phonenumber') return 'phone';
  if (fieldType === 'booleancheckbox') return 'yesNo';
  if (type === 'enumeration' && fieldType === 'checkbox') return 'choices';
  return VALUE_TYPES.get(type) ?? 'text';
}

/** The property behind a field: the parts of the additional addresses are all in one. */
export function propertyOf(field: string): string {
  return field.startsWith(`${ADDITIONAL_EMAILS}.`) ? ADDITIONAL_EMAILS : field;
}

/** What is asked of HubSpot for fields, and what every record needs besides. */
export function toProperties(fields: readonly string[]): string[] {
  return [...new Set([...fields.map(propertyOf), OPT_OUT_PROPERTY, MODIFIED_PROPERTY, KEY_PROPERTY, MERGED_PROPERTY])];
}

/** Makes our unique property. It cannot be changed afterwards, and an object has room for ten of them. */
export async function makeKeyProperty(portal: Portal): Promise<CrmResult<'made' | 'not_allowed'>> {
  const property = {
    name: KEY_PROPERTY,
    label: 'Leadline ID',
    description: 'Finds the lead of this contact in Leadline again. Filled in by Leadline.',
    groupName: 'contactinformation',
    type: 'string' as const,
    fieldType: 'text' as const,
    hasUniqueValue: true,
    formField: false,
  };
  // biome-ignore lint/suspicious/noExplicitAny: the SDK types these texts as enums of its own, which only `any` satisfies
  const made = await portal.call('create', (client) => client.crm.properties.coreApi.create('contacts', property as any));
  if (made.ok) return ok('made');
  const { kind } = made.error;
  return kind === 'scope' || kind === 'validation' || kind === 'duplicate' ? ok('not_allowed') : made;
}
