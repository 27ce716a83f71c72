import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { PAIRING_CODE_MS } from '#shared/limits.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { vaultSentence } from '#shared/sentences/vault-trouble.ts';
import { createApp } from './app.ts';
import { type Config, readConfig } from './config.ts';
import { checkVault, rotateSecret } from './crm/access/rotate-secret.ts';
import { createVault, type TokenVault } from './crm/access/token-vault.ts';
import { askedScopes, createCrmParts } from './crm/crm-parts.ts';
import { createSyncClock } from './crm/schedule.ts';
import { type ListenError, listen } from './http/listen.ts';
import { offerPairing } from './http/offer-pairing.ts';
import { createKey, listKeys, revokeKey } from './leads/api-keys.ts';
import type { Backend } from './leads/backend.ts';
import { ensureWorkspace, FIRST_KEY_NAME } from './leads/ensure-workspace.ts';
import { createPairingCode } from './leads/pairing.ts';
import { createLog, fieldsOfException } from './log.ts';
import { ROLES, type Role } from './store/records.ts';
import { type FolderTrouble, folderTrouble } from './store/sqlite/folder-trouble.ts';
import { DATABASE_FILE, type OpenError, openStore } from './store/sqlite/open.ts';
import { keepHouse, keepInStep, stopOnSignal } from './timers.ts';

async function run(args: readonly string[]): Promise<Result<void, string>> {
  const config = readConfig(process.env, process.cwd());
  if (!config.ok) return config;
  const [command, ...rest] = args;
  if (command === undefined) return serve(config.value);
  if (command === 'code') return printCode(config.value);
  if (command === 'key') return replaceKey(config.value, rest);
  if (command === 'rotate-secret') return replaceSecret(config.value);
  if (command === 'forget-tokens') return forgetTokens(config.value);
  return fail(
    `There is no command "${command}". There are: code, key --role admin|member|viewer --name <name>, rotate-secret, and forget-tokens.`,
  );
}

type Open = { readonly backend: Backend; readonly home: Awaited<ReturnType<typeof ensureWorkspace>> };

async function open(config: Config, exclusive: boolean): Promise<Result<Open, string>> {
  const opened = openStore({ folder: config.dataDir, randomBytes: drawBytes, exclusive });
  if (!opened.ok) return fail(openSentence(opened.error, config.dataDir));
  const backend: Backend = { store: opened.value, now: Date.now, randomBytes: drawBytes };
  try {
    return ok({ backend, home: await ensureWorkspace(backend, { adminEmail: config.adminEmail, plan: config.plan }) });
  } catch (exception) {
    const trouble = folderTrouble(exception);
    if (!trouble) throw exception;
    return fail(openSentence({ code: 'folder_unusable', trouble }, config.dataDir));
  }
}

async function serve(config: Config): Promise<Result<void, string>> {
  const log = createLog(config.logLevel);
  const opened = await open(config, true);
  if (!opened.ok) return opened;
  const { backend, home } = opened.value;
  const vault = await openVault(config, backend);
  if (!vault.ok) {
    await backend.store.close();
    return vault;
  }
  const crm = createCrmParts(backend, vault.value, config.vendors);
  let port = config.port;
  const url = () => config.url ?? `http://localhost:${port}`;
  const { workspace } = home;
  const syncClock = createSyncClock({
    store: backend.store,
    open: crm.open,
    owner: crm.owner,
    now: backend.now,
    newId: randomUUID,
    askedScopes: (provider) => askedScopes(crm, provider),
    onFailure: (exception) => log.error('sync failed', fieldsOfException(exception)),
  });
  const onEdit = syncClock.noteEdit;
  const app = createApp({ backend, crm, onEdit, config, log, workspace, url, port: () => port, newId: randomUUID, version: readVersion() });
  const listening = await listen(app.fetch, config.host, config.port, (taken) => {
    port = taken;
  });
  if (!listening.ok) {
    await backend.store.close();
    return fail(listenSentence(listening.error, config));
  }
  stopOnSignal(listening.value, crm.meter, backend, log);
  keepHouse(backend, log);
  await backend.store.endFormerRuns(backend.now()); // this process has the store to itself
  keepInStep(syncClock, crm.meter, log);
  say(`Leadline runs at ${url()}`);
  say(`API reference: ${url()}/api/docs`);
  if (home.adminKey) sayKey(home.adminKey);
  const holder = { workspace, member: home.admin };
  const onFailure = (exception: unknown) => log.error('pairing failed', fieldsOfException(exception));
  const { firstCode } = await offerPairing(backend, holder, PAIRING_CODE_MS, sayCode, onFailure);
  process.send?.({ kind: 'listening', url: url(), pairingCode: firstCode });
  log.info('started');
  return ok(undefined);
}

async function printCode(config: Config): Promise<Result<void, string>> {
  const opened = await open(config, false);
  if (!opened.ok) return opened;
  const { backend, home } = opened.value;
  const { code } = await createPairingCode(backend, { workspace: home.workspace, member: home.admin });
  if (home.adminKey) sayKey(home.adminKey);
  sayCode(code);
  await backend.store.close();
  return ok(undefined);
}

/** Makes a key and ends the one of the same name and role that it replaces. */
async function replaceKey(config: Config, args: readonly string[]): Promise<Result<void, string>> {
  const options = readKeyOptions(args);
  if (!options.ok) return options;
  const opened = await open(config, false);
  if (!opened.ok) return opened;
  const { backend, home } = opened.value;
  const { name, role } = options.value;
  const holder = { workspace: home.workspace, member: home.admin };
  const { keys } = await listKeys(backend, holder);
  const { key } = await createKey(backend, holder, { name, role, expiresAt: null });
  const replaced = keys.filter((old) => old.name === name && old.role === role && old.origin === null);
  for (const { id } of replaced) await revokeKey(backend, { ...holder, role: 'admin', keyId: id }, id);
  sayKey(key);
  await backend.store.close();
  return ok(undefined);
}

/** The vault for tokens of CRMs; a sentence when some lie there that it cannot open. */
async function openVault(config: Config, { store }: Backend): Promise<Result<TokenVault, string>> {
  const vault = createVault(secretPlaces(config), drawBytes);
  if (!vault.ok) return fail(vaultSentence(vault.error));
  const trouble = await checkVault(store, vault.value, config.secretFile);
  return trouble ? fail(vaultSentence(trouble)) : vault;
}

const secretPlaces = ({ secret, oldSecret, secretFile }: Config) => ({ secret, oldSecret, file: secretFile });

/** Seals every token with a new secret; the server must not run. Killed, it goes on where it was when it is run again. */
async function replaceSecret(config: Config): Promise<Result<void, string>> {
  const opened = await open(config, true);
  if (!opened.ok) return opened;
  const { store } = opened.value.backend;
  const done = await rotateSecret(store, secretPlaces(config), drawBytes);
  await store.close();
  if (!done.ok) return fail(vaultSentence(done.error));
  const isOwn = config.secret !== null;
  say(`The tokens of ${done.value.sealed} connections are sealed with the new secret. The old one opens nothing any more.`);
  say(isOwn ? 'LEADLINE_OLD_SECRET can go now.' : `Keep a copy of ${config.secretFile} apart from that of the data folder.`);
  return ok(undefined);
}

/** For a secret that is lost for good: forgets what it sealed. The server must not run. */
async function forgetTokens(config: Config): Promise<Result<void, string>> {
  const opened = await open(config, true);
  if (!opened.ok) return opened;
  const { store } = opened.value.backend;
  const vault = createVault(secretPlaces(config), drawBytes);
  const count = vault.ok ? await store.forgetTokens(vault.value.keyIds()) : 0;
  await store.close();
  if (!vault.ok) return fail(vaultSentence(vault.error));
  say(`The tokens of ${count} connections are forgotten. Connect them again in Leadline; what is linked stays linked.`);
  return ok(undefined);
}

function readKeyOptions(args: readonly string[]): Result<{ readonly name: string; readonly role: Role }, string> {
  try {
    const { values } = parseArgs({ args: [...args], options: { role: { type: 'string' }, name: { type: 'string' } } });
    const role = ROLES.find((known) => known === (values.role ?? 'admin'));
    return role ? ok({ role, name: values.name?.trim() || FIRST_KEY_NAME }) : fail(`A key has one of the roles ${ROLES.join(', ')}.`);
  } catch {
    return fail('Write it like this: key --role admin --name "My script".');
  }
}

function openSentence(error: OpenError, folder: string): string {
  switch (error.code) {
    case 'folder_in_use':
      return `Another Leadline server${error.pid ? ` (process ${error.pid})` : ''} uses the folder ${folder}. Stop it, or set LEADLINE_DATA to another folder.`;
    case 'folder_unusable':
      return troubleSentence(error.trouble, folder);
    case 'newer_database':
      return `The database in ${folder} was made by a newer version of Leadline. Update this one, or set LEADLINE_DATA to another folder.`;
    case 'unsafe_setting':
      return `The database in ${folder} cannot be kept safe: ${error.setting} is ${error.found} and must be ${error.wanted}. Put the folder on a local disk.`;
  }
}

function troubleSentence(trouble: FolderTrouble, folder: string): string {
  switch (trouble) {
    case 'no_folder':
      return `${folder} is no folder and none can be made there: a file is in the way, or what leads there is missing. Set LEADLINE_DATA to another folder.`;
    case 'not_allowed':
      return `This user may not write to the folder ${folder}. Change its owner, or set LEADLINE_DATA to another folder.`;
    case 'read_only':
      return `The folder ${folder} cannot be written to: it or its disk is read-only. Make it writable, or set LEADLINE_DATA to another folder.`;
    case 'disk_full':
      return `The disk of the folder ${folder} is full. Make room, then start again.`;
    case 'no_database':
      return `${join(folder, DATABASE_FILE)} is not a database, or it is damaged. Put a copy of it back, or set LEADLINE_DATA to another folder.`;
  }
}

function listenSentence(error: ListenError, { host, port }: Config): string {
  switch (error.code) {
    case 'port_in_use':
      return `Port ${port} is taken by another program. Stop that one, or set LEADLINE_PORT to a free port.`;
    case 'port_forbidden':
      return `This user may not listen on port ${port}. Set LEADLINE_PORT to one above 1023.`;
    case 'address_unknown':
      return `This machine has no address ${host}. Set LEADLINE_HOST to one it has, as 127.0.0.1.`;
  }
}

function sayKey(key: string): void {
  say(`API key: ${key}`);
  say('  It is shown this once and reaches everything: keep it like a password.');
}

function sayCode(code: string): void {
  say(`Pairing code: ${code} (for the options of the extension; good once, for ${PAIRING_CODE_MS / 60_000} minutes)`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function drawBytes(count: number): Uint8Array {
  return randomBytes(count);
}

/** From package.json, which lies one folder up from here and two from the bundle. */
function readVersion(): string {
  const path = ['..', '../..'].map((up) => join(import.meta.dirname, up, 'package.json')).find(existsSync);
  const { version } = path ? JSON.parse(readFileSync(path, 'utf8')) : { version: 'unknown' };
  return String(version);
}

/**
 * The composition root: `main.ts` serves, `main.ts code` prints a fresh pairing code, `main.ts key --role admin` replaces
 * a lost key; these work beside a running server. `main.ts rotate-secret` seals the tokens of CRMs anew and
 * `main.ts forget-tokens` forgets those whose secret is lost. Exits with 1 and one sentence when it cannot.
 */
const outcome = await run(process.argv.slice(2));
if (!outcome.ok) {
  process.stderr.write(`${outcome.error}\n`);
  process.exitCode = 1;
}
