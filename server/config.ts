import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import * as z from 'zod/mini';
import { EXTENSION_ID } from '#shared/api/extension-id.ts';
import { fail, ok, type Result } from '#shared/result.ts';

/** Everything an operator can set, read once from the environment. */
export type Config = {
  /** 0 = any free port. */
  readonly port: number;
  readonly host: string;
  /** The address people use, as an origin without a slash at the end; null = `http://localhost:<port>`. */
  readonly url: string | null;
  /** Only this machine can connect. */
  readonly listensOnLoopback: boolean;
  /** And nobody else comes in through a proxy either. */
  readonly isLocalOnly: boolean;
  readonly dataDir: string;
  readonly plan: 'free' | 'premium';
  readonly maxFileBytes: number;
  /** Whose `X-Forwarded-For` is believed; null = nobody's. */
  readonly trustsProxy: ((address: string) => boolean) | null;
  /** The vault's key itself, or the file that holds it. */
  readonly secret: string | null;
  /** The one before it, while tokens are sealed anew. */
  readonly oldSecret: string | null;
  readonly secretFile: string;
  readonly adminEmail: string;
  /** Chromium extensions that may call, ours first. */
  readonly extensionIds: readonly string[];
  readonly vendors: { readonly [V in Vendor]: VendorConfig };
  readonly logLevel: LogLevel;
};
export const VENDORS = ['google', 'hubspot', 'salesforce'] as const;
export type Vendor = (typeof VENDORS)[number];
export type VendorConfig = {
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** Instead of the vendor's own addresses; only on this machine. */
  readonly apiUrl: string | null;
  readonly authUrl: string | null;
  /** Another client for those who sign in at a sandbox; Salesforce alone has them. */
  readonly sandbox?: { readonly clientId: string | null; readonly clientSecret: string | null };
};
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type Environment = Readonly<Record<string, string | undefined>>;

const MB = 1024 * 1024;

/** What each variable must be, for the sentence when it is not. */
const EXPECTED = {
  LEADLINE_PORT: 'a port from 0 to 65535',
  LEADLINE_HOST: 'an address to listen on, as 127.0.0.1 or 0.0.0.0',
  LEADLINE_URL: 'the http or https address people use, as https://leads.example.com',
  LEADLINE_DATA: 'a folder',
  LEADLINE_PLAN: 'free or premium',
  LEADLINE_MAX_FILE_MB: 'a whole number of megabytes from 1 to 1024',
  LEADLINE_TRUSTED_PROXY: 'the addresses of your proxies, as 127.0.0.1 or 10.0.0.0/8, with commas between them',
  LEADLINE_SECRET: 'a text',
  LEADLINE_OLD_SECRET: 'a text',
  LEADLINE_SECRET_FILE: 'a file',
  LEADLINE_ADMIN_EMAIL: 'an email address',
  LEADLINE_EXTENSION_IDS: 'Chrome extension ids (32 letters from a to p), with commas between them',
  LEADLINE_LOG: `one of ${LOG_LEVELS.join(', ')}`,
} as const;

const number = (least: number, most: number) =>
  z.pipe(
    z.string().check(z.regex(/^\d{1,9}$/)),
    z.pipe(
      z.transform((text: string) => Number(text)),
      z.int().check(z.minimum(least), z.maximum(most)),
    ),
  );
const parsed = <T>(read: (text: string) => T | null) =>
  z.pipe(
    z.string(),
    z.transform((text, context) => {
      const value = read(text.trim());
      if (value === null) context.issues.push({ code: 'custom', input: text, message: 'unreadable' });
      return value as T; // null is an issue: the value is not used then
    }),
  );

const environment = z.object({
  LEADLINE_PORT: z._default(number(0, 65_535), 8787),
  LEADLINE_HOST: z._default(z.string().check(z.trim(), z.regex(/^[\w.:-]+$/)), '127.0.0.1'),
  LEADLINE_URL: z._default(z.nullable(parsed(readOrigin)), null),
  LEADLINE_DATA: z._default(z.string(), './data'),
  LEADLINE_PLAN: z._default(z.enum(['free', 'premium']), 'premium'),
  LEADLINE_MAX_FILE_MB: z._default(number(1, 1_024), 10),
  LEADLINE_TRUSTED_PROXY: z._default(z.nullable(parsed(toTrustedProxies)), null),
  LEADLINE_SECRET: z._default(z.nullable(z.string()), null),
  LEADLINE_OLD_SECRET: z._default(z.nullable(z.string()), null),
  LEADLINE_SECRET_FILE: z._default(z.nullable(z.string()), null),
  LEADLINE_ADMIN_EMAIL: z._default(z.string().check(z.trim(), z.toLowerCase(), z.regex(/^[^\s@]+@[^\s@]+$/)), 'admin@localhost'),
  LEADLINE_EXTENSION_IDS: z._default(parsed(readExtensionIds), []),
  LEADLINE_LOG: z._default(z.enum(LOG_LEVELS), 'warn'),
});

/** Reads the environment. An empty variable counts as absent. The error is a sentence that says what to change. */
export function readConfig(env: Environment, folder: string): Result<Config, string> {
  const given = Object.fromEntries(Object.entries(env).filter(([key, value]) => key.startsWith('LEADLINE_') && value));
  const read = environment.safeParse(given);
  if (!read.success) return fail(toSentence(read.error.issues[0]?.path[0], given));
  const vendors = readVendors(given);
  if (!vendors.ok) return vendors;
  const { LEADLINE_HOST: host, LEADLINE_URL: url, LEADLINE_TRUSTED_PROXY: trustsProxy, ...rest } = read.data;
  if (!isLoopbackHost(host) && !url?.startsWith('https://') && !trustsProxy) return fail(OPEN_TO_OTHERS);
  const dataDir = resolve(folder, rest.LEADLINE_DATA);
  return ok({
    port: rest.LEADLINE_PORT,
    host,
    url,
    listensOnLoopback: isLoopbackHost(host),
    isLocalOnly: isLoopbackHost(host) && !trustsProxy && (url === null || isLoopbackHost(new URL(url).hostname)),
    dataDir,
    plan: rest.LEADLINE_PLAN,
    maxFileBytes: rest.LEADLINE_MAX_FILE_MB * MB,
    trustsProxy,
    secret: rest.LEADLINE_SECRET,
    oldSecret: rest.LEADLINE_OLD_SECRET,
    secretFile: rest.LEADLINE_SECRET_FILE ? resolve(folder, rest.LEADLINE_SECRET_FILE) : `${dataDir}.key`,
    adminEmail: rest.LEADLINE_ADMIN_EMAIL,
    extensionIds: [EXTENSION_ID, ...rest.LEADLINE_EXTENSION_IDS],
    vendors: vendors.value,
    logLevel: rest.LEADLINE_LOG,
  });
}

const OPEN_TO_OTHERS =
  'LEADLINE_HOST lets other machines in, but keys and leads would cross the network unprotected: set LEADLINE_URL to the https:// address people use, ' +
  'or LEADLINE_TRUSTED_PROXY to the address of the proxy in front of this server, or leave LEADLINE_HOST out.';

function toSentence(key: PropertyKey | undefined, given: Environment): string {
  const name = String(key);
  const expected = new Map<string, string>(Object.entries(EXPECTED)).get(name) ?? 'something else';
  const shown = name.includes('SECRET') ? 'what it is' : `"${given[name]}"`;
  return `${name} must be ${expected}, not ${shown}.`;
}

function readVendors(env: Environment): Result<Config['vendors'], string> {
  const read = (vendor: string): VendorConfig => {
    const value = (part: string) => env[`LEADLINE_${vendor}_${part}`] ?? null;
    return { clientId: value('CLIENT_ID'), clientSecret: value('CLIENT_SECRET'), apiUrl: value('API_URL'), authUrl: value('AUTH_URL') };
  };
  const foreign = VENDORS.flatMap((vendor) => ['API_URL', 'AUTH_URL'].map((part) => `LEADLINE_${vendor.toUpperCase()}_${part}`)).find(
    (name) => env[name] && !isLoopbackUrl(env[name]),
  );
  if (foreign) return fail(`${foreign} is for tests: it must be an address of this machine, as http://127.0.0.1:9000.`);
  const { clientId, clientSecret } = read('SALESFORCE_SANDBOX');
  const salesforce = { ...read('SALESFORCE'), sandbox: { clientId, clientSecret } };
  return ok({ google: read('GOOGLE'), hubspot: read('HUBSPOT'), salesforce });
}

function isLoopbackUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname);
}

function readOrigin(text: string): string | null {
  const url = URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username;
  return isPlain ? url.origin : null;
}

function readExtensionIds(text: string): readonly string[] | null {
  const ids = text.split(/[\s,]+/).filter((id) => id !== '');
  return ids.every((id) => /^[a-p]{32}$/.test(id)) ? ids : null;
}

/** Says whether a host name or address is this machine: 127.0.0.0/8, ::1, localhost. Brackets around IPv6 are fine. */
export function isLoopbackHost(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase();
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}

/** Reads a list of addresses and networks (`10.0.0.0/8`); `loopback` or `1` means this machine. Null when one is unreadable. */
export function toTrustedProxies(text: string): Config['trustsProxy'] {
  const list = new BlockList();
  const words = text.split(/[\s,]+/).filter((word) => word !== '');
  if (words.length === 0 || !words.every((word) => addTo(list, word))) return null;
  return (address) => isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
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
