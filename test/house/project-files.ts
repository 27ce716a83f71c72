import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/**
 * Whether a path is one of those that are never committed: Git's own folder and what `.gitignore` lists (a path from the
 * top, a name at any depth, or an ending).
 */
export function isIgnored(path: string, ignoreLines: readonly string[]): boolean {
  const name = path.split('/').at(-1) ?? path;
  return ['/.git', ...ignoreLines].some((line) => {
    if (line.startsWith('/')) return path === line.slice(1);
    return line.startsWith('*') ? name.endsWith(line.slice(1)) : name === line;
  });
}

/** Paths of all files that belong to the project, with forward slashes, relative to its root. */
export function projectFiles(root: string = ROOT): readonly string[] {
  const ignoreLines = readFileSync(join(root, '.gitignore'), 'utf8').split('\n').filter(Boolean);
  const files: string[] = [];
  const walk = (folder: string): void => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (isIgnored(path, ignoreLines)) continue;
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
