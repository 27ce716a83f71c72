import type { Context, MiddlewareHandler } from 'hono';
import { API_VERSION, API_VERSION_HEADER } from '#shared/api/contract.ts';
import type { Edge } from './edge.ts';
import { PAGE_STYLE_HASH } from './pages/page.ts';

/** Nothing is loaded, framed, submitted or run. */
const CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/** Pages have one style sheet inside, known by its hash, and no script. */
const PAGE_CSP = `default-src 'none'; style-src '${PAGE_STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The headers of every answer, errors included. */
export const SECURITY_HEADERS = [
  [API_VERSION_HEADER, API_VERSION],
  ['X-Content-Type-Options', 'nosniff'],
  ['Cache-Control', 'no-store'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Referrer-Policy', 'no-referrer'],
  ['X-Frame-Options', 'DENY'],
] as const;

/** Sets them on what leaves the server, whatever made it. `isHttps`: the address people use is. */
export function securityHeaders(isHttps: () => boolean): MiddlewareHandler<Edge> {
  return async (c, next) => {
    await next();
    for (const [name, value] of SECURITY_HEADERS) c.res.headers.set(name, value);
    c.res.headers.set('Content-Security-Policy', isPage(c) ? PAGE_CSP : CSP);
    c.res.headers.append('Vary', 'Origin');
    c.res.headers.set('X-Request-Id', c.get('requestId'));
    if (isHttps()) c.res.headers.set('Strict-Transport-Security', 'max-age=31536000');
  };
}

function isPage(c: Context<Edge>): boolean {
  return c.res.headers.get('Content-Type')?.startsWith('text/html') ?? false;
}
