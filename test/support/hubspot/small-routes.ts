import { badRequest, hubspotError, notFound } from './hubspot-errors.ts';
import { batchAnswer, batchError } from './object-json.ts';
import { findObject, findType, type Portal, type PortalPipeline } from './portal.ts';
import { type Answer, type HubspotRequest, readInputs, readLimit, readObject, readOptionalText, readText } from './read-request.ts';

const EPOCH = '1970-01-01T00:00:00Z';
const MAX_ASSOCIATIONS = 1_000;
/** Contact to the other type, as HubSpot numbers its own associations; back is one more or less. */
const TYPE_IDS: ReadonlyMap<string, number> = new Map([
  ['contacts>deals', 4],
  ['deals>contacts', 3],
  ['contacts>calls', 193],
  ['calls>contacts', 194],
  ['contacts>emails', 197],
  ['emails>contacts', 198],
  ['contacts>meetings', 199],
  ['meetings>contacts', 200],
  ['contacts>notes', 201],
  ['notes>contacts', 202],
  ['contacts>tasks', 203],
  ['tasks>contacts', 204],
]);

/** `POST /crm/associations/2026-03/{from}/{to}/batch/read`: who belongs to whom, 1,000 ids a call. */
export function answerAssociations(portal: Portal, from: string, to: string, request: HubspotRequest): Answer {
  const [fromType, toType] = [findType(from)?.type, findType(to)?.type];
  if (!fromType || !toType) throw badRequest(`Unable to infer object type from: ${from}, ${to}`);
  const ids = readInputs(request.body, MAX_ASSOCIATIONS).map((input) => {
    const given = readObject(input, 'input', ['after', 'id']);
    readOptionalText(given.after, 'after');
    return readText(given.id, 'id');
  });
  const results: unknown[] = [];
  const errors: unknown[] = [];
  for (const id of ids) {
    const object = findObject(portal, fromType, id);
    const others = [...(portal.associations.get(`${fromType}:${object?.id ?? ''}`) ?? [])]
      .filter((key) => key.startsWith(`${toType}:`))
      .map((key) => key.slice(toType.length + 1))
      .filter(
        (other) => portal.habits.archivedStayTied || [object, findObject(portal, toType, other)].every((one) => one?.archivedAt === null),
      );
    const none = hubspotError(404, 'OBJECT_NOT_FOUND', `No ${to} is associated with ${from} ${id}.`, {
      subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
    });
    if (others.length === 0) errors.push(batchError(portal, none, { fromObjectId: [id] }));
    else
      results.push({
        from: { id },
        to: others.map((other) => ({
          toObjectId: portal.habits.numericAssociations ? Number(other) : other,
          associationTypes: [typeOf(fromType, toType)],
        })),
      });
  }
  return batchAnswer(portal, 200, results, errors);
}

const typeOf = (from: string, to: string) => ({ category: 'HUBSPOT_DEFINED', typeId: TYPE_IDS.get(`${from}>${to}`) ?? 1 });

/** `GET /crm/pipelines/2026-03/{type}` and one of them. */
export function answerPipelines(portal: Portal, type: string, id: string | null): Answer {
  if (findType(type)?.type !== 'deals') throw badRequest(`${type} has no pipelines`);
  if (id === null) return { status: 200, body: { results: portal.pipelines.map(toPipelineJson) } };
  const pipeline = portal.pipelines.find((one) => one.id === id);
  if (!pipeline) throw notFound();
  return { status: 200, body: toPipelineJson(pipeline) };
}

function toPipelineJson({ id, label, stages }: PortalPipeline, displayOrder = 0) {
  const frame = { createdAt: EPOCH, updatedAt: EPOCH, archived: false };
  return {
    id,
    label,
    displayOrder,
    stages: stages.map((stage, order) => ({
      id: stage.id,
      label: stage.label,
      displayOrder: order,
      metadata: { isClosed: String(stage.isClosed), probability: stage.probability },
      writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
      ...frame,
    })),
    ...frame,
  };
}

const JOINED = '2026-02-25T15:16:54.974Z';
const OWNERS = { fallback: 100, max: 500 };

export function answerOwners(portal: Portal, _: readonly string[], { query }: HubspotRequest): Answer {
  const limit = readLimit(query, OWNERS.fallback, OWNERS.max);
  const after = query.get('after');
  const from = after === null ? 0 : portal.owners.findIndex(({ id }) => id === after) + 1;
  const page = portal.owners.slice(from, from + limit);
  const frame = { type: 'PERSON', createdAt: JOINED, updatedAt: JOINED, archived: query.get('archived') === 'true' };
  const results = page.map((owner) => ({ ...owner, userId: Number(owner.id), userIdIncludingInactive: Number(owner.id), ...frame }));
  const last = page.at(-1);
  const isEnd = last === undefined || from + page.length >= portal.owners.length;
  return { status: 200, body: { results, ...(isEnd ? {} : { paging: { next: { after: last.id } } }) } };
}

export function answerAccount(portal: Portal): Answer {
  const body = {
    portalId: portal.portalId,
    accountType: 'DEVELOPER_TEST',
    timeZone: portal.timeZone,
    companyCurrency: 'USD',
    additionalCurrencies: [],
    utcOffset: '-05:00',
    utcOffsetMilliseconds: -18_000_000,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'na1',
  };
  return { status: 200, body };
}
