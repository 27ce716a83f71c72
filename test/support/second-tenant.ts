import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createKey } from '../../server/leads/api-keys.ts';
import { connect } from '../../server/store/sqlite/connection.ts';
import { insertList } from '../../server/store/sqlite/lists.ts';
import { DATABASE_FILE } from '../../server/store/sqlite/open.ts';
import type { TestServer } from './start-server.ts';

export type Tenant = { readonly key: string; readonly home: TestServer['home'] };

/** Another workspace in the same database, with an admin, a default list and a key: nobody of the first may see it. */
export async function addTenant(server: TestServer): Promise<Tenant> {
  const client = new Database(join(server.dataDir, DATABASE_FILE));
  const at = server.backend.now();
  const workspace = client
    .prepare(
      "INSERT INTO workspace (public_id, name, plan, default_country, require, created_at) VALUES (?, 'Other', 'premium', 'US', 'complete', ?) RETURNING id",
    )
    .pluck()
    .get(randomBytes(8).toString('hex'), at) as number; // RETURNING gives the new id
  const member = client
    .prepare(
      "INSERT INTO member (workspace, public_id, email, name, role, created_at) VALUES (?, ?, 'other@example.org', 'Other', 'admin', ?) RETURNING id",
    )
    .pluck()
    .get(workspace, randomBytes(8).toString('hex'), at) as number; // as above
  insertList(connect(client, randomBytes), { workspace, member, at }, 'Default list', true);
  client.close();
  const { key } = await createKey(server.backend, { workspace, member }, { name: 'Other', role: 'admin', expiresAt: null });
  return { key, home: { workspace, admin: member } };
}
