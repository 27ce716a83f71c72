import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Lead } from '../../../shared/lead/lead.ts';
import { ANN, AT, openSqliteBench, pull, record, type SqliteBench, startRun, takeLease } from '../../contract/sync-benches.ts';

/** What a server that stopped in the midst of an import from a CRM left to be linked. */
let bench: SqliteBench;
beforeEach(async () => {
  bench = await openSqliteBench();
  await startRun(bench);
});
afterEach(() => bench.end());

const lead: Lead = { firstName: 'Ann', lastName: 'Lee', email: ANN.email, jobTitle: 'Chief' };

/** An import takes a contact in and is cut off before anything is linked. */
async function importOne(remoteId: string, values: Lead): Promise<void> {
  const { server, connection } = bench;
  const importId = `cut-off-${remoteId}`;
  const act = { workspace: bench.workspace, member: null, at: AT };
  const policy = { require: 'any', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] } as const;
  const announced = { source: 'hubspot', list: null, mapping: [], headers: [], policy, total: 1, chunkCount: 1, bodySha256: '' };
  await server.store.putImport(act, { importId, ...announced });
  const row = { line: 2, decision: 'create', lead: values, record: { connection, type: 'contact', remoteId } } as const;
  await server.store.storeChunk(act, { importId, seq: 0, sha256: '', rows: [row] });
}

describe('after the server has stopped in the midst of an import', () => {
  test('whom it made is linked at the next start; nothing of them is sent, and what is another there comes in', async () => {
    await importOne('1', lead);
    const [made] = await bench.leads();
    await bench.store.endFormerRuns(AT + 1);
    const run = await startRun(bench);
    const [link, ...others] = await bench.store.listLinks(run.fence, 'contact', 0, 9);
    expect([link, others]).toMatchObject([{ leadId: made?.id, remoteId: '1', state: 'linked' }, []]);
    expect((await bench.store.listUnpushed(run.fence, 'contact', AT, null, 9)).leads).toEqual([]);
    expect(await pull(bench, run, record('1', { ...ANN, jobtitle: 'Head' }))).toMatchObject([{ kind: 'changed', conflicts: 0 }]);
    expect(await bench.leads()).toMatchObject([{ lead: { jobTitle: 'Head' } }]);
  });

  test('a record or lead that was linked meanwhile stays as it is', async () => {
    await importOne('1', lead);
    const run = await startRun(bench);
    await pull(bench, run, record('1', ANN));
    await importOne('1', { ...lead, email: 'ann.two@example.com' });
    await bench.store.endFormerRuns(AT + 1);
    const fence = await takeLease(bench, 'two');
    expect(await bench.store.listLinks(fence, 'contact', 0, 9)).toHaveLength(1);
  });
});
