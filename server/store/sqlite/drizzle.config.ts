import { defineConfig } from 'drizzle-kit';

/**
 * `drizzle-kit generate --config server/store/sqlite/drizzle.config.ts`, from the top folder, after a change of the schema.
 * It cuts an index over an expression at its commas: such a line of the new migration is mended by hand.
 */
export default defineConfig({
  dialect: 'sqlite',
  schema: ['schema', 'schema-people', 'schema-imports', 'schema-connections', 'schema-sync', 'schema-troubles'].map(
    (name) => `./server/store/sqlite/${name}.ts`,
  ),
  out: './server/store/sqlite/migrations',
});
