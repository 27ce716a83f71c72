import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { browserArguments, extensionId, findBrowser, hasDisplay } from './browser-choice.mjs';
import { EXTENSION_BUILDS } from './build.mjs';
import { ROOT } from './processes.mjs';
import { say } from './say.mjs';

/** A profile of its own, so that nobody's everyday browser is touched; beside the data, not in it. `LEADLINE_PROFILE` moves it. */
const PROFILE = join(ROOT, '.runtime', 'profile');
/** How long a slow machine may take until the extension is loaded. */
const LOADED_MS = 20_000;

/**
 * @typedef {object} Place where to look and what to use, the real ones unless a test says otherwise
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [build] folder of the unpacked extension
 * @property {string} [profile]
 * @property {() => Promise<string | null>} freshCode draws a pairing code for one more browser
 */

/**
 * Opens a browser with the extension loaded and paired, where there is a screen and a browser for it. The browser ends
 * with this process.
 * @param {import('./start.mjs').Listening} server
 * @param {Place} place
 * @returns {Promise<import('node:child_process').ChildProcess | null>}
 */
export async function openBrowser(
  { url, pairingCode },
  { env = process.env, build = EXTENSION_BUILDS[0]?.folder ?? '', profile = env.LEADLINE_PROFILE ?? PROFILE, freshCode },
) {
  if (env.LEADLINE_OPEN === '0' || !hasDisplay(process.platform, env)) return null;
  const found = findBrowser(process.platform, env, existsSync);
  if (!found) return null;
  if (!found.loadsExtensions) {
    say('The Chrome on this machine takes extensions by hand only: load it as said above, then enter the pairing code.');
    return null;
  }
  const id = extensionId(JSON.parse(readFileSync(join(build, 'manifest.json'), 'utf8')).key);
  mkdirSync(profile, { recursive: true });
  // This profile holds a key already if it was paired here before; no code while any browser is paired says so too.
  const note = join(profile, 'leadline-paired');
  const workspace = `${url} ${resolve(ROOT, env.LEADLINE_DATA ?? 'data')}\n`;
  const isPaired = existsSync(note) && readFileSync(note, 'utf8') === workspace;
  const code = pairingCode ?? (isPaired ? null : await freshCode());
  if (code) writeFileSync(note, workspace);
  // Fds 3 and 4 are the debugging pipe: the code goes through it, as a command line is there for all to read.
  const browser = spawn(found.path, browserArguments({ profile, build, isRoot: process.getuid?.() === 0 }), {
    env,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    detached: true, // a Ctrl-C reaches it through us, not from the terminal
  });
  browser.on('error', (error) => say(`The browser could not be opened (${error.message}): load the extension by hand.`));
  const page = code ? `options.html#pair=${encodeURIComponent(code)}&server=${encodeURIComponent(url)}` : 'importer.html';
  showPage(browser, `chrome-extension://${id}/`, page);
  return browser;
}

/**
 * Opens a page of the extension as soon as the extension is loaded (before, the browser only says that it is blocked),
 * and closes the empty page it started with.
 * @param {import('node:child_process').ChildProcess} browser
 * @param {string} base address of the extension
 * @param {string} page
 */
function showPage(browser, base, page) {
  const [, , , toBrowser, fromBrowser] = browser.stdio;
  if (!toBrowser || !fromBrowser || !('write' in toBrowser)) return;
  let lastId = 0;
  /** @param {string} method @param {object} params */
  const send = (method, params) => toBrowser.write(`${JSON.stringify({ id: ++lastId, method, params })}\0`);
  let isShown = false;
  /** @type {string | null} */
  let emptyPage = null;
  const show = () => {
    if (isShown) return;
    isShown = true;
    send('Target.createTarget', { url: base + page });
    if (emptyPage) send('Target.closeTarget', { targetId: emptyPage });
    send('Target.setDiscoverTargets', { discover: false });
  };
  const late = setTimeout(show, LOADED_MS);
  let received = '';
  fromBrowser.on('data', (part) => {
    received += part;
    const messages = received.split('\0');
    received = messages.pop() ?? '';
    for (const text of messages) {
      const info = JSON.parse(text).params?.targetInfo;
      if (info?.type === 'page' && info.url === 'about:blank') emptyPage = info.targetId;
      if (info?.type === 'service_worker' && info.url.startsWith(base)) show();
    }
  });
  for (const pipe of [toBrowser, fromBrowser]) pipe.on('error', () => {}); // the person closed the browser
  browser.once('exit', () => clearTimeout(late));
  send('Target.setDiscoverTargets', { discover: true });
}
