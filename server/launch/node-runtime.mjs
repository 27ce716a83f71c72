import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { ROOT, runToEnd } from './processes.mjs';
import { saySeconds } from './say.mjs';

const RUNTIME = join(ROOT, '.runtime');

/**
 * Whether a Node runs TypeScript by itself and carries the database driver, which crashes without a word on Node 20.
 * @param {string} version like "22.18.0"
 * @returns {boolean}
 */
export function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 18);
}

/**
 * The package that holds Node 24 for a machine; on Macs with Apple's processor it has another name.
 * @param {string} platform as in `process.platform`
 * @param {string} arch as in `process.arch`
 * @returns {string}
 */
export function nodePackage(platform, arch) {
  const name = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${name}-${platform === 'win32' ? 'win' : platform}-${arch}@^24`;
}

/**
 * The path of a Node that runs the product: this one if it is new enough, else Node 24, fetched into `.runtime` once.
 * @returns {Promise<string>}
 */
export async function ensureNode() {
  if (isNewEnough(process.versions.node)) return process.execPath;
  const known = findFetchedNode();
  if (known) return known;
  const wanted = nodePackage(process.platform, process.arch);
  await saySeconds(`this is Node ${process.versions.node}; fetching Node 24 into .runtime, once`, async () => {
    mkdirSync(RUNTIME, { recursive: true });
    writeFileSync(join(RUNTIME, 'package.json'), '{"private":true}\n');
    await npm(process.execPath, ['install', '--prefix', RUNTIME, '--no-save', '--no-package-lock', '--ignore-scripts', wanted]);
  });
  const fetched = findFetchedNode();
  if (!fetched) throw new Error('Node 24 could not be fetched. Install Node 24 from https://nodejs.org and run the same command again.');
  return fetched;
}

/** @returns {string | null} */
function findFetchedNode() {
  const packages = join(RUNTIME, 'node_modules');
  if (!existsSync(packages)) return null;
  const binary = process.platform === 'win32' ? 'node.exe' : 'node';
  for (const name of readdirSync(packages)) {
    const path = join(packages, name, 'bin', binary);
    if (name.startsWith('node-') && existsSync(path)) return path;
  }
  return null;
}

/**
 * Runs npm itself under the given Node, with a person's settings but none of the running script's.
 * @param {string} node
 * @param {readonly string[]} args
 */
export async function npm(node, args) {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, PATH: pathWith(node) };
  for (const name of Object.keys(env)) {
    if (/^npm_(config|package|lifecycle)_/i.test(name) && !/registry|cafile|cache|userconfig|globalconfig|proxy/i.test(name))
      delete env[name];
  }
  const quietly = [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const script = process.env.npm_execpath;
  const windows = process.platform === 'win32';
  const status = script?.endsWith('.js')
    ? await runToEnd(node, [script, ...quietly], { env, quiet: true })
    : await runToEnd(windows ? 'npm.cmd' : 'npm', quietly, { env, shell: windows, quiet: true });
  if (status !== 0)
    throw new Error(`npm ${args[0]} failed (${status}). Its message is above; run the same command again when that is mended.`);
}

/**
 * The search path on which `node` means the given Node.
 * @param {string} node
 * @returns {string}
 */
export function pathWith(node) {
  return dirname(node) + delimiter + (process.env.PATH ?? '');
}
