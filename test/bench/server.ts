import { randomBytes, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { CHUNK_ROWS } from '#shared/limits.ts';
import { suggestionsToMapping, suggestMapping } from '#shared/mapping/suggest-mapping.ts';
import { buildPlan } from '#shared/plan/build-plan.ts';
import type { ImportPolicy } from '#shared/plan/plan.ts';
import { type Chunk, splitChunks } from '#shared/plan/split-chunks.ts';
import { readTable } from '#shared/table/read-csv.ts';
import { openStore } from '../../server/store/sqlite/open.ts';
import type { LeadFile } from '../support/make-leads.ts';
import { type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { type Bar, median } from './measure.ts';

const POLICY: ImportPolicy = { require: 'complete', defaultCountry: 'US', onDuplicate: 'skip', scope: 'list', overwriteFields: [] };
const RUNS = 5;

/** Tables a chunk writes, in the order foreign keys want. Everything else is copied before the clock runs. */
const BULK_TABLES = ['lead', 'lead_key', 'list_member', 'lead_tag', 'import_chunk', 'import_row', 'lead_change'];

/**
 * Leads saved a second in chunks of 1,000 over HTTP, over raw prepared inserts of the very same rows into the same
 * tables and indexes with the same settings and transactions. Both in turn, the median of the pairs.
 */
export async function measureServer(leads: LeadFile, folder: string): Promise<readonly Bar[]> {
  const chunks = planChunks(leads.bytes);
  const ratios: number[] = [];
  const rates: { server: number; floor: number }[] = [];
  let replay = 0;
  for (let run = 0; run < RUNS; run++) {
    const dataDir = join(folder, `server-${run}`);
    const server = await spawnServer({ dataDir });
    const first = await importChunks(server, chunks, 'Bench');
    const second = await importChunks(server, chunks, 'Bench');
    await server.stop();
    const floor = insertAgain(join(dataDir, 'leadline.db'), join(folder, `floor-${run}`), first.created);
    const rate = { server: (first.created / first.ms) * 1_000, floor: (first.created / floor) * 1_000 };
    rates.push(rate);
    ratios.push(rate.server / rate.floor);
    replay = second.ms / first.ms;
  }
  const rate = rates[ratios.indexOf(median(ratios))] ?? { server: 0, floor: 0 };
  return [
    {
      name: 'server: leads saved over HTTP, 1,000 a chunk',
      measured: `${Math.round(rate.server)} leads/s`,
      floor: `${Math.round(rate.floor)} leads/s (raw prepared inserts)`,
      ratio: median(ratios),
      promise: { kind: 'at least', ratio: 0.55 },
    },
    {
      name: 'server: the same file again, all duplicates',
      measured: replay.toFixed(2),
      floor: 'the first import',
      ratio: replay,
      promise: { kind: 'at most', ratio: 0.8 },
    },
  ];
}

export function planChunks(bytes: Uint8Array): readonly Chunk[] {
  const table = readTable(bytes);
  if (!table.ok) throw new Error(`the bench file does not read: ${table.error.code}`);
  // As the extension sends them: it has asked the workspace, and nobody is known.
  const findKnown = () => ({ earlier: [], leads: [] });
  const plan = buildPlan({ table: table.value, mapping: suggestionsToMapping(suggestMapping(table.value)), policy: POLICY, findKnown });
  return [...splitChunks(plan.rows)];
}

/** Imports into a list of this name; gives how long the chunks took. */
export async function importChunks(
  server: SpawnedServer,
  chunks: readonly Chunk[],
  name: string,
): Promise<{ readonly id: string; readonly ms: number; readonly created: number }> {
  const id = randomUUID();
  const total = chunks.reduce((sum, chunk) => sum + chunk.rows.length, 0);
  // One connection and bytes made before the clock runs: what is measured is the server, not its client.
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const bodies = chunks.map((chunk) => Buffer.from(chunk.body));
  const call = (method: string, path: string, body: Buffer) => send(server, agent, method, `/api/imports/${id}${path}`, body);
  const announcement = { source: 'csv', fileName: 'bench.csv', list: { name }, policy: POLICY, total, chunkCount: chunks.length };
  await call('PUT', '', Buffer.from(JSON.stringify(announcement)));
  const start = performance.now();
  for (const [seq, body] of bodies.entries()) await call('PUT', `/chunks/${seq}`, body);
  const ms = performance.now() - start;
  const receipt = JSON.parse(await call('POST', '/complete', Buffer.from('{}'))) as { created: number }; // api.md: the receipt
  agent.destroy();
  return { id, ms, created: receipt.created };
}

/** One request over a kept connection; gives the whole answer, throws on any but 2xx. */
export function send(server: SpawnedServer, agent: Agent, method: string, path: string, body: Buffer): Promise<string> {
  const headers = { Authorization: `Bearer ${server.apiKey}`, 'Content-Type': 'application/json', 'Content-Length': body.length };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: server.port, path, method, headers, agent }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        if (answer.statusCode === 200 || answer.statusCode === 201) resolve(text);
        else reject(new Error(`${method} ${path}: ${answer.statusCode} ${text}`));
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Inserts what the first import stored into an empty database of the same kind, a transaction per 1,000 leads; gives ms. */
export function insertAgain(sourceFile: string, folder: string, created: number): number {
  const store = openStore({ folder, randomBytes, exclusive: false });
  if (!store.ok) throw new Error(store.error.code);
  const target = new Database(join(folder, 'leadline.db'));
  for (const pragma of ['journal_mode=WAL', 'synchronous=FULL', 'secure_delete=ON', 'temp_store=MEMORY', 'wal_autocheckpoint=10000'])
    target.pragma(pragma);
  target.pragma('foreign_keys=OFF');
  target.exec(`ATTACH '${sourceFile.replaceAll("'", "''")}' AS source`);
  for (const table of tablesOf(target))
    if (!BULK_TABLES.includes(table)) target.exec(`INSERT INTO main."${table}" SELECT * FROM source."${table}"`);
  const firstImport = Number(target.prepare('SELECT min(id) FROM source.import').pluck().get());
  const jobs = BULK_TABLES.flatMap((table) => {
    const where = table === 'import_row' || table === 'import_chunk' ? ` WHERE import_id = ${firstImport}` : '';
    const read = target.prepare(`SELECT * FROM source."${table}"${where} ORDER BY id`);
    const leadColumn = read.columns().findIndex((column) => column.name === (table === 'lead' ? 'id' : 'lead'));
    const rows = read.raw().all() as unknown[][]; // raw rows are arrays
    const places = rows[0]?.map(() => '?').join(',');
    return places ? [{ rows, leadColumn, next: 0, insert: target.prepare(`INSERT INTO main."${table}" VALUES (${places})`) }] : [];
  });
  const leadIds = jobs[0]?.rows.map((row) => Number(row[0])) ?? [];
  target.exec('DETACH source');
  target.pragma('foreign_keys=ON');
  const start = performance.now();
  for (let end = CHUNK_ROWS; end < created + CHUNK_ROWS; end += CHUNK_ROWS) {
    const lastLead = leadIds[end - 1] ?? Number.POSITIVE_INFINITY;
    target.exec('BEGIN IMMEDIATE');
    for (const job of jobs) {
      // A chunk's record has no lead: one goes with each transaction.
      const isDue = (row: unknown[]) => (job.leadColumn < 0 ? job.next < end / CHUNK_ROWS : Number(row[job.leadColumn] ?? 0) <= lastLead);
      for (let row = job.rows[job.next]; row && isDue(row); row = job.rows[++job.next]) job.insert.run(...row);
    }
    target.exec('COMMIT');
  }
  const ms = performance.now() - start;
  target.close();
  return ms;
}

function tablesOf(database: Database.Database): readonly string[] {
  const sql = "SELECT name FROM source.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '__drizzle%'";
  return database.prepare(sql).pluck().all() as string[]; // one text column
}
