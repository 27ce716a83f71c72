import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ANN, type Bench, openMemoryBench, openSqliteBench, pull, record, startRun } from './sync-benches.ts';

describe.each([
  ['SQLite', openSqliteBench],
  ['memory', openMemoryBench],
] as const)('keeping in step in %s: records come in', (_, open) => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await open();
  });
  afterEach(() => bench.end());

  test('a record nobody knows becomes a lead and is linked to it', async () => {
    const run = await startRun(bench);
    const [made] = await pull(bench, run, record('1', ANN));
    expect(made).toMatchObject({ kind: 'created', remoteId: '1', toPush: 0, conflicts: 0 });
    expect((await bench.leads()).map(({ lead }) => lead)).toMatchObject([
      { firstName: 'Ann', lastName: 'Lee', email: 'ann@example.com', jobTitle: 'CEO' },
    ]);
    const [link] = await bench.store.listLinks(run.fence, 'contact', 0, 9);
    expect(link).toMatchObject({ leadId: made?.leadId, remoteId: '1', state: 'linked', aliases: [] });
    expect(link?.base?.get('title')).toBe('CEO');
    expect((await pull(bench, run, record('1', ANN)))[0]).toMatchObject({ kind: 'same', written: 0 });
  });
});
