import { createHash, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import type { ChunkAnswer, ImportState, Receipt } from '#shared/api/imports.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';

/** An import of invented people, of which it is known beforehand what must become of every row. */
export const CHUNKS = 30;
export const ROWS = 100;
const REJECTED = 5;
const REPEATED = 5;
/** What a whole import gives: the first chunk has nobody to repeat. */
export const EXPECTED = {
  total: CHUNKS * ROWS,
  created: CHUNKS * (ROWS - REJECTED) - (CHUNKS - 1) * REPEATED,
  duplicate: (CHUNKS - 1) * REPEATED,
  rejected: CHUNKS * REJECTED,
} as const;

export type Target = { readonly port: number; readonly key: string };
/** The whole answer, or null when the connection broke before it was read. */
export type Reply = { readonly status: number; readonly body: string } | null;

/** Rows of a chunk: five without an address, five whom the chunk before had, the others new. Nobody has decided. */
export function rowsOf(importNumber: number, seq: number): PlannedRow[] {
  const line = (index: number) => seq * ROWS + index + 2;
  return Array.from({ length: ROWS }, (_, index): PlannedRow => {
    if (index < REJECTED)
      return { line: line(index), decision: 'reject', problems: [{ code: 'email_missing', severity: 'error' }], raw: ['Ann', '', ''] };
    const repeats = seq > 0 && index < REJECTED + REPEATED;
    const number = (importNumber * CHUNKS + (repeats ? seq - 1 : seq)) * ROWS + (repeats ? index + REPEATED : index);
    const lead = { firstName: 'Ann', lastName: `Lee ${number}`, email: `p${number}@example.com`, phone: `+1202${2_000_000 + number}` };
    return { line: line(index), decision: 'auto', lead };
  });
}

/** Sends a request and reads the answer. `onHead` is told when its first line is there, before the rest is read. */
export function ask(target: Target, method: string, path: string, body?: unknown, onHead?: () => void): Promise<Reply> {
  const text = body === undefined ? '' : JSON.stringify(body);
  return new Promise((resolve) => {
    const headers = {
      Authorization: `Bearer ${target.key}`,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
    };
    const sent = request({ host: '127.0.0.1', port: target.port, method, path, headers, agent: false }, (response) => {
      onHead?.();
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('error', () => resolve(null));
      response.on('close', () =>
        resolve(response.complete ? { status: response.statusCode ?? 0, body: Buffer.concat(pieces).toString() } : null),
      );
    });
    sent.on('error', () => resolve(null));
    sent.end(text);
  });
}

/** Announces the import with this number; gives its path. */
export async function announce(target: Target, importNumber: number): Promise<string> {
  const path = `/api/imports/${uuidOf(importNumber)}`;
  const body = { source: 'csv', list: { name: `List ${importNumber}` }, total: EXPECTED.total, chunkCount: CHUNKS };
  expectStatus(await ask(target, 'PUT', path, body), 200, 201);
  return path;
}

const run = randomUUID();
function uuidOf(importNumber: number): string {
  const hex = createHash('sha256').update(`${run} ${importNumber}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export async function readState(target: Target, path: string): Promise<ImportState> {
  return JSON.parse(expectStatus(await ask(target, 'GET', path), 200));
}
export async function complete(target: Target, path: string): Promise<Receipt> {
  return JSON.parse(expectStatus(await ask(target, 'POST', `${path}/complete`, {}), 200));
}
export function readChunkAnswer(reply: NonNullable<Reply>): ChunkAnswer {
  return JSON.parse(expectStatus(reply, 200, 201));
}

/** The body of an answer that must be there; throws with what is there instead. */
function expectStatus(reply: Reply, ...statuses: readonly number[]): string {
  if (!reply || !statuses.includes(reply.status)) throw new Error(`expected ${statuses.join(' or ')}: ${reply?.status} ${reply?.body}`);
  return reply.body;
}
