import { createHash } from 'node:crypto';
import type { ImportState, Receipt } from '#shared/api/imports.ts';
import { BUCKETS, type Bucket } from '#shared/plan/plan.ts';

/** A server's side of the chunked import, in memory: enough of it that an exact result can be told from a wrong one. */
export type FakeServer = {
  readonly fetch: typeof globalThis.fetch;
  /** Method and path of every request that arrived. */
  readonly requests: string[];
  /** Every row stored, once per storing. */
  readonly stored: number[];
  /** Chunks that came again and got their first answer. */
  replays(): number;
  state(): 'none' | 'receiving' | 'complete' | 'cancelled';
  /** Called for each request before it is worked on; an answer given here replaces the server's. */
  before: (request: Asked) => Response | null | Promise<Response | null>;
  /** Called after the work was done; an answer given here replaces the server's (a reply that was lost). */
  after: (request: Asked) => Response | null | Promise<Response | null>;
  /** Requests being worked on at the same time, at most. */
  mostAtOnce(): number;
};
export type Asked = { readonly method: string; readonly path: string; readonly number: number };

/** An answer of our server. */
export function reply(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'X-Leadline-Api': '1', 'Content-Type': 'application/json', ...headers },
  });
}

export function refusal(status: number, code: string, details?: unknown[], headers: Record<string, string> = {}): Response {
  return reply(status, { error: `said ${code}`, code, requestId: 'r', ...(details ? { details } : {}) }, headers);
}

type Chunk = { readonly hash: string; readonly answer: unknown };

export function fakeServer(): FakeServer {
  const chunks = new Map<number, Chunk>();
  const counters = Object.fromEntries(BUCKETS.map((bucket) => [bucket, 0])) as Record<Bucket, number>;
  const stored: number[] = [];
  let announced: { chunkCount: number; total: number; hash: string } | null = null;
  let ended: 'complete' | 'cancelled' | null = null;
  let replays = 0;
  let now = 0;
  let most = 0;
  const missing = () => Array.from({ length: announced?.chunkCount ?? 0 }, (_, seq) => seq).filter((seq) => !chunks.has(seq));
  const list = { id: 'l1', name: 'List', created: true };
  const importState = (): ImportState => ({
    importId: 'i1',
    state: ended ?? 'receiving',
    source: 'csv',
    fileName: null,
    list,
    total: announced?.total ?? 0,
    chunkCount: announced?.chunkCount ?? 0,
    counters: { ...counters },
    missingChunks: missing(),
    createdAt: '2026-05-04T00:00:00Z',
  });
  const receipt = (): Receipt => ({
    importId: 'i1',
    state: ended ?? 'receiving',
    list,
    total: announced?.total ?? 0,
    ...counters,
    cancelled: ended === 'cancelled' ? (announced?.total ?? 0) - stored.length : 0,
    changedSincePreview: 0,
    message: '',
    undoableUntil: null,
  });

  function work(method: string, path: string, body: Uint8Array): Response {
    const hash = createHash('sha256').update(body).digest('hex');
    const rest = path.replace(/^\/api\/imports\/[^/]+/, '');
    if (rest === '' && method === 'PUT') {
      if (announced && announced.hash !== hash) return refusal(422, 'IDEMPOTENCY_MISMATCH');
      announced ??= { ...(JSON.parse(new TextDecoder().decode(body)) as { chunkCount: number; total: number }), hash };
      return reply(201, importState());
    }
    if (!announced) return refusal(404, 'NOT_FOUND');
    if (rest === '') return reply(200, importState());
    if (rest === '/cancel') {
      if (ended === 'complete') return refusal(409, 'CONFLICT');
      ended = 'cancelled';
      return reply(200, receipt());
    }
    if (rest === '/complete') {
      if (ended === 'cancelled') return refusal(409, 'CONFLICT');
      if (missing().length > 0) return refusal(409, 'MISSING_CHUNKS', missing());
      ended = 'complete';
      return reply(200, receipt());
    }
    const seq = Number(rest.slice('/chunks/'.length));
    const before = chunks.get(seq);
    if (before && before.hash !== hash) return refusal(422, 'IDEMPOTENCY_MISMATCH');
    if (before) {
      replays++;
      return reply(200, before.answer);
    }
    const { rows } = JSON.parse(new TextDecoder().decode(body)) as { rows: { line: number }[] };
    for (const row of rows) stored.push(row.line);
    counters.created += rows.length;
    const answer = { seq, outcomes: rows.map((row) => ({ line: row.line, bucket: 'created' })), counters: { ...counters } };
    chunks.set(seq, { hash, answer });
    return reply(200, answer);
  }

  const server: FakeServer = {
    requests: [],
    stored,
    replays: () => replays,
    state: () => ended ?? (announced ? 'receiving' : 'none'),
    before: () => null,
    after: () => null,
    mostAtOnce: () => most,
    fetch: async (input, init) => {
      const method = init?.method ?? 'GET';
      const path = new URL(String(input)).pathname;
      server.requests.push(`${method} ${path}`);
      const asked = { method, path, number: server.requests.length - 1 };
      most = Math.max(most, ++now);
      try {
        const instead = await server.before(asked);
        if (instead) return instead;
        const body = init?.body;
        const answer = work(
          method,
          path,
          typeof body === 'string' ? new TextEncoder().encode(body) : ((body ?? new Uint8Array()) as Uint8Array),
        );
        return (await server.after(asked)) ?? answer;
      } finally {
        now--;
      }
    },
  };
  return server;
}
