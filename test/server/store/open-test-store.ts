import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor, Backend } from '../../../server/leads/backend.ts';
import { ensureWorkspace } from '../../../server/leads/ensure-workspace.ts';
import { openStore } from '../../../server/store/sqlite/open.ts';
import type { Store } from '../../../server/store/store.ts';

/** A store on a real file in a folder of its own, with real migrations, a workspace, and a clock the test moves. */
export type TestServer = {
  readonly folder: string;
  readonly store: Store;
  readonly backend: Backend;
  readonly actor: Actor;
  readonly adminKey: string;
  readonly clock: { now: number };
  /** Closes the store and opens the same folder again, as a restart does. */
  readonly reopen: () => Promise<TestServer>;
  readonly end: () => Promise<void>;
};

/** The clock of tests starts here: 1 May 2026, noon. */
export const NOON = Date.UTC(2026, 4, 1, 12);

export async function openTestServer(
  options: { readonly folder?: string; readonly random?: (count: number) => Uint8Array } = {},
): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'leadline-'));
  const random = options.random ?? ((count: number) => randomBytes(count));
  const opened = openStore({ folder, randomBytes: random, exclusive: true });
  if (!opened.ok) throw new Error(opened.error.code);
  const store = opened.value;
  const clock = { now: NOON };
  const backend: Backend = { store, now: () => clock.now, randomBytes: random };
  const made = await ensureWorkspace(backend, { adminEmail: 'ann@example.com', plan: 'premium' });
  const actor: Actor = { workspace: made.workspace, member: made.admin, role: 'admin', keyId: 'test' };
  const close = () => store.close();
  return {
    folder,
    store,
    backend,
    actor,
    adminKey: made.adminKey ?? '',
    clock,
    reopen: async () => {
      await close();
      return await openTestServer({ folder, random });
    },
    end: async () => {
      await close().catch(() => {}); // a test may have closed it already
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
