import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROUTE_IDS, ROUTES } from '#shared/api/contract.ts';
import type { Answer } from '#shared/api/route.ts';
import { makeSampleRequests, type SampleRequests } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const ALWAYS = {
  'x-leadline-api': '1',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  vary: 'Origin',
};
const CSP = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
const TYPES = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=UTF-8',
  text: 'text/plain; version=0.0.4; charset=utf-8',
};

/** Headers of an answer, without those that differ from answer to answer. */
function headersOf(answer: Response): Record<string, string> {
  const { 'x-request-id': requestId, 'content-length': _, ...headers } = Object.fromEntries(answer.headers);
  expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  return headers;
}

describe('headers', () => {
  let server: TestServer;
  let requests: SampleRequests;
  beforeAll(async () => {
    server = await startServer();
  });
  beforeEach(async () => {
    requests = await makeSampleRequests(server);
  });
  afterAll(() => server.stop());

  test.each(ROUTE_IDS.filter((id) => (ROUTES[id].answer as Answer).kind !== 'html'))('%s answers with every protection', async (id) => {
    const { path, ...request } = requests[id];
    const answer = await server.ask(path, request);
    expect(answer.status).toBeLessThan(300);
    const isFile = ROUTES[id].answer.kind === 'csv';
    const { 'content-disposition': disposition, ...headers } = headersOf(answer);
    expect(headers).toEqual({ ...ALWAYS, 'content-security-policy': CSP, 'content-type': TYPES[ROUTES[id].answer.kind] });
    expect(disposition).toEqual(isFile ? expect.stringMatching(/^attachment; filename="[a-z-]+\.csv"$/) : undefined);
  });

  test.each(['home', 'docs'] as const)('%s is a page that runs nothing and loads nothing', async (id) => {
    const answer = await server.ask(requests[id].path, { key: null });
    const html = await answer.text();
    const { 'content-security-policy': csp = '', ...headers } = headersOf(answer);
    expect(headers).toEqual({ ...ALWAYS, 'content-type': TYPES.html });
    const [, hash = ''] = /style-src '(sha256-[^']+)'/.exec(csp) ?? [];
    expect(csp).toBe(`default-src 'none'; style-src '${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`);
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? [];
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style));
    expect(hash).toBe(`sha256-${Buffer.from(digest).toString('base64')}`);
    expect(html).not.toMatch(/<script|<img|<link|<iframe| style=| on\w+=|https?:\/\/(?!localhost:8787)/i);
  });

  test.each([
    ['a missing key', '/api/lists', { key: null }, 401],
    ['a foreign host', '/api/lists', { headers: { Host: 'evil.test' } }, 403],
    ['a foreign origin', '/api/lists', { headers: { Origin: 'https://evil.test' } }, 403],
    ['another version', '/api/lists', { headers: { 'X-Leadline-Api': '9' } }, 426],
    ['an unknown path', '/nowhere', {}, 404],
    ['a body of the wrong type', '/api/lists', { method: 'POST', body: 'x' }, 415],
    ['a broken body', '/api/lists', { method: 'POST', body: '{', headers: { 'Content-Type': 'application/json' } }, 400],
  ])('%s is refused with every protection, and in one shape', async (_, path, init, status) => {
    const answer = await server.ask(path, init);
    expect(answer.status).toBe(status);
    const { 'www-authenticate': challenge, ...headers } = headersOf(answer);
    expect(challenge).toBe(status === 401 ? 'Bearer' : undefined);
    expect(headers).toEqual({ ...ALWAYS, 'content-security-policy': CSP, 'content-type': 'application/json' });
    const body = await answer.json();
    expect(
      Object.keys(body)
        .filter((key) => key !== 'details')
        .sort(),
    ).toEqual(['code', 'error', 'requestId']);
    expect(body.requestId).toBe(answer.headers.get('X-Request-Id'));
    expect(body.error).toMatch(/^[A-Z“"`].*\.$/s);
  });

  test('over https browsers are told to stay there', async () => {
    const other = await startServer({ env: { LEADLINE_URL: 'https://leads.example.com' } });
    expect((await other.ask('/health', { key: null })).headers.get('Strict-Transport-Security')).toBe('max-age=31536000');
    await other.stop();
  });
});
