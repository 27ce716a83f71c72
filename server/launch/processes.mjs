import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * @typedef {object} RunOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {boolean} [shell]
 * @property {boolean} [quiet] show the output only when the command fails
 * @property {number} [limitMs] end it by force after this time
 */

/**
 * Runs a program in the project's folder until it ends and gives its exit code (128 + number for a signal).
 * A signal to us is a signal to it, and when it has ended, our end: nothing is left behind.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runToEnd(file, args, { env = process.env, shell = false, quiet = false, limitMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: ROOT,
      env,
      shell,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    /** @type {Buffer[]} */
    const output = [];
    child.stdout?.on('data', (part) => output.push(part));
    child.stderr?.on('data', (part) => output.push(part));
    let stopped = false;
    const stopForwarding = forwardSignals((signal) => {
      stopped = true;
      child.kill(signal);
    });
    const limit = limitMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limitMs);
    child.once('error', (error) => {
      clearTimeout(limit);
      stopForwarding();
      reject(error);
    });
    child.once('close', (code, signal) => {
      clearTimeout(limit);
      stopForwarding();
      const status = exitCode(code, signal);
      if (stopped) process.exit(status);
      if (status !== 0) process.stdout.write(Buffer.concat(output)); // one stream: it stands before what is said next
      resolve(status);
    });
  });
}

/**
 * Hands every signal that asks this process to stop to `onSignal`; the returned function ends that.
 * @param {(signal: NodeJS.Signals) => void} onSignal
 * @returns {() => void}
 */
export function forwardSignals(onSignal) {
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

/**
 * The exit code a shell would report.
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
export function exitCode(code, signal) {
  if (signal) return 128 + constants.signals[signal];
  return code ?? 1;
}

/**
 * The script behind the name of an installed package's command, to be run by Node without a shell.
 * @param {string} packageName
 * @param {string} path inside the package
 * @returns {string}
 */
export function toolPath(packageName, path) {
  return join(ROOT, 'node_modules', packageName, path);
}
