import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

/** Stands in for the server: says that it listens, writes down every signal, and ends in order a moment after the first. */
const STAND_IN = `
import { appendFileSync } from 'node:fs';
const note = (line) => appendFileSync(process.env.NOTES, line + '\\n');
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { note(signal); setTimeout(() => process.exit(0), 700); });
process.on('disconnect', () => { note('alone'); process.exit(0); });
if (process.env.CRASH) process.exit(3);
process.send({ kind: 'listening', url: 'http://localhost:1', pairingCode: null });
console.log('up', process.pid);
`;
const LAUNCHER = pathToFileURL(join(import.meta.dirname, '../../../server/launch/start.mjs')).href;

let folder = '';
let launcher: ChildProcess | null = null;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadline-launch-'));
  writeFileSync(join(folder, 'server.mjs'), STAND_IN);
  writeFileSync(join(folder, 'notes'), '');
  writeFileSync(
    join(folder, 'launch.mjs'),
    `import { startServer } from '${LAUNCHER}'; process.exitCode = await startServer(process.execPath, process.argv[2]);`,
  );
});
afterEach(() => {
  launcher?.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const notes = () => readFileSync(join(folder, 'notes'), 'utf8').split('\n').filter(Boolean);

/** Starts the launcher with the stand-in and waits until `text` was said. */
async function launch(text: string, env: NodeJS.ProcessEnv = {}): Promise<{ child: ChildProcess; output: string }> {
  const child = spawn(process.execPath, [join(folder, 'launch.mjs'), join(folder, 'server.mjs')], {
    env: { ...process.env, NOTES: join(folder, 'notes'), LEADLINE_OPEN: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  launcher = child;
  let output = '';
  for await (const part of child.stdout) {
    output += part;
    if (output.includes(text) && output.includes('up')) break;
  }
  return { child, output };
}

describe('the launcher', () => {
  test.each(['SIGINT', 'SIGTERM'] as const)(
    'hands %s to the server once, though the terminal and npm both send it, and ends with 0',
    async (signal) => {
      const { child } = await launch('firefox-mv3');
      const ended = once(child, 'exit');
      child.kill(signal);
      await new Promise((resolve) => setTimeout(resolve, 100)); // the system makes one of two signals that come at once
      child.kill(signal);
      expect(await ended).toEqual([0, null]);
      expect(notes()).toEqual([signal]);
    },
  );

  test('says where the extension lies once the server answers', async () => {
    const { child, output } = await launch('firefox-mv3');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    expect(output).toContain(join('dist', 'extension', 'chrome-mv3'));
    expect(output).toContain('chrome://extensions');
    expect(output).toContain('about:debugging');
  });

  test('ends with the code of a server that could not start', async () => {
    const child = spawn(process.execPath, [join(folder, 'launch.mjs'), join(folder, 'server.mjs')], {
      env: { ...process.env, NOTES: join(folder, 'notes'), CRASH: '1' },
    });
    expect(await once(child, 'exit')).toEqual([3, null]);
  });

  test('leaves no server behind when it is killed itself', async () => {
    const { child } = await launch('firefox-mv3');
    child.kill('SIGKILL');
    while (!notes().includes('alone')) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(notes()).toEqual(['alone']);
  });
});
