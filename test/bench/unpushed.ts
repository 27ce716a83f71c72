import { join } from 'node:path';
import Database from 'better-sqlite3';
import { DATABASE_FILE } from '../../server/store/sqlite/open.ts';
import { openConnection, pull, record, startRun } from '../contract/sync-benches.ts';
import { openTestServer, type TestServer } from '../server/store/open-test-store.ts';
import { type Bar, medianMs } from './measure.ts';

const LEADS = 90_000;
const LINKED = 10_000;
const CHANGED = 100;
const POLICY = { require: 'any', defaultCountry: 'US', onDuplicate: 'create', scope: 'list', overwriteFields: [] } as const;

/**
 * Finding the 100 leads to push among 10,000 that are linked, in a workspace of 100,000, over asking the database for the
 * version of each linked lead by its number.
 */
export async function measureUnpushed(folder: string): Promise<readonly Bar[]> {
  const server = await openTestServer({ folder: join(folder, 'unpushed') });
  await fill(server);
  const bench = await openConnection(server);
  const run = await startRun(bench);
  for (let from = 0; from < LINKED; from += 100) {
    const records = Array.from({ length: 100 }, (_, at) =>
      record(`r${from + at}`, { firstname: 'Bo', email: `r${from + at}@crm.example` }),
    );
    const made = await pull(bench, run, ...records);
    if (from < CHANGED) for (const { leadId } of made) await bench.editLead(leadId ?? '', { jobTitle: 'CTO' }, run.at);
  }
  const { length } = (await server.store.listUnpushed(run.fence, 'contact', run.at, null, LINKED)).leads;
  if (length !== CHANGED) throw new Error(`${length} of ${CHANGED} leads were found`);
  const measured = await medianMs(5, () => server.store.listUnpushed(run.fence, 'contact', run.at, null, LINKED));
  const client = new Database(join(server.folder, DATABASE_FILE), { readonly: true });
  const ids = client.prepare('SELECT lead FROM object_link ORDER BY lead').pluck().all();
  const version = client.prepare('SELECT version FROM lead WHERE id = ?').pluck();
  const floor = await medianMs(5, () => ids.map((id) => version.get(id)));
  client.close();
  await server.end();
  return [
    {
      name: `sync: ${CHANGED} leads to push found among ${LINKED} linked of ${LEADS + LINKED}`,
      measured: `${measured.toFixed(1)} ms`,
      floor: `${floor.toFixed(1)} ms (the version of each linked lead)`,
      ratio: measured / floor,
      promise: { kind: 'at most', ratio: 1 },
    },
  ];
}

async function fill({ store, actor }: TestServer): Promise<void> {
  const act = { workspace: actor.workspace, member: actor.member, at: 1 };
  for (let from = 0; from < LEADS; from += 1_000) {
    const importId = `fill-${from}`;
    const rows = Array.from({ length: 1_000 }, (_, at) => ({
      line: at + 2,
      decision: 'create' as const,
      lead: { firstName: 'Ann', email: `l${from + at}@example.com` },
    }));
    const announced = { importId, source: 'csv', list: null, mapping: [], headers: ['Email'], policy: POLICY, bodySha256: 'a' } as const;
    await store.putImport(act, { ...announced, total: rows.length, chunkCount: 1 });
    await store.storeChunk(act, { importId, seq: 0, sha256: 's', rows });
  }
}
