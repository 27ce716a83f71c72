import { describe, expect, test } from 'vitest';
import { EXTENSION_ID } from '#shared/api/extension-id.ts';
import { type Config, readConfig } from '../../server/config.ts';

function read(env: Record<string, string>): Config {
  const config = readConfig(env, '/srv');
  if (!config.ok) throw new Error(config.error);
  return config.value;
}
function refusal(env: Record<string, string>): string {
  const config = readConfig(env, '/srv');
  return config.ok ? 'accepted' : config.error;
}

describe('without any setting', () => {
  test('the server is for this machine alone', () => {
    const { trustsProxy, vendors, ...plain } = read({});
    expect(trustsProxy).toBeNull();
    expect(vendors.google).toEqual({ clientId: null, clientSecret: null, apiUrl: null, authUrl: null });
    expect(plain).toEqual({
      port: 8787,
      host: '127.0.0.1',
      url: null,
      listensOnLoopback: true,
      isLocalOnly: true,
      dataDir: '/srv/data',
      plan: 'premium',
      maxFileBytes: 10_485_760,
      secret: null,
      oldSecret: null,
      secretFile: '/srv/data.key',
      adminEmail: 'admin@localhost',
      extensionIds: [EXTENSION_ID],
      logLevel: 'warn',
    });
  });
  test('an empty variable is as good as none', () => {
    expect(read({ LEADLINE_PORT: '', LEADLINE_URL: '', LEADLINE_TRUSTED_PROXY: '' }).port).toBe(8787);
  });
});

describe('settings', () => {
  test('are read', () => {
    const config = read({
      LEADLINE_PORT: '9000',
      LEADLINE_DATA: '/var/leads',
      LEADLINE_PLAN: 'free',
      LEADLINE_MAX_FILE_MB: '25',
      LEADLINE_ADMIN_EMAIL: ' Ann@Example.com ',
      LEADLINE_EXTENSION_IDS: `${'a'.repeat(32)}, ${'p'.repeat(32)}`,
      LEADLINE_GOOGLE_CLIENT_ID: 'client',
      LEADLINE_HUBSPOT_API_URL: 'http://127.0.0.1:4000',
      LEADLINE_SECRET_FILE: 'vault.key',
    });
    expect(config).toMatchObject({
      port: 9000,
      dataDir: '/var/leads',
      plan: 'free',
      maxFileBytes: 25 * 1024 * 1024,
      adminEmail: 'ann@example.com',
      extensionIds: [EXTENSION_ID, 'a'.repeat(32), 'p'.repeat(32)],
      secretFile: '/srv/vault.key',
    });
    expect(config.vendors.google.clientId).toBe('client');
    expect(config.vendors.hubspot.apiUrl).toBe('http://127.0.0.1:4000');
  });
  test('the key file lies beside the data folder, not in it', () => {
    expect(read({ LEADLINE_DATA: '/var/leads' }).secretFile).toBe('/var/leads.key');
  });
});

describe('a server that others can reach', () => {
  test.each([
    ['https in the address', { LEADLINE_URL: 'https://leads.example.com' }],
    ['a proxy that is named', { LEADLINE_TRUSTED_PROXY: '10.0.0.1' }],
  ])('starts with %s', (_, env) => {
    expect(read({ LEADLINE_HOST: '0.0.0.0', ...env })).toMatchObject({ listensOnLoopback: false, isLocalOnly: false });
  });
  test.each([
    ['0.0.0.0 alone', { LEADLINE_HOST: '0.0.0.0' }],
    ['plain http in the address', { LEADLINE_HOST: '192.168.1.5', LEADLINE_URL: 'http://leads.example.com' }],
    ['every IPv6 address', { LEADLINE_HOST: '::' }],
  ])('does not start with %s, and says what mends it', (_, env) => {
    expect(refusal(env)).toMatch(/LEADLINE_URL.*https:\/\/.*LEADLINE_TRUSTED_PROXY.*LEADLINE_HOST/s);
  });
  test('behind a proxy on the same machine keys are limited as elsewhere', () => {
    expect(read({ LEADLINE_URL: 'https://leads.example.com' })).toMatchObject({ listensOnLoopback: true, isLocalOnly: false });
    expect(read({ LEADLINE_TRUSTED_PROXY: 'loopback' })).toMatchObject({ listensOnLoopback: true, isLocalOnly: false });
  });
});

describe('a setting that cannot be read is named, with what it should be', () => {
  test.each([
    ['LEADLINE_PORT', 'http', /LEADLINE_PORT must be a port/],
    ['LEADLINE_PORT', '70000', /LEADLINE_PORT must be a port from 0 to 65535, not "70000"/],
    ['LEADLINE_HOST', 'my host!', /LEADLINE_HOST/],
    ['LEADLINE_URL', 'leads.example.com', /LEADLINE_URL must be the http or https address/],
    ['LEADLINE_URL', 'https://example.com/leads', /LEADLINE_URL/],
    ['LEADLINE_URL', 'ftp://example.com', /LEADLINE_URL/],
    ['LEADLINE_PLAN', 'gold', /LEADLINE_PLAN must be free or premium/],
    ['LEADLINE_MAX_FILE_MB', '0', /LEADLINE_MAX_FILE_MB/],
    ['LEADLINE_TRUSTED_PROXY', 'proxy.example.com', /LEADLINE_TRUSTED_PROXY must be the addresses/],
    ['LEADLINE_TRUSTED_PROXY', '10.0.0.0/99', /LEADLINE_TRUSTED_PROXY/],
    ['LEADLINE_ADMIN_EMAIL', 'ann', /LEADLINE_ADMIN_EMAIL must be an email address/],
    ['LEADLINE_EXTENSION_IDS', 'chrome-extension://abc', /LEADLINE_EXTENSION_IDS must be Chrome extension ids/],
    ['LEADLINE_LOG', 'loud', /LEADLINE_LOG must be one of trace/],
    ['LEADLINE_HUBSPOT_API_URL', 'https://api.hubapi.com', /LEADLINE_HUBSPOT_API_URL is for tests/],
    ['LEADLINE_SALESFORCE_AUTH_URL', 'http://127.0.0.1.evil.test', /LEADLINE_SALESFORCE_AUTH_URL is for tests/],
  ])('%s=%s', (name, value, sentence) => {
    expect(refusal({ [name]: value })).toMatch(sentence);
  });
});

describe('a trusted proxy', () => {
  test.each([
    ['an address', '10.0.0.1', '10.0.0.1', true],
    ['another address', '10.0.0.1', '10.0.0.2', false],
    ['a network', '10.0.0.0/8', '10.200.3.4', true],
    ['outside the network', '10.0.0.0/8', '11.0.0.1', false],
    ['this machine', 'loopback', '127.0.0.1', true],
    ['this machine over IPv6', '1', '::1', true],
    ['an IPv6 network', 'fd00::/8', 'fd12::1', true],
    ['what is no address', '10.0.0.0/8', 'unknown', false],
  ])('%s', (_, setting, address, isTrusted) => {
    expect(read({ LEADLINE_TRUSTED_PROXY: setting }).trustsProxy?.(address)).toBe(isTrusted);
  });
});
