import type { Context, MiddlewareHandler } from 'hono';
import { API_VERSION, API_VERSION_HEADER, ROUTES } from '#shared/api/contract.ts';
import { listKeys } from '../leads/api-keys.ts';
import { holderOf } from './api-key.ts';
import type { Edge, EdgeParts } from './edge.ts';
import { errorResponse } from './error-response.ts';

/**
 * First gate: the request names this server. Without it a page of a stranger could have its own name resolved to this
 * machine (DNS rebinding) and speak to the server as if it were the same site.
 */
export function hostGate(parts: EdgeParts): MiddlewareHandler<Edge> {
  return async (c, next) => {
    const allowed = allowedHosts(parts);
    const target = new URL(c.req.url).host;
    const named = (c.req.header('Host') ?? target).toLowerCase();
    return allowed.includes(named) && allowed.includes(target) ? next() : errorResponse(c, { code: 'FORBIDDEN', about: 'foreign_host' });
  };
}

/** `Host` values that are this server: that of its address, and on this machine the loopback names with its port. */
export function allowedHosts(parts: Pick<EdgeParts, 'config' | 'url' | 'port'>): readonly string[] {
  const { hostname, protocol, port } = new URL(parts.url());
  const hosts = withPort([hostname], port || (protocol === 'https:' ? '443' : '80'));
  return parts.config.listensOnLoopback ? [...hosts, ...withPort(['127.0.0.1', 'localhost', '[::1]'], String(parts.port()))] : hosts;
}

function withPort(names: readonly string[], port: string): readonly string[] {
  const full = names.map((name) => `${name}:${port}`);
  return port === '80' || port === '443' ? [...full, ...names] : full;
}

const MOZ_ORIGIN = /^moz-extension:\/\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const ALLOWED_HEADERS = 'Authorization, Content-Type, Content-Encoding, Idempotency-Key, X-Leadline-Api';
const ALLOWED_METHODS = [...new Set(Object.values(ROUTES).map((route) => route.method))].join(', ');
const EXPOSED_HEADERS = 'X-Leadline-Api, X-Request-Id, Retry-After, Content-Disposition';

/**
 * Second gate: an Origin, where there is one, is an extension that may call; a request without one is judged by its key
 * (scripts send none, and neither does an extension on GET). Only such an origin is ever told that it may read.
 */
export function originGate(parts: EdgeParts): MiddlewareHandler<Edge> {
  return async (c, next) => {
    const origin = c.req.header('Origin');
    if (origin === undefined) return next();
    if (!(await mayCall(parts, c, origin))) return errorResponse(c, { code: 'FORBIDDEN', about: 'foreign_origin' });
    c.set('origin', origin);
    if (isPreflight(c)) c.res = allowPreflight(c);
    else await next();
    c.res.headers.set('Access-Control-Allow-Origin', origin);
    c.res.headers.set('Access-Control-Expose-Headers', EXPOSED_HEADERS);
  };
}

async function mayCall(parts: EdgeParts, c: Context<Edge>, origin: string): Promise<boolean> {
  if (parts.config.extensionIds.some((id) => origin === `chrome-extension://${id}`)) return true;
  // Firefox draws the id of an extension per installation: it is known from its pairing on.
  if (!MOZ_ORIGIN.test(origin)) return false;
  if (c.req.path === ROUTES.pair.path && wantedMethod(c) === ROUTES.pair.method) return true;
  if (!isPreflight(c)) return (await holderOf(parts, c))?.origin === origin;
  const { keys } = await listKeys(parts.backend, parts);
  return keys.some((key) => key.origin === origin);
}

function isPreflight(c: Context<Edge>): boolean {
  return c.req.method === 'OPTIONS' && c.req.header('Access-Control-Request-Method') !== undefined;
}

function wantedMethod(c: Context<Edge>): string | undefined {
  return isPreflight(c) ? c.req.header('Access-Control-Request-Method') : c.req.method;
}

function allowPreflight(c: Context<Edge>): Response {
  return c.body(null, 204, {
    'Access-Control-Allow-Methods': ALLOWED_METHODS,
    'Access-Control-Allow-Headers': ALLOWED_HEADERS,
    'Access-Control-Max-Age': '600',
  });
}

/** Third gate: whoever says which contract it speaks must speak this one. */
export function versionGate(): MiddlewareHandler<Edge> {
  return async (c, next) => {
    const spoken = c.req.header(API_VERSION_HEADER);
    if (spoken === undefined || spoken === API_VERSION) return next();
    return errorResponse(c, { code: 'API_VERSION', data: { server: API_VERSION } });
  };
}
