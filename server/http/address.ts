import { BlockList, isIP } from 'node:net';

/** Says whether an address is that of a proxy whose word is believed. */
export type TrustsProxy = (address: string) => boolean;

/** Says whether a host name or address is this machine: 127.0.0.0/8, ::1, localhost. Brackets around IPv6 are fine. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

/** Reads a list of addresses and networks (`10.0.0.0/8`); `loopback` or `1` means this machine. Null when one is unreadable. */
export function toTrustedProxies(text: string): TrustsProxy | null {
  const list = new BlockList();
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0 || !words.every((word) => addTo(list, word))) return null;
  return (address) => {
    const plain = unmapped(address);
    const family = isIP(plain);
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6');
  };
}

function addTo(list: BlockList, word: string): boolean {
  if (word === '1' || word === 'true' || word === 'loopback') {
    list.addSubnet('127.0.0.0', 8, 'ipv4');
    list.addAddress('::1', 'ipv6');
    return true;
  }
  const [address = '', bits, ...rest] = word.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  const family = version === 4 ? 'ipv4' : 'ipv6';
  if (bits === undefined) list.addAddress(address, family);
  else if (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)) list.addSubnet(address, Number(bits), family);
  else return false;
  return true;
}

/**
 * The address a request comes from: that of the socket, or, where it is a trusted proxy, the last entry of
 * `X-Forwarded-For` that no trusted proxy stands behind (every entry left of it is the sender's word).
 */
export function clientAddress(socketAddress: string, forwardedFor: string | undefined, trustsProxy: TrustsProxy | null): string {
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
