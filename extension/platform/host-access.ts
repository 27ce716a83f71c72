import { browser } from './browser.ts';
import { isLoopback } from './server-address.ts';

/** The permission pattern of an address: its origin without the port, which patterns do not know. */
export function patternOf(address: string): string {
  const { protocol, hostname } = new URL(address);
  return `${protocol}//${hostname}/*`;
}

/** Says whether we may talk to this address already. This machine is always allowed. */
export async function hasHostAccess(address: string): Promise<boolean> {
  return isLoopback(address) || browser.permissions.contains({ origins: [patternOf(address)] });
}

/**
 * Asks the user for access to an address. Call it as the first thing of a click, before any await: the browser refuses
 * otherwise. False when the user said no.
 */
export function askHostAccess(address: string): Promise<boolean> {
  return isLoopback(address) ? Promise.resolve(true) : browser.permissions.request({ origins: [patternOf(address)] });
}

/** Gives the access to an address back. */
export async function dropHostAccess(address: string): Promise<void> {
  await browser.permissions.remove({ origins: [patternOf(address)] });
}
