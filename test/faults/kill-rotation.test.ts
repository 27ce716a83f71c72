import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openTokens, sealTokens } from '../../server/crm/access/seal-tokens.ts';
import { createVault } from '../../server/crm/access/token-vault.ts';
import { SERVER_BUNDLE } from '../../server/launch/build.mjs';
import { ensureWorkspace } from '../../server/leads/ensure-workspace.ts';
import { DATABASE_FILE, openStore } from '../../server/store/sqlite/open.ts';
import { createRandom } from '../support/make-leads.ts';
import { makeDataFolder, runServerCommand, spawnServer } from '../support/start-server.ts';

/** 5 with the other tests, more where faults are looked for. */
const KILLS = Math.ceil(Number(process.env.LEADLINE_KILLS ?? 25) / 5);
const SEED = Number(process.env.LEADLINE_SEED ?? 7);
const TOKENS = 300;
const ROOT = join(import.meta.dirname, '../..');
const data = makeDataFolder();
const file = `${data.path}.key`;
afterAll(() => data.remove());

const places = { secret: null, oldSecret: null, file };
const bundle = existsSync(SERVER_BUNDLE) ? SERVER_BUNDLE : join(ROOT, 'server/main.ts');
const vaultOf = () => {
  const vault = createVault(places, randomBytes);
  if (!vault.ok) throw new Error(vault.error.code);
  return vault.value;
};
const storeOf = () => {
  const opened = openStore({ folder: data.path, randomBytes, exclusive: true });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
};

async function fill(): Promise<void> {
  const store = storeOf();
  const vault = vaultOf();
  const { workspace, admin } = await ensureWorkspace(
    { store, now: Date.now, randomBytes },
    { adminEmail: 'ann@example.com', plan: 'premium' },
  );
  const facts = { provider: 'hubspot', loginHost: null, apiVersion: null, auth: 'oauth', scopes: [], missingScopes: [] } as const;
  for (let n = 0; n < TOKENS; n++) {
    const id = `connection-${n}`;
    const sealed = sealTokens(vault, { workspace, id }, { access: `access ${n}`, refresh: `refresh ${n}` });
    if (!sealed.ok) throw new Error(sealed.error.code);
    const tokens = { ...sealed.value, expiresAt: null, instanceUrl: null };
    await store.connect({ workspace, member: admin, at: 1 }, { ...facts, id, account: { id: `${n}`, name: 'Fernhill' }, tokens });
  }
  await store.close();
}

/** How many tokens lie under the first key that is there; throws when one does not open. */
async function countSealed(): Promise<number> {
  const store = storeOf();
  const vault = vaultOf();
  const records = await store.listSealedOtherwise('', 0, TOKENS + 1);
  await store.close();
  for (const [n, record] of records.entries()) {
    const tokens = openTokens(vault, record);
    expect(tokens).toEqual({ ok: true, value: { access: `access ${n}`, refresh: `refresh ${n}` } });
  }
  expect(records).toHaveLength(TOKENS);
  return records.filter(({ keyId }) => keyId === vault.keyIds()[0]).length;
}

/** How many tokens lie under which key, beside whoever works on them. */
function keysInUse(): string {
  const client = new Database(join(data.path, DATABASE_FILE), { readonly: true });
  const counts = client.prepare('SELECT key_id, count(*) FROM connection GROUP BY key_id').raw().all();
  client.close();
  return JSON.stringify(counts);
}

function startRotation(): { readonly child: ChildProcess; readonly ended: Promise<unknown> } {
  const env = { ...process.env, LEADLINE_DATA: data.path, LEADLINE_OPEN: '0' };
  const child = spawn(process.execPath, [bundle, 'rotate-secret'], { cwd: ROOT, stdio: 'ignore', env });
  return { child, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

test(`a new secret that was killed ${KILLS} times on its way loses no token of ${TOKENS}, and comes to its end`, async () => {
  const random = createRandom(SEED);
  await fill();
  let inTheMiddle = 0;
  for (let kills = 0; kills < KILLS; ) {
    const before = keysInUse();
    const { child, ended } = startRotation();
    while (keysInUse() === before && child.exitCode === null) await wait(1);
    await wait(random() * 60);
    const isKilled = child.kill('SIGKILL');
    await ended;
    if (isKilled) kills++;
    const sealed = await countSealed();
    if (existsSync(`${file}.new`) && sealed > 0 && sealed < TOKENS) inTheMiddle++;
  }
  const done = await runServerCommand({ dataDir: data.path, args: ['rotate-secret'], bundle });
  expect(done).toMatchObject({ code: 0, errors: '' });
  expect([await countSealed(), existsSync(`${file}.new`)]).toEqual([TOKENS, false]);
  expect(inTheMiddle).toBeGreaterThan(0);
  console.log(`${KILLS} kills, ${inTheMiddle} of them in the middle`);
});

test('a server whose key is gone does not start and says what helps; once its tokens are forgotten it does', async () => {
  rmSync(file);
  const refused = await runServerCommand({ dataDir: data.path, bundle });
  expect(refused).toMatchObject({
    code: 1,
    output: '',
    errors: expect.stringMatching(/^This server keeps sealed sign-ins .*forget-tokens.*\n$/),
  });
  const forgotten = await runServerCommand({ dataDir: data.path, args: ['forget-tokens'], bundle });
  expect(forgotten).toMatchObject({ code: 0, output: expect.stringContaining(`${TOKENS} connections are forgotten`) });
  const server = await spawnServer({ dataDir: data.path, bundle });
  expect(await server.stop()).toBe(0);
});
