import { createHash } from 'node:crypto';
import { fail, ok, type Result } from '#shared/result.ts';
import type { ApiError } from './error-response.ts';

/**
 * Reads a body whole, gunzipped where it says so. What counts against the limit are the decoded bytes as they come: what
 * a request says of its own length is not believed, and what lies behind the limit is neither read nor unpacked.
 */
export async function readBody(request: Request, maxBytes: number): Promise<Result<Uint8Array, ApiError>> {
  const encoding = (request.headers.get('Content-Encoding') ?? 'identity').trim().toLowerCase();
  if (encoding !== 'identity' && encoding !== 'gzip') return fail({ code: 'UNSUPPORTED_TYPE', about: 'encoding' });
  const tooLarge: ApiError = { code: 'TOO_LARGE', about: 'body', data: { limit: maxBytes } };
  if (encoding === 'identity' && announcedBytes(request) > maxBytes) return fail(tooLarge);
  if (!request.body) return ok(new Uint8Array());
  try {
    const stream = encoding === 'gzip' ? gunzip(request.body) : request.body;
    const bytes = await collect(stream, maxBytes);
    return bytes ? ok(bytes) : fail(tooLarge);
  } catch {
    // Cut off, or not gzip at all.
    return fail({ code: 'INVALID_REQUEST', about: 'body_broken' });
  }
}

function announcedBytes(request: Request): number {
  return Number(request.headers.get('Content-Length') ?? 0);
}

function gunzip(body: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  // Node's types of the two ends differ in how they name a buffer; both are bytes.
  return body.pipeThrough(new DecompressionStream('gzip') as unknown as ReadableWritablePair<Uint8Array, Uint8Array>);
}

/** Null when the bytes pass the limit. */
async function collect(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array | null> {
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
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, length);
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
