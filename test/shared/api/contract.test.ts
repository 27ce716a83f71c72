import { describe, expect, test } from 'vitest';
import { pathTo, ROUTE_IDS, ROUTES } from '#shared/api/contract.ts';
import { ERROR_STATUS } from '#shared/api/errors.ts';
import type { Route } from '#shared/api/route.ts';

describe('the table of routes', () => {
  const routes: readonly Route[] = Object.values(ROUTES);
  test('no method and path stands there twice', () => {
    const names = routes.map((route) => `${route.method} ${route.path}`);
    expect(new Set(names).size).toBe(names.length);
  });
  test('open to everybody are these and no others', () => {
    const open = ROUTE_IDS.filter((id) => ROUTES[id].access === 'public');
    expect(open.map((id) => `${ROUTES[id].method} ${ROUTES[id].path}`)).toEqual([
      'GET /',
      'GET /sample.csv',
      'GET /health',
      'GET /api/docs',
      'GET /api/openapi.json',
      'POST /pair',
      'GET /oauth/:provider/callback',
    ]);
  });
  test('people, keys, settings, figures, the audit and taking back an opt-out are for admins alone', () => {
    const forAdmins = ROUTE_IDS.filter((id) => ROUTES[id].access === 'admin');
    expect(forAdmins.map((id) => `${ROUTES[id].method} ${ROUTES[id].path}`)).toEqual([
      'GET /metrics',
      'DELETE /api/suppressions',
      'DELETE /api/suppressions/:id',
      'PATCH /api/workspace',
      'PATCH /api/members',
      'PATCH /api/members/:id',
      'DELETE /api/members',
      'DELETE /api/members/:id',
      'GET /api/invites',
      'POST /api/invites',
      'DELETE /api/invites/:id',
      'GET /api/audit',
      'GET /api/keys',
      'POST /api/keys',
      'DELETE /api/keys',
      'DELETE /api/keys/:id',
      'POST /api/connections/:provider/authorize',
      'POST /api/connections/hubspot/service-key',
      'PATCH /api/connections/:id',
      'DELETE /api/connections/:id',
      'POST /api/connections/:id/sync',
      'POST /api/connections/:id/errors/:errorId/retry',
    ]);
  });
  test('nobody who may only look can write', () => {
    const harmless = ['/api/imports/preview', '/api/imports/match', '/api/google/token', '/pair'];
    const writing = routes.filter((route) => route.method !== 'GET' && !harmless.includes(route.path));
    expect(writing.filter((route) => route.access !== 'member' && route.access !== 'admin')).toEqual([]);
  });
  test('CRMs are premium, but for looking at them and getting rid of them', () => {
    const ofCrms = routes.filter((route) => route.path.startsWith('/api/connections'));
    const isFree = ({ method }: (typeof routes)[number]) => method === 'GET' || method === 'DELETE';
    expect(ofCrms.filter((route) => (route.premium ?? false) === isFree(route)).map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });
  test('every POST that writes takes an Idempotency-Key', () => {
    // An address for a sign-in is good once: a second one harms nobody, and a kept one would lie about.
    const ofCrms: readonly string[] = [ROUTES.authorize.path, ROUTES.previewConnection.path, ROUTES.dryRunConnection.path];
    const harmless = ['/api/imports/preview', '/api/imports/match', '/api/google/token', '/pair', ...ofCrms];
    const posts = routes.filter((route) => route.method === 'POST' && !harmless.includes(route.path));
    expect(posts.filter((route) => route.once === undefined)).toEqual([]);
  });
  test('nothing of a later release is promised', () => {
    expect(routes.map((route) => route.path).filter((path) => /webhooks/.test(path))).toEqual([]);
  });
  test('a part of a path is escaped', () => {
    expect(pathTo('storeChunk', { importId: 'a/b', seq: '0' })).toBe('/api/imports/a%2Fb/chunks/0');
  });
  test('statuses of errors are those of the contract', () => {
    expect(Object.entries(ERROR_STATUS).map(([code, status]) => `${status} ${code}`)).toEqual([
      '400 INVALID_REQUEST',
      '400 INVALID_LEADS',
      '400 INVALID_FILE',
      '401 UNAUTHORIZED',
      '402 PLAN_REQUIRED',
      '402 READ_ONLY',
      '403 FORBIDDEN',
      '404 LIST_NOT_FOUND',
      '404 NOT_FOUND',
      '409 CONFLICT',
      '409 IN_PROGRESS',
      '409 MISSING_CHUNKS',
      '409 SUPPRESSED',
      '413 TOO_LARGE',
      '415 UNSUPPORTED_TYPE',
      '422 IDEMPOTENCY_MISMATCH',
      '426 API_VERSION',
      '429 RATE_LIMITED',
      '500 INTERNAL',
      '507 STORAGE_FULL',
    ]);
  });
});
