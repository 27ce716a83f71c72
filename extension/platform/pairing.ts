import { pathTo } from '#shared/api/contract.ts';
import { reader } from '#shared/api/json.ts';
import type { ServerFailure } from '#shared/api/server-failure.ts';
import { pairAnswer } from '#shared/api/workspace.ts';
import { fail, ok, type Result } from '#shared/result.ts';
import { callServer } from './call-server.ts';
import { type AddressError, readServerAddress } from './server-address.ts';
import { serverApi } from './server-api.ts';
import { writeSettings } from './settings.ts';

export type PairError =
  | { readonly kind: 'address'; readonly error: AddressError }
  /** The server does not know the key that was pasted. */
  | { readonly kind: 'key' }
  | { readonly kind: 'server'; readonly failure: ServerFailure };
export type Paired = { readonly address: string; readonly workspaceName: string };

const PAIRING_MS = 15_000;

/**
 * Exchanges a pairing code for this browser's own key and keeps it. `address` and `code` as typed; `name` is what the
 * workspace shows for this browser ("Chrome on Ann's laptop"). The address must be permitted already (`askHostAccess`).
 */
export async function pairWithServer(
  address: string,
  code: string,
  name: string,
  fetch = globalThis.fetch.bind(globalThis),
): Promise<Result<Paired, PairError>> {
  const server = readServerAddress(address);
  if (!server.ok) return fail({ kind: 'address', error: server.error });
  const answer = await callServer(
    { address: server.value, key: null, fetch, now: Date.now },
    {
      method: 'POST',
      path: pathTo('pair', {}),
      body: JSON.stringify({ code: code.trim(), name }),
      timeoutMs: PAIRING_MS,
      read: reader(pairAnswer),
    },
  );
  if (!answer.ok) return fail({ kind: 'server', failure: answer.error });
  return keep(server.value, answer.value.key, answer.value.workspace.name, answer.value.workspace.defaultCountry);
}

/** Takes a key that somebody pasted (`ll_…`) after the server has accepted it. */
export async function connectWithKey(
  address: string,
  key: string,
  fetch = globalThis.fetch.bind(globalThis),
): Promise<Result<Paired, PairError>> {
  const server = readServerAddress(address);
  if (!server.ok) return fail({ kind: 'address', error: server.error });
  const typed = key.trim();
  if (!/^[\w-]+$/.test(typed)) return fail({ kind: 'key' });
  const workspace = await serverApi({ address: server.value, key: typed, fetch, now: Date.now }).workspace();
  if (!workspace.ok) return fail(workspace.error.kind === 'unauthorized' ? { kind: 'key' } : { kind: 'server', failure: workspace.error });
  return keep(server.value, typed, workspace.value.name, workspace.value.defaultCountry);
}

/** Forgets the key here; an admin can still see and revoke it at the server. */
export async function forgetKey(): Promise<void> {
  await writeSettings({ key: null, workspaceName: null });
}

/**
 * Reads an invitation as an admin sends it, address and code in one (`https://leads.example#K7Q4-…`), with whatever
 * stands around it in a message; null for a text that is none, such as a bare code or a key.
 */
export function readInvitation(text: string): { readonly address: string; readonly code: string } | null {
  const [, address, code] = INVITATION.exec(text.trim()) ?? [];
  return address && code ? { address, code } : null;
}

/** A host may come without its scheme; the code is groups of letters and digits. */
const INVITATION = /(?:^|[\s<])((?:https?:\/\/)?[^\s#<>"]+)#([0-9a-z]{4}(?:-?[0-9a-z]{4})+)(?![0-9a-z=])/i;

/** What the launcher opens the options page with: `#pair=<code>&server=<address>`; null when it is opened by hand. */
export function readPairingHash(hash: string): { readonly code: string; readonly server: string } | null {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const code = given.get('pair');
  const server = given.get('server');
  return code && server ? { code, server } : null;
}

async function keep(serverAddress: string, key: string, workspaceName: string, defaultCountry: string): Promise<Result<Paired, never>> {
  await writeSettings({ serverAddress, key, workspaceName, defaultCountry });
  return ok({ address: serverAddress, workspaceName });
}
