import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { openBrowser } from './browser.mjs';
import { EXTENSION_BUILDS, SERVER_BUNDLE } from './build.mjs';
import { exitCode, forwardSignals, ROOT, runToEnd } from './processes.mjs';
import { say } from './say.mjs';

/** How long the server may take to finish what it is writing before it is ended by force. */
const GRACE_MS = 10_000;
const BROWSER_GRACE_MS = 3_000;
/** One Ctrl-C arrives twice, from the terminal and from npm; only a later one means "at once". */
const SAME_SIGNAL_MS = 1_000;

/**
 * What the server tells its launcher once it answers. `pairingCode` is null when a browser is paired already.
 * @typedef {{ kind: 'listening', url: string, pairingCode: string | null }} Listening
 */

/**
 * Runs the server until it ends or somebody stops it; shows where the extension lies and opens a browser with it.
 * @param {string} node
 * @param {string} [bundle]
 * @returns {Promise<number>} 0 after a stop that was asked for
 */
export function startServer(node, bundle = SERVER_BUNDLE) {
  return new Promise((resolve, reject) => {
    // A group of its own: a Ctrl-C reaches the server through us only, and once.
    const server = spawn(node, [bundle], {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: process.platform !== 'win32',
    });
    /** @type {import('node:child_process').ChildProcess | null} */
    let browser = null;
    /** @type {NodeJS.Timeout | undefined} */
    let force;
    let lastSignalAt = Number.NEGATIVE_INFINITY;
    forwardSignals((signal) => {
      const isRepeated = performance.now() - lastSignalAt < SAME_SIGNAL_MS;
      lastSignalAt = performance.now();
      if (isRepeated) return;
      server.kill(signal);
      browser?.kill('SIGTERM');
      force ??= setTimeout(() => server.kill('SIGKILL'), GRACE_MS);
    });
    server.on('message', (message) => {
      if (!isListening(message)) return;
      showExtension();
      openBrowser(message, { freshCode: () => freshCode(node, bundle) }).then((opened) => {
        browser = opened;
        if (force) browser?.kill('SIGTERM'); // stopped while it opened
      }, reject);
    });
    server.once('error', reject);
    server.once('exit', (code, signal) => {
      const wasStopped = force !== undefined && signal !== 'SIGKILL' && (code === 0 || signal !== null);
      clearTimeout(force);
      browser?.kill('SIGTERM');
      setTimeout(() => process.exit(), BROWSER_GRACE_MS).unref();
      resolve(wasStopped ? 0 : exitCode(code, signal));
    });
  });
}

/**
 * Runs one command of the server, such as a new pairing code, with its answer alone on stdout.
 * @param {string} node
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export function runServerCommand(node, args) {
  return runToEnd(node, [SERVER_BUNDLE, ...args]);
}

/**
 * A pairing code for one more browser, drawn beside the running server.
 * @param {string} node
 * @param {string} bundle
 * @returns {Promise<string | null>}
 */
async function freshCode(node, bundle) {
  const { stdout } = await promisify(execFile)(node, [bundle, 'code'], { cwd: ROOT });
  return /^Pairing code: (\S+)/m.exec(stdout)?.[1] ?? null;
}

function showExtension() {
  const [chrome, firefox] = EXTENSION_BUILDS;
  say('The extension is built. To load it by hand:');
  say(`  Chrome, Edge: chrome://extensions, switch on "Developer mode", "Load unpacked", choose ${chrome?.folder}`);
  say(`  Firefox: about:debugging#/runtime/this-firefox, "Load Temporary Add-on…", choose ${firefox?.folder}/manifest.json`);
}

/**
 * @param {unknown} message
 * @returns {message is Listening}
 */
function isListening(message) {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'listening' && 'url' in message;
}
