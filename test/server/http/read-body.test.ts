import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { parseJson, readBody } from '../../../server/http/read-body.ts';

const LIMIT = 1_000;

/** A request whose body comes in pieces; counts how many were asked for. */
function inPieces(piece: Uint8Array, count: number, headers: Record<string, string> = {}) {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (taken === count) controller.close();
      else controller.enqueue(piece);
      taken++;
    },
  });
  return {
    request: new Request('http://localhost/', { method: 'POST', body, headers, duplex: 'half' } as RequestInit),
    taken: () => taken,
  };
}

function whole(body: Uint8Array<ArrayBuffer> | string, headers: Record<string, string> = {}): Request {
  return new Request('http://localhost/', { method: 'POST', body, headers });
}

describe('a body is counted in decoded bytes', () => {
  test('up to the limit it is read', async () => {
    const read = await readBody(whole('x'.repeat(LIMIT)), LIMIT);
    expect(read.ok && read.value.length).toBe(LIMIT);
  });
  test('one byte more is too large', async () => {
    expect(await readBody(whole('x'.repeat(LIMIT + 1)), LIMIT)).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
  });
  test('what announces itself as too large is not read at all', async () => {
    const { request, taken } = inPieces(new Uint8Array(10), 5, { 'Content-Length': '1001' });
    expect(await readBody(request, LIMIT)).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
    expect(taken()).toBeLessThanOrEqual(1); // the stream fills its own buffer of one
  });
  test('what announces itself as small is counted all the same', async () => {
    const { request } = inPieces(new Uint8Array(400), 5, { 'Content-Length': '10' });
    expect(await readBody(request, LIMIT)).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
  });
  test('behind the limit nothing more is taken', async () => {
    const { request, taken } = inPieces(new Uint8Array(400), 1_000_000);
    expect(await readBody(request, LIMIT)).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
    expect(taken()).toBeLessThan(10);
  });
  test('a small gzip that unpacks small is read', async () => {
    const read = await readBody(whole(new Uint8Array(gzipSync('hello')), { 'Content-Encoding': 'gzip' }), LIMIT);
    expect(read.ok && new TextDecoder().decode(read.value)).toBe('hello');
  });
  test('a small gzip that unpacks to 300 MB is stopped at the limit', async () => {
    const bomb = new Uint8Array(gzipSync(new Uint8Array(300 * 1024 * 1024)));
    const before = process.memoryUsage().rss;
    expect(await readBody(whole(bomb, { 'Content-Encoding': 'gzip' }), LIMIT)).toMatchObject({ ok: false, error: { code: 'TOO_LARGE' } });
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
  test('what is no gzip is told so', async () => {
    expect(await readBody(whole('hello', { 'Content-Encoding': 'gzip' }), LIMIT)).toMatchObject({
      ok: false,
      error: { about: 'body_broken' },
    });
  });
  test('half a gzip too', async () => {
    const half = new Uint8Array(gzipSync('hello'.repeat(50)).subarray(0, 15));
    expect(await readBody(whole(half, { 'Content-Encoding': 'gzip' }), LIMIT)).toMatchObject({
      ok: false,
      error: { about: 'body_broken' },
    });
  });
  test.each(['deflate', 'br', 'gzip, gzip', 'x'])('the encoding %s is not taken', async (encoding) => {
    expect(await readBody(whole('x', { 'Content-Encoding': encoding }), LIMIT)).toMatchObject({
      ok: false,
      error: { code: 'UNSUPPORTED_TYPE' },
    });
  });
});

describe('JSON', () => {
  test.each([
    ['with a byte order mark is read', new TextEncoder().encode('\uFEFF{}'), true],
    ['in another encoding than UTF-8 is refused', Uint8Array.from([0x22, 0xe9, 0x22]), false],
    ['cut off is refused', new TextEncoder().encode('{"a":'), false],
    ['nested a million deep is refused or read, but ends', new TextEncoder().encode('['.repeat(1_000_000)), false],
    ['nothing is refused', new Uint8Array(), false],
  ])('%s', (_, bytes, isRead) => {
    expect(parseJson(bytes).ok).toBe(isRead);
  });
});
