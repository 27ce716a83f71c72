import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { describe, expect, test } from 'vitest';
import { ROOT } from './project-files.ts';
import { compareWithSchema, tablesOf } from './schema-law.ts';

const FOLDER = join(ROOT, 'server/store/sqlite');
const schemaFiles = readdirSync(FOLDER).filter((name) => /^schema.*\.ts$/.test(name));
const exported = await Promise.all(schemaFiles.map((name) => import(join(FOLDER, name))));
const tables = exported.flatMap(tablesOf);

/** A database as a first start makes it. */
function migratedDatabase(): Database.Database {
  const client = new Database(':memory:');
  migrate(drizzle(client), { migrationsFolder: join(FOLDER, 'migrations') });
  return client;
}

test('a migrated database has exactly the tables, columns, indexes and references of the schema', () => {
  expect(compareWithSchema(migratedDatabase(), tables)).toEqual([]);
  expect(tables.length).toBeGreaterThan(5);
});

describe('a difference is seen', () => {
  test.each([
    ['a column that a migration forgot', 'ALTER TABLE lead DROP COLUMN notes', 'the database lacks: column lead.notes text'],
    ['a column that the schema forgot', 'ALTER TABLE lead ADD COLUMN nickname text', 'the schema lacks: column lead.nickname text'],
    [
      'an index that a migration forgot',
      'DROP INDEX lead_public',
      'the database lacks: unique index lead_public on lead(workspace, public_id)',
    ],
    [
      'an index that is no longer unique',
      'DROP INDEX lead_public; CREATE INDEX lead_public ON lead(workspace, public_id)',
      'the schema lacks: index lead_public',
    ],
    [
      'an index over fewer rows',
      'DROP INDEX lead_public; CREATE UNIQUE INDEX lead_public ON lead(workspace, public_id) WHERE id > 5',
      'the schema lacks: unique partial index lead_public',
    ],
    ['a table that the schema forgot', 'CREATE TABLE note (id integer PRIMARY KEY)', 'the schema lacks: table note'],
    ['a table that a migration forgot', 'DROP TABLE lead_key', 'the database lacks: table lead_key'],
    ['a reference that is not kept', 'CREATE TABLE x (a integer REFERENCES lead(id))', 'the schema lacks: x(a) refers to lead(id)'],
  ])('%s', (_, change, complaint) => {
    const client = migratedDatabase();
    client.exec(change);
    expect(compareWithSchema(client, tables).join('\n')).toContain(complaint);
  });
});
