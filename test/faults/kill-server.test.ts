import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { SERVER_BUNDLE } from '../../server/launch/build.mjs';
import { createRandom } from '../support/make-leads.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { announce, ask, CHUNKS, complete, EXPECTED, ROWS, readChunkAnswer, readState, rowsOf, type Target } from './chunked-client.ts';

/** 25 with the other tests, 300 where faults are looked for. */
const KILLS = Number(process.env.LEADLINE_KILLS ?? 25);
const SEED = Number(process.env.LEADLINE_SEED ?? 7);
const data = makeDataFolder();
afterAll(() => data.remove());

type Sweep = {
  readonly target: Target;
  server: SpawnedServer;
  /** Chunks that were on disk although their answer never arrived. */
  replays: number;
  kills: number;
  /** What was answered, by path and number of the chunk. */
  readonly answers: Map<string, string>;
};

/** What is shipped where it is built, else the source. */
function start(port?: number): Promise<SpawnedServer> {
  const bundle = existsSync(SERVER_BUNDLE) ? { bundle: SERVER_BUNDLE } : {};
  return spawnServer({ dataDir: data.path, ...(port === undefined ? {} : { port }), ...bundle, env: { LEADLINE_LOG: 'silent' } });
}

test(`after ${KILLS} kills in the middle of imports no lead is lost, none is there twice, and every count is true`, async () => {
  const random = createRandom(SEED);
  const server = await start();
  const target = { port: server.port, key: server.apiKey ?? '' };
  const sweep: Sweep = { target, server, replays: 0, kills: 0, answers: new Map() };
  let imports = 0;
  while (sweep.kills < KILLS) await runImport(sweep, imports++, random);

  expect(sweep.replays / sweep.kills).toBeGreaterThanOrEqual(0.1);
  await sweep.server.stop();
  checkDatabase(imports);
  console.log(`${sweep.kills} kills, ${sweep.answers.size} chunks, ${sweep.replays} answers lost after the commit`);
});

/** Sends one import to its end, with a kill every few chunks. */
async function runImport(sweep: Sweep, number: number, random: () => number): Promise<void> {
  const { target, answers } = sweep;
  let path = await announce(target, number);
  let killer = armKiller(sweep, random);
  for (let seq = 0; seq < CHUNKS; ) {
    const reply = await ask(target, 'PUT', `${path}/chunks/${seq}`, { rows: rowsOf(number, seq) }, killer.onHead);
    if (reply && !killer.hasFired()) {
      readChunkAnswer(reply);
      answers.set(`${path} ${seq++}`, reply.body);
      continue;
    }
    await killer.done;
    sweep.server = await start(target.port);
    path = await announce(target, number); // harmless, and answered the same
    if (!(await readState(target, path)).missingChunks.includes(seq)) sweep.replays++;
    await askAgain(sweep, path, number, Math.floor(random() * seq));
    killer = armKiller(sweep, random);
  }
  killer.disarm();
  await killer.done;
  if (killer.hasFired()) sweep.server = await start(target.port);
  expect(await complete(target, path)).toMatchObject({ state: 'complete', ...EXPECTED, changedSincePreview: 0 });
}

/** A chunk that was answered before the kill gets the same answer after it, to the byte. */
async function askAgain({ target, answers }: Sweep, path: string, number: number, seq: number): Promise<void> {
  const known = answers.get(`${path} ${seq}`);
  if (known === undefined) return;
  const again = await ask(target, 'PUT', `${path}/chunks/${seq}`, { rows: rowsOf(number, seq) });
  expect(again?.body).toBe(known);
}

/**
 * Kills the server once: at a random moment 5 to 125 ms from now, or when the head of a random answer arrives, whose
 * rest is then not read: that answer is lost as surely as its chunk is stored.
 */
function armKiller(sweep: Sweep, random: () => number) {
  const atHead = random() < 0.3 ? 1 + Math.floor(random() * 10) : 0;
  const stopped = new AbortController();
  let heads = 0;
  let fired = false;
  let kill: () => void = () => {};
  const told = new Promise<void>((resolve) => {
    kill = resolve;
  });
  const moment = atHead > 0 ? told : Promise.race([wait(5 + random() * 120, undefined, { signal: stopped.signal }), told]);
  const done = moment.then(
    async () => {
      if (stopped.signal.aborted || sweep.kills >= KILLS) return;
      fired = true;
      sweep.kills++;
      await sweep.server.kill();
    },
    () => {}, // disarmed
  );
  return {
    done,
    hasFired: () => fired,
    onHead: () => {
      if (atHead > 0 && ++heads === atHead && sweep.kills < KILLS) {
        fired = true;
        kill();
      }
    },
    disarm: () => {
      stopped.abort();
      kill();
    },
  };
}

function checkDatabase(imports: number): void {
  const client = new Database(join(data.path, 'leadline.db'), { readonly: true });
  const count = (sql: string) => client.prepare(sql).pluck().get();
  const created = imports * EXPECTED.created;
  expect(count('SELECT count(*) FROM lead')).toBe(created);
  expect(count('SELECT count(DISTINCT email) FROM lead')).toBe(created);
  expect(count('SELECT count(*) FROM list_member')).toBe(created);
  expect(count('SELECT count(*) FROM import_row')).toBe(imports * CHUNKS * ROWS);
  expect(count('SELECT count(*) FROM (SELECT DISTINCT import_id, line FROM import_row)')).toBe(imports * CHUNKS * ROWS);
  const inChunks = `SELECT sum(json_extract(counters, '$.created')) FROM import_chunk`;
  expect(count(inChunks)).toBe(created);
  expect(client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(client.pragma('foreign_key_check')).toEqual([]);
  client.close();
}
