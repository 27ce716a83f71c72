import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { type Exchange, startRecorder } from '../support/crm-recorder.ts';
import { tellDifferences } from './crm-differences.ts';

const toRoute = (path: string) => path.replace(/\d+/g, '{id}');
const one = (more: Partial<Exchange>): Exchange => ({
  method: 'GET',
  path: '/contacts/1',
  query: new URLSearchParams(),
  contentType: null,
  sent: null,
  status: 200,
  headers: new Map(),
  answer: {},
  ...more,
});
const tell = (ours: Partial<Exchange>, theirs: Partial<Exchange>, lags: readonly [number[], number[]] = [[], []]) =>
  tellDifferences({ exchanges: [one(ours)], lags: lags[0] }, { exchanges: [one(theirs)], lags: lags[1] }, toRoute);

test.each([
  ['ids and words may be any', { path: '/contacts/2', answer: { id: '1', name: 'Ann' } }, { answer: { id: '22', name: 'Bob' } }, []],
  ['another status', { status: 200 }, { status: 207 }, ['GET /contacts/{id}: status (only real: 207; only loopback: 200)']],
  ['fields', { answer: { a: 1 } }, { answer: { a: 1, b: 2 } }, ['GET /contacts/{id} 200: field (only real: .b)']],
  [
    'what is below a field is told with it',
    { answer: { list: [{ id: '1' }] } },
    { answer: {} },
    ['GET /contacts/{id} 200: field (only loopback: .list)'],
  ],
  [
    'a blank',
    { answer: { p: { a: 'x' } } },
    { answer: { p: { a: null } } },
    ['GET /contacts/{id} 200: .p.a is (only real: null; only loopback: a text)'],
  ],
  [
    'how a time is written',
    { answer: { at: '2026-01-01T10:00:00.000Z' } },
    { answer: { at: '2026-01-01T10:00:00Z' } },
    ['GET /contacts/{id} 200: .at is (only real: a time without milliseconds; only loopback: a time with milliseconds)'],
  ],
  [
    'a header that programs read',
    { headers: new Map([['date', 'today']]) },
    { headers: new Map([['retry-after', '1']]) },
    ['GET /contacts/{id} 200: header (only real: retry-after)'],
  ],
  ['what only one of them was asked is not compared', { path: '/a' }, { path: '/b', status: 500 }, []],
] as const)('where a real account differs from its loopback is told: %s', (_why, ours, theirs, expected) => {
  expect(tell(ours, theirs)).toEqual(expected);
});

test('how late a change is seen is told', () => {
  expect(tell({}, {}, [[30_000], [5_000, 12_000]])).toEqual(['a change was seen after 12 s (loopback: 30 s)']);
});

test('what is recorded goes through as it was, without who asks; what broke stays broken', async () => {
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.url === '/lost') return incoming.socket.destroy();
    const chunks: Uint8Array[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const told = { of: incoming.headers.authorization, sent: Buffer.concat(chunks).toString() };
    outgoing.writeHead(207, { 'Content-Type': 'application/json', 'X-Left': '5' }).end(JSON.stringify(told));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on a port
  const recorder = await startRecorder(`http://127.0.0.1:${port}`);
  const ask = (path: string) =>
    fetch(`${recorder.url}${path}`, { method: 'POST', headers: { Authorization: 'Bearer x' }, body: '{"a":1}' });
  const answer = await ask('/here?q=1');
  expect([answer.status, answer.headers.get('x-left'), await answer.json()]).toEqual([207, '5', { of: 'Bearer x', sent: '{"a":1}' }]);
  await expect(ask('/lost')).rejects.toThrow();
  expect(recorder.exchanges).toMatchObject([{ method: 'POST', path: '/here', status: 207, sent: { a: 1 }, answer: { of: 'Bearer x' } }]);
  expect(recorder.exchanges[0]?.query.get('q')).toBe('1');
  await recorder.close();
  server.close();
});
