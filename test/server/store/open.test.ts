import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { applySettings, DATABASE_FILE, openDatabase, openStore } from '../../../server/store/sqlite/open.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadline-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const randomBytes = (count: number) => new Uint8Array(count);
const open = (exclusive = true) => openStore({ folder, randomBytes, exclusive });

test('every one of twenty opens writes to the disk before it says "saved"', () => {
  const found: unknown[] = [];
  for (let time = 0; time < 20; time++) {
    const opened = openDatabase(join(folder, DATABASE_FILE));
    if (!opened.ok) throw new Error(opened.error.code);
    const ask = (setting: string) => opened.value.pragma(setting, { simple: true });
    found.push([ask('journal_mode'), ask('synchronous'), ask('foreign_keys'), ask('secure_delete'), ask('trusted_schema')]);
    opened.value.close();
  }
  expect(found).toEqual(Array.from({ length: 20 }, () => ['wal', 2, 1, 1, 0]));
});

test('a database that cannot be set so is refused', () => {
  const client = new Database(':memory:'); // has no journal on a disk
  expect(applySettings(client)).toEqual({ code: 'unsafe_setting', setting: 'journal_mode', found: 'memory', wanted: 'wal' });
  client.close();
});

test('only the owner of the folder can read what is in it', async () => {
  chmodSync(folder, 0o755);
  const opened = open();
  if (!opened.ok) throw new Error(opened.error.code);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  const modes = readdirSync(folder).map((file) => [file, (statSync(join(folder, file)).mode & 0o777).toString(8)]);
  expect(modes.map(([file]) => file)).toContain(`${DATABASE_FILE}-wal`);
  expect(modes.filter(([, mode]) => mode !== '600')).toEqual([]);
  await opened.value.close();
});

test('a second server in the same folder is refused, a short command is not', async () => {
  const server = open();
  if (!server.ok) throw new Error(server.error.code);
  expect(open()).toEqual({ ok: false, error: { code: 'folder_in_use', pid: process.pid } });
  const command = open(false);
  expect(command.ok).toBe(true);
  if (command.ok) await command.value.close();
  await server.value.close();
  const next = open();
  expect(next.ok).toBe(true);
  if (next.ok) await next.value.close();
});

test('a server that was killed leaves the folder free', async () => {
  const script = `
    import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../../server/store/sqlite/open.ts'))};
    const opened = openStore({ folder: ${JSON.stringify(folder)}, randomBytes: (count) => new Uint8Array(count), exclusive: true });
    console.log(opened.ok);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '../../..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  expect(String(line).trim()).toBe('true');
  expect(open()).toEqual({ ok: false, error: { code: 'folder_in_use', pid: child.pid } });
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  const next = open();
  expect(next.ok).toBe(true);
  if (next.ok) await next.value.close();
});

test('an older server does not touch the database of a newer one', async () => {
  const first = open();
  if (!first.ok) throw new Error(first.error.code);
  await first.value.close();
  const client = new Database(join(folder, DATABASE_FILE));
  client.prepare("INSERT INTO __drizzle_migrations (hash, created_at) VALUES ('later', 9999999999999)").run();
  client.close();
  expect(open()).toEqual({ ok: false, error: { code: 'newer_database' } });
});
