import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig } from 'vite';

const ROOT = join(import.meta.dirname, '..');
const OUT = join(ROOT, 'dist/server');

/**
 * The server in one file, so that it starts in a quarter of the time. The native driver stays a package, and so do the
 * vendors' libraries, which are loaded when they are needed and only get slower by bundling.
 */
export default defineConfig({
  root: ROOT,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['better-sqlite3', 'jsforce', '@hubspot/api-client', 'googleapis'] },
  build: { ssr: 'server/main.ts', outDir: OUT, emptyOutDir: true, target: 'node24' },
  plugins: [
    {
      name: 'migrations-beside-the-bundle',
      closeBundle: () => cpSync(join(ROOT, 'server/store/sqlite/migrations'), join(OUT, 'migrations'), { recursive: true }),
    },
  ],
});
