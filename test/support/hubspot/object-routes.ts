import { archiveObject, mergeContacts, purgeObject } from './fate-of-objects.ts';
import { badRequest, HubspotError, hubspotError, notFound } from './hubspot-errors.ts';
import { batchAnswer, batchError, toReadJson, toWriteJson } from './object-json.ts';
import { findObject, type Portal, type PortalObject, type Source } from './portal.ts';
import {
  type Answer,
  type HubspotRequest,
  readInputs,
  readLimit,
  readObject,
  readOptionalText,
  readProperties,
  readQueryList,
  readText,
  readTexts,
} from './read-request.ts';
import { searchObjects } from './search-objects.ts';
import { createObject, updateObject } from './write-object.ts';

const [BATCH, BATCH_WITH_HISTORY] = [100, 50];

/** Everything under `/crm/objects/2026-03/{type}`. `rest` is the path after the type. */
export function answerObjects(portal: Portal, type: string, rest: string, request: HubspotRequest): Answer {
  const key = `${request.method} ${rest}`;
  const source: Source = { sourceType: 'INTEGRATION', sourceId: request.appId, userId: null };
  const ok = (body: unknown, status = 200): Answer => ({ status, body });
  const isRecord = /^\/[^/]+$/.test(rest);
  const id = decodeURIComponent(rest.slice(1));
  if (key === 'GET ') return ok(listObjects(portal, type, request.query));
  if (key === 'POST ') return ok(toWriteJson(portal, createOne(portal, type, request.body, source)), 201);
  if (key === 'POST /search') return ok(searchObjects(portal, type, request.body));
  if (key === 'POST /batch/read') return readBatch(portal, type, request);
  if (key === 'POST /batch/create') return writeBatch(portal, type, request.body, source, 'create');
  if (key === 'POST /batch/update') return writeBatch(portal, type, request.body, source, 'update');
  if (key === 'POST /batch/upsert') return writeBatch(portal, type, request.body, source, 'upsert');
  if (key === 'POST /batch/archive') {
    for (const input of readInputs(request.body, BATCH)) archiveObject(portal, type, readText(readObject(input, 'input', ['id']).id, 'id'));
    return ok(null, 204);
  }
  if (key === 'POST /merge') {
    const given = readObject(request.body, 'body', ['objectIdToMerge', 'primaryObjectId']);
    const [primary, other] = [readText(given.primaryObjectId, 'primaryObjectId'), readText(given.objectIdToMerge, 'objectIdToMerge')];
    return ok(toWriteJson(portal, mergeContacts(portal, primary, other, source)));
  }
  if (key === 'POST /gdpr-delete') {
    const given = readObject(request.body, 'body', ['idProperty', 'objectId']);
    const text = readText(given.objectId, 'objectId');
    const object = findBy(portal, type, text, readOptionalText(given.idProperty, 'idProperty'));
    if (!object) throw notFound();
    purgeObject(portal, type, object.id);
    return ok(null, 204);
  }
  if (!isRecord) throw hubspotError(405, null, 'Method not allowed');
  if (request.method === 'GET') return ok(readOne(portal, type, id, request.query));
  if (request.method === 'PATCH') {
    const object = findBy(portal, type, id, request.query.get('idProperty'));
    if (!object || object.archivedAt !== null) throw notFound();
    const sent = readProperties(readObject(request.body, 'body', ['properties']).properties, 'properties');
    updateObject(portal, object, sent, source);
    return ok(toWriteJson(portal, object, null, [...sent.keys()]));
  }
  if (request.method === 'DELETE') {
    archiveObject(portal, type, id);
    return ok(null, 204);
  }
  throw hubspotError(405, null, 'Method not allowed');
}

function listObjects(portal: Portal, type: string, query: URLSearchParams) {
  const history = readQueryList(query, 'propertiesWithHistory');
  const limit = readLimit(query, 10, history.length > 0 ? BATCH_WITH_HISTORY : BATCH);
  const isArchived = query.get('archived') === 'true';
  const after = query.get('after') ?? '0';
  if (!/^\d+$/.test(after)) throw badRequest(`${after} is not a valid after`);
  const all = [...(portal.objects.get(type)?.values() ?? [])]
    .filter(({ id, archivedAt }) => (archivedAt !== null) === isArchived && id >= after)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1)); // all ids have as many digits
  const isEmpty = portal.habits.emptyPages > 0 && all.length > 0;
  if (isEmpty) portal.habits.emptyPages -= 1;
  const page = all.slice(0, isEmpty ? 0 : Math.min(limit, portal.habits.pageSize ?? limit));
  const next = all[page.length];
  const properties = readQueryList(query, 'properties');
  return {
    results: page.map((object) => toReadJson(portal, object, properties, history)),
    ...(next ? { paging: { next: { after: next.id, link: `https://api.hubapi.com/crm/objects/2026-03/${type}?after=${next.id}` } } } : {}),
  };
}

function readOne(portal: Portal, type: string, id: string, query: URLSearchParams) {
  const object = findBy(portal, type, id, query.get('idProperty'));
  if (!object || (object.archivedAt !== null) !== (query.get('archived') === 'true')) throw notFound();
  return toReadJson(portal, object, readQueryList(query, 'properties'), readQueryList(query, 'propertiesWithHistory'));
}

/** By record id, or by a unique property; `email` counts as one for reading, additional addresses included. */
function findBy(portal: Portal, type: string, value: string, idProperty: string | null): PortalObject | undefined {
  if (idProperty === null) return findObject(portal, type, value);
  const isUnique = portal.properties.get(type)?.get(idProperty)?.isUnique || (type === 'contacts' && idProperty === 'email');
  if (!isUnique) throw badRequest(`Unable to look up by non-unique ${type} property ${idProperty} in portal ID ${portal.portalId}`);
  const id = portal.unique.get(`${type}.${idProperty}`)?.get(value.trim().toLowerCase());
  return id === undefined ? undefined : portal.objects.get(type)?.get(id);
}

function readBatch(portal: Portal, type: string, request: HubspotRequest): Answer {
  const keys = ['idProperty', 'inputs', 'properties', 'propertiesWithHistory'];
  const given = readObject(request.body, 'body', keys);
  const history = readTexts(given.propertiesWithHistory, 'propertiesWithHistory');
  const inputs = readInputs(request.body, history.length > 0 ? BATCH_WITH_HISTORY : BATCH, keys);
  const idProperty = readOptionalText(given.idProperty, 'idProperty');
  const ids = inputs.map((input) => readText(readObject(input, 'input', ['id']).id, 'id'));
  const properties = readTexts(given.properties, 'properties');
  const wantsArchived = request.query.get('archived') === 'true';
  const followsMerges = portal.habits.batchReadFollowsMerges || idProperty !== null;
  const wrong = portal.habits.strictLookups && idProperty === 'email' ? ids.find((id) => !id.includes('@')) : undefined;
  if (wrong !== undefined) throw badRequest(`Email address ${wrong} is invalid`);
  const found = new Map<string, PortalObject>();
  const missing: string[] = [];
  const failed = ids.slice(0, portal.habits.failedReads);
  portal.habits.failedReads -= failed.length;
  for (const id of new Set(ids)) {
    if (failed.includes(id)) continue;
    const object = followsMerges ? findBy(portal, type, id, idProperty) : portal.objects.get(type)?.get(id);
    const isFirst =
      idProperty !== 'email' || portal.habits.batchReadFindsAdditional || object?.properties.get('email') === id.trim().toLowerCase();
    if (object && isFirst && (object.archivedAt !== null) === wantsArchived) found.set(object.id, object);
    else missing.push(id);
  }
  const message = `Could not get some ${type.toUpperCase()} objects, they may be deleted or not exist. Check that ids are valid.`;
  const errors = [
    ...(missing.length === 0 ? [] : [batchError(portal, hubspotError(404, 'OBJECT_NOT_FOUND', message), { ids: missing })]),
    ...failed.map((id) => batchError(portal, hubspotError(500, 'INTERNAL_ERROR', 'internal error'), { ids: [id] })),
  ];
  return batchAnswer(
    portal,
    200,
    [...found.values()].map((object) => toReadJson(portal, object, properties, history)),
    errors,
  );
}

const INPUT_KEYS = {
  create: ['associations', 'objectWriteTraceId', 'properties'],
  update: ['id', 'idProperty', 'objectWriteTraceId', 'properties'],
  upsert: ['id', 'idProperty', 'objectWriteTraceId', 'properties'],
} as const;

function createOne(portal: Portal, type: string, body: unknown, source: Source): PortalObject {
  const given = readObject(body, 'body', ['associations', 'properties']);
  return createObject(portal, type, readProperties(given.properties, 'properties'), source);
}

/**
 * When creating with a trace id in every input, one bad record fails alone, as the documentation has it; otherwise all fail
 * with the first. An id that is not there fails alone in any case.
 */
function writeBatch(portal: Portal, type: string, body: unknown, source: Source, kind: keyof typeof INPUT_KEYS): Answer {
  const inputs = readInputs(body, BATCH).map((input) => {
    const given = readObject(input, 'input', INPUT_KEYS[kind]);
    const id = kind === 'create' ? '' : readText(given.id, 'id');
    const properties = readProperties(given.properties, 'properties');
    const [traceId, idProperty] = [
      readOptionalText(given.objectWriteTraceId, 'objectWriteTraceId'),
      readOptionalText(given.idProperty, 'idProperty'),
    ];
    return { id, properties, traceId, idProperty };
  });
  const ids = inputs.flatMap(({ id }) => (id === '' ? [] : [id]));
  if (new Set(ids).size < ids.length) throw badRequest('Duplicate IDs found in batch input. IDs must be unique');
  const fallsAlone = kind !== 'update' && !portal.habits.wholeBatchFails && inputs.every(({ traceId }) => traceId !== null);
  if (!fallsAlone) {
    const rehearsal = copyPortal(portal);
    for (const input of inputs) tryOne(rehearsal, type, kind, input, source);
  }
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const input of inputs) {
    try {
      const { object, isNew } = writeOne(portal, type, kind, input, source);
      const sent = isNew ? null : [...input.properties.keys()];
      results.push({ ...toWriteJson(portal, object, input.traceId, sent), ...(kind === 'upsert' ? { new: isNew } : {}) });
    } catch (error) {
      if (!(error instanceof HubspotError)) throw error;
      const context = {
        ...(input.traceId === null ? {} : { objectWriteTraceId: [input.traceId] }),
        ...(input.id === '' ? {} : { ids: [input.id] }),
      };
      errors.push(batchError(portal, error, context));
    }
  }
  return batchAnswer(portal, kind === 'create' ? 201 : 200, results, errors);
}

/** Throws what makes a whole batch fail. */
function tryOne(rehearsal: Portal, type: string, kind: keyof typeof INPUT_KEYS, input: Input, source: Source): void {
  try {
    writeOne(rehearsal, type, kind, input, source);
  } catch (error) {
    if (!(error instanceof HubspotError) || error.status !== 404) throw error;
  }
}

type Input = { readonly id: string; readonly properties: ReadonlyMap<string, string>; readonly idProperty: string | null };

function writeOne(portal: Portal, type: string, kind: keyof typeof INPUT_KEYS, input: Input, source: Source) {
  const { id, properties, idProperty } = input;
  if (kind === 'create') return { object: createObject(portal, type, properties, source), isNew: true };
  if (kind === 'upsert' && (idProperty === null || idProperty === 'email'))
    throw badRequest(`Unable to perform upsert by ${idProperty ?? 'record id'}`);
  const known = idProperty === null ? portal.objects.get(type)?.get(id) : findBy(portal, type, id, idProperty);
  const object = known?.archivedAt === null ? known : undefined;
  if (object) updateObject(portal, object, properties, source);
  else if (kind === 'update') throw hubspotError(404, 'OBJECT_NOT_FOUND', `Could not find object ${id}`);
  return object
    ? { object, isNew: false }
    : { object: createObject(portal, type, new Map([...properties, [idProperty ?? '', id]]), source), isNew: true };
}

/** A copy of the portal to try a batch on: a batch that fails as a whole fails before its first write. */
function copyPortal(portal: Portal): Portal {
  const copyObject = (object: PortalObject) => ({ ...object, properties: new Map(object.properties), history: new Map(object.history) });
  return {
    ...portal,
    objects: new Map([...portal.objects].map(([name, ofType]) => [name, new Map([...ofType].map(([id, one]) => [id, copyObject(one)]))])),
    unique: new Map([...portal.unique].map(([name, keys]) => [name, new Map(keys)])),
  };
}
