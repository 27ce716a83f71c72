import { badRequest, hubspotError, type InvalidValue, invalidValues } from './hubspot-errors.ts';
import { findType, type HistoryEntry, indexObject, type Portal, type PortalObject, type Source } from './portal.ts';
import type { PropertyDef } from './property-defs.ts';

type Values = ReadonlyMap<string, string>;

const REQUIRED: ReadonlyMap<string, readonly string[]> = new Map([
  ['calls', ['hs_timestamp']],
  ['emails', ['hs_timestamp', 'hs_email_direction']],
  ['meetings', ['hs_timestamp']],
  ['notes', ['hs_timestamp']],
  ['tasks', ['hs_timestamp']],
]);

/** Makes a record after every check a portal makes; `isTrusted` lets a test set what apps may not. */
export function createObject(portal: Portal, type: string, values: Values, source: Source, isTrusted = false): PortalObject {
  const clean = checkValues(portal, type, values, isTrusted);
  const missing = (REQUIRED.get(type) ?? []).filter((name) => !clean.get(name));
  if (missing.length > 0)
    throw badRequest(`Error creating ${type}. Some required properties were not set.`, { context: { properties: missing } });
  checkUnique(portal, type, clean, null);
  const now = portal.now();
  const id = portal.newId();
  const object: PortalObject = {
    type,
    id,
    properties: new Map(),
    history: new Map(),
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    indexed: [],
  };
  portal.objects.get(type)?.set(id, object);
  const created = type === 'contacts' || type === 'deals' ? 'createdate' : 'hs_createdate';
  const first = [
    ['hs_object_id', id],
    [created, toIso(now)],
    ...firstOfAll(source),
    ...(type === 'contacts' ? firstOfContact(clean) : []),
  ] as const;
  apply(portal, object, new Map([...first, ...clean]), source);
  return object;
}

function firstOfAll({ sourceType, sourceId }: Source): readonly (readonly [string, string])[] {
  return [
    ['hs_object_source', sourceType],
    ['hs_object_source_id', sourceId],
    ['hs_object_source_label', sourceType],
  ];
}

function firstOfContact(values: Values): readonly (readonly [string, string])[] {
  return [['lifecyclestage', 'lead'], ...(values.has('email') ? [['hs_full_name_or_email', values.get('email') ?? ''] as const] : [])];
}

/** Changes a record after every check; an empty text clears. */
export function updateObject(portal: Portal, object: PortalObject, values: Values, source: Source, isTrusted = false): void {
  const clean = checkValues(portal, object.type, values, isTrusted);
  checkUnique(portal, object.type, clean, object.id);
  apply(portal, object, clean, source);
}

function apply(portal: Portal, object: PortalObject, values: Values, source: Source): void {
  const now = portal.now();
  const isSame = [...values].every(([name, value]) => (object.properties.get(name) ?? '') === value);
  if (isSame) return; // what changes nothing does not count as a change
  forgetUnique(portal, object);
  for (const [name, value] of values) {
    if ((object.properties.get(name) ?? '') !== value) addHistory(object, name, { value, at: now, ...source });
    if (value === '') object.properties.delete(name);
    else object.properties.set(name, value);
  }
  object.updatedAt = now;
  object.properties.set(findType(object.type)?.modified ?? '', toIso(now));
  rememberUnique(portal, object);
  indexObject(portal, object);
}

function addHistory(object: PortalObject, name: string, entry: HistoryEntry): void {
  object.history.set(name, [entry, ...(object.history.get(name) ?? [])]);
}

/** Values as a portal keeps them, or the list of what is wrong with them. */
function checkValues(portal: Portal, type: string, values: Values, isTrusted: boolean): Values {
  const wrong: InvalidValue[] = [];
  const clean = new Map<string, string>();
  for (const [name, value] of values) {
    const def = portal.properties.get(type)?.get(name);
    const answer = def
      ? checkValue(def, value, isTrusted)
      : { error: 'PROPERTY_DOESNT_EXIST', message: `Property "${name}" does not exist` };
    if (typeof answer === 'string') clean.set(name, answer);
    else wrong.push({ name, ...answer });
  }
  if (wrong.length > 0) throw invalidValues(wrong, portal.portalId, portal.habits.listsErrors);
  return clean;
}

function checkValue(def: PropertyDef, value: string, isTrusted: boolean): string | { readonly error: string; readonly message: string } {
  if ((def.isReadOnly || def.isCalculated) && !isTrusted)
    return { error: 'READ_ONLY_VALUE', message: `"${def.name}" is a read only property; its value cannot be set.` };
  if (value === '') return '';
  if (def.name === 'email') {
    const email = value.trim().toLowerCase();
    return /^[^\s@;]+@[^\s@;]+\.[^\s@;]{2,}$/.test(email)
      ? email
      : { error: 'INVALID_EMAIL', message: `Email address ${value} is invalid` };
  }
  if (def.type === 'number')
    return Number.isFinite(Number(value)) ? value : { error: 'INVALID_LONG', message: `${value} was not a valid long.` };
  if (def.type === 'date' || def.type === 'datetime') {
    const ms = /^-?\d+$/.test(value) ? Number(value) : Date.parse(value);
    if (Number.isNaN(ms)) return { error: 'INVALID_DATE', message: `${value} was not a valid date.` };
    if (def.type === 'datetime') return toIso(ms);
    return ms % 86_400_000 === 0 ? toIso(ms).slice(0, 10) : { error: 'INVALID_DATE', message: `${value} is at 0:0:0.0 UTC not midnight!` };
  }
  if (def.type === 'bool' && value !== 'true' && value !== 'false')
    return { error: 'INVALID_BOOLEAN', message: `${value} was not a valid boolean.` };
  const options = def.options ?? [];
  if (def.type === 'enumeration' && options.length > 0) {
    const chosen = def.fieldType === 'checkbox' ? value.split(';').filter((part) => part !== '') : [value];
    const unknown = chosen.find((part) => !options.some((option) => option.value === part));
    if (unknown !== undefined)
      return {
        error: 'INVALID_OPTION',
        message: `${unknown} was not one of the allowed options: [${options.map((one) => one.value).join(', ')}]`,
      };
  }
  if (value.length > 65_536) return { error: 'VALUE_TOO_LONG', message: `The value of ${def.name} is too long.` };
  return value;
}

/** Emails are unique over first and additional addresses together; so is each property that says so. */
function checkUnique(portal: Portal, type: string, values: Values, id: string | null): void {
  for (const [name, value] of values) {
    for (const { index, key } of uniqueKeys(portal, type, name, value)) {
      const holder = portal.unique.get(index)?.get(key);
      if (holder === undefined || holder === id) continue;
      if (index.endsWith('.email')) throw hubspotError(409, 'CONFLICT', `Contact already exists. Existing ID: ${holder}`);
      const message = `Cannot set ${name} to ${value}. ${holder} already has that value.`;
      throw invalidValues([{ name, error: 'CONFLICTING_UNIQUE_VALUE', message }], portal.portalId, portal.habits.listsErrors);
    }
  }
}

function uniqueKeys(
  portal: Portal,
  type: string,
  name: string,
  value: string,
): readonly { readonly index: string; readonly key: string }[] {
  if (value === '') return [];
  if (type === 'contacts' && (name === 'email' || name === 'hs_additional_emails'))
    return value.split(';').map((email) => ({ index: 'contacts.email', key: email.trim().toLowerCase() }));
  return portal.properties.get(type)?.get(name)?.isUnique ? [{ index: `${type}.${name}`, key: value.toLowerCase() }] : [];
}

export function rememberUnique(portal: Portal, object: PortalObject): void {
  for (const [name, value] of object.properties) {
    for (const { index, key } of uniqueKeys(portal, object.type, name, value)) {
      const ofIndex = portal.unique.get(index) ?? new Map<string, string>();
      ofIndex.set(key, object.id);
      portal.unique.set(index, ofIndex);
    }
  }
}

export function forgetUnique(portal: Portal, object: PortalObject): void {
  for (const [name, value] of object.properties) {
    for (const { index, key } of uniqueKeys(portal, object.type, name, value)) {
      if (portal.unique.get(index)?.get(key) === object.id) portal.unique.get(index)?.delete(key);
    }
  }
}

/** As HubSpot writes times: milliseconds only where there are any. */
export function toIso(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
