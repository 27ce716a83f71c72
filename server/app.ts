import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { ROUTE_IDS, ROUTES, type RouteId } from '#shared/api/contract.ts';
import { clientAddress } from './http/address.ts';
import { keyGate } from './http/api-key.ts';
import { connectionRoutes } from './http/connection-routes.ts';
import { connectionWorkRoutes } from './http/connection-work-routes.ts';
import type { Edge, EdgeParts } from './http/edge.ts';
import { errorOfException, errorResponse } from './http/error-response.ts';
import { hostGate, originGate, versionGate } from './http/gate.ts';
import { googleRoutes } from './http/google-routes.ts';
import type { Handlers } from './http/handler.ts';
import { securityHeaders } from './http/headers.ts';
import { importRoutes } from './http/import-routes.ts';
import { keyRoutes } from './http/key-routes.ts';
import { leadRoutes } from './http/lead-routes.ts';
import { listRoutes, templateRoutes } from './http/list-routes.ts';
import { createFigures } from './http/metrics.ts';
import { pageRoutes } from './http/page-routes.ts';
import { createPages } from './http/pages/pages.ts';
import { peopleRoutes } from './http/people-routes.ts';
import { createLimits } from './http/rate-limit.ts';
import { serveRoute } from './http/serve-route.ts';
import { settingRoutes } from './http/setting-routes.ts';
import type { Actor } from './leads/backend.ts';
import { fieldsOfException, type Log } from './log.ts';

/** What the server is given from outside. */
export type AppDeps = Omit<EdgeParts, 'pages' | 'figures' | 'limits' | 'log'> & {
  readonly log: Log;
  /** Somebody wrote something in a workspace. */
  readonly onEdit?: (workspace: Actor['workspace']) => void;
};
export type App = { readonly fetch: (request: Request, bindings?: Edge['Bindings']) => Response | Promise<Response> };

const handlers: Handlers = {
  ...pageRoutes,
  ...keyRoutes,
  ...peopleRoutes,
  ...leadRoutes,
  ...listRoutes,
  ...templateRoutes,
  ...settingRoutes,
  ...importRoutes,
  ...googleRoutes,
  ...connectionRoutes,
  ...connectionWorkRoutes,
};

/**
 * The HTTP edge: every request passes the same gates in the same order (host, origin, contract version, key, role, body,
 * schema) before its handler; what no route of the contract names does not exist.
 */
export function createApp(deps: AppDeps): App {
  const parts: EdgeParts = { ...deps, pages: createPages(deps.url, deps.version), figures: createFigures(), limits: createLimits() };
  const app = new Hono<Edge>();
  app.use(
    observe(parts, deps),
    securityHeaders(() => parts.url().startsWith('https:')),
  );
  app.use(hostGate(parts), originGate(parts), versionGate(), keyGate(parts));
  const register = <R extends RouteId>(id: R) => app.on(ROUTES[id].method, ROUTES[id].path, serveRoute(parts, id, handlers[id]));
  for (const id of ROUTE_IDS) register(id);
  app.notFound((c) => errorResponse(c, { code: 'NOT_FOUND', about: 'no_route' }));
  app.onError((exception, c) => {
    const error = errorOfException(exception);
    deps.log.error('request failed', { ...requestFields(c), code: error.code, ...fieldsOfException(exception) });
    return errorResponse(c, error);
  });
  return { fetch: (request, bindings) => app.fetch(request, bindings) };
}

/** Gives every request its id, and says afterwards what became of it: in the log and in the figures. */
function observe(parts: EdgeParts, { log, onEdit }: Pick<AppDeps, 'log' | 'onEdit'>): MiddlewareHandler<Edge> {
  return async (c, next) => {
    const startedAt = performance.now();
    c.set('requestId', parts.newId());
    c.set('route', 'none');
    c.set('errorCode', null);
    c.set('actor', null);
    c.set('origin', null);
    c.set(
      'address',
      clientAddress(c.env?.incoming?.socket.remoteAddress ?? '127.0.0.1', c.req.header('X-Forwarded-For'), parts.config.trustsProxy),
    );
    await next();
    const ms = performance.now() - startedAt;
    const { method, route } = requestFields(c);
    parts.figures.count(method, route, c.res.status, ms / 1_000);
    const code = c.get('errorCode');
    const actor = c.get('actor');
    if (actor && c.res.ok && method !== 'GET') onEdit?.(actor.workspace);
    log.info('request', { ...requestFields(c), status: c.res.status, ms: Math.round(ms * 10) / 10, ...(code ? { code } : {}) });
  };
}

function requestFields(c: Context<Edge>) {
  const route = c.get('route');
  // The method of an unknown route is whatever somebody made up.
  return { method: route === 'none' ? 'none' : c.req.method, route, requestId: c.get('requestId') };
}
