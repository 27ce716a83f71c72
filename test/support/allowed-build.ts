import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM_BUILD } from './chromium.ts';

/**
 * Copies the build into `folder` as it is after the user allowed a site: nobody can answer the browser's own question
 * without a display.
 */
export function buildWithSite(folder: string, pattern: string): string {
  cpSync(CHROMIUM_BUILD, folder, { recursive: true });
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { host_permissions: string[] }; // our own build
  manifest.host_permissions.push(pattern);
  writeFileSync(path, JSON.stringify(manifest));
  return folder;
}
