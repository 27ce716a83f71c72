import type { Context, MiddlewareHandler } from 'hono';
import { ROUTES } from '#shared/api/contract.ts';
import { findKey } from '../leads/api-keys.ts';
import type { Edge, EdgeParts, Holder } from './edge.ts';
import { errorResponse } from './error-response.ts';
import type { Limits } from './rate-limit.ts';

/** A part that varies is one part of a path, whatever it holds. */
const PUBLIC_PATHS = Object.values(ROUTES)
  .filter((route) => route.access === 'public')
  .map((route) => new RegExp(`^${route.method} ${route.path.replaceAll('.', '\\.').replace(/:\w+/g, '[^/]+')}$`));

/**
 * Fourth gate: a valid key, on everything the contract does not call public; a path nobody knows is closed as well.
 * Wrong keys are counted per address, right ones pass even then: nobody locks the others out.
 */
export function keyGate(parts: EdgeParts): MiddlewareHandler<Edge> {
  return async (c, next) => {
    const method = c.req.method === 'HEAD' ? 'GET' : c.req.method;
    if (PUBLIC_PATHS.some((path) => path.test(`${method} ${c.req.path}`))) return next();
    const holder = await holderOf(parts, c);
    if (!holder) return refuse(c, parts.limits);
    const waitSeconds = parts.config.isLocalOnly ? null : await parts.limits.countRequest(holder.actor.keyId);
    if (waitSeconds !== null) return errorResponse(c, { code: 'RATE_LIMITED', about: 'too_many_requests', retryAfter: waitSeconds });
    c.set('actor', holder.actor);
    return next();
  };
}

async function refuse(c: Context<Edge>, limits: Limits): Promise<Response> {
  const sent = bearerOf(c);
  const waitSeconds = sent === null ? null : await limits.countGuess(c.get('address'));
  if (waitSeconds !== null) return errorResponse(c, { code: 'RATE_LIMITED', about: 'wrong_keys', retryAfter: waitSeconds });
  c.header('WWW-Authenticate', 'Bearer');
  return errorResponse(c, { code: 'UNAUTHORIZED', about: sent === null ? 'no_key' : 'wrong_key' });
}

/** Who holds the key of a request; looked up once per request. */
export async function holderOf(parts: Pick<EdgeParts, 'backend'>, c: Context<Edge>): Promise<Holder | null> {
  const known = c.get('holder');
  if (known !== undefined) return known;
  const key = bearerOf(c);
  const holder = key === null ? null : await findKey(parts.backend, key);
  c.set('holder', holder);
  return holder;
}

/** The key as sent: `Authorization: Bearer <key>` (RFC 6750), null where there is none. */
function bearerOf(c: Context<Edge>): string | null {
  const match = /^bearer +(\S+) *$/i.exec(c.req.header('Authorization') ?? '');
  return match?.[1] ?? null;
}
