import { badRequest, notFound } from './hubspot-errors.ts';
import { findObject, type Portal, type PortalList } from './portal.ts';
import { type Answer, type HubspotRequest, readObject, readText, readTexts } from './read-request.ts';

const CREATE_KEYS = ['customProperties', 'filterBranch', 'listFolderId', 'listPermissions', 'membershipSettings', 'name', 'objectTypeId'];
const KINDS = ['DYNAMIC', 'MANUAL', 'SNAPSHOT'] as const;

/** Makes a list, puts records into one, or deletes one; null = the request is none of these. `toJson`: a list as answers have it. */
export function writeLists(portal: Portal, rest: string, request: HubspotRequest, toJson: (list: PortalList) => unknown): Answer | null {
  const { method, body } = request;
  if (method === 'POST' && rest === '') {
    const given = readObject(body, 'body', [...CREATE_KEYS, 'processingType']);
    const processingType = KINDS.find((kind) => kind === given.processingType);
    if (!processingType) throw badRequest(`processingType must be one of [${KINDS.join(', ')}]`);
    const [name, objectTypeId] = [readText(given.name, 'name'), readText(given.objectTypeId, 'objectTypeId')];
    if ([...portal.lists.values()].some((one) => one.name === name)) throw badRequest(`A list named ${name} already exists`);
    const at = portal.now();
    const list = { id: portal.newId(), name, objectTypeId, processingType, createdAt: at, updatedAt: at, members: new Map() };
    portal.lists.set(list.id, list);
    return { status: 200, body: { list: toJson(list) } };
  }
  const [, id = '', below] = /^\/(\d+)(\/memberships\/add)?$/.exec(rest) ?? [];
  const isAdding = method === 'PUT' && below !== undefined;
  const isDeleting = method === 'DELETE' && id !== '' && below === undefined;
  if (!isAdding && !isDeleting) return null;
  const list = portal.lists.get(id);
  if (!list) throw notFound();
  if (isDeleting) {
    portal.lists.delete(id);
    return { status: 204, body: null };
  }
  const asked = readTexts(body, 'body');
  const there = asked.filter((one) => findObject(portal, 'contacts', one)?.archivedAt === null);
  for (const one of there) if (!list.members.has(one)) list.members.set(one, portal.now());
  const recordIdsMissing = asked.filter((one) => !there.includes(one));
  return { status: 200, body: { recordsIdsAdded: there, recordIdsRemoved: [], recordIdsMissing } };
}
