import { isIP } from 'node:net';

/**
 * The address a request comes from: that of the socket, or, where it is a trusted proxy, the last entry of
 * `X-Forwarded-For` that no trusted proxy stands behind (every entry left of it is the sender's word).
 */
export function clientAddress(
  socketAddress: string,
  forwardedFor: string | undefined,
  trustsProxy: ((address: string) => boolean) | null,
): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => unmapped(hop.trim()));
  let address = unmapped(socketAddress);
  while (trustsProxy?.(address)) {
    const before = hops.pop();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  return address;
}

/** ::ffff:127.0.0.1 is 127.0.0.1. */
function unmapped(address: string): string {
  return address.toLowerCase().startsWith('::ffff:') && isIP(address.slice(7)) === 4 ? address.slice(7) : address;
}
