import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Actor, Backend } from '../../../server/leads/backend.ts';
import { connect } from '../../../server/store/sqlite/connection.ts';
import { DATABASE_FILE, openStore } from '../../../server/store/sqlite/open.ts';
import { createStore } from '../../../server/store/sqlite/sqlite-store.ts';
import type { Store } from '../../../server/store/store.ts';

const MIGRATIONS = join(import.meta.dirname, '../../../server/store/sqlite/migrations');
const NOON = Date.UTC(2026, 4, 1, 12);

/** Somebody's server: the real engine, in which every story has a workspace of its own. */
export type ModelServer = { readonly backend: Backend; readonly actor: Actor };
export type ModelStore = {
  readonly newServer: () => ModelServer;
  /** The same workspace after the server was stopped and started. */
  readonly restart: (server: ModelServer) => Promise<ModelServer>;
  readonly end: () => Promise<void>;
};

/** The engine on a database in memory: what 10,000 stories can be told on. It cannot be started again. */
export function openInMemory(): ModelStore & { readonly client: Database.Database } {
  const client = new Database(':memory:');
  client.pragma('foreign_keys = ON');
  migrate(drizzle(client), { migrationsFolder: MIGRATIONS });
  const store = createStore(connect(client, randomBytes), { release: () => {}, isServing: false });
  return {
    client,
    newServer: () => serverOf(store, addWorkspace(client)),
    restart: async (server) => server,
    end: () => store.close(),
  };
}

/** The same on disk, opened as a server opens it. */
export function openOnDisk(): ModelStore {
  const folder = mkdtempSync(join(tmpdir(), 'leadline-model-'));
  let store = open(folder);
  return {
    newServer: () => {
      const client = new Database(join(folder, DATABASE_FILE));
      try {
        return serverOf(store, addWorkspace(client));
      } finally {
        client.close();
      }
    },
    restart: async ({ actor }) => {
      await store.close();
      store = open(folder);
      return serverOf(store, actor);
    },
    end: async () => {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function open(folder: string): Store {
  const opened = openStore({ folder, randomBytes, exclusive: true });
  if (!opened.ok) throw new Error(opened.error.code);
  return opened.value;
}

function serverOf(store: Store, ids: Pick<Actor, 'workspace' | 'member'>): ModelServer {
  let now = NOON;
  return { backend: { store, now: () => now++, randomBytes }, actor: { ...ids, role: 'admin', keyId: 'test' } };
}

/** A server makes one workspace; stories want thousands. */
function addWorkspace(client: Database.Database): Pick<Actor, 'workspace' | 'member'> {
  const id = () => randomBytes(12).toString('hex');
  const add = (sql: string, ...values: readonly (string | number)[]) => Number(client.prepare(sql).run(...values).lastInsertRowid);
  const workspace = add(
    "INSERT INTO workspace (public_id, name, plan, default_country, require, created_at) VALUES (?, 'Story', 'premium', 'US', 'complete', ?)",
    id(),
    NOON,
  );
  const member = add(
    "INSERT INTO member (workspace, public_id, email, name, role, created_at) VALUES (?, ?, 'ann@example.com', 'Ann', 'admin', ?)",
    workspace,
    id(),
    NOON,
  );
  add(
    "INSERT INTO list (workspace, public_id, name, folded, is_default, created_at) VALUES (?, ?, 'All leads', 'all leads', 1, ?)",
    workspace,
    id(),
    NOON,
  );
  return { workspace, member };
}
