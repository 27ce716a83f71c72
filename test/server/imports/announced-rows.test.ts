import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PlannedRow } from '#shared/plan/plan.ts';
import { cancelImport, completeImport } from '../../../server/imports/finish-import.ts';
import { findLeads } from '../../../server/leads/find-leads.ts';
import { listLists } from '../../../server/leads/lists.ts';
import { openTestServer, type TestServer } from '../store/open-test-store.ts';
import { announce, IMPORT_ID, person, send, sendGood } from './announce.ts';

let server: TestServer;
beforeEach(async () => {
  server = await openTestServer();
});
afterEach(() => server.end());

async function leadCount(): Promise<number> {
  const found = await findLeads(server.backend, server.actor, {});
  return found.ok ? found.value.pagination.totalCount : -1;
}

describe('the rows of an import are those that were announced, each once', () => {
  const row = (line: number): PlannedRow => ({ line, decision: 'create', lead: person(`P${line}`) });
  const rowsFrom = (line: number, count: number) =>
    Array.from({ length: count }, (_, n): PlannedRow => ({ line: line + n, decision: 'blank' }));
  const refusal = (about: string, data: object) => ({ ok: false, error: { code: 'INVALID_REQUEST', about, data } });

  test('a chunk that would make more rows than announced is refused, and the receipt still adds up', async () => {
    await announce(server, { total: 1_500, chunkCount: 2 });
    await sendGood(server, rowsFrom(2, 1_000), 0);
    const more = await send(server, rowsFrom(1_002, 1_000), 1);
    expect(more).toMatchObject(refusal('too_many_rows', { expected: 1_500, stored: 1_000, sent: 1_000 }));
    const receipt = await cancelImport(server.backend, server.actor, IMPORT_ID);
    expect(receipt.ok && receipt.value).toMatchObject({ total: 1_500, blank: 1_000, cancelled: 500 });
  });

  test('after a chunk with too many rows the right one is taken and the import ends well', async () => {
    await announce(server);
    expect(await send(server, [row(2), row(3)])).toMatchObject(refusal('too_many_rows', { expected: 1, stored: 0, sent: 2 }));
    expect((await listLists(server.backend, server.actor)).lists).toHaveLength(1);
    await sendGood(server, [row(2)]);
    expect(await completeImport(server.backend, server.actor, IMPORT_ID)).toMatchObject({ ok: true, value: { created: 1, total: 1 } });
  });

  test.each([
    ['twice in a chunk', [[4, 5, 4]], 4],
    [
      'in the chunk before',
      [
        [2, 3],
        [3, 4],
      ],
      3,
    ],
    [
      'in a chunk that came out of order',
      [
        [8, 9],
        [2, 3],
        [4, 9],
      ],
      9,
    ],
    [
      'in a chunk whose lines are mixed with its own',
      [
        [2, 40, 7],
        [3, 39],
        [20, 7],
      ],
      7,
    ],
  ])('a line that comes %s is refused by its number, and nothing is written', async (_, chunks, line) => {
    await announce(server, { total: 100, chunkCount: 5 });
    const good = chunks.slice(0, -1);
    for (const [seq, lines] of good.entries()) await sendGood(server, lines.map(row), seq);
    const before = await leadCount();
    const last = await send(server, (chunks.at(-1) ?? []).map(row), 4);
    expect(last).toMatchObject({ ...refusal('line_repeated', { line }), error: { details: [{ line }] } });
    expect(await leadCount()).toBe(before);
  });

  test('lines may come in any order and mixed over chunks', async () => {
    await announce(server, { total: 7, chunkCount: 4 });
    for (const [seq, lines] of [[9, 2, 5], [], [4, 3], [8, 6]].entries()) await sendGood(server, lines.map(row), seq);
    expect(await completeImport(server.backend, server.actor, IMPORT_ID)).toMatchObject({ ok: true, value: { created: 7 } });
  });
});
