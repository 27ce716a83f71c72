import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXTENSION_ID } from '#shared/api/extension-id.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

const STORE_ID = 'abcdefghijklmnopabcdefghijklmnop';
const PAIRED = 'moz-extension://3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const UNPAIRED = 'moz-extension://aaaaaaaa-4f89-41d3-9a0c-0305e82c3301';
const HOSTS = [
  ['localhost:8787', true],
  ['LOCALHOST:8787', true],
  ['127.0.0.1:8787', true],
  ['[::1]:8787', true],
  ['localhost', false],
  ['localhost:80', false],
  ['127.0.0.1:9999', false],
  ['127.0.0.2:8787', false],
  ['0.0.0.0:8787', false],
  ['192.168.0.5:8787', false],
  ['evil.test', false],
  ['evil.test:8787', false],
  ['127.0.0.1.evil.test:8787', false],
  ['localhost:8787.evil.test', false],
  ['localhost.:8787', false],
] as const;
const ORIGINS = [
  [undefined, true],
  [`chrome-extension://${EXTENSION_ID}`, true],
  [`chrome-extension://${STORE_ID}`, true],
  [PAIRED, true],
  [UNPAIRED, false],
  ['moz-extension://not-a-uuid', false],
  [`chrome-extension://${'a'.repeat(32)}`, false],
  [`chrome-extension://${EXTENSION_ID}.evil.test`, false],
  [`chrome-extension://${EXTENSION_ID}/`, false],
  [`CHROME-EXTENSION://${EXTENSION_ID}`, false],
  ['null', false],
  ['', false],
  ['https://evil.test', false],
  ['http://localhost:8787', false],
  ['http://127.0.0.1:8787', false],
] as const;
const REQUESTS = [
  ['GET', undefined, 200],
  ['HEAD', undefined, 200],
  ['POST', 'application/json', 400],
  ['POST', 'text/plain', 415],
  ['POST', 'application/x-www-form-urlencoded', 415],
  ['PUT', 'application/json', 404],
  ['DELETE', 'application/json', 404],
] as const;

describe('who gets an answer', () => {
  let server: TestServer;
  let firefoxKey: string;
  beforeAll(async () => {
    server = await startServer({ env: { LEADLINE_EXTENSION_IDS: STORE_ID } });
    const paired = await server.send(
      'POST',
      '/pair',
      { code: await server.makePairingCode(), name: 'Firefox' },
      { key: null, headers: { Origin: PAIRED } },
    );
    firefoxKey = (await paired.json()).key;
  });
  afterAll(() => server.stop());

  test(`only who names this server and is no stranger, in ${HOSTS.length * ORIGINS.length * REQUESTS.length} combinations`, async () => {
    const surprises: string[] = [];
    for (const [host, isOurs] of HOSTS)
      for (const [origin, mayCall] of ORIGINS)
        for (const [method, type, status] of REQUESTS) {
          const headers = { Host: host, ...(origin === undefined ? {} : { Origin: origin }), ...(type ? { 'Content-Type': type } : {}) };
          const body = type ? '{}' : null;
          const answer = await server.ask('/api/lists', { method, headers, body, key: firefoxKey });
          const expected = isOurs && mayCall ? status : 403;
          const allowed = answer.headers.get('Access-Control-Allow-Origin');
          const expectedOrigin = isOurs && mayCall && origin !== undefined ? origin : null;
          if (answer.status !== expected || allowed !== expectedOrigin)
            surprises.push(`${method} ${type} ${host} ${origin}: ${answer.status} ${allowed}`);
        }
    expect(surprises).toEqual([]);
  });

  test('a key does not travel from the Firefox it was paired in to another', async () => {
    expect((await server.ask('/api/lists', { key: firefoxKey, headers: { Origin: UNPAIRED } })).status).toBe(403);
    expect((await server.ask('/api/lists', { key: server.adminKey, headers: { Origin: PAIRED } })).status).toBe(403);
  });

  test('an unpaired Firefox may pair and do nothing else', async () => {
    const headers = { Origin: UNPAIRED };
    expect((await server.send('POST', '/pair', { code: 'AAAA-AAAA' }, { key: null, headers })).status).toBe(401);
    for (const path of ['/', '/health', '/api/docs', '/api/lists', '/sample.csv'])
      expect((await server.ask(path, { key: null, headers })).status).toBe(403);
    expect((await server.ask('/pair', { key: null, headers })).status).toBe(403);
  });
});

describe('what a browser is told before it asks', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.send('POST', '/pair', { code: await server.makePairingCode() }, { key: null, headers: { Origin: PAIRED } });
  });
  afterAll(() => server.stop());
  const preflight = (origin: string, path: string, method = 'PUT') =>
    server.ask(path, {
      method: 'OPTIONS',
      key: null,
      headers: { Origin: origin, 'Access-Control-Request-Method': method, 'Access-Control-Request-Headers': 'authorization' },
    });

  test.each([
    ['our extension', `chrome-extension://${EXTENSION_ID}`, '/api/lists', 'PUT'],
    ['a paired Firefox', PAIRED, '/api/lists', 'PUT'],
    ['any Firefox that wants to pair', UNPAIRED, '/pair', 'POST'],
  ])('%s may come, with its own origin and nobody else’s', async (_, origin, path, method) => {
    const answer = await preflight(origin, path, method);
    expect(answer.status).toBe(204);
    expect(answer.headers.get('Access-Control-Allow-Origin')).toBe(origin);
    expect(answer.headers.get('Access-Control-Allow-Headers')).toContain('Authorization');
    expect(answer.headers.get('Access-Control-Allow-Credentials')).toBeNull();
    expect(answer.headers.get('Access-Control-Allow-Private-Network')).toBeNull();
  });
  test.each([
    ['an unpaired Firefox on data', UNPAIRED, '/api/lists', 'GET'],
    ['an unpaired Firefox that asks /pair for something else', UNPAIRED, '/pair', 'DELETE'],
    ['a website', 'https://evil.test', '/api/lists', 'GET'],
    ['a website that wants to pair', 'https://evil.test', '/pair', 'POST'],
    ['a page without an origin', 'null', '/pair', 'POST'],
  ])('%s may not', async (_, origin, path, method) => {
    const answer = await preflight(origin, path, method);
    expect(answer.status).toBe(403);
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
  });
  test('asking without saying what for is a request like any other', async () => {
    expect((await server.ask('/api/lists', { method: 'OPTIONS', key: null })).status).toBe(401);
    expect((await server.ask('/api/lists', { method: 'OPTIONS' })).status).toBe(404);
  });
});

describe('a server with an address of its own', () => {
  test.each([
    ['its name', 'leads.example.com', 200],
    ['its name with the port of https', 'leads.example.com:443', 200],
    ['another port', 'leads.example.com:8787', 403],
    ['a name of the machine it runs on', 'localhost:8787', 403],
    ['the address it listens on', '0.0.0.0:8787', 403],
  ])('answers to %s with %s → %i', async (_, host, status) => {
    const server = await startServer({ env: { LEADLINE_HOST: '0.0.0.0', LEADLINE_URL: 'https://leads.example.com' } });
    expect((await server.ask('/health', { headers: { Host: host }, key: null })).status).toBe(status);
    await server.stop();
  });
  test('behind a proxy on the same machine it answers to both', async () => {
    const server = await startServer({ env: { LEADLINE_URL: 'https://leads.example.com' } });
    for (const host of ['leads.example.com', 'localhost:8787', '127.0.0.1:8787'])
      expect((await server.ask('/health', { headers: { Host: host }, key: null })).status).toBe(200);
    await server.stop();
  });
});

describe('both sides speak the same contract', () => {
  test('another version is told so before anything else is looked at', async () => {
    const server = await startServer();
    for (const path of ['/health', '/api/lists', '/nowhere']) {
      const answer = await server.ask(path, { key: null, headers: { 'X-Leadline-Api': '2' } });
      expect(answer.status).toBe(426);
      expect(await answer.json()).toMatchObject({ code: 'API_VERSION', error: expect.stringContaining('version 1') });
    }
    expect((await server.ask('/api/lists', { headers: { 'X-Leadline-Api': '1' } })).status).toBe(200);
    await server.stop();
  });
});
