import { fail, ok, type Result } from '#shared/result.ts';

/** Where `npm start` listens. */
export const DEFAULT_SERVER_ADDRESS = 'http://localhost:8787';

export type AddressError = 'not_an_address' | 'needs_https';

/**
 * Reads a server's address as typed or pasted: a missing scheme is added (http for this machine, https elsewhere), a
 * slash at the end, a query and a fragment go. Plain http leaves the machine unprotected, so it is for loopback only.
 */
export function readServerAddress(text: string): Result<string, AddressError> {
  const typed = text.trim();
  if (typed === '') return fail('not_an_address');
  const url = parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '' || url.username !== '') return fail('not_an_address');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) && isLoopbackHost(url.hostname)) url.protocol = 'http:';
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) return fail('needs_https');
  return ok(url.origin + url.pathname.replace(/\/+$/, ''));
}

/** Says whether an address (as `readServerAddress` gives it) is on this machine. */
export function isLoopback(address: string): boolean {
  const url = parse(address);
  return url !== null && isLoopbackHost(url.hostname);
}

function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function parse(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
