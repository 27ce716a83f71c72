import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CreateImportBody } from '#shared/api/imports.ts';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { cancelImport, completeImport } from '../../../server/imports/finish-import.ts';
import { putImport } from '../../../server/imports/put-import.ts';
import { getImport } from '../../../server/imports/read-imports.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { person, send } from './announce.ts';

/** How many stories are told: 200 with the other tests, 10,000 where faults are looked for. */
const STORIES = Number(process.env.LEADLINE_STORIES ?? 200);
const CHUNKS = 3;
const ROWS = 3;

type Step =
  | { readonly kind: 'put' | 'chunk'; readonly seq: number; readonly version: number }
  | { readonly kind: 'complete' | 'cancel' | 'restart' };
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('put' as const), seq: fc.constant(0), version: fc.constantFrom(0, 0, 0, 1) }) },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('chunk' as const), seq: fc.nat(CHUNKS), version: fc.constantFrom(0, 0, 0, 1) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'complete' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'cancel' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

/** What must be true, in a few lines: which body an import and each chunk came with first, and what was answered. */
type Model = {
  put: number | null;
  state: 'receiving' | 'complete' | 'cancelled';
  readonly chunks: Map<number, { version: number; answer: string }>;
};

let server: TestServer;
let restarts = 0;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.end());

test('whatever is sent again, in whatever order, is stored once and answered the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 25 }), async (steps) => {
      const importId = randomUUID();
      const model: Model = { put: null, state: 'receiving', chunks: new Map() };
      for (const one of steps) await take(one, importId, model);
      await countStored(importId, model);
    }),
    { numRuns: STORIES },
  );
  expect(restarts).toBeGreaterThan(0);
}, 600_000);

async function take(step: Step, importId: string, model: Model): Promise<void> {
  const { backend, actor } = server;
  if (step.kind === 'restart') {
    // A restart costs as much as a hundred steps: a few of them say what there is to say.
    if (restarts++ % 20 === 0) server = await server.reopen();
  } else if (step.kind === 'put') {
    const body: CreateImportBody = { source: 'csv', list: { name: importId }, total: CHUNKS * ROWS, chunkCount: CHUNKS };
    const put = await putImport(backend, actor, importId, body, `body ${step.version}`);
    if (model.put !== null && model.put !== step.version) expect(codeOf(put)).toBe('IDEMPOTENCY_MISMATCH');
    else expect(put).toMatchObject({ ok: true, value: { created: model.put === null } });
    model.put ??= step.version;
  } else if (step.kind === 'chunk') await takeChunk(step.seq, step.version, importId, model);
  else if (step.kind === 'complete') {
    const done = await completeImport(backend, actor, importId);
    if (model.put === null) expect(codeOf(done)).toBe('NOT_FOUND');
    else if (model.state === 'cancelled') expect(codeOf(done)).toBe('CONFLICT');
    else if (model.chunks.size < CHUNKS) expect(done).toMatchObject({ error: { code: 'MISSING_CHUNKS', details: missing(model) } });
    else {
      expect(done).toMatchObject({ ok: true, value: { state: 'complete', total: CHUNKS * ROWS } });
      model.state = 'complete';
    }
  } else {
    const done = await cancelImport(backend, actor, importId);
    if (model.put === null) expect(codeOf(done)).toBe('NOT_FOUND');
    else if (model.state === 'complete') expect(codeOf(done)).toBe('CONFLICT');
    else {
      expect(done).toMatchObject({ ok: true, value: { state: 'cancelled', cancelled: (CHUNKS - model.chunks.size) * ROWS } });
      model.state = 'cancelled';
    }
  }
}

async function takeChunk(seq: number, version: number, importId: string, model: Model): Promise<void> {
  const sent = await send(server, rowsOf(importId, seq, version), seq, importId);
  const known = model.chunks.get(seq);
  if (model.put === null) expect(codeOf(sent)).toBe('NOT_FOUND');
  else if (known && known.version !== version) expect(codeOf(sent)).toBe('IDEMPOTENCY_MISMATCH');
  else if (known) expect(sent.ok && JSON.stringify(sent.value.answer)).toBe(known.answer);
  else if (model.state !== 'receiving') expect(codeOf(sent)).toBe('CONFLICT');
  else if (seq >= CHUNKS) expect(codeOf(sent)).toBe('INVALID_REQUEST');
  else {
    expect(sent).toMatchObject({ ok: true, value: { replayed: false } });
    if (sent.ok) model.chunks.set(seq, { version, answer: JSON.stringify(sent.value.answer) });
  }
}

/** One good row, one rejected, one that is the same person as the first row of any chunk. */
function rowsOf(importId: string, seq: number, version: number): PlannedRow[] {
  const lead = person(`p${importId}${seq}${version}`);
  const line = seq * ROWS + 2;
  return [
    { line, decision: 'create', lead },
    { line: line + 1, decision: 'reject', problems: [{ code: 'email_missing', severity: 'error' }], raw: ['x'] },
    { line: line + 2, decision: 'auto', lead: { ...lead, firstName: 'Other' } },
  ];
}

async function countStored(importId: string, model: Model): Promise<void> {
  const found = await getImport(server.backend, server.actor, importId);
  if (model.put === null) return expect(codeOf(found)).toBe('NOT_FOUND');
  const stored = model.chunks.size;
  const cancelled = model.state === 'cancelled' ? (CHUNKS - stored) * ROWS : 0;
  expect(found).toMatchObject({
    value: { state: model.state, counters: { created: stored, rejected: stored, duplicate: stored, cancelled } },
  });
  const list = (await server.store.listLists(server.actor.workspace)).find((one) => one.name === importId);
  expect(list?.leadCount ?? 0).toBe(stored);
}

function missing(model: Model): number[] {
  return Array.from({ length: CHUNKS }, (_, seq) => seq).filter((seq) => !model.chunks.has(seq));
}

function codeOf(result: { readonly ok: true } | { readonly ok: false; readonly error: { readonly code: string } }): string {
  return result.ok ? 'ok' : result.error.code;
}
