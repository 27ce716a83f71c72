import { expect, test } from 'vitest';
import { isLoopback, readServerAddress } from '../../../extension/platform/server-address.ts';

const good = [
  ['http://localhost:8787', 'http://localhost:8787', 'as the server prints it'],
  ['localhost:8787', 'http://localhost:8787', 'this machine needs no scheme'],
  [' http://localhost:8787/ ', 'http://localhost:8787', 'blanks and a slash come with copying'],
  ['127.0.0.1:9000', 'http://127.0.0.1:9000', 'by number'],
  ['http://[::1]:8787', 'http://[::1]:8787', 'the sixth version has loopback too'],
  ['leads.example.com', 'https://leads.example.com', 'elsewhere the line is encrypted'],
  ['https://example.com/leadline/', 'https://example.com/leadline', 'behind a proxy under a path'],
  ['https://Example.com?x=1#y', 'https://example.com', 'what is no address goes'],
] as const;
test.each(good)('"%s" is %s: %s', (typed, address) => {
  expect(readServerAddress(typed)).toEqual({ ok: true, value: address });
});

const bad = [
  ['', 'not_an_address', 'nothing was typed'],
  ['http://leads.example.com', 'needs_https', 'leads would cross the network in the clear'],
  ['http://localhost.example.com', 'needs_https', 'a name that only begins like this machine'],
  ['http://127.0.0.1.example.com', 'needs_https', 'a name that only begins like this machine'],
  ['ftp://example.com', 'not_an_address', 'no such protocol here'],
  ['javascript:alert(1)', 'not_an_address', 'no address at all'],
  ['https://user:word@example.com', 'not_an_address', 'a password in an address is a trick'],
  ['my server', 'not_an_address', 'words'],
] as const;
test.each(bad)('"%s" is refused (%s): %s', (typed, error) => {
  expect(readServerAddress(typed)).toEqual({ ok: false, error });
});

test('only this machine is loopback', () => {
  expect(['http://localhost:1', 'http://127.9.9.9', 'http://[::1]'].map(isLoopback)).toEqual([true, true, true]);
  expect(['https://example.com', 'http://10.0.0.1', 'nonsense'].map(isLoopback)).toEqual([false, false, false]);
});
