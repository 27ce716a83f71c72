import { browser } from '../platform/browser.ts';

/** A worker is stopped after 30 s in which it called no extension API, however busy it is. */
const KEEP_ALIVE_MS = 20_000;

/** Works, and keeps the worker of the extension running meanwhile. */
export async function staysAlive<T>(work: () => Promise<T>): Promise<T> {
  const keepAlive = setInterval(() => void browser.runtime.getPlatformInfo(), KEEP_ALIVE_MS);
  return work().finally(() => clearInterval(keepAlive));
}
