import { hubspotError, notFound } from './hubspot-errors.ts';
import { writeLists } from './list-writes.ts';
import { batchAnswer } from './object-json.ts';
import type { Portal, PortalList } from './portal.ts';
import {
  type Answer,
  type HubspotRequest,
  readInputs,
  readLimit,
  readObject,
  readOptionalText,
  readText,
  readTexts,
  readWhole,
} from './read-request.ts';
import { toIso } from './write-object.ts';

const SEARCH_KEYS = ['additionalProperties', 'count', 'listIds', 'objectTypeId', 'offset', 'processingTypes', 'query', 'sort'];
const MEMBERSHIPS_BATCH = 100;
const MEMBERS = { fallback: 100, max: 250 };

/** `/crm/lists/2026-03`: search, one list, and who is in it. `rest` is the path behind the version. */
export function answerLists(portal: Portal, rest: string, request: HubspotRequest): Answer {
  if (request.method === 'POST' && rest === '/search') return { status: 200, body: searchLists(portal, request.body) };
  if (request.method === 'POST' && rest === '/records/memberships/batch/read') return readMemberships(portal, request.body);
  const written = writeLists(portal, rest, request, toListJson);
  if (written) return written;
  const [, id = '', below] = /^\/([^/]+)(?:\/(memberships))?$/.exec(rest) ?? [];
  const list = portal.lists.get(id);
  if (request.method !== 'GET') throw hubspotError(405, null, 'Method not allowed');
  if (!list) throw notFound();
  if (below === undefined) return { status: 200, body: { list: { ...toListJson(list), size: list.members.size } } };
  return { status: 200, body: readMembers(list, request.query) };
}

function searchLists(portal: Portal, body: unknown) {
  const given = readObject(body, 'body', SEARCH_KEYS);
  const count = readWhole(given.count, 'count', 20);
  const offset = readWhole(given.offset, 'offset', 0);
  const objectTypeId = readOptionalText(given.objectTypeId, 'objectTypeId');
  const [ids, kinds] = [readTexts(given.listIds, 'listIds'), readTexts(given.processingTypes, 'processingTypes')];
  const asked = readTexts(given.additionalProperties, 'additionalProperties');
  const query = readOptionalText(given.query, 'query')?.toLowerCase() ?? '';
  const found = [...portal.lists.values()].filter(
    (list) =>
      (objectTypeId === null || list.objectTypeId === objectTypeId) &&
      (ids.length === 0 || ids.includes(list.id)) &&
      (kinds.length === 0 || kinds.includes(list.processingType)) &&
      list.name.toLowerCase().includes(query),
  );
  const page = found.slice(offset, offset + Math.min(count, 500));
  const additional = (list: PortalList) =>
    Object.fromEntries(
      [
        ['hs_list_size', String(list.members.size)],
        ['hs_object_id', list.id],
      ].filter(([name = '']) => name === 'hs_object_id' || asked.includes(name)),
    );
  return {
    offset: offset + page.length,
    hasMore: offset + page.length < found.length,
    lists: page.map((list) => ({ ...toListJson(list), additionalProperties: additional(list) })),
    total: found.length,
  };
}

function readMemberships(portal: Portal, body: unknown): Answer {
  const results = readInputs(body, MEMBERSHIPS_BATCH).map((input) => {
    const given = readObject(input, 'input', ['objectTypeId', 'recordId']);
    const [objectTypeId, recordId] = [readText(given.objectTypeId, 'objectTypeId'), readText(given.recordId, 'recordId')];
    const lists = [...portal.lists.values()].filter((list) => list.objectTypeId === objectTypeId && list.members.has(recordId));
    const recordListMemberships = lists.map(({ id, members }) => {
      const at = toIso(members.get(recordId) ?? 0);
      return { listId: id, listVersion: 1, firstAddedTimestamp: at, lastAddedTimestamp: at };
    });
    return { objectTypeId, recordId, recordListMemberships };
  });
  return batchAnswer(portal, 200, results, []);
}

function readMembers(list: PortalList, query: URLSearchParams) {
  const limit = readLimit(query, MEMBERS.fallback, MEMBERS.max);
  const after = query.get('after');
  const all = [...list.members].toSorted(([a], [b]) => Number(a) - Number(b));
  const from = after === null ? all : all.filter(([id]) => Number(id) > Number(fromToken(after)));
  const page = from.slice(0, limit);
  const last = page.at(-1)?.[0];
  return {
    total: all.length,
    results: page.map(([recordId, joinedAt]) => ({ recordId, membershipTimestamp: toIso(joinedAt) })),
    ...(from.length > page.length && last !== undefined ? { paging: { next: { after: toToken(last) } } } : {}),
  };
}

const toToken = (id: string) => Buffer.from(id).toString('base64url');
const fromToken = (token: string) => Buffer.from(token, 'base64url').toString();

function toListJson({ id, name, objectTypeId, processingType, createdAt, updatedAt }: PortalList) {
  return {
    listId: id,
    listVersion: 1,
    name,
    objectTypeId,
    processingType,
    processingStatus: 'COMPLETE',
    createdAt: toIso(createdAt),
    updatedAt: toIso(updatedAt),
    createdById: '4711',
    updatedById: '4711',
  };
}
