import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DATABASE_FILE } from '../../../server/store/sqlite/open.ts';
import { watchLeads } from '../../../server/store/sqlite/search-leads.ts';
import { openTestServer, type TestServer } from './open-test-store.ts';
import { faultsOfStatement } from './plan-of-statement.ts';
import { useSync } from './use-sync.ts';
import { useWholeStore } from './use-whole-store.ts';

let server: TestServer;
const statements = new Set<string>();
const prepare = Database.prototype.prepare;

beforeEach(async () => {
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, sql: string) {
    statements.add(sql);
    return prepare.call(this, sql);
  } as typeof prepare); // the same function, which takes a note first
  server = await openTestServer();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await server.end();
});

test('no statement reads more than it needs, however many leads there are', async () => {
  await useWholeStore(server);
  await useSync(server);
  const client = new Database(join(server.folder, DATABASE_FILE));
  watchLeads(client); // as every connection that has searched
  // Only those; and what a new workspace or member could be referred to by is looked for in vain, once.
  const isOurs = (sql: string) =>
    /^\s*(?:select|insert|update|delete)/i.test(sql) && !/sqlite_schema|__drizzle|^insert into "(?:workspace|member)"/.test(sql);
  const ours = [...statements].filter(isOurs);
  const faults = ours.flatMap((sql) => faultsOfStatement(client, sql).map((fault) => `${fault} ← ${sql.replace(/\s+/g, ' ')}`));
  client.close();
  expect(faults).toEqual([]);
  expect(ours.length).toBeGreaterThan(160);
});

test.each([
  ['a search without an index', "SELECT id FROM lead WHERE email = 'a'"],
  ['all leads of a workspace', 'SELECT count(*) FROM lead WHERE workspace = ?'],
  [
    'a join that goes through everything',
    'SELECT 1 FROM lead JOIN list ON list.name = lead.notes WHERE lead.workspace = ? AND lead.id = ?',
  ],
])('%s would be noticed', (_, sql) => {
  const client = new Database(join(server.folder, DATABASE_FILE));
  expect(faultsOfStatement(client, sql)).not.toEqual([]);
  client.close();
});
