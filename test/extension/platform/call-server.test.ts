// @vitest-environment node
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ROUTES } from '#shared/api/contract.ts';
import { ERROR_STATUS, type ErrorCode } from '#shared/api/errors.ts';
import { readRetryAfter, SERVER_FAILURES } from '#shared/api/server-failure.ts';
import { ok } from '#shared/result.ts';
import { callServer, type ServerAccess } from '../../../extension/platform/call-server.ts';
import { serverApi } from '../../../extension/platform/server-api.ts';
import { refusal, reply } from '../background/fake-server.ts';

const NOW = Date.parse('2026-05-04T12:00:00Z');

function access(answer: () => Response | Promise<Response>, address = 'http://localhost:8787') {
  const asked: { url: string; init: RequestInit }[] = [];
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push({ url: String(url), init: init ?? {} });
    return answer();
  };
  return { asked, access: { address, key: 'll_key', fetch, now: () => NOW } satisfies ServerAccess };
}
const ask = (answer: () => Response | Promise<Response>) =>
  callServer(access(answer).access, { method: 'GET', path: '/x', timeoutMs: 1_000, read: ok });

describe('every failure says whether trying again helps', () => {
  test.each(Object.keys(ERROR_STATUS) as ErrorCode[])('%s of the contract is known', async (code) => {
    const result = await ask(() => refusal(ERROR_STATUS[code], code));
    expect(result).toMatchObject({ ok: false, error: { code, status: ERROR_STATUS[code], message: `said ${code}` } });
    if (!result.ok) expect(result.error.retry).toBe(SERVER_FAILURES[result.error.kind]);
  });

  const strangers = [
    { answer: () => new Response(null, { status: 408 }), kind: 'timeout', retry: 'later', why: 'the body took too long on its way' },
    { answer: () => new Response('<html>', { status: 200 }), kind: 'notLeadline', retry: 'later', why: 'a sign-in page of a network' },
    { answer: () => new Response('nope', { status: 404 }), kind: 'notLeadline', retry: 'later', why: 'another program on that port' },
    {
      answer: () => new Response('nope', { status: 401 }),
      kind: 'notLeadline',
      retry: 'later',
      why: 'a proxy wants a password, our key is fine',
    },
    { answer: () => new Response('', { status: 502 }), kind: 'serverError', retry: 'later', why: 'a proxy finds no server behind it' },
    { answer: () => new Response('', { status: 429 }), kind: 'rateLimited', retry: 'later', why: 'a proxy slows us down' },
    { answer: () => reply(200, '{"half":'), kind: 'notLeadline', retry: 'later', why: 'the answer broke off' },
    {
      answer: () => reply(200, {}, { 'X-Leadline-Api': '2' }),
      kind: 'otherVersion',
      retry: 'reconnect',
      why: 'server and extension are of other releases',
    },
    { answer: () => Promise.reject(new TypeError('refused')), kind: 'unreachable', retry: 'later', why: 'nobody is there' },
    { answer: () => Promise.reject(new DOMException('', 'TimeoutError')), kind: 'timeout', retry: 'later', why: 'no answer in time' },
  ];
  test.each(strangers)('$kind: $why', async ({ answer, kind, retry }) => {
    const read = (value: unknown) => (value === null ? ({ ok: false, error: 'no body' } as const) : ok(value));
    const result = await callServer(access(answer).access, { method: 'GET', path: '/x', timeoutMs: 1_000, read });
    expect(result).toMatchObject({ ok: false, error: { kind, retry } });
  });

  test('missing chunks come with their numbers', async () => {
    expect(await ask(() => refusal(409, 'MISSING_CHUNKS', [1, { seq: 4 }, 'x']))).toMatchObject({ error: { missing: [1, 4] } });
  });

  const waits = [
    ['3', 3_000],
    ['Mon, 04 May 2026 12:00:10 GMT', 10_000],
    ['Mon, 04 May 2026 11:00:00 GMT', 0],
    ['999999999', 3_600_000],
    ['soon', null],
    [null, null],
  ] as const;
  test.each(waits)('Retry-After: %s is %s ms', (text, ms) => {
    expect(readRetryAfter(text, NOW)).toBe(ms);
  });
});

describe('requests', () => {
  test('carry key and version, no cookies, and follow no redirect', async () => {
    const { access: to, asked } = access(() => reply(200, {}));
    await callServer(to, { method: 'GET', path: '/api/lists', timeoutMs: 1_000, read: ok });
    expect(asked[0]?.url).toBe('http://localhost:8787/api/lists');
    expect(asked[0]?.init).toMatchObject({
      headers: { Authorization: 'Bearer ll_key', 'X-Leadline-Api': '1' },
      credentials: 'omit',
      redirect: 'manual',
      referrerPolicy: 'no-referrer',
    });
  });

  test('go zipped over a network and plain on this machine', async () => {
    const body = new TextEncoder().encode('x'.repeat(5_000));
    for (const [address, isZipped] of [
      ['http://localhost:8787', false],
      ['https://leads.example.com', true],
    ] as const) {
      const { access: to, asked } = access(() => reply(200, {}), address);
      await callServer(to, { method: 'PUT', path: '/x', body, timeoutMs: 1_000, read: ok });
      const { headers, body: sent } = asked[0]?.init ?? {};
      expect('Content-Encoding' in (headers as object)).toBe(isZipped);
      expect(Buffer.from(isZipped ? gunzipSync(sent as Uint8Array) : (sent as Uint8Array)).toString()).toBe('x'.repeat(5_000));
    }
  });

  test('every call is one of the contract', async () => {
    const { access: to, asked } = access(() => reply(200, {}));
    const api = serverApi(to);
    const none = new Uint8Array();
    await Promise.all([
      api.workspace(),
      api.lists(),
      api.match({}),
      api.putImport('i/1', none),
      api.putChunk('i', 3, none),
      api.importState('i'),
      api.completeImport('i'),
      api.cancelImport('i'),
      api.rejectedCsv('i'),
    ]);
    const routes = Object.values(ROUTES).map(({ method, path }) => new RegExp(`^${method} ${path.replace(/:\w+/g, '[^/]+')}$`));
    for (const { url, init } of asked) {
      const request = `${init.method} ${new URL(url).pathname}`;
      expect(
        routes.filter((route) => route.test(request)),
        request,
      ).toHaveLength(1);
    }
    expect(asked).toHaveLength(9);
  });
});
