import type { Context } from 'hono';
import { ROUTES, type RouteId } from '#shared/api/contract.ts';
import { ERROR_STATUS } from '#shared/api/errors.ts';
import { FILE_TYPES, type Route } from '#shared/api/route.ts';
import { ROLES } from '#shared/api/workspace.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import type { Actor } from '../leads/backend.ts';
import { answerOnce } from '../leads/once.ts';
import { refuseByWorkspace } from '../leads/permission.ts';
import type { KeptAnswer, Once } from '../leads/save-leads.ts';
import type { Edge, EdgeParts } from './edge.ts';
import { type ApiError, errorResponse } from './error-response.ts';
import type { Handler, Passed, Reply, Upload } from './handler.ts';
import { parseJson, readBody, sha256Of } from './read-body.ts';
import { readForm } from './read-form.ts';
import { sendReply } from './send-reply.ts';

const WITH_BODY: readonly string[] = ['POST', 'PUT', 'PATCH', 'DELETE'] satisfies readonly Route['method'][];
/** What a form may weigh beside the file in it. */
const FORM_EXTRA_BYTES = 64 * 1024;

/** The last gates of a route, in this order: role, plan, type and size of the body, schema, idempotency; then its handler. */
export function serveRoute<R extends RouteId>(parts: EdgeParts, id: R, handler: Handler<R>): (c: Context<Edge>) => Promise<Response> {
  const route: Route = ROUTES[id];
  return async (c) => {
    c.set('route', route.path);
    const served = await serve(parts, route, handler, c);
    return served.ok ? sendReply(c, served.value) : errorResponse(c, served.error);
  };
}

async function serve<R extends RouteId>(
  parts: EdgeParts,
  route: Route,
  handler: Handler<R>,
  c: Context<Edge>,
): Promise<Result<Reply<R>, ApiError>> {
  const actor = c.get('actor');
  if (route.access !== 'public' && (!actor || ROLES.indexOf(actor.role) < ROLES.indexOf(route.access)))
    return fail({ code: 'FORBIDDEN', about: 'role', data: { needed: route.access, role: actor?.role ?? 'none' } });
  const refused = actor && (await refuseByPlan(parts, route, actor));
  if (refused) return fail(refused);
  const sent = await readSent(parts, route, c.req.raw);
  if (!sent.ok) return sent;
  const query = route.query?.read(Object.fromEntries(new URL(c.req.url).searchParams)) ?? ok(undefined);
  if (!query.ok) return fail({ code: 'INVALID_REQUEST', details: query.error });
  const once = readOnce(route, c, sent.value.bodySha256);
  if (!once.ok) return once;
  // Body, query and params have been read by this route's own schemas, and its role was checked: they are what R says.
  const request = {
    ...sent.value,
    actor,
    query: query.value,
    params: c.req.param(),
    origin: c.get('origin'),
    address: c.get('address'),
  } as unknown as Passed<R>;
  if (route.once !== 'edge' || !actor) return handler(parts, { ...request, once: once.value });
  return keepOnce(parts, actor, once.value, () => handler(parts, { ...request, once: null }));
}

/** What the workspace is set to is asked here and nowhere else: no route can forget it. */
async function refuseByPlan(parts: EdgeParts, route: Route, actor: Actor): Promise<ApiError | null> {
  const work = { writes: route.method !== 'GET' && !route.whenReadOnly && route.access !== 'public', premium: route.premium ?? false };
  if (!work.writes && !work.premium) return null;
  return refuseByWorkspace(await parts.backend.store.readWorkspace(actor.workspace), work);
}

const NOT_JSON: ApiError = { code: 'UNSUPPORTED_TYPE', about: 'content_type', data: { expected: 'application/json' } };
type Sent = { readonly body: unknown; readonly file: Upload | null; readonly bodySha256: string };

async function readSent(parts: EdgeParts, route: Route, request: Request): Promise<Result<Sent, ApiError>> {
  const nothing = { body: undefined, file: null, bodySha256: '' };
  if (!route.body || !WITH_BODY.includes(request.method)) return ok(nothing);
  const type = (request.headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (route.body.kind === 'file') return readFile(parts, route.body.multipart, type, request);
  const isJson = type === 'application/json';
  if (!isJson && !route.body.mayBeEmpty) return fail(NOT_JSON);
  const bytes = await readBody(request, route.body.maxBytes);
  if (!bytes.ok) return bytes;
  const isEmpty = bytes.value.length === 0 && route.body.mayBeEmpty;
  if (!isJson && !isEmpty) return fail(NOT_JSON);
  const json = isEmpty ? ok({}) : parseJson(bytes.value);
  if (!json.ok) return json;
  const body = route.body.read(json.value);
  if (!body.ok) return fail({ code: 'INVALID_REQUEST', details: body.error });
  return ok({ body: body.value, file: null, bodySha256: sha256Of(bytes.value) });
}

async function readFile(parts: EdgeParts, takesForm: boolean, type: string, request: Request): Promise<Result<Sent, ApiError>> {
  const isForm = takesForm && type === 'multipart/form-data';
  const expected = `${FILE_TYPES.join(', ')}${takesForm ? ' or multipart/form-data' : ''}`;
  if (!isForm && !FILE_TYPES.some((known) => known === type))
    return fail({ code: 'UNSUPPORTED_TYPE', about: 'content_type', data: { expected } });
  const { maxFileBytes } = parts.config;
  const bytes = await readBody(request, isForm ? maxFileBytes + FORM_EXTRA_BYTES : maxFileBytes);
  if (!bytes.ok) return bytes;
  if (!isForm) return ok({ body: undefined, file: { bytes: bytes.value, fileName: null, options: undefined }, bodySha256: '' });
  const form = await readForm(bytes.value, request.headers.get('Content-Type') ?? '', maxFileBytes);
  return form.ok ? ok({ body: undefined, file: form.value, bodySha256: '' }) : form;
}

function readOnce(route: Route, c: Context<Edge>, sha256: string): Result<Once | null, ApiError> {
  const key = c.req.header('Idempotency-Key');
  if (route.once === undefined || key === undefined) return ok(null);
  if (!/^[\x21-\x7e]{1,255}$/.test(key)) return fail({ code: 'INVALID_REQUEST', about: 'bad_idempotency_key' });
  const { pathname, search } = new URL(c.req.url);
  return ok({ key, request: `${c.req.method} ${pathname}${search}`, sha256 });
}

/** Does the work once per key; a refusal is not kept, so that the request can be mended and sent again. */
async function keepOnce<R extends RouteId>(
  parts: EdgeParts,
  actor: NonNullable<Passed<RouteId>['actor']>,
  once: Once | null,
  work: () => ReturnType<Handler<R>>,
): Promise<Result<Reply<R>, ApiError>> {
  let refused: ApiError | null = null;
  let fresh: Reply<R> | null = null;
  const kept = await answerOnce(parts.backend, actor, once, async () => {
    const result = await work();
    if (result.ok) fresh = result.value;
    else refused = result.error;
    return result.ok ? toKeep(result.value) : { status: ERROR_STATUS[result.error.code], body: '' };
  });
  if (refused) return fail(refused);
  if (!kept.ok) return kept;
  return ok(fresh ?? { kind: 'kept', answer: kept.value });
}

function toKeep<R extends RouteId>(reply: Reply<R>): KeptAnswer {
  if (reply.kind === 'kept') return reply.answer;
  if (reply.kind !== 'json') throw new Error('only JSON answers are kept');
  return { status: reply.status, body: JSON.stringify(reply.keep ?? reply.body) };
}
