import type { HubspotError } from './hubspot-errors.ts';
import { findType, type Portal, type PortalObject } from './portal.ts';
import { toIso } from './write-object.ts';

const ALWAYS: ReadonlyMap<string, readonly string[]> = new Map([
  ['contacts', ['createdate', 'hs_object_id', 'lastmodifieddate']],
  ['deals', ['createdate', 'hs_lastmodifieddate', 'hs_object_id']],
]);
const DEFAULTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['contacts', ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname']],
  ['deals', ['amount', 'closedate', 'createdate', 'dealname', 'dealstage', 'hs_lastmodifieddate', 'hs_object_id', 'pipeline']],
]);
const OF_ACTIVITIES = ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'];

/** A record as reads answer it: what was asked for and exists, null where it is blank. Unknown names are left out silently. */
export function toReadJson(
  portal: Portal,
  object: PortalObject,
  asked: readonly string[],
  askedHistory: readonly string[] = [],
  values: ReadonlyMap<string, string> = object.properties,
) {
  const known = portal.properties.get(object.type);
  const names =
    asked.length === 0
      ? (DEFAULTS.get(object.type) ?? OF_ACTIVITIES)
      : [...new Set([...(ALWAYS.get(object.type) ?? OF_ACTIVITIES), ...asked])].filter((name) => known?.has(name));
  const properties = Object.fromEntries(names.map((name) => [name, values.get(name) ?? null]));
  const history = Object.fromEntries(askedHistory.filter((name) => known?.has(name)).map((name) => [name, toHistoryJson(object, name)]));
  return { ...frame(portal, object), properties, ...(askedHistory.length === 0 ? {} : { propertiesWithHistory: history }) };
}

/** What a change answers besides what was changed. */
const OF_CHANGES = ['createdate', 'hs_createdate', 'hs_object_id', 'hs_object_source', 'hs_object_source_id', 'hs_object_source_label'];

/**
 * A record as writes answer it, with the caller's trace id: a new one with all that is set; one that was changed with what was
 * sent (an empty text for what was cleared) and little else.
 */
export function toWriteJson(portal: Portal, object: PortalObject, traceId: string | null = null, sent: readonly string[] | null = null) {
  const modified = findType(object.type)?.modified ?? '';
  const names = new Set(sent === null ? object.properties.keys() : [...OF_CHANGES, 'lifecyclestage', modified, ...sent]);
  const told = [...names].sort().flatMap((name): readonly (readonly [string, string])[] => {
    const value = object.properties.get(name) ?? (sent?.includes(name) ? '' : undefined);
    return value === undefined ? [] : [[name, value]];
  });
  const properties = Object.fromEntries(told);
  return {
    ...frame(portal, object),
    properties,
    ...(traceId === null || portal.habits.forgetsTraces ? {} : { objectWriteTraceId: traceId }),
  };
}

function frame(portal: Portal, { id, type, createdAt, updatedAt, archivedAt }: PortalObject) {
  return {
    id,
    createdAt: toIso(createdAt),
    updatedAt: toIso(updatedAt),
    archived: archivedAt !== null,
    ...(archivedAt === null ? {} : { archivedAt: toIso(archivedAt) }),
    url: `https://app.hubspot.com/contacts/${portal.portalId}/record/${findType(type)?.typeId}/${id}`,
  };
}

function toHistoryJson(object: PortalObject, name: string) {
  return (object.history.get(name) ?? []).map(({ value, at, sourceType, sourceId, userId, label }) => ({
    value,
    timestamp: toIso(at),
    sourceType,
    sourceId,
    ...(label === undefined ? {} : { sourceLabel: label }),
    ...(userId === null ? {} : { updatedByUserId: userId }),
  }));
}

/** What a batch answers: 207 as soon as one input failed. */
export function batchAnswer(portal: Portal, okStatus: number, results: readonly unknown[], errors: readonly unknown[]) {
  const now = toIso(portal.now());
  const frameOfBatch = { status: 'COMPLETE', results, startedAt: now, completedAt: now };
  return errors.length === 0
    ? { status: okStatus, body: frameOfBatch }
    : { status: 207, body: { ...frameOfBatch, numErrors: errors.length, errors } };
}

/** One failed input of a batch, with the ids or the trace id it is about. */
export function batchError(portal: Portal, error: Pick<HubspotError, 'body'>, context: Readonly<Record<string, readonly string[]>>) {
  const body = typeof error.body === 'string' ? {} : error.body;
  const { category = 'VALIDATION_ERROR', message = '', errors = [] } = body;
  const existing = /Existing ID: (\d+)/.exec(String(message))?.[1];
  const must = { status: 'error', message, context: { ...context, ...(existing === undefined ? {} : { existingId: [existing] }) } };
  return portal.habits.terseErrors ? must : { ...must, category, errors, links: {} };
}
