import { badRequest, hubspotError, notFound } from './hubspot-errors.ts';
import { findType, type Portal, USER } from './portal.ts';
import type { PropertyDef } from './property-defs.ts';
import { type Answer, type HubspotRequest, isObject, readObject, readText } from './read-request.ts';
import { toIso } from './write-object.ts';

const TYPES = ['bool', 'date', 'datetime', 'enumeration', 'number', 'phone_number', 'string'] as const;
const CREATE_KEYS = [
  'calculationFormula',
  'currencyPropertyName',
  'dataSensitivity',
  'description',
  'displayOrder',
  'externalOptions',
  'fieldType',
  'formField',
  'groupName',
  'hasUniqueValue',
  'hidden',
  'label',
  'name',
  'numberDisplayHint',
  'options',
  'referencedObjectType',
  'showCurrencySymbol',
  'textDisplayHint',
  'type',
];
const MAX_UNIQUE = 10;
const EPOCH = '1970-01-01T00:00:00Z';
const LAST_RELEASE = '2024-09-20T19:00:38.422Z';
/** Properties that every object has, which tell no times of their own. */
const UNDATED = /^hs_object_(id|source)/;

/** `/crm/properties/2026-03/{type}` and one property below it. */
export function answerProperties(portal: Portal, type: string, name: string | null, request: HubspotRequest): Answer {
  const ofType = portal.properties.get(findType(type)?.type ?? '');
  if (!ofType) throw badRequest(`Unable to infer object type from: ${type}`);
  if (request.method === 'GET' && name === null)
    return { status: 200, body: { results: [...ofType.values()].map((def) => toPropertyJson(portal, def)) } };
  if (request.method === 'GET' && name !== null) {
    const def = ofType.get(name);
    if (!def) throw notFound();
    return { status: 200, body: toPropertyJson(portal, def) };
  }
  if (request.method === 'DELETE' && name !== null) {
    ofType.delete(name);
    return { status: 204, body: null };
  }
  if (request.method !== 'POST' || name !== null) throw hubspotError(405, null, 'Method not allowed');
  const def = readProperty(request.body);
  if (ofType.has(def.name)) throw hubspotError(409, 'OBJECT_ALREADY_EXISTS', `A property named '${def.name}' already exists.`);
  const uniques = [...ofType.values()].filter(({ isUnique }) => isUnique);
  if (def.isUnique && uniques.length >= MAX_UNIQUE) throw badRequest(`An object may have at most ${MAX_UNIQUE} unique properties`);
  ofType.set(def.name, def);
  return { status: 201, body: toPropertyJson(portal, def) };
}

function readProperty(body: unknown): PropertyDef {
  const given = readObject(body, 'body', CREATE_KEYS);
  const type = TYPES.find((one) => one === given.type);
  if (!type) throw badRequest(`Invalid input JSON: type must be one of [${TYPES.join(', ')}]`);
  const name = readText(given.name, 'name');
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw badRequest(`Property name ${name} must be lowercase letters, digits and underscores`);
  const options = Array.isArray(given.options) ? given.options.filter(isObject) : [];
  return {
    name,
    label: readText(given.label, 'label'),
    type,
    fieldType: readText(given.fieldType, 'fieldType'),
    groupName: readText(given.groupName, 'groupName'),
    options: options.map((one) => ({ value: readText(one.value, 'value'), label: readText(one.label, 'label') })),
    isUnique: given.hasUniqueValue === true,
    isHidden: given.hidden === true,
    isCustom: true,
    description: typeof given.description === 'string' ? given.description : '',
  };
}

function toPropertyJson(portal: Portal, def: PropertyDef) {
  const { isReadOnly = false, isCalculated = false, isCustom = false } = def;
  const isOwner = def.name === 'hubspot_owner_id';
  const made = isCustom
    ? { createdAt: toIso(portal.now()), updatedAt: toIso(portal.now()) }
    : { createdAt: EPOCH, updatedAt: LAST_RELEASE };
  const user = String(USER.userId);
  return {
    name: def.name,
    label: def.label,
    type: def.type,
    fieldType: def.fieldType,
    description: def.description ?? '',
    groupName: def.groupName ?? 'contactinformation',
    options: (def.options ?? []).map(({ value, label, hidden = false }, displayOrder) => ({ label, value, displayOrder, hidden })),
    displayOrder: -1,
    calculated: isCalculated,
    externalOptions: isOwner || def.name === 'lifecyclestage',
    ...(isOwner ? { referencedObjectType: 'OWNER' } : {}),
    hasUniqueValue: def.isUnique ?? false,
    hidden: def.isHidden ?? false,
    ...(UNDATED.test(def.name) ? {} : made),
    ...(isCustom ? { createdUserId: user, updatedUserId: user, archived: false } : { hubspotDefined: true }),
    formField: !isReadOnly && !isCalculated && !isCustom,
    dataSensitivity: 'non_sensitive',
    modificationMetadata: {
      archivable: true,
      readOnlyDefinition: !isCustom,
      ...(def.name === 'hs_lead_status' ? { readOnlyOptions: false } : {}),
      readOnlyValue: isReadOnly || isCalculated,
    },
  };
}
