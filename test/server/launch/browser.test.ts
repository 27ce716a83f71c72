import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openBrowser } from '../../../server/launch/browser.mjs';
import { extensionId } from '../../../server/launch/browser-choice.mjs';

/**
 * Stands in for Chromium at the other end of its debugging pipe: tells of an empty page, then of the extension's worker,
 * and writes down what it is asked to open. Asked for the page before the worker was there, it opens nothing, as Chromium does.
 */
const STAND_IN = `
import { writeFileSync } from 'node:fs';
import { Socket } from 'node:net';
const tell = new Socket({ fd: 4 });
const say = (info) => tell.write(JSON.stringify({ method: 'Target.targetCreated', params: { targetInfo: info } }) + '\\0');
let isLoaded = false;
const asked = [];
let text = '';
new Socket({ fd: 3 }).on('data', (part) => {
  text += part;
  const messages = text.split('\\0');
  text = messages.pop();
  for (const message of messages.map((each) => JSON.parse(each))) {
    if (message.method === 'Target.setDiscoverTargets' && message.params.discover) {
      say({ type: 'page', url: 'about:blank', targetId: 'empty' });
      setTimeout(() => { isLoaded = true; say({ type: 'service_worker', url: process.env.EXTENSION + 'background.js', targetId: 'w' }); }, 50);
    } else asked.push({ method: message.method, params: message.params, isLoaded });
    writeFileSync(process.env.SEEN, JSON.stringify({ argv: process.argv.slice(2), asked }));
  }
});
process.on('SIGTERM', () => process.exit(0));
`;

let folder = '';
const key = Buffer.from('a public key').toString('base64');
const base = `chrome-extension://${extensionId(key)}/`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'leadline-browser-'));
  mkdirSync(join(folder, 'build'));
  writeFileSync(join(folder, 'build', 'manifest.json'), JSON.stringify({ key }));
  writeFileSync(join(folder, 'stand-in.mjs'), STAND_IN);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function installBrowser(name: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\nexec "${process.execPath}" "${join(folder, 'stand-in.mjs')}" "$@"\n`);
  chmodSync(join(folder, name), 0o755);
}

const open = (pairingCode: string | null, env: NodeJS.ProcessEnv = {}) =>
  openBrowser(
    { kind: 'listening', url: 'http://localhost:8787', pairingCode },
    {
      env: { PATH: folder, DISPLAY: ':9', SEEN: join(folder, 'seen.json'), EXTENSION: base, ...env },
      build: join(folder, 'build'),
      profile: join(folder, 'profile'),
      freshCode: async () => 'FRSH-CODE',
    },
  );

/** What the browser was asked once it was asked to close the empty page, its last request but one. */
async function askedOf(
  browser: Awaited<ReturnType<typeof open>>,
): Promise<{ argv: string[]; asked: { method: string; params: { url?: string }; isLoaded: boolean }[] }> {
  for (;;) {
    const text = existsSync(join(folder, 'seen.json')) ? readFileSync(join(folder, 'seen.json'), 'utf8') : '';
    if (text.includes('Target.closeTarget') && text.endsWith('}')) {
      browser?.kill('SIGTERM');
      if (browser) await once(browser, 'exit');
      return JSON.parse(text);
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('the browser that npm start opens', () => {
  test('pairs by itself, on the page of the extension, once the extension is loaded', async () => {
    installBrowser('chromium');
    const { argv, asked } = await askedOf(await open('K7Q4-M2XB'));
    expect(asked[0]).toMatchObject({
      method: 'Target.createTarget',
      params: { url: `${base}options.html#pair=K7Q4-M2XB&server=http%3A%2F%2Flocalhost%3A8787` },
      isLoaded: true,
    });
    expect(asked[1]).toMatchObject({ method: 'Target.closeTarget', params: { targetId: 'empty' } });
    expect(argv).toContain(`--load-extension=${join(folder, 'build')}`);
    expect(argv).toContain(`--user-data-dir=${join(folder, 'profile')}`);
    expect(argv.join(' ')).not.toContain('K7Q4');
  });

  test('shows the importer when this very browser is paired already', async () => {
    installBrowser('chromium');
    await askedOf(await open('K7Q4-M2XB'));
    rmSync(join(folder, 'seen.json'));
    const { asked } = await askedOf(await open(null));
    expect(asked[0]?.params.url).toBe(`${base}importer.html`);
  });

  test.each([
    ['another browser is paired but this one is not', {}],
    ['this one was paired with another workspace', { LEADLINE_DATA: 'elsewhere' }],
  ])('pairs with a code of its own when %s', async (_, env: NodeJS.ProcessEnv) => {
    installBrowser('chromium');
    if (env.LEADLINE_DATA) await askedOf(await open('K7Q4-M2XB'));
    rmSync(join(folder, 'seen.json'), { force: true });
    const { asked } = await askedOf(await open(null, env));
    expect(asked[0]?.params.url).toContain('#pair=FRSH-CODE&');
  });

  test('stays closed when that is wished, without a screen, and without a browser', async () => {
    expect(await open('K7Q4-M2XB')).toBeNull();
    installBrowser('chromium');
    expect(await open('K7Q4-M2XB', { LEADLINE_OPEN: '0' })).toBeNull();
    expect(await open('K7Q4-M2XB', { DISPLAY: '' })).toBeNull();
  });

  test('is not a Chrome that would not load the extension', async () => {
    installBrowser('google-chrome');
    expect(await open('K7Q4-M2XB')).toBeNull();
  });
});
