import { hubspotError, notFound } from './hubspot-errors.ts';
import { findObject, indexObject, type Portal, type PortalObject, type Source } from './portal.ts';
import { forgetUnique, rememberUnique, toIso } from './write-object.ts';

/** To the recycle bin: its email is free again, its modified time stays. */
export function archiveObject(portal: Portal, type: string, id: string): void {
  const object = portal.objects.get(type)?.get(id);
  if (!object || object.archivedAt !== null) return;
  object.archivedAt = portal.now();
  forgetUnique(portal, object);
}

/** Back from the recycle bin, under its old id. */
export function restoreObject(portal: Portal, type: string, id: string): void {
  const object = portal.objects.get(type)?.get(id);
  if (!object || object.archivedAt === null) throw notFound();
  object.archivedAt = null;
  if (portal.habits.restoringChanges) {
    object.updatedAt = portal.now();
    object.properties.set('lastmodifieddate', toIso(portal.now()));
  }
  rememberUnique(portal, object);
  indexObject(portal, object);
}

/** Nothing is left of it, not in the recycle bin either. */
export function purgeObject(portal: Portal, type: string, id: string): void {
  const object = findObject(portal, type, id);
  if (!object) throw notFound();
  forgetUnique(portal, object);
  portal.objects.get(type)?.delete(object.id);
  for (const list of portal.lists.values()) list.members.delete(object.id);
  for (const other of portal.associations.get(`${type}:${object.id}`) ?? []) portal.associations.get(other)?.delete(`${type}:${object.id}`);
  portal.associations.delete(`${type}:${object.id}`);
}

/**
 * Two contacts become one. By default under a new id, and both old ids answer for it; the primary's values win, the other's
 * fill its blanks, and the other's email becomes an additional one.
 */
export function mergeContacts(portal: Portal, primaryId: string, otherId: string, source: Source): PortalObject {
  const [primary, other] = [findObject(portal, 'contacts', primaryId), findObject(portal, 'contacts', otherId)];
  if (!primary || !other || primary.archivedAt !== null || other.archivedAt !== null) throw notFound();
  if (primary === other) throw hubspotError(400, 'VALIDATION_ERROR', 'Cannot merge an object with itself');
  forgetUnique(portal, primary);
  forgetUnique(portal, other);
  const now = portal.now();
  const keepsId = !portal.habits.mergeMakesNewId;
  const id = keepsId ? primary.id : portal.newId();
  const survivor: PortalObject = {
    type: 'contacts',
    id,
    properties: new Map([...other.properties, ...primary.properties]),
    history: new Map([...other.history, ...primary.history]),
    createdAt: Math.min(primary.createdAt, other.createdAt),
    updatedAt: now,
    archivedAt: null,
    indexed: [],
  };
  const emails = [primary, other].flatMap(({ properties }) => [
    properties.get('email') ?? '',
    ...(properties.get('hs_additional_emails') ?? '').split(';'),
  ]);
  const [, ...additional] = new Set(emails.filter((email) => email !== ''));
  if (additional.length > 0) survivor.properties.set('hs_additional_emails', additional.join(';'));
  for (const [name, value] of other.properties) {
    if (!primary.properties.has(name) && survivor.history.has(name))
      survivor.history.set(name, [{ value, at: now, ...source }, ...(survivor.history.get(name) ?? [])]);
  }
  const merged = [...(primary.properties.get('hs_merged_object_ids') ?? '').split(';'), keepsId ? '' : primary.id, other.id];
  survivor.properties.set('hs_merged_object_ids', [...new Set(merged.filter((one) => one !== ''))].join(';'));
  survivor.properties.set('hs_calculated_merged_vids', `${other.id}:${now}`);
  survivor.properties.set('hs_object_id', id);
  survivor.properties.set('lastmodifieddate', toIso(now));
  const contacts = portal.objects.get('contacts');
  contacts?.delete(primary.id);
  contacts?.delete(other.id);
  contacts?.set(id, survivor);
  for (const old of [primary.id, other.id]) if (old !== id) moveTo(portal, old, id);
  rememberUnique(portal, survivor);
  indexObject(portal, survivor);
  return survivor;
}

function moveTo(portal: Portal, old: string, id: string): void {
  portal.aliases.set(old, id);
  for (const list of portal.lists.values()) {
    const joinedAt = list.members.get(old);
    if (joinedAt === undefined) continue;
    list.members.delete(old);
    list.members.set(id, joinedAt);
  }
  for (const other of portal.associations.get(`contacts:${old}`) ?? []) {
    portal.associations.get(other)?.delete(`contacts:${old}`);
    associate(portal, `contacts:${id}`, other);
  }
  portal.associations.delete(`contacts:${old}`);
}

/** Takes the tie between two records (`type:id`) off. Their modified times stay. */
export function dissociate(portal: Portal, one: string, other: string): void {
  portal.associations.get(one)?.delete(other);
  portal.associations.get(other)?.delete(one);
}

/** Ties two records (`type:id`) together, both ways. Their modified times stay. */
export function associate(portal: Portal, one: string, other: string): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    const known = portal.associations.get(from) ?? new Set<string>();
    portal.associations.set(from, known.add(to));
  }
}
