import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTE_IDS, ROUTES } from '#shared/api/contract.ts';
import { person } from '../../support/sample-requests.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const RUNS = 600;
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'leads',
  'rows',
  'customFields',
  'ids',
  'filter',
  'name',
  'list',
  'policy',
  'mapping',
  'email',
  'line',
  'decision',
  'lead',
  'entries',
  'code',
  'length',
];
const key = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', maxLength: 8 }));
const leaf = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom('\ud800', '\0', '+1 (212) 555-0101', 'a@b.co', '=1+1', '__proto__'),
);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, leaf, fc.array(tie('value'), { maxLength: 5 }), tie('object')),
  object: fc.array(fc.tuple(key, tie('value')), { maxLength: 6 }).map((entries) => Object.fromEntries(entries)),
}));
/** Bodies that look right at first sight. */
const nearly = fc.oneof(
  fc.record(
    {
      leads: fc.array(
        fc.oneof(
          value,
          fc.record({ ...Object.fromEntries(Object.keys(person('x')).map((field) => [field, leaf])), customFields: value, tags: value }),
        ),
        { maxLength: 4 },
      ),
      onInvalid: fc.constantFrom('skip', 'reject'),
      dryRun: fc.boolean(),
      listId: leaf,
    },
    { requiredKeys: ['leads'] },
  ),
  fc.record({
    rows: fc.array(
      fc.record(
        {
          line: fc.integer({ min: -1, max: 9 }),
          decision: fc.constantFrom('create', 'update', 'reject', 'auto', 'x'),
          lead: value,
          problems: value,
          raw: value,
          leadId: leaf,
        },
        { requiredKeys: ['line', 'decision'] },
      ),
      { maxLength: 4 },
    ),
  }),
  fc.record(
    {
      name: leaf,
      role: leaf,
      label: leaf,
      type: leaf,
      headers: value,
      mapping: value,
      ids: fc.array(leaf),
      entries: fc.array(fc.record({ kind: fc.constantFrom('email', 'domain', 'phone'), value: leaf })),
    },
    { requiredKeys: [] },
  ),
);
const body = fc.oneof(
  nearly.map((json) => JSON.stringify(json)),
  value.map((json) => JSON.stringify(json) ?? ''),
  fc.string({ unit: 'binary' }),
  fc.constant('['.repeat(20_000)),
);
const pathPart = fc.oneof(
  fc.constantFrom('..', '.', '%2F', '//', '%00', '%', '%E0%A4%A', '__proto__', 'constructor', 'a', '0', '-1', '99999999999999999999'),
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => (text.isWellFormed() ? encodeURIComponent(text) : 'x')),
);
const type = fc.constantFrom(
  'application/json',
  'text/csv',
  'multipart/form-data; boundary=x',
  'multipart/form-data',
  'application/octet-stream',
  'text/plain',
  '',
);
const headerValue = fc.string({ unit: fc.constantFrom(...' abc,;=*"\'/%[]{}<>0:-_~\t'), maxLength: 20 }).map((text) => text.trim());
const headers = fc.dictionary(
  fc.constantFrom(
    'Idempotency-Key',
    'Accept',
    'X-Forwarded-For',
    'Content-Encoding',
    'If-Match',
    '__proto__',
    'constructor',
    'Range',
    'Expect',
    'Cookie',
    'X-HTTP-Method-Override',
  ),
  headerValue,
  { maxKeys: 3 },
);

describe('nothing that is sent breaks the server', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  test('any body, query and headers on any route: no error of ours, no hang, no changed prototype', async () => {
    const prototype = Object.getOwnPropertyNames(Object.prototype).sort();
    const request = fc.record({
      id: fc.constantFrom(...ROUTE_IDS),
      body,
      type,
      headers,
      part: pathPart,
      search: fc.array(fc.tuple(key, fc.string({ maxLength: 10 })), { maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        const { method, path } = ROUTES[sent.id];
        const search = new URLSearchParams(sent.search.map(([name, text]) => [name.toWellFormed(), text])).toString();
        const init = {
          method,
          headers: { ...sent.headers, ...(sent.type ? { 'Content-Type': sent.type } : {}) },
          ...(method === 'GET' ? {} : { body: sent.body }),
        };
        const answer = await server.ask(`${path.replace(/:\w+/g, () => sent.part)}?${search}`, init);
        await answer.arrayBuffer();
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: RUNS },
    );
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(prototype);
    expect(({} as Record<string, unknown>).email).toBeUndefined();
  });

  test('any path without a key: closed, or one of the public ones', async () => {
    const open = Object.values(ROUTES)
      .filter((route) => route.access === 'public')
      .map((route) => route.path as string);
    const anyPath = fc.oneof(
      fc.array(pathPart, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`),
      fc
        .constantFrom(...Object.values(ROUTES).map((route) => route.path))
        .chain((path) => pathPart.map((part) => path.replace(/\/(?=[^/]*$)/, `/${part}/`))),
    );
    await fc.assert(
      fc.asyncProperty(anyPath, fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'), async (path, method) => {
        const answer = await server.ask(path, { method, key: null });
        const isOpen = open.includes(plainPath(path));
        if (!isOpen) expect(answer.status).toBe(401);
      }),
      { numRuns: RUNS },
    );
  });
});

/** A path as a server sees it: dots resolved, escapes undone where they are whole. */
function plainPath(path: string): string {
  const { pathname } = new URL(`http://localhost:8787${path}`);
  try {
    return decodeURI(pathname);
  } catch {
    return pathname;
  }
}
