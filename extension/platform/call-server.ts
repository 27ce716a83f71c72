import { API_VERSION, API_VERSION_HEADER } from '#shared/api/contract.ts';
import { failureOfAnswer, type ServerFailure, serverFailure } from '#shared/api/server-failure.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { isLoopback } from './server-address.ts';

/** Where requests go and by which right. `fetch` is passed in: pages, workers and tests have their own. */
export type ServerAccess = {
  readonly address: string;
  readonly key: string | null;
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
};

export type ServerRequest<T> = {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Begins with a slash; what varies in it is encoded by the caller. */
  readonly path: string;
  /** JSON, as text or as the exact bytes. */
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly timeoutMs: number;
  /** Ends the call early: nobody waits for its answer any more. It then fails as one that took too long. */
  readonly signal?: AbortSignal;
  /** Makes the value out of the parsed answer; a failure means that it is not what was agreed. */
  readonly read: (value: unknown) => Result<T, unknown>;
};

/** Off loopback a body from this size is sent gzipped; smaller ones gain nothing. */
const GZIP_FROM_BYTES = 1_024;

/** One attempt. Every failure comes back as data and says whether trying again helps; nothing is thrown. */
export async function callServer<T>(access: ServerAccess, request: ServerRequest<T>): Promise<Result<T, ServerFailure>> {
  const answer = await ask(access, request);
  if (!answer.ok) return answer;
  const { status, headers, text } = answer.value;
  const body = parseJson(text);
  const version = headers.get(API_VERSION_HEADER);
  if (version !== null && version !== API_VERSION) return fail(serverFailure('otherVersion', { status }));
  if (status < 200 || status > 299) return fail(failureOfAnswer(status, headers, body, access.now()));
  if (version === null) return fail(serverFailure('notLeadline', { status }));
  const value = request.read(body);
  return value.ok ? value : fail(serverFailure('notLeadline', { status }));
}

/** The same for an answer that is a file. */
export async function fetchFile(access: ServerAccess, path: string, timeoutMs: number): Promise<Result<string, ServerFailure>> {
  const answer = await ask(access, { method: 'GET', path, timeoutMs });
  if (!answer.ok) return answer;
  const { status, headers, text } = answer.value;
  if (status !== 200) return fail(failureOfAnswer(status, headers, parseJson(text), access.now()));
  return headers.get(API_VERSION_HEADER) === null ? fail(serverFailure('notLeadline', { status })) : ok(text);
}

function endOf({ timeoutMs, signal }: Pick<ServerRequest<unknown>, 'timeoutMs' | 'signal'>): AbortSignal {
  const timeout = AbortSignal.timeout(timeoutMs);
  return signal ? AbortSignal.any([signal, timeout]) : timeout;
}

type Answer = { readonly status: number; readonly headers: Headers; readonly text: string };

async function ask(access: ServerAccess, request: Omit<ServerRequest<unknown>, 'read'>): Promise<Result<Answer, ServerFailure>> {
  try {
    const { body, encoding } = await packed(access.address, request.body);
    const response = await access.fetch(access.address + request.path, {
      method: request.method,
      headers: {
        [API_VERSION_HEADER]: API_VERSION,
        ...(access.key === null ? {} : { Authorization: `Bearer ${access.key}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...(encoding === null ? {} : { 'Content-Encoding': encoding }),
      },
      ...(body === undefined ? {} : { body }),
      signal: endOf(request),
      // A redirect would carry leads to an address nobody agreed to.
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    if (response.type === 'opaqueredirect' || (response.status >= 300 && response.status < 400)) return fail(serverFailure('notLeadline'));
    return ok({ status: response.status, headers: response.headers, text: await response.text() });
  } catch (error) {
    const timedOut = error instanceof DOMException && (error.name === 'TimeoutError' || error.name === 'AbortError');
    return fail(serverFailure(timedOut ? 'timeout' : 'unreachable'));
  }
}

type Packed = { readonly body: string | Uint8Array<ArrayBuffer> | undefined; readonly encoding: 'gzip' | null };

async function packed(address: string, body: string | Uint8Array<ArrayBuffer> | undefined): Promise<Packed> {
  if (body === undefined || isLoopback(address)) return { body, encoding: null };
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  if (bytes.length < GZIP_FROM_BYTES) return { body: bytes, encoding: null };
  const zipped = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return { body: new Uint8Array(await new Response(zipped).arrayBuffer()), encoding: 'gzip' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
