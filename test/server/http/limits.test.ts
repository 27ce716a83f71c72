import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GUESSES_PER_MINUTE, MAX_CHUNK_BYTES, MAX_FILE_BYTES, MAX_LEADS_PER_CALL } from '#shared/limits.ts';
import { startServer, type TestServer } from '../../support/start-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(() => server.stop());

const statuses = async (count: number, ask: () => Promise<Response>) => {
  const all = [];
  for (let i = 0; i < count; i++) all.push((await ask()).status);
  return all;
};
const fiveThen = (first: number, then: number) => [...Array(GUESSES_PER_MINUTE).fill(first), then, then];

describe('guessing', () => {
  test('five wrong keys in a minute from an address, then it has to wait', async () => {
    expect(await statuses(7, () => server.ask('/api/lists', { key: 'll_wrong' }))).toEqual(fiveThen(401, 429));
    const answer = await server.ask('/api/lists', { key: 'll_wrong' });
    const wait = Number(answer.headers.get('Retry-After'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await answer.json()).toMatchObject({ code: 'RATE_LIMITED', error: expect.any(String) });
  });
  test('who guesses does not lock out who knows, and no other address', async () => {
    await statuses(8, () => server.ask('/api/lists', { key: 'll_wrong' }));
    expect((await server.ask('/api/lists')).status).toBe(200);
    expect((await server.ask('/api/lists', { key: 'll_wrong', address: '192.0.2.1' })).status).toBe(401);
  });
  test('no key at all is no guess', async () => {
    expect(await statuses(8, () => server.ask('/api/lists', { key: null }))).toEqual(Array(8).fill(401));
  });
  test('five wrong pairing codes, then even the right one has to wait', async () => {
    expect(await statuses(7, () => server.send('POST', '/pair', { code: 'AAAA-AAAA' }, { key: null }))).toEqual(fiveThen(401, 429));
    const code = await server.makePairingCode();
    const answer = await server.send('POST', '/pair', { code }, { key: null });
    expect(answer.status).toBe(429);
    expect(answer.headers.get('Retry-After')).toMatch(/^\d+$/);
    expect((await server.send('POST', '/pair', { code }, { key: null, address: '192.0.2.1' })).status).toBe(200);
  });
  test('right codes are not counted: a whole team pairs in a minute', async () => {
    for (let i = 0; i < 8; i++)
      expect((await server.send('POST', '/pair', { code: await server.makePairingCode() }, { key: null })).status).toBe(200);
  });
});

describe('a valid key', () => {
  test('is not limited on one’s own machine', async () => {
    expect(new Set(await statuses(150, () => server.ask('/api/template.csv')))).toEqual(new Set([200]));
  });
  test('has a hundred requests a second elsewhere', async () => {
    const team = await startServer({ env: { LEADLINE_URL: 'https://leads.example.com' } });
    const all = await Promise.all(Array.from({ length: 150 }, () => team.ask('/api/template.csv')));
    const refused = all.filter((answer) => answer.status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(1); // less than 50 when the burst crosses the second
    expect(refused.length).toBeLessThanOrEqual(50);
    expect(refused[0]?.headers.get('Retry-After')).toBe('1');
    await team.stop();
  });
  test('behind a trusted proxy people are told apart by what the proxy says', async () => {
    const team = await startServer({ env: { LEADLINE_TRUSTED_PROXY: '127.0.0.1' } });
    const from = (address: string) => team.ask('/api/lists', { key: 'll_wrong', headers: { 'X-Forwarded-For': address } });
    expect(await statuses(7, () => from('192.0.2.1'))).toEqual(fiveThen(401, 429));
    expect((await from('192.0.2.2')).status).toBe(401);
    await team.stop();
  });
  test('without one nobody can claim to be somebody else', async () => {
    let last = 0;
    expect(
      await statuses(7, () => server.ask('/api/lists', { key: 'll_wrong', headers: { 'X-Forwarded-For': `192.0.2.${last++}` } })),
    ).toEqual(fiveThen(401, 429));
  });
});

describe('size', () => {
  const chunk = '/api/imports/3f2504e0-4f89-41d3-9a0c-0305e82c3301/chunks/0';
  const json = { 'Content-Type': 'application/json' };
  const csv = { 'Content-Type': 'text/csv' };
  const zipped = (text: string) => new Uint8Array(gzipSync(text));
  test.each([
    ['leads over 10 MB', 'POST', '/api/leads', json, ' '.repeat(MAX_FILE_BYTES + 1)],
    ['a file over 10 MB', 'POST', '/api/imports', csv, 'x'.repeat(MAX_FILE_BYTES + 1)],
    ['a file over 10 MB to preview', 'POST', '/api/imports/preview', csv, 'x'.repeat(MAX_FILE_BYTES + 1)],
    ['a chunk over 1 MB', 'PUT', chunk, json, ' '.repeat(MAX_CHUNK_BYTES + 1)],
    ['a small gzip of a chunk over 1 MB', 'PUT', chunk, { ...json, 'Content-Encoding': 'gzip' }, zipped(' '.repeat(MAX_CHUNK_BYTES + 1))],
    [
      'a small gzip of a file of 300 MB',
      'POST',
      '/api/imports',
      { ...csv, 'Content-Encoding': 'gzip' },
      zipped('x'.repeat(300 * 1024 * 1024)),
    ],
    ['a name of 2 MB', 'POST', '/api/lists', json, JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024) })],
    ['10,001 leads', 'POST', '/api/leads', json, JSON.stringify({ leads: Array(MAX_LEADS_PER_CALL + 1).fill({}) })],
  ])('%s are refused', async (_, method, path, headers, body) => {
    const answer = await server.ask(path, { method, headers, body });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 'TOO_LARGE', error: expect.stringMatching(/MB|kB|10000/) });
  });
  test('a form over the limit is refused by its file', async () => {
    const form = new FormData();
    form.set('file', new File(['x'.repeat(MAX_FILE_BYTES + 1)], 'a.csv', { type: 'text/csv' }));
    expect((await server.ask('/api/imports', { method: 'POST', body: form })).status).toBe(413);
  });
  test('an operator can raise the limit of files', async () => {
    const roomy = await startServer({ env: { LEADLINE_MAX_FILE_MB: '12' } });
    const rows = 'First Name,Last Name,Email,Phone\n'.padEnd(MAX_FILE_BYTES + 10, 'x');
    const answer = await roomy.ask('/api/imports/preview', { method: 'POST', headers: csv, body: rows });
    expect(answer.status).not.toBe(413);
    expect((await (await roomy.ask('/api/workspace')).json()).limits.fileBytes).toBe(12 * 1024 * 1024);
    await roomy.stop();
  });
});

describe('types of bodies', () => {
  test.each([
    ['JSON sent as a form', 'POST', '/api/leads', 'application/x-www-form-urlencoded', '{"leads":[{}]}'],
    ['JSON sent as text', 'POST', '/api/leads', 'text/plain', '{"leads":[{}]}'],
    ['a file sent as JSON', 'POST', '/api/imports', 'application/json', '{}'],
    ['a form where only a file is taken', 'POST', '/api/imports/preview', 'multipart/form-data; boundary=x', '--x--'],
    ['an image', 'POST', '/api/imports', 'image/png', 'x'],
    ['a body without a type', 'POST', '/api/imports', '', 'x'],
  ])('%s is refused, and told what is taken', async (_, method, path, type, body) => {
    const headers: HeadersInit = type ? { 'Content-Type': type } : {};
    const answer = await server.ask(path, { method, headers, body: new TextEncoder().encode(body) });
    expect(answer.status).toBe(415);
    expect(await answer.json()).toMatchObject({ code: 'UNSUPPORTED_TYPE', error: expect.stringMatching(/application\/json|text\/csv/) });
  });
  test('a type may say its character set', async () => {
    const headers = { 'Content-Type': 'Application/JSON; charset=utf-8' };
    expect((await server.ask('/api/lists', { method: 'POST', headers, body: '{"name":"A"}' })).status).toBe(201);
  });
});
