import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ApiError } from './error-response.ts';

/**
 * Reads a body whole, gunzipped where it says so. What counts against the limit are the decoded bytes as they come: what
 * lies behind the limit is neither read nor unpacked. A body of an announced length is taken in one piece, as Node lets
 * no more of it through than was announced; one without a length is read as a stream, which costs twice the time.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Result<Uint8Array, ApiError>> {
  const encoding = (request.headers.get('Content-Encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return fail({ code: 'UNSUPPORTED_TYPE', about: 'encoding' });
  const tooLarge: ApiError = { code: 'TOO_LARGE', about: 'body', data: { limit: maxBytes } };
  const announced = request.headers.get('Content-Length');
  // Gzipped bytes are hardly ever more than the plain ones.
  const most = encoding === 'gzip' ? maxBytes + GZIP_EXTRA_BYTES : maxBytes;
  if (announced !== null && Number(announced) > most) return fail(tooLarge);
  try {
    const sent = announced === null ? await collect(request.body, most) : new Uint8Array(await request.arrayBuffer());
    if (!sent || sent.length > most) return fail(tooLarge);
    if (encoding === 'identity') return ok(sent);
    return ok(await unzip(sent, { maxOutputLength: maxBytes }));
  } catch (error) {
    if (error instanceof RangeError) return fail(tooLarge);
    // Cut off, or not gzip at all.
    return fail({ code: 'INVALID_REQUEST', about: 'body_broken' });
  }
}

const unzip = promisify(gunzip);
/** Head and tail, and what blocks that do not shrink cost. */
const GZIP_EXTRA_BYTES = 16 * 1024;

/** Null when the bytes pass the limit. */
async function collect(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array | null> {
  if (!stream) return new Uint8Array();
  const reader = stream.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    if (length > maxBytes) {
      // The rest is not read. Waiting for its end could take as long as the sender likes.
      void reader.cancel().catch(() => undefined);
      return null;
    }
    chunks.push(next.value);
  }
  return Buffer.concat(chunks, length);
}

/** SHA-256 in hex: the fingerprint of a body. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads JSON from UTF-8 bytes; null is a value, so the failure is a Result. */
export function parseJson(bytes: Uint8Array): Result<unknown, ApiError> {
  try {
    return ok(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return fail({ code: 'INVALID_REQUEST', about: 'not_json' });
  }
}
