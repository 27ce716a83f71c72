import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeDataFolder } from '../support/start-server.ts';
import { announce, ask, readChunkAnswer, rowsOf, type Target } from './chunked-client.ts';

const ROOT = join(import.meta.dirname, '../..');
const CHUNKS = 20;
const data = makeDataFolder();
afterAll(() => data.remove());

/** Watching system calls needs strace and the right to use it. */
function canTrace(): boolean {
  return spawnSync('strace', ['-e', 'trace=fsync', process.execPath, '--version']).status === 0;
}

test.skipIf(!canTrace())('every chunk that is acknowledged was written through to the disk before', async () => {
  const trace = join(data.path, 'trace');
  const env = { ...process.env, LEADLINE_DATA: join(data.path, 'data'), LEADLINE_PORT: '0', LEADLINE_OPEN: '0', LEADLINE_LOG: 'silent' };
  const server = spawn(
    'strace',
    ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-o', trace, process.execPath, join(ROOT, 'server/main.ts')],
    {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = once(server, 'exit');
  const target = await readTarget(server.stdout);
  const path = await announce(target, 0);
  const written = () => readFileSync(trace, 'utf8').match(/f(?:data)?sync\(\d+\)\s+= 0/g)?.length ?? 0;
  const counts: number[] = [];
  for (let seq = 0; seq < CHUNKS; seq++) {
    const before = written();
    const reply = await ask(target, 'PUT', `${path}/chunks/${seq}`, { rows: rowsOf(0, seq) });
    if (reply) readChunkAnswer(reply);
    counts.push(written() - before);
  }
  // strace keeps signals to itself, and ends with the server.
  process.kill(Number(readFileSync(join(data.path, 'data/lock.pid'), 'utf8')), 'SIGTERM');
  await ended;
  expect(counts).toHaveLength(CHUNKS);
  expect(counts.filter((count) => count < 1)).toEqual([]);
});

function readTarget(output: NodeJS.ReadableStream): Promise<Target> {
  let text = '';
  return new Promise((resolve, reject) => {
    output.on('data', (piece) => {
      text += piece;
      const port = /http:\/\/[^:]+:(\d+)/.exec(text)?.[1];
      const key = /API key: (ll_\S+)/.exec(text)?.[1];
      if (port && key) resolve({ port: Number(port), key });
    });
    output.once('end', () => reject(new Error(`the server ended: ${text}`)));
  });
}
