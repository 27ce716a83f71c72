import {
  fieldOf,
  findRecord,
  isId,
  isLive,
  isShared,
  type Org,
  recordsOf,
  seenObject,
  stampText,
  toObjectName,
  visibleFields,
} from './org.ts';
import { abortJob, deleteJob, openJob, readJob, readResults } from './org-bulk.ts';
import { OrgError, type RecordError, restError } from './org-errors.ts';
import type { FieldDef, ObjectName } from './org-fields.ts';
import { describeView } from './org-views.ts';
import { createByApi, deleteByApi, refuseIllTyped, updateByApi, type WriteResult, type WriteRules } from './org-writes.ts';
import { runQuery, toRow } from './soql-engine.ts';

type RouteArgs = {
  readonly org: Org;
  readonly request: Request;
  readonly url: URL;
  readonly parts: readonly string[];
  readonly body: unknown;
};
type OrgRoute = readonly [method: string, pattern: RegExp, act: (args: RouteArgs) => Response];

const PATHS: readonly OrgRoute[] = [
  [
    'GET',
    /^\/(query|queryAll)$/,
    ({ org, url, parts }) => startQuery(org, url.searchParams.get('q') ?? '', parts[0] === 'queryAll', url.pathname),
  ],
  ['GET', /^\/query\/(\w+)-(\d+)$/, ({ org, parts, url }) => goOn(org, parts[0] ?? '', Number(parts[1]), url.pathname)],
  [
    'GET',
    /^\/limits$/,
    ({ org }) =>
      Response.json({ DailyApiRequests: { Max: org.habits.dailyLimit, Remaining: org.habits.dailyLimit - org.habits.usedToday } }),
  ],
  ['GET', /^\/sobjects\/(\w+)\/describe$/, ({ org, parts }) => describeAnswer(org, need(org, parts[0]))],
  ['GET', /^\/sobjects\/(\w+)\/deleted\/?$/, ({ org, url, parts }) => deletedAnswer(org, need(org, parts[0]), url)],
  ['GET', /^\/sobjects\/(\w+)\/listviews\/(\w+)\/describe$/, ({ org, parts }) => describeView(org, need(org, parts[0]), parts[1] ?? '')],
  ['POST', /^\/sobjects\/(\w+)\/?$/, ({ org, request, parts, body }) => createOne(org, request, need(org, parts[0]), body)],
  ['PATCH', /^\/sobjects\/(\w+)\/(\w+)$/, ({ org, request, parts, body }) => patchOne(org, request, parts[1] ?? '', body)],
  ['DELETE', /^\/sobjects\/(\w+)\/(\w+)$/, ({ org, parts }) => deleteOne(org, parts[1] ?? '')],
  ['GET', /^\/sobjects\/(\w+)\/(\w+)$/, ({ org, parts }) => readOne(org, need(org, parts[0]), parts[1] ?? '')],
  ['POST', /^\/jobs\/query$/, ({ org, url, body }) => openJob({ org, url, body, id: '' })],
  ['GET', /^\/jobs\/query\/(\w+)$/, ({ org, url, parts }) => readJob({ org, url, body: null, id: parts[0] ?? '' })],
  ['PATCH', /^\/jobs\/query\/(\w+)$/, ({ org, url, parts, body }) => abortJob({ org, url, body, id: parts[0] ?? '' })],
  ['DELETE', /^\/jobs\/query\/(\w+)$/, ({ org, url, parts }) => deleteJob({ org, url, body: null, id: parts[0] ?? '' })],
  ['GET', /^\/jobs\/query\/(\w+)\/results$/, ({ org, url, parts }) => readResults({ org, url, body: null, id: parts[0] ?? '' })],
  ['POST', /^\/composite\/sobjects\/(\w+)$/, ({ org, parts, body }) => retrieve(org, need(org, parts[0]), body)],
  ['POST', /^\/composite\/sobjects$/, ({ org, request, body }) => writeMany(org, request, body, 'create')],
  ['PATCH', /^\/composite\/sobjects$/, ({ org, request, body }) => writeMany(org, request, body, 'update')],
  [
    'DELETE',
    /^\/composite\/sobjects$/,
    ({ org, url }) => Response.json((url.searchParams.get('ids') ?? '').split(',').map((id) => toResult(org, deleteByApi(org, id)))),
  ],
];

/** Answers a request below `/services/data/vNN.0`. */
export async function answerData(org: Org, request: Request, url: URL): Promise<Response> {
  const [, version = '', path = ''] = /^\/services\/data\/v(\d+\.0)(\/.*)$/.exec(url.pathname) ?? [];
  const { versions } = org.habits;
  if (Number(version) < Math.min(...versions.map(Number))) throw new OrgError(410, 'Gone');
  if (!versions.includes(version)) throw restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  const text = request.method === 'GET' ? '' : await request.text();
  for (const [method, pattern, act] of PATHS) {
    const found = pattern.exec(path);
    if (method !== request.method || !found) continue;
    return act({ org, request, url, parts: found.slice(1), body: text === '' ? null : parseBody(text) });
  }
  throw restError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

function parseBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw restError(400, 'JSON_PARSER_ERROR', 'Unexpected character');
  }
}

function need(org: Org, name: string | undefined): ObjectName {
  const object = seenObject(org, name ?? '');
  if (!object) throw restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return object;
}

function startQuery(org: Org, soql: string, withDeleted: boolean, path: string): Response {
  const { rows, total, isCount } = runQuery(org, soql, withDeleted);
  if (isCount) return Response.json({ totalSize: org.habits.countsAs ?? total, done: true, records: [] });
  const locator = `0r8${String(org.openQueries.size + 1).padStart(12, '0')}AAA`;
  if (rows.length > org.habits.batchSize) org.openQueries.set(locator, rows);
  // A limit is a limit of what is counted, too.
  const counted = /\bLIMIT \d+$/i.test(soql) ? rows.length : (org.habits.countsAs ?? rows.length);
  return page(org, rows, { from: 0, counted, path: `${path.replace('queryAll', 'query')}/${locator}` });
}

function goOn(org: Org, locator: string, from: number, path: string): Response {
  const rows = org.openQueries.get(locator);
  if (!rows || from >= rows.length) throw restError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(org, rows, { from, counted: rows.length, path: path.replace(/-\d+$/, '') });
}

type Part = { readonly from: number; readonly counted: number; readonly path: string };
function page(org: Org, rows: readonly object[], { from, counted, path }: Part): Response {
  const to = from + org.habits.batchSize;
  const next = to < rows.length ? { done: false, nextRecordsUrl: `${path}-${to}` } : { done: true };
  return Response.json({ totalSize: counted, ...next, records: rows.slice(from, to) });
}

const DAYS_15_MS = 15 * 24 * 60 * 60_000;

function deletedAnswer(org: Org, object: ObjectName, url: URL): Response {
  const [from, to] = ['start', 'end'].map((name) => {
    const text = url.searchParams.get(name) ?? '';
    // Seconds are not looked at.
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)$/.test(text)) return Math.floor(Date.parse(text) / 60_000) * 60_000;
    throw restError(400, 'INVALID_REPLICATION_DATE', `${name} is no moment: ${text}`);
  }) as [number, number]; // there are two names
  if (to - from <= 60_000) throw restError(400, 'INVALID_REPLICATION_DATE', 'startDate must be at least one minute before endDate');
  if (from < org.now() - DAYS_15_MS) throw restError(400, 'INVALID_REPLICATION_DATE', 'startDate before org replication enabled date');
  const told = org.deleteLog.filter(
    (entry) => entry.object === object && entry.at >= from && entry.at < to && entry.at >= org.logClearedAt && isShared(org, entry),
  );
  return Response.json({
    deletedRecords: told.map(({ id, at }) => ({ id, deletedDate: stampText(at) })),
    earliestDateAvailable: stampText(Math.max(org.now() - DAYS_15_MS, org.logClearedAt)),
    latestDateCovered: stampText(Math.min(to, org.busySince ?? org.now())),
  });
}

function describeAnswer(org: Org, object: ObjectName): Response {
  return Response.json({
    name: object,
    label: object,
    createable: true,
    updateable: true,
    fields: visibleFields(org, object).map(describeField),
  });
}

function describeField(field: FieldDef) {
  const isWritable = !field.isReadOnly;
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    length: field.length ?? 0,
    createable: isWritable,
    updateable: isWritable,
    nillable: !field.isRequired && field.type !== 'boolean',
    defaultedOnCreate: field.type === 'boolean',
    custom: field.isCustom ?? false,
    unique: field.isUnique ?? false,
    externalId: field.isUnique ?? false,
    idLookup: field.type === 'id' || field.type === 'email',
    restrictedPicklist: field.isRestricted ?? false,
    referenceTo: field.to ? [field.to[0]] : [],
    relationshipName: field.to?.[1] ?? null,
    picklistValues: (field.picklist ?? []).map((value) => ({ active: true, defaultValue: false, label: value, validFor: null, value })),
  };
}

function readOne(org: Org, object: ObjectName, id: string): Response {
  const record = recordsOf(org, object).get(id);
  if (!record || !isLive(record) || !isShared(org, record)) throw restError(404, 'NOT_FOUND', 'The requested resource does not exist');
  return Response.json(
    toRow(
      org,
      record,
      visibleFields(org, object).map(({ name }) => name),
    ),
  );
}

function retrieve(org: Org, object: ObjectName, body: unknown): Response {
  const { ids, fields } = (body ?? {}) as { ids?: unknown; fields?: unknown };
  if (!Array.isArray(ids) || !Array.isArray(fields)) throw restError(400, 'JSON_PARSER_ERROR', 'ids and fields are needed');
  if (ids.length > 2_000)
    throw restError(400, 'EXCEEDED_ID_LIMIT', 'record limit reached. cannot submit more than 2000 records into this call');
  const malformed = ids.find((id) => !isId(String(id)));
  if (malformed !== undefined) throw restError(400, 'MALFORMED_ID', `malformed id ${malformed}`);
  const unknown = fields.find((name) => typeof name !== 'string' || !fieldOf(org, object, name));
  if (unknown !== undefined) throw restError(400, 'INVALID_FIELD', `No such column '${unknown}' on entity '${object}'.`);
  const rows = ids.map((id) => {
    const record = recordsOf(org, object).get(String(id));
    return record && isLive(record) && isShared(org, record) ? toRow(org, record, ['Id', ...fields.map(String)]) : null;
  });
  return Response.json(rows);
}

function rulesOf(request: Request): WriteRules {
  const header = request.headers.get('Sforce-Duplicate-Rule-Header') ?? '';
  return { allowSave: /allowSave=true/i.test(header), includesDetails: /includeRecordDetails=true/i.test(header) };
}

function patchOne(org: Org, request: Request, id: string, body: unknown): Response {
  const since = Date.parse(request.headers.get('If-Unmodified-Since') ?? '');
  const modified = Date.parse(String(findRecord(org, id)?.values.get('LastModifiedDate') ?? '').replace('+0000', 'Z'));
  // The header knows whole seconds only.
  if (!Number.isNaN(since) && Math.floor(modified / 1_000) > Math.floor(since / 1_000)) throw new OrgError(412, '');
  const found = findRecord(org, id);
  if (found) refuseIllTyped(org, found.object, (body ?? {}) as Record<string, unknown>);
  const result = updateByApi(org, id, (body ?? {}) as Record<string, unknown>, rulesOf(request));
  if (result.kind === 'done') return new Response(null, { status: 204 });
  throw singleError(org, result.error);
}

function createOne(org: Org, request: Request, object: ObjectName, body: unknown): Response {
  refuseIllTyped(org, object, (body ?? {}) as Record<string, unknown>);
  const result = createByApi(org, object, (body ?? {}) as Record<string, unknown>, rulesOf(request));
  if (result.kind === 'failed') throw singleError(org, result.error);
  return Response.json({ id: result.id, success: true, errors: [] }, { status: 201 });
}

/** What a duplicate rule found is told here under a name that some versions spell wrongly. */
function singleError({ habits }: Org, { statusCode, duplicateResult, ...error }: RecordError): OrgError {
  const isGone = statusCode === 'ENTITY_IS_DELETED' || statusCode === 'INVALID_CROSS_REFERENCE_KEY';
  const found = duplicateResult === undefined ? {} : { [habits.matchesKey]: duplicateResult };
  return restError(isGone ? 404 : 400, statusCode, error.message, { ...error, ...found });
}

function deleteOne(org: Org, id: string): Response {
  const result = deleteByApi(org, id);
  if (result.kind === 'done') return new Response(null, { status: 204 });
  throw restError(404, result.error.statusCode, result.error.message, { fields: [] });
}

function writeMany(org: Org, request: Request, body: unknown, act: 'create' | 'update'): Response {
  const { records, allOrNone } = (body ?? {}) as { records?: unknown; allOrNone?: unknown };
  if (!Array.isArray(records)) throw restError(400, 'JSON_PARSER_ERROR', 'records are needed');
  if (records.length > 200)
    throw restError(400, 'INVALID_INPUT', 'record limit reached. cannot submit more than 200 records into this call');
  if (allOrNone === true) throw restError(400, 'INVALID_INPUT', 'this org is asked to write each record by itself');
  const objects = records.map((record: Record<string, unknown>) => {
    const object = toObjectName((record.attributes as { type?: string } | undefined)?.type ?? '');
    if (!object) throw restError(400, 'INVALID_INPUT', 'attributes.type is needed');
    refuseIllTyped(org, object, record);
    return [object, record] as const;
  });
  const results = objects.map(([object, record]) => {
    const locks = org.locked.get(String(record.Id ?? record.Email ?? '')) ?? 0;
    if (locks > 0) {
      org.locked.set(String(record.Id ?? record.Email ?? ''), locks - 1);
      return toResult(org, {
        kind: 'failed',
        error: { statusCode: 'UNABLE_TO_LOCK_ROW', message: 'unable to obtain exclusive access to this record', fields: [] },
      });
    }
    return toResult(
      org,
      act === 'create' ? createByApi(org, object, record, rulesOf(request)) : updateByApi(org, record.Id, record, rulesOf(request)),
    );
  });
  return Response.json(results);
}

/** Whether it was made anew is told of upserts alone, and of duplicates mostly that they are. */
function toResult({ habits }: Org, result: WriteResult): object {
  if (result.kind === 'done') return { id: result.id, success: true, errors: [] };
  const { duplicateResult, ...error } = result.error;
  const found = duplicateResult !== undefined && habits.collectionsTellMatches ? { duplicateResult } : {};
  return { success: false, errors: [{ ...error, ...found }] };
}
