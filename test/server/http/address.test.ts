import { describe, expect, test } from 'vitest';
import { clientAddress } from '../../../server/http/address.ts';

const PROXIES = ['10.0.0.1', '10.0.0.2'];
const trusts = (address: string) => PROXIES.includes(address);

describe('where a request comes from', () => {
  test.each([
    ['the socket says so', '192.0.2.7', undefined, '192.0.2.7'],
    ['what a stranger claims is not believed', '192.0.2.7', '198.51.100.1', '192.0.2.7'],
    ['a trusted proxy is believed', '10.0.0.1', '198.51.100.1', '198.51.100.1'],
    ['but only its own word, not what the sender put before', '10.0.0.1', '1.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['through two trusted proxies', '10.0.0.1', '1.1.1.1, 198.51.100.1, 10.0.0.2', '198.51.100.1'],
    ['a proxy that says nothing', '10.0.0.1', undefined, '10.0.0.1'],
    ['a proxy that says nonsense', '10.0.0.1', 'unknown', '10.0.0.1'],
    ['IPv4 inside IPv6 is the same address', '::ffff:192.0.2.7', undefined, '192.0.2.7'],
    ['a proxy over IPv4 inside IPv6', '::ffff:10.0.0.1', '198.51.100.1', '198.51.100.1'],
  ])('%s', (_, socket, forwarded, address) => {
    expect(clientAddress(socket, forwarded, trusts)).toBe(address);
  });
  test('without a trusted proxy nothing but the socket counts', () => {
    expect(clientAddress('10.0.0.1', '198.51.100.1', null)).toBe('10.0.0.1');
  });
});
