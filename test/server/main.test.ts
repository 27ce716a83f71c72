import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXTENSION_ID } from '#shared/api/extension-id.ts';
import { buildServer } from '../support/build-server.ts';
import { makeDataFolder, runServerCommand, type SpawnedServer, spawnServer } from '../support/start-server.ts';

const PATIENCE_MS = 60_000; // real processes on a machine that has other things to do
const run = promisify(execFile);
const listsOf = (url: string, key: string | null) => fetch(`${url}/api/lists`, { headers: { Authorization: `Bearer ${key}` } });
const json = { 'Content-Type': 'application/json' };

let built: Awaited<ReturnType<typeof buildServer>>;
beforeAll(async () => {
  built = await buildServer();
}, PATIENCE_MS);
afterAll(() => built.remove());

describe('a server from its first start to its third', { timeout: PATIENCE_MS }, () => {
  const folder = makeDataFolder();
  const dataDir = join(folder.path, 'data');
  const command = (...args: string[]) => runServerCommand({ dataDir, args, bundle: built.main });
  let server: SpawnedServer;
  let key: string;
  beforeAll(async () => {
    server = await spawnServer({ dataDir, bundle: built.main });
    key = server.apiKey ?? '';
  }, PATIENCE_MS);
  afterAll(async () => {
    await server.stop();
    folder.remove();
  });

  test('it tells its address, the reference, the key and a code', async () => {
    const lines = server.output().trim().split('\n');
    expect(lines[0]).toBe(`Leadline runs at http://localhost:${server.port}`);
    expect(lines[1]).toBe(`API reference: http://localhost:${server.port}/api/docs`);
    expect(lines).toContainEqual(expect.stringMatching(/^API key: ll_[\w-]{43}$/));
    expect(lines).toContainEqual(expect.stringMatching(/^Pairing code: [2-9A-Z]{4}-[2-9A-Z]{4} /));
    expect(await (await fetch(`${server.url}/health`)).json()).toEqual({ status: 'ok' });
    expect((await listsOf(server.url, key)).status).toBe(200);
  });

  test('only its owner can read what it keeps, and no key or code lies there in clear', () => {
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(dataDir)) {
      const path = join(dataDir, name);
      expect([name, statSync(path).mode & 0o077]).toEqual([name, 0]);
      const bytes = readFileSync(path, 'latin1');
      for (const secret of [key, key.slice(3), server.pairingCode ?? '', server.pairingCode?.replace('-', '') ?? ''])
        expect(bytes.includes(secret)).toBe(false);
    }
  });

  test('what the README says works: leads as JSON, and a CSV file, with curl', async () => {
    const auth = `Authorization: Bearer ${key}`;
    const lead =
      '{"leads":[{"firstName":"Ann","lastName":"Lee","email":"ann@example.com","phone":"2025550123","customFields":{"Industry":"Tech"}}]}';
    const saved = await run('curl', ['-s', `${server.url}/api/leads`, '-H', auth, '-H', 'Content-Type: application/json', '-d', lead]);
    expect(JSON.parse(saved.stdout)).toMatchObject({ savedCount: 1 });
    const sample = join(folder.path, 'sample.csv');
    writeFileSync(sample, (await run('curl', ['-s', `${server.url}/sample.csv`])).stdout);
    const url = `${server.url}/api/imports?fileName=sample.csv&listName=Sample`;
    const file = await run('curl', ['-s', url, '-H', auth, '-H', 'Content-Type: text/csv', '--data-binary', `@${sample}`]);
    expect(JSON.parse(file.stdout)).toMatchObject({ total: 60, created: 48, duplicate: 3, rejected: 8, blank: 1 });
  });

  test('a fresh pairing code is printed beside it, and works', async () => {
    const printed = await command('code');
    expect(printed).toMatchObject({ code: 0, errors: '' });
    const code = /^Pairing code: (\S+)/.exec(printed.output)?.[1];
    expect((await fetch(`${server.url}/pair`, { method: 'POST', headers: json, body: JSON.stringify({ code }) })).status).toBe(200);
  });

  test('a lost key is replaced beside it: the new one works, the old one does not, others stay', async () => {
    const other = /API key: (\S+)/.exec((await command('key', '--role', 'member', '--name', 'script')).output)?.[1] ?? '';
    const printed = await command('key', '--role', 'admin');
    const lost = key;
    key = /^API key: (ll_[\w-]{43})$/m.exec(printed.output)?.[1] ?? '';
    expect((await listsOf(server.url, key)).status).toBe(200);
    expect((await listsOf(server.url, lost)).status).toBe(401);
    expect((await listsOf(server.url, other)).status).toBe(200);
  });

  test('told to stop, it finishes what is under way, closes the database and ends with 0', async () => {
    const person = (n: number) => ({
      firstName: 'A',
      lastName: `L${n}`,
      email: `p${n}@example.com`,
      phone: `212555${String(n).padStart(4, '0')}`,
    });
    const body = JSON.stringify({ leads: Array.from({ length: 5_000 }, (_, n) => person(n)) });
    const saving = fetch(`${server.url}/api/leads`, { method: 'POST', headers: { ...json, Authorization: `Bearer ${key}` }, body });
    // A second connection answers once the first one's request is being worked on.
    await listsOf(server.url, key);
    const ended = server.stop();
    expect((await (await saving).json()).savedCount).toBe(5_000);
    expect(await ended).toBe(0);
    expect(server.errors()).toBe('');
  });

  test('started again it has everything, and does not tell the key again', async () => {
    server = await spawnServer({ dataDir, bundle: built.main });
    expect(server.output()).not.toContain('API key');
    const answer = await fetch(`${server.url}/api/leads`, { headers: { Authorization: `Bearer ${key}` } });
    expect((await answer.json()).pagination.totalCount).toBe(5_049);
  });

  test('a second server on the same folder says which one is in the way', async () => {
    expect(await command()).toEqual({
      code: 1,
      output: '',
      errors: expect.stringMatching(new RegExp(`^Another Leadline server \\(process ${server.process.pid}\\) uses .*LEADLINE_DATA.*\\n$`)),
    });
  });

  test('once a browser is paired no code is offered any more; Ctrl-C ends it with 0 as well', async () => {
    const headers = { ...json, Origin: `chrome-extension://${EXTENSION_ID}` };
    const body = JSON.stringify({ code: server.pairingCode });
    expect((await fetch(`${server.url}/pair`, { method: 'POST', headers, body })).status).toBe(200);
    const ended = new Promise((resolve) => server.process.once('exit', resolve));
    server.process.kill('SIGINT');
    expect(await ended).toBe(0);
    server = await spawnServer({ dataDir, bundle: built.main });
    expect(server.pairingCode).toBeNull();
    expect(server.output()).not.toContain('Pairing code');
  });
});

test('what cannot be done is said in one sentence, with what mends it', { timeout: PATIENCE_MS }, async () => {
  const folder = makeDataFolder();
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number }; // it listens on TCP
  const attempt = (args: readonly string[], env: Record<string, string> = {}) =>
    runServerCommand({ dataDir: join(folder.path, String(Object.keys(env)), String(args)), args, env, bundle: built.main });
  const refused = (sentence: RegExp) => ({ code: 1, output: '', errors: expect.stringMatching(sentence) });
  expect(await attempt([], { LEADLINE_PORT: String(port) })).toEqual(refused(/^Port \d+ is taken .*LEADLINE_PORT.*\n$/));
  expect(await Promise.all([attempt([], { LEADLINE_HOST: '0.0.0.0' }), attempt(['key', '--role', 'king'])])).toEqual([
    refused(/^LEADLINE_HOST lets other machines in.*\n$/),
    refused(/^A key has one of the roles admin, member, viewer\.\n$/),
  ]);
  expect(await Promise.all([attempt(['key', '--colour', 'blue']), attempt(['dance'])])).toEqual([
    refused(/^Write it like this: key --role admin.*\n$/),
    refused(/^There is no command "dance".*\n$/),
  ]);
  const path = (name: string) => join(folder.path, name);
  writeFileSync(path('file'), 'not a folder');
  mkdirSync(path('garbage'));
  writeFileSync(join(path('garbage'), 'leadline.db'), 'not a database at all, '.repeat(100));
  const startIn = (dataDir: string) => runServerCommand({ dataDir, bundle: built.main });
  expect(await Promise.all([startIn(path('file')), startIn(join(path('file'), 'data')), startIn(path('garbage'))])).toEqual([
    refused(/^.*file is no folder .*LEADLINE_DATA.*\n$/),
    refused(/^.*data is no folder .*LEADLINE_DATA.*\n$/),
    refused(/^.*leadline\.db is not a database.*LEADLINE_DATA.*\n$/),
  ]);
  taken.close();
  folder.remove();
});

test('a command before the first start tells the first key, or nobody would know it', { timeout: PATIENCE_MS }, async () => {
  const folder = makeDataFolder();
  const printed = await runServerCommand({ dataDir: join(folder.path, 'data'), args: ['code'], bundle: built.main });
  expect(printed.output).toMatch(/^API key: ll_\S+$/m);
  expect(printed.output).toMatch(/^Pairing code: /m);
  folder.remove();
});
