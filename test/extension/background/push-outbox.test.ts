// @vitest-environment node
import { describe, expect, test } from 'vitest';
import { serverFailure } from '#shared/api/server-failure.ts';
import { pushOutbox } from '../../../extension/background/push-outbox.ts';
import { addImport, changeImport, NO_COUNTS, readImport } from '../../../extension/storage/outbox.ts';
import { fakeServer, refusal, reply } from './fake-server.ts';
import { addSealed, effectsFor, freshDatabase, ORDER } from './sealed-import.ts';

const LINES = Array.from({ length: 20 }, (_, row) => row + 2);

describe('an import on its way', () => {
  test('arrives row by row in order, ends with the receipt, and its chunks leave the browser', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 5, 4);
    expect(await pushOutbox(effectsFor(database, server))).toBeNull();
    const record = await readImport(database, 'i1');
    expect(server.stored).toEqual(LINES);
    expect(record).toMatchObject({ stage: 'done', rowsDone: 20, receipt: { created: 20, total: 20 }, failure: null });
    expect(await database.chunks.count()).toBe(0);
    expect(server.requests.slice(0, 2)).toEqual(['PUT /api/imports/i1', 'PUT /api/imports/i1/chunks/0']);
  });

  test('nothing is sent before the seal', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addImport(database, 'i1', 'd1', ORDER, 0);
    expect(await pushOutbox(effectsFor(database, server))).toBeNull();
    expect(server.requests).toEqual([]);
  });

  test('two imports go one after the other, the older first, never two requests at once', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i2', 2, 4, 2);
    await addSealed(database, 'i1', 2, 4, 1);
    await pushOutbox(effectsFor(database, server));
    expect(server.requests[0]).toBe('PUT /api/imports/i1');
    expect(server.mostAtOnce()).toBe(1);
  });

  test('a pause stops between two chunks, and going on sends only what is missing', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 5, 4);
    server.after = async ({ path }) => {
      if (path.endsWith('/chunks/1')) await changeImport(database, 'i1', (record) => ({ ...record, paused: true }));
      return null;
    };
    const effects = effectsFor(database, server);
    expect(await pushOutbox(effects)).toBeNull();
    expect(server.stored).toHaveLength(8);
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'sealed', rowsDone: 8 });
    server.after = () => null;
    await changeImport(database, 'i1', (record) => ({ ...record, paused: false }));
    await pushOutbox(effects);
    expect(server.stored).toEqual(LINES);
    expect(server.replays()).toBe(0);
  });

  test('cancelled half-way: what is stored stays in the receipt, the rest counts as cancelled', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 5, 4);
    server.after = async ({ path }) => {
      if (path.endsWith('/chunks/1')) await changeImport(database, 'i1', (record) => ({ ...record, cancelAsked: true }));
      return null;
    };
    await pushOutbox(effectsFor(database, server));
    const record = await readImport(database, 'i1');
    expect(record).toMatchObject({ stage: 'cancelled', receipt: { created: 8, cancelled: 12, total: 20 } });
    expect(await database.chunks.count()).toBe(0);
  });

  test('cancelled while paused, or before the server ever heard of it: nothing is stored', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 5, 4);
    await changeImport(database, 'i1', (record) => ({ ...record, paused: true, cancelAsked: true }));
    await pushOutbox(effectsFor(database, server));
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'cancelled', receipt: null });
    expect(server.stored).toEqual([]);
  });

  test('cancelled too late: the import was complete, and the receipt says so', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 2, 4);
    let isLost = false;
    server.after = async ({ path }) => {
      if (!path.endsWith('/complete') || isLost) return null;
      isLost = true;
      await changeImport(database, 'i1', (record) => ({ ...record, cancelAsked: true }));
      throw new TypeError('the reply was lost');
    };
    await pushOutbox(effectsFor(database, server));
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'done', receipt: { created: 8 } });
  });

  test('not paired: it waits for the person and asks nothing', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 2, 4);
    await pushOutbox({ ...effectsFor(database, server), api: async () => null });
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'sealed', failure: serverFailure('unauthorized') });
    expect(server.requests).toEqual([]);
  });

  test('a chunk whose bytes have changed on the disk is not sent', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 2, 4);
    const chunk = await database.chunks.get(['i1', 1]);
    if (chunk) await database.chunks.put({ ...chunk, body: new Uint8Array([1, 2, 3]) });
    await pushOutbox(effectsFor(database, server));
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'stopped', failure: { kind: 'browserStorageFailed' } });
    expect(server.stored).toHaveLength(4);
  });
});

describe('what the server says decides whether the import goes on', () => {
  const cases = [
    { answer: () => refusal(401, 'UNAUTHORIZED'), stage: 'sealed', kind: 'unauthorized', why: 'pair again, then it goes on' },
    { answer: () => refusal(403, 'FORBIDDEN'), stage: 'sealed', kind: 'forbidden', why: 'an admin can give the right' },
    { answer: () => refusal(402, 'READ_ONLY'), stage: 'sealed', kind: 'readOnly', why: 'an admin can open the workspace' },
    { answer: () => refusal(426, 'API_VERSION'), stage: 'sealed', kind: 'otherVersion', why: 'an update mends it' },
    { answer: () => refusal(404, 'LIST_NOT_FOUND'), stage: 'stopped', kind: 'listNotFound', why: 'the list is gone' },
    { answer: () => refusal(409, 'CONFLICT'), stage: 'stopped', kind: 'conflict', why: 'the import was ended elsewhere' },
    { answer: () => refusal(422, 'IDEMPOTENCY_MISMATCH'), stage: 'stopped', kind: 'mismatch', why: 'other rows lie under this key' },
    { answer: () => refusal(413, 'TOO_LARGE'), stage: 'stopped', kind: 'tooLarge', why: 'the same bytes will be too large again' },
    { answer: () => refusal(400, 'INVALID_REQUEST'), stage: 'stopped', kind: 'refused', why: 'the same bytes will be wrong again' },
  ];
  test.each(cases)('$kind: $why', async ({ answer, stage, kind }) => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 3, 4);
    server.before = ({ path }) => (path.endsWith('/chunks/1') ? answer() : null);
    expect(await pushOutbox(effectsFor(database, server))).toBeNull();
    expect(await readImport(database, 'i1')).toMatchObject({ stage, failure: { kind } });
    expect(await database.chunks.count()).toBe(3);
    expect(server.requests.filter((request) => request.endsWith('/chunks/1'))).toHaveLength(1);
  });
});

describe('bad networks cannot corrupt an import', () => {
  const lost = () => Promise.reject(new TypeError('connection reset'));
  const faults = [
    { name: 'reset before the server got it', when: 'before', answer: lost },
    { name: 'reset after the server got it', when: 'after', answer: lost },
    { name: 'no answer until the time is up', when: 'after', answer: () => Promise.reject(new DOMException('', 'TimeoutError')) },
    { name: 'half an answer', when: 'after', answer: () => reply(200, '{"seq":1,"outco') },
    { name: 'garbage with status 200', when: 'before', answer: () => new Response('<html>sign in</html>', { status: 200 }) },
    {
      name: 'a proxy that redirects',
      when: 'before',
      answer: () => new Response(null, { status: 302, headers: { Location: 'https://x.example' } }),
    },
    { name: 'too many requests, wait 3 s', when: 'before', answer: () => refusal(429, 'RATE_LIMITED', undefined, { 'Retry-After': '3' }) },
    { name: 'an error of the server', when: 'before', answer: () => refusal(500, 'INTERNAL') },
    { name: 'a proxy without a server behind it', when: 'before', answer: () => new Response('Bad gateway', { status: 502 }) },
    {
      name: 'server restarting, wait 2 s',
      when: 'before',
      answer: () => new Response('', { status: 503, headers: { 'Retry-After': '2' } }),
    },
    { name: 'disk full', when: 'before', answer: () => refusal(507, 'STORAGE_FULL') },
    { name: 'the same key is being worked on', when: 'after', answer: () => refusal(409, 'IN_PROGRESS') },
    { name: 'the answer to another chunk', when: 'after', answer: () => reply(200, { seq: 9, outcomes: [], counters: NO_COUNTS }) },
  ] as const;
  for (const fault of faults)
    test(`${fault.name}: every row arrives exactly once, whichever request it hits`, async () => {
      for (let hit = 0; hit < 5; hit++) {
        const database = freshDatabase();
        const server = fakeServer();
        await addSealed(database, 'i1', 3, 4);
        let hits = 0;
        // Two faults in a row from this request on.
        server[fault.when] = ({ number }) => (number >= hit && hits++ < 2 ? fault.answer() : null);
        const effects = effectsFor(database, server);
        expect(await pushOutbox(effects)).toBeNull();
        expect(hits).toBeGreaterThanOrEqual(2);
        expect([...server.stored].sort((a, b) => a - b)).toEqual(LINES.slice(0, 12));
        expect(await readImport(database, 'i1')).toMatchObject({ stage: 'done', receipt: { created: 12, total: 12 } });
        expect(server.mostAtOnce()).toBe(1);
      }
    });

  test('Retry-After is obeyed to the second', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 1, 4);
    server.before = () => refusal(429, 'RATE_LIMITED', undefined, { 'Retry-After': '300' });
    const effects = effectsFor(database, server);
    const next = await pushOutbox(effects);
    expect(next).toBeGreaterThanOrEqual(effects.clock.ms + 300_000);
    expect(await readImport(database, 'i1')).toMatchObject({ nextAttemptAt: next, failure: { kind: 'rateLimited' } });
    expect(server.requests).toHaveLength(1);
  });

  test('a server that stays away is asked ever less often, but for ever, and nothing is dropped', async () => {
    const database = freshDatabase();
    const server = fakeServer();
    await addSealed(database, 'i1', 1, 4);
    server.before = lost;
    const effects = effectsFor(database, server);
    const gaps: number[] = [];
    for (let round = 0; round < 30; round++) {
      const next = await pushOutbox(effects);
      if (next !== null) {
        gaps.push(next - effects.clock.ms);
        effects.clock.ms = next;
      }
    }
    expect(gaps).toHaveLength(30);
    expect(gaps.at(-1)).toBe(150_000); // half of five minutes: the random share is 0.5 here
    expect(await database.chunks.count()).toBe(1);
    server.before = () => null;
    await pushOutbox(effects);
    expect(await readImport(database, 'i1')).toMatchObject({ stage: 'done' });
  });
});
