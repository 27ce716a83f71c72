import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type App, type AppDeps, createApp } from '../../server/app.ts';
import { readConfig } from '../../server/config.ts';
import { createVault } from '../../server/crm/access/token-vault.ts';
import { type CrmParts, createCrmParts } from '../../server/crm/crm-parts.ts';
import { listen, type Patience } from '../../server/http/listen.ts';
import { createKey } from '../../server/leads/api-keys.ts';
import type { Backend } from '../../server/leads/backend.ts';
import { ensureWorkspace } from '../../server/leads/ensure-workspace.ts';
import { createPairingCode } from '../../server/leads/pairing.ts';
import { createLog, type Log } from '../../server/log.ts';
import type { Role } from '../../server/store/records.ts';
import { openStore } from '../../server/store/sqlite/open.ts';
import { CLIENT, type RunningGoogle, startGoogle } from './google/start-google.ts';
import { HUBSPOT_APP } from './hubspot/hubspot-oauth.ts';
import { type RunningHubspot, startHubspot } from './hubspot/start-hubspot.ts';
import { type FakeSalesforce, startSalesforce } from './salesforce/start-salesforce.ts';

const ROOT = join(import.meta.dirname, '../..');

/** An empty folder for one test's data. */
export function makeDataFolder(): { readonly path: string; readonly remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'leadline-test-'));
  const remove = () => {
    rmSync(path, { recursive: true, force: true });
    rmSync(`${path}.key`, { force: true }); // of the vault, beside it
  };
  return { path, remove };
}

export type StartOptions = {
  /** A folder that stays; a fresh one that goes with the server unless given. */
  readonly dataDir?: string;
  /** LEADLINE_* variables. */
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly log?: Log;
};
export type AskInit = RequestInit & {
  /** The admin's key unless given; null = none. */
  readonly key?: string | null;
  /** Where the request comes from; this machine unless given. */
  readonly address?: string;
};
export type TestServer = {
  readonly backend: Backend;
  readonly home: { readonly workspace: number; readonly admin: number };
  readonly dataDir: string;
  readonly adminKey: string;
  readonly app: App;
  /** What it holds for Google: no test asks the real one. */
  readonly google: RunningGoogle;
  /** What its connections are kept open with. */
  readonly crm: CrmParts;
  /** And for HubSpot. */
  readonly hubspot: RunningHubspot;
  readonly salesforce: FakeSalesforce;
  /** Asks the app itself, without a socket. `path` starts with a slash. */
  readonly ask: (path: string, init?: AskInit) => Promise<Response>;
  /** The same with a JSON body. */
  readonly send: (method: string, path: string, body: unknown, init?: AskInit) => Promise<Response>;
  readonly makeKey: (role: Role) => Promise<string>;
  readonly makePairingCode: () => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** The whole server in this process, on a real database in a folder of its own; no socket. The address is http://localhost:8787. */
export async function startServer(options: StartOptions = {}): Promise<TestServer> {
  const folder = options.dataDir === undefined ? makeDataFolder() : null;
  const dataDir = options.dataDir ?? folder?.path ?? '';
  const google = await startGoogle({ redirects: [SAMPLE_REDIRECT] });
  const { LEADLINE_PORT: port = '8787', LEADLINE_URL: people = `http://localhost:${port}` } = options.env ?? {};
  const hubspot = await startHubspot({
    app: { redirects: [`${people}/oauth/hubspot/callback`] },
    ...(options.now ? { now: options.now } : {}),
  });
  const salesforce = await startSalesforce({
    redirects: [`${people}/oauth/salesforce/callback`],
    ...(options.now ? { now: options.now } : {}),
  });
  const env = { ...googleEnv(google), ...hubspotEnv(hubspot), ...salesforceEnv(salesforce), ...options.env };
  const config = readConfig({ ...env, LEADLINE_DATA: dataDir }, ROOT);
  if (!config.ok) throw new Error(config.error);
  const opened = openStore({ folder: dataDir, randomBytes, exclusive: true });
  if (!opened.ok) throw new Error(opened.error.code);
  const backend: Backend = { store: opened.value, now: options.now ?? Date.now, randomBytes };
  const home = await ensureWorkspace(backend, { adminEmail: config.value.adminEmail, plan: config.value.plan });
  const holder = { workspace: home.workspace, member: home.admin };
  const makeKey = async (role: Role) => (await createKey(backend, holder, { name: `Test ${role}`, role, expiresAt: null })).key;
  const adminKey = home.adminKey ?? (await makeKey('admin'));
  const url = config.value.url ?? `http://localhost:${config.value.port}`;
  const { secret, oldSecret, secretFile: file } = config.value;
  const vault = createVault({ secret, oldSecret, file }, randomBytes);
  if (!vault.ok) throw new Error(vault.error.code);
  const crm = createCrmParts(backend, vault.value, config.value.vendors);
  const deps: AppDeps = {
    backend,
    crm,
    config: config.value,
    log: options.log ?? createLog('silent'),
    workspace: home.workspace,
    url: () => url,
    port: () => config.value.port,
    newId: randomUUID,
    version: '0.0.0-test',
  };
  const app = createApp(deps);
  const ask = async (path: string, { key = adminKey, address, ...init }: AskInit = {}) => {
    const headers = new Headers(init.headers);
    if (key !== null && !headers.has('Authorization')) headers.set('Authorization', `Bearer ${key}`);
    // Of the socket only the address is looked at.
    const bindings = address === undefined ? undefined : ({ incoming: { socket: { remoteAddress: address } } } as unknown as Bindings);
    return app.fetch(new Request(`${url}${path}`, { ...init, headers }), bindings);
  };
  return {
    backend,
    home,
    dataDir,
    adminKey,
    app,
    google,
    crm,
    hubspot,
    salesforce,
    ask,
    send: (method, path, body, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('Content-Type', 'application/json');
      return ask(path, { ...init, method, headers, body: JSON.stringify(body) });
    },
    makeKey,
    makePairingCode: async () => (await createPairingCode(backend, holder)).code,
    stop: async () => {
      await google.stop();
      await hubspot.close();
      await salesforce.stop();
      await backend.store.close();
      folder?.remove();
    },
  };
}
/** Where the extension of the tests is led back to. */
export const SAMPLE_REDIRECT = `https://${'a'.repeat(32)}.chromiumapp.org/`;

/** The variables that make a server take this for Google. */
export function googleEnv({ url }: Pick<RunningGoogle, 'url'>): Readonly<Record<string, string>> {
  return {
    LEADLINE_GOOGLE_API_URL: url,
    LEADLINE_GOOGLE_AUTH_URL: url,
    LEADLINE_GOOGLE_CLIENT_ID: CLIENT.id,
    LEADLINE_GOOGLE_CLIENT_SECRET: CLIENT.secret,
  };
}
/** The variables that make a server take this for HubSpot. */
export function hubspotEnv({ url, authUrl }: Pick<RunningHubspot, 'url' | 'authUrl'>): Readonly<Record<string, string>> {
  return {
    LEADLINE_HUBSPOT_API_URL: url,
    LEADLINE_HUBSPOT_AUTH_URL: authUrl,
    LEADLINE_HUBSPOT_CLIENT_ID: HUBSPOT_APP.clientId,
    LEADLINE_HUBSPOT_CLIENT_SECRET: HUBSPOT_APP.clientSecret,
  };
}
/** And for Salesforce. */
export function salesforceEnv({ url, auth }: Pick<FakeSalesforce, 'url' | 'auth'>): Readonly<Record<string, string>> {
  return {
    LEADLINE_SALESFORCE_API_URL: url,
    LEADLINE_SALESFORCE_AUTH_URL: url,
    LEADLINE_SALESFORCE_CLIENT_ID: auth.clientId,
    LEADLINE_SALESFORCE_CLIENT_SECRET: auth.clientSecret,
  };
}
type Bindings = NonNullable<Parameters<App['fetch']>[1]>;

/** The app of a test server behind a real socket, on a free port of this machine. */
export async function listenOn(app: App, patience?: Patience): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const listening = await listen(app.fetch, '127.0.0.1', 0, () => {}, patience);
  if (!listening.ok) throw new Error(listening.error.code);
  return { port: listening.value.port, close: () => listening.value.close(1_000) };
}

export type SpawnedServer = {
  readonly url: string;
  readonly port: number;
  /** From the first start in this folder; null later. */
  readonly apiKey: string | null;
  readonly pairingCode: string | null;
  readonly process: ChildProcess;
  /** Everything printed so far. */
  readonly output: () => string;
  readonly errors: () => string;
  /** kill -9, and waits until the process is gone. */
  readonly kill: () => Promise<void>;
  /** SIGTERM, and waits for the exit code. */
  readonly stop: () => Promise<number | null>;
};
export type SpawnOptions = {
  readonly dataDir: string;
  /** A free one unless given: give it again to restart at the same address. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** The built server instead of the source. */
  readonly bundle?: string;
  readonly args?: readonly string[];
};

/** A real server process on a data folder; resolves when it answers, throws with its last words when it ends before. */
export async function spawnServer(options: SpawnOptions): Promise<SpawnedServer> {
  const child = spawnMain(options);
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const listening = new Promise<{ url: string; pairingCode: string | null }>((resolve) => {
    child.on('message', (message: { kind?: string; url: string; pairingCode: string | null }) => {
      if (message.kind === 'listening') resolve(message);
    });
  });
  const first = await Promise.race([listening, ended.then(() => null)]);
  if (first === null) throw new Error(`the server ended: ${errors()}${output()}`);
  // The code is the last thing printed, but the two pipes do not keep each other's order.
  while (first.pairingCode && !output().includes(first.pairingCode)) await new Promise((resolve) => setTimeout(resolve, 5));
  return {
    url: first.url,
    port: Number(new URL(first.url).port),
    apiKey: /API key: (ll_\S+)/.exec(output())?.[1] ?? null,
    pairingCode: first.pairingCode,
    process: child,
    output,
    errors,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Runs one command (`code`, `key …`) or a start that must fail, to its end. */
export async function runServerCommand(
  options: SpawnOptions,
): Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }> {
  const child = spawnMain(options);
  const output = collect(child.stdout);
  const errors = collect(child.stderr);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, output: output(), errors: errors() };
}

function spawnMain({ dataDir, port = 0, env = {}, bundle, args = [] }: SpawnOptions): ChildProcess {
  const { LEADLINE_URL: _, ...inherited } = process.env;
  const main = bundle ?? join(ROOT, 'server/main.ts');
  return spawn(process.execPath, [main, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...inherited, LEADLINE_DATA: dataDir, LEADLINE_PORT: String(port), LEADLINE_OPEN: '0', ...env },
  });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    text += chunk;
  });
  return () => text;
}
