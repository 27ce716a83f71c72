import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, freePort } from '../support/chromium.ts';

const ROOT = join(import.meta.dirname, '../..');
let data = '';
let port = 0;
let started: ChildProcess | null = null;

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'leadline-start-'));
  port = await freePort();
});
afterEach(() => {
  started?.kill('SIGKILL');
  started = null;
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

/** Starts the launcher as npm does; its output is collected while it runs. */
function launch(
  args: readonly string[] = [],
  more: NodeJS.ProcessEnv = {},
): { readonly child: ChildProcess; readonly output: () => string } {
  const env = { ...process.env, LEADLINE_DATA: join(data, 'data'), LEADLINE_PORT: String(port), LEADLINE_OPEN: '0', ...more };
  const child = spawn(process.execPath, [join(ROOT, 'server/run.mjs'), 'start', ...args], {
    cwd: tmpdir(),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (part) => (output += part));
  child.stderr?.on('data', (part) => (output += part));
  return { child, output: () => output };
}

/** Starts the server and waits until it answers. */
async function start(
  more: NodeJS.ProcessEnv = {},
): Promise<{ readonly output: () => string; readonly stop: (signal: NodeJS.Signals) => Promise<number | null> }> {
  const { child, output } = launch([], more);
  started = child;
  while (!(await answers())) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const stop = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = await ended;
    return code;
  };
  return { output, stop };
}

async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok;
  } catch {
    return false; // nobody listens yet, or any more
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('npm start', () => {
  test('makes a server that answers, says its address, its key, a pairing code and where the extension lies', async () => {
    const { output, stop } = await start();
    await until(() => output().includes('firefox-mv3'));
    expect(output()).toMatch(/^API key: ll_\S+$/m);
    expect(output()).toMatch(/^Pairing code: [0-9A-Z]{4}-[0-9A-Z]{4}\b/m);
    expect(output()).toContain(`:${port}`);
    for (const build of ['chrome-mv3', 'firefox-mv3']) {
      expect(output()).toContain(join(ROOT, 'dist/extension', build));
      expect(existsSync(join(ROOT, 'dist/extension', build, 'manifest.json'))).toBe(true);
    }
    expect(await stop('SIGTERM')).toBe(0);
    expect(await answers()).toBe(false);
  });

  test('installs and builds nothing when nothing changed, and shows the key once only', async () => {
    const { output, stop } = await start();
    await until(() => output().includes('firefox-mv3'));
    expect(output()).not.toMatch(/installing|building|fetching/);
    expect(output()).not.toContain('API key:');
    expect(await stop('SIGINT')).toBe(0);
    expect(await answers()).toBe(false);
  });

  test('gives a fresh pairing code and a new admin key on request, while the server runs', async () => {
    const { stop } = await start();
    for (const [args, answer] of [
      [['code'], /\b[0-9A-Z]{4}-[0-9A-Z]{4}/],
      [['key', '--role', 'admin'], /\bll_\S+/],
    ] as const) {
      const { child, output } = launch(args);
      const [code] = await once(child, 'close');
      expect(output()).toMatch(answer);
      expect(code).toBe(0);
    }
    expect(await stop('SIGTERM')).toBe(0);
  });

  test('opens a browser with the extension loaded and already paired, and closes it again', { timeout: 60_000 }, async () => {
    // Chromium itself, without its window; what the launcher hands it is untouched.
    const bin = join(data, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'chromium'), `#!/bin/sh\nexec "${findChromium() ?? chromium.executablePath()}" --headless "$@"\n`);
    chmodSync(join(bin, 'chromium'), 0o755);
    const profile = join(data, 'profile');
    const workspace = { LEADLINE_DATA: join(data, 'paired') };
    const { output, stop } = await start({
      ...workspace,
      LEADLINE_OPEN: '1',
      LEADLINE_PROFILE: profile,
      DISPLAY: ':0',
      PATH: `${bin}:${process.env.PATH}`,
    });
    await until(() => /^API key: /m.test(output()));
    const key = /^API key: (\S+)$/m.exec(output())?.[1];
    for (;;) {
      const answer = await fetch(`http://127.0.0.1:${port}/api/keys`, { headers: { authorization: `Bearer ${key}` } });
      if ((await answer.text()).includes('chrome-extension://')) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const browser = Number(readlinkSync(join(profile, 'SingletonLock')).split('-').at(-1)); // Chromium notes its process there
    expect(isRunning(browser)).toBe(true);
    expect(await stop('SIGTERM')).toBe(0);
    expect(isRunning(browser)).toBe(false);
  });

  test('ends with an error when the port is taken, and says so', async () => {
    const { stop } = await start();
    const second = launch();
    const [code] = await once(second.child, 'close');
    expect(code).not.toBe(0);
    expect(second.output()).not.toContain('    at '); // a sentence, no stack
    expect(await stop('SIGTERM')).toBe(0);
  });
});
