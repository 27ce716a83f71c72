import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** Whether a name at any depth is one of those that are never committed: what `.gitignore` lists, and Git's own folder. */
export function isIgnored(name: string, ignoreLines: readonly string[]): boolean {
  if (name === '.git') return true;
  return ignoreLines.some((line) => (line.startsWith('*') ? name.endsWith(line.slice(1)) : name === line.replace(/\/$/, '')));
}

/** Paths of all files that belong to the project, with forward slashes, relative to its root. */
export function projectFiles(root: string = ROOT): readonly string[] {
  const ignoreLines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const files: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (isIgnored(entry.name, ignoreLines)) continue;
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(path);
      else files.push(path);
    }
  };
  walk('');
  return files.sort();
}

export type SourceFile = { readonly path: string; readonly code: string };

/** Every source file of the product: TypeScript and JavaScript of extension, server and shared. */
export function productSources(): readonly SourceFile[] {
  return projectFiles()
    .filter((path) => /^(extension|server|shared)\/.*\.(ts|tsx|mjs)$/.test(path))
    .map((path) => ({ path, code: readFileSync(join(ROOT, path), 'utf8') }));
}
