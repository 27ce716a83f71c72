import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { npm } from './node-runtime.mjs';
import { ROOT } from './processes.mjs';
import { saySeconds } from './say.mjs';

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} LockedPackage
 * @typedef {{ packages?: Record<string, LockedPackage> }} Lock
 */

/**
 * Installs the packages of the lock file unless exactly these are there.
 * @param {string} node
 */
export async function ensurePackages(node) {
  const wanted = readLock(join(ROOT, 'package-lock.json'));
  const installed = readLock(join(ROOT, 'node_modules', '.package-lock.json'));
  if (wanted && installed && isInstalled(wanted, installed)) return;
  await saySeconds('installing packages', () => npm(node, ['ci']));
}

/**
 * Whether the lock npm writes into `node_modules` when an installation has ended holds what the project's lock asks for.
 * Optional packages (binaries for other machines) may be absent.
 * @param {Lock} wanted
 * @param {Lock} installed
 * @returns {boolean}
 */
export function isInstalled(wanted, installed) {
  const present = new Map(Object.entries(installed.packages ?? {}));
  for (const [path, { version, integrity, optional }] of Object.entries(wanted.packages ?? {})) {
    if (path === '') continue; // the project itself
    const found = present.get(path);
    if (!found && optional) continue;
    if (!found || found.version !== version || found.integrity !== integrity) return false;
  }
  return true;
}

/**
 * @param {string} path
 * @returns {Lock | null} null when there is none or it cannot be read
 */
function readLock(path) {
  try {
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
  } catch {
    return null; // half written: an installation was cut off
  }
}
