import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import type { UndoAnswer } from '#shared/api/closed-imports.ts';
import { SERVER_BUNDLE } from '../../server/launch/build.mjs';
import { createRandom } from '../support/make-leads.ts';
import { makeDataFolder, type SpawnedServer, spawnServer } from '../support/start-server.ts';
import { announce, ask, CHUNKS, complete, EXPECTED, readState, rowsOf, type Target } from './chunked-client.ts';

/** 5 with the other tests, more where faults are looked for. */
const KILLS = Math.ceil(Number(process.env.LEADLINE_KILLS ?? 25) / 5);
const SEED = Number(process.env.LEADLINE_SEED ?? 7);
const data = makeDataFolder();
afterAll(() => data.remove());

function start(port?: number): Promise<SpawnedServer> {
  const bundle = existsSync(SERVER_BUNDLE) ? { bundle: SERVER_BUNDLE } : {};
  return spawnServer({ dataDir: data.path, ...(port === undefined ? {} : { port }), ...bundle, env: { LEADLINE_LOG: 'silent' } });
}

test(`an undo that was killed ${KILLS} times goes on where it was, counts everybody once, and leaves the others alone`, async () => {
  const random = createRandom(SEED);
  let server = await start();
  const target: Target = { port: server.port, key: server.apiKey ?? '' };
  const stays = await importWhole(target, 0);
  let kills = 0;
  let inTheMiddle = 0;
  for (let number = 1; kills < KILLS; number++) {
    const path = await importWhole(target, number);
    let answer: UndoAnswer | null = null;
    while (!answer) {
      const asked = ask(target, 'POST', `${path}/undo`, {});
      if (kills < KILLS) {
        await wait(random() * 60);
        await server.kill();
        kills++;
      }
      const reply = await asked;
      if (reply) {
        expect(reply).toMatchObject({ status: 200 });
        answer = JSON.parse(reply.body);
      }
      if (server.process.signalCode === null) continue;
      server = await start(target.port);
      const { undo, state } = await readState(target, path);
      if (undo && state === 'complete') inTheMiddle++;
    }
    expect(answer).toMatchObject({ state: 'undone', removed: EXPECTED.created, restored: 0, kept: [], keptCount: 0 });
    const again = await ask(target, 'POST', `${path}/undo`, {});
    expect(JSON.parse(again?.body ?? '')).toEqual(answer);
    expect(await readState(target, path)).toMatchObject({ state: 'undone', list: { id: null } });
  }
  expect(inTheMiddle).toBeGreaterThan(0);
  expect(await readState(target, stays)).toMatchObject({ state: 'complete' });
  await server.stop();
  checkDatabase();
  console.log(`${kills} kills, ${inTheMiddle} of them in the middle of an undo`);
});

/** One import from beginning to end; gives its path. */
async function importWhole(target: Target, number: number): Promise<string> {
  const path = await announce(target, number);
  for (let seq = 0; seq < CHUNKS; seq++) await ask(target, 'PUT', `${path}/chunks/${seq}`, { rows: rowsOf(number, seq) });
  expect(await complete(target, path)).toMatchObject({ state: 'complete', ...EXPECTED });
  return path;
}

/** Only the people of the import that stays are there, with everything that hangs on them and nothing else. */
function checkDatabase(): void {
  const client = new Database(join(data.path, 'leadline.db'), { readonly: true });
  const count = (sql: string) => client.prepare(sql).pluck().get();
  expect(count('SELECT count(*) FROM lead')).toBe(EXPECTED.created);
  expect(count('SELECT count(*) FROM list_member')).toBe(EXPECTED.created);
  expect(count('SELECT count(DISTINCT lead) FROM lead_key')).toBe(EXPECTED.created);
  expect(count("SELECT count(*) FROM list WHERE name LIKE 'List %'")).toBe(1);
  expect(count("SELECT count(*) FROM audit WHERE action = 'import.undone'")).toBe(
    count("SELECT count(*) FROM import WHERE state = 'undone'"),
  );
  expect(client.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(client.pragma('foreign_key_check')).toEqual([]);
  client.close();
}
